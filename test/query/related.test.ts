import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkBetween } from '../../src/catalogue/link.ts';
import type { ListPlan, MetricPlan, Related } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, listPlan, metricPlan, records, theCatalogue } from './support/ask.ts';
import { idOf, seedWorld } from './support/world.ts';

/** Rows with and without other records of theirs, and parts of a whole, against statements written by hand. */
const catalogue = theCatalogue();
const other = (entity: string, more: Partial<Related> = {}): Related => ({
  entity,
  has: 'some',
  atLeast: 1,
  where: [],
  time: null,
  subject: 'none',
  ...more,
});

describe('the link between rows and other records', () => {
  it.each([
    ['account', 'ticket', 'account'],
    ['opportunity', 'account', 'account'],
    ['opportunity', 'ticket', 'account'],
    ['person', 'ticket', null],
    ['account', 'person', null],
    ['product', 'product_pair', null],
  ])('ties %s and %s by %s', (outer, inner, shared) => {
    const link = linkBetween(catalogue, outer, inner);
    const isOwner = link?.shared.table === 'person' && link.outer.joins.length === 0;
    expect(isOwner ? null : (link?.shared.id ?? null)).toBe(shared);
  });

  it('never takes a common owner for a tie', () => {
    for (const outer of catalogue.entities.keys())
      for (const inner of catalogue.entities.keys()) {
        const shared = linkBetween(catalogue, outer, inner)?.shared;
        if (shared?.table === 'person' || shared?.table === 'team')
          expect([outer, inner]).toContain(shared.id);
      }
  });
});

describeStores('other records of a row', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
  });
  const ask = (plan: MetricPlan | ListPlan, as?: string) => asking(store, catalogue).answer(plan, as);
  const namesBy = async (query: string): Promise<unknown[]> =>
    (await sql.raw<{ name: string }>(query).execute(store.db)).rows.map(({ name }) => name).sort();
  const listed = async (related: Related[], as?: string, entity = 'account', label = entity) =>
    records(await ask(listPlan(entity, { related, limit: 25 }), as))
      .map((row) => row[label])
      .sort();
  const urgentTicket =
    "select 1 from ticket t where t.account_id = a.id and t.deleted_at is null and t.priority = 'urgent'";
  const urgent = [{ any: [{ dimension: 'priority', op: 'eq' as const, values: ['urgent'] }] }];

  it('lists rows with some and rows with none, which together are all of them', async () => {
    const some = await listed([other('ticket', { where: urgent })]);
    const none = await listed([other('ticket', { where: urgent, has: 'none' })]);
    expect(some).toEqual(
      await namesBy(`select a.name from account a where a.deleted_at is null and exists (${urgentTicket})`),
    );
    const missing = await namesBy(
      `select a.name from account a where a.deleted_at is null and not exists (${urgentTicket})`,
    );
    expect(none).toEqual(missing);
    expect(some.length * none.length).toBeGreaterThan(0);
  });

  it('counts them where a number is asked for', async () => {
    const several = await listed([other('ticket', { atLeast: 2 })]);
    const counted = 'select count(*) from ticket t where t.account_id = a.id and t.deleted_at is null';
    expect(several).toEqual(
      await namesBy(`select a.name from account a where a.deleted_at is null and (${counted}) >= 2`),
    );
    const fewer = await listed([other('ticket', { atLeast: 2, has: 'none' })]);
    expect(fewer).toEqual(
      await namesBy(`select a.name from account a where a.deleted_at is null and (${counted}) < 2`),
    );
  });

  it('reads their time, and ties deals to tickets by the customer', async () => {
    const recent = other('ticket', { time: { kind: 'between', from: '2026-11-01' } });
    const answer = await ask(metricPlan('open_deals', { related: [recent] }));
    const [expected] = (
      await sql<{
        n: number;
      }>`select count(*)::int as n from opportunity o where o.deleted_at is null and not o.is_closed
        and exists (select 1 from ticket t where t.account_id = o.account_id and t.deleted_at is null
          and t.opened_at >= timestamptz '2026-11-01Z' and t.opened_at < timestamptz '2026-11-21 10:30Z')`.execute(
        store.db,
      )
    ).rows;
    expect(answer.rows[0]?.[0]).toBe(expected?.n);
  });

  it('counts figures over such rows alike', async () => {
    const answer = await ask(metricPlan('open_deals', { related: [other('ticket', { has: 'none' })] }));
    const [expected] = (
      await sql<{
        n: number;
      }>`select count(*)::int as n from opportunity o where o.deleted_at is null and not o.is_closed
        and not exists (select 1 from ticket t where t.account_id = o.account_id and t.deleted_at is null)`.execute(
        store.db,
      )
    ).rows;
    expect(answer.rows[0]?.[0]).toBe(expected?.n);
    expect(answer.provenance.filters.join()).toContain('with no tickets');
  });

  it('looks only for records that the asker may see, and says so', async () => {
    const none = listPlan('account', { related: [other('opportunity', { has: 'none' })], limit: 25 });
    const rita = await ask(none, 'Rita Rep');
    const names = records(rita)
      .map((row) => row['account'])
      .sort();
    const own = idOf('person', 'Rita Rep');
    expect(names).toEqual(
      await namesBy(
        `select a.name from account a where a.deleted_at is null and a.owner_id = '${own}' and not exists (select 1 from opportunity o where o.account_id = a.id and o.deleted_at is null and o.owner_id = '${own}')`,
      ),
    );
    expect(rita.provenance.filters.join()).toContain('counting your own deals');
    expect((await asking(store, catalogue).issues(none, 'Ada Agent'))[0]?.code).toBe('not-allowed');
  });

  it('refuses records that nothing ties to the rows, and filters that they do not have', async () => {
    const { issues } = asking(store, catalogue);
    expect((await issues(listPlan('person', { related: [other('anomaly')] })))[0]).toMatchObject({
      code: 'not-related',
      path: 'related[0].entity',
    });
    const wrong = other('ticket', {
      where: [{ any: [{ dimension: 'deal_amount', op: 'gt', values: [1] }] }],
    });
    expect((await issues(listPlan('account', { related: [wrong] })))[0]?.path).toBe(
      'related[0].where[0].any[0].dimension',
    );
  });
});

