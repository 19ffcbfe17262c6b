import { beforeAll, expect, it } from 'vitest';
import { importSources } from '../../src/jobs/sync-sources.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';

describeStores('the Salesforce folder in the store', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    const report = await importSources(
      { store, clock: systemClock },
      { path: packagePath('fixtures', 'sfdc') },
    );
    expect(report.ok).toBe(true);
  });

  it('fills a table for every object', async () => {
    const count = async (table: string): Promise<[string, number]> => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.table(table)} where deleted_at is null
      `.execute(store.db);
      return [table, rows[0]?.n ?? -1];
    };
    const tables = [
      'team',
      'product',
      'campaign',
      'campaign_member',
      'lead',
      'partner',
      'partner_deal',
      'sales_transaction',
      'subscription',
      'incident',
      'survey_response',
      'activity',
      'conversation',
      'message',
      'agent_status',
      'fx_rate',
    ];
    const counts: [string, number][] = [];
    for (const table of tables) counts.push(await count(table));
    expect(Object.fromEntries(counts)).toEqual({
      // Two departments of users, a role, a queue.
      team: 4,
      product: 1,
      campaign: 2,
      campaign_member: 3,
      lead: 3,
      partner: 1,
      partner_deal: 2,
      // One of a won deal, one of an activated order; those of an open deal and a draft do not count.
      sales_transaction: 2,
      subscription: 3,
      incident: 2,
      survey_response: 2,
      activity: 4,
      conversation: 2,
      message: 4,
      agent_status: 2,
      fx_rate: 3,
    });
  });

  it('joins what belongs together across objects', async () => {
    const { rows } = await sql<Readonly<Record<string, unknown>>>`
      select p.name as partner, o.name as deal, d.kind, d.share::float8 as share, s.amount::float8 as sold
      from partner_deal d
      join partner p on p.id = d.partner_id
      join opportunity o on o.id = d.opportunity_id
      left join sales_transaction s on s.opportunity_id = o.id and s.deleted_at is null
      order by o.name
    `.execute(store.db);
    expect(rows).toEqual([
      {
        partner: 'Halden Consulting',
        deal: 'Hallmark route planning',
        kind: 'sourced',
        share: null,
        sold: 96000.25,
      },
      {
        partner: 'Halden Consulting',
        deal: 'Northwind expansion to stores in Canada',
        kind: 'co_sell',
        share: 0.4,
        sold: null,
      },
    ]);
    const comments = await sql<Readonly<Record<string, unknown>>>`
      select t.number, p.name, e.body from ticket_event e
      join ticket t on t.id = e.ticket_id join person p on p.id = e.actor_id
      where e.kind = 'reply' and e.body like '%hot tablet%'
    `.execute(store.db);
    expect(comments.rows).toMatchObject([{ number: '00010412', name: 'Aisha Grant' }]);
    const queued = await sql<Readonly<Record<string, unknown>>>`
      select m.name from ticket t join team m on m.id = t.team_id where t.number = '00010420'
    `.execute(store.db);
    expect(queued.rows).toEqual([{ name: 'Tier 1 triage' }]);
  });
});