describeStores('a part of a whole', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
  });
  const ask = (plan: MetricPlan, as?: string) => asking(store, catalogue).answer(plan, as);
  const urgent = { where: [{ any: [{ dimension: 'priority', op: 'eq' as const, values: ['urgent'] }] }] };

  it('shows the part, the whole and the share of each group', async () => {
    const answer = await ask(
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        groupBy: [{ dimension: 'account' }],
        part: urgent,
      }),
    );
    const expected = (
      await sql<Record<string, unknown>>`select a.name as account,
          count(*) filter (where t.priority = 'urgent')::int as tickets_opened, count(*)::int as tickets_opened__whole,
          count(*) filter (where t.priority = 'urgent')::float8 / count(*) as tickets_opened__of_whole
        from ticket t left join account a on a.id = t.account_id where t.deleted_at is null group by a.name`.execute(
        store.db,
      )
    ).rows;
    const sorted = (rows: readonly Record<string, unknown>[]) =>
      [...rows].sort((left, right) => String(left['account']).localeCompare(String(right['account'])));
    expect(sorted(records(answer))).toEqual(sorted(expected));
    expect(expected.some((row) => row['tickets_opened'] === 0)).toBe(true);
    expect(answer.provenance.steps?.join()).toContain('The part is what also meets: Priority is');
  });

  it("keeps the conditions of the whole in the part, the figure's own included", async () => {
    const answer = await ask(
      metricPlan('open_tickets', {
        part: { where: [{ any: [{ dimension: 'ticket_status', op: 'eq', values: ['solved'] }] }] },
      }),
    );
    expect(answer.rows[0]?.[0]).toBe(0);
    expect(Number(answer.rows[0]?.[1])).toBeGreaterThan(0);
    expect(answer.rows[0]?.[2]).toBe(0);
  });

  it('may be what has other records, ordered and asked to be large by its share', async () => {
    const answer = await ask(
      metricPlan('open_deals', {
        groupBy: [{ dimension: 'owner' }],
        part: { where: [], related: [other('ticket')] },
        orderBy: [{ by: 'open_deals__of_whole', direction: 'desc' }],
        having: [{ metric: 'open_deals__whole', op: 'gte', value: 1 }],
      }),
    );
    const shares = records(answer).map((row) => Number(row['open_deals__of_whole']));
    expect(shares).toEqual([...shares].sort((left, right) => right - left));
  });

  it('is refused of figures that do not add up, and beside a comparison', async () => {
    const { issues } = asking(store, catalogue);
    expect((await issues(metricPlan('win_rate', { part: urgent })))[0]?.path).toBe(
      'part.where[0].any[0].dimension',
    );
    const rate = metricPlan('first_response_time_average', { part: urgent });
    expect((await issues(rate)).map(({ code }) => code)).toContain('not-additive');
    const compared = metricPlan('tickets_opened', { part: urgent, compare: 'previous_period' });
    expect((await issues(compared)).map(({ code }) => code)).toContain('part-compared');
  });

  it('hides no colleague less than a filter would', async () => {
    const part = { where: [{ any: [{ dimension: 'assignee', op: 'eq' as const, values: ['Zoe Agent'] }] }] };
    const issues = await asking(store, catalogue).issues(metricPlan('tickets_opened', { part }), 'Ada Agent');
    const filtered = await asking(store, catalogue).issues(metricPlan('tickets_opened', part), 'Ada Agent');
    expect(issues.map(({ code }) => code)).toEqual(filtered.map(({ code }) => code));
    expect(issues.length).toBeGreaterThan(0);
  });
});
