import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordFields } from '../../../src/domain/record-fields.ts';
import { type ImportReport, importSources } from '../../../src/jobs/sync-sources.ts';
import { recordId } from '../../../src/sources/identity.ts';
import type { WorldSize } from '../../../src/sources/synthetic/world.ts';
import { writeWorld } from '../../../src/sources/synthetic/write-world.ts';
import { type Store, sql } from '../../../src/store/database.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';
import { openTestStore } from '../../support/store.ts';
import { groupBy, type Row, readTable, temporaryFolder } from '../synthetic/world-files.ts';
import { folders, type RecordWorld, usualEnd, writeRecords } from './record-world.ts';

/** Where the rows of each file go. */
const tables: Readonly<Record<string, string>> = {
  'marketing/campaigns.csv': 'campaign',
  'marketing/campaign_members.csv': 'campaign_member',
  'marketing/leads.csv': 'lead',
  'conversations/sessions.csv': 'messaging_session',
  'conversations/conversations.csv': 'conversation',
  'conversations/messages.csv': 'message',
  'conversations/bot_events.csv': 'bot_event',
  'conversations/queue_samples.csv': 'queue_sample',
  'presence/agent_status.csv': 'agent_status',
  'partners/partners.csv': 'partner',
  'partners/partner_deals.csv': 'partner_deal',
  'partners/activities.csv': 'activity',
  'commerce/price_list.csv': 'product',
  'commerce/order_lines.csv': 'sales_transaction',
  'commerce/subscriptions.csv': 'subscription',
  'commerce/mrr_movements.csv': 'mrr_movement',
  'commerce/fx_rates.csv': 'fx_rate',
  'risk/assessments.csv': 'account_assessment',
  'risk/interventions.csv': 'intervention',
  'snapshots/metric_snapshots.csv': 'metric_snapshot',
};

const clock = fixedClock(new Date(usualEnd));

interface Imported {
  readonly store: Store;
  readonly world: RecordWorld;
  readonly core: ImportReport;
  readonly reports: readonly ImportReport[];
}

async function importWorld(size: WorldSize): Promise<Imported> {
  const dir = temporaryFolder();
  await writeWorld({ seed: 42, size, asOf: new Date(usualEnd), outDir: dir });
  const world = await writeRecords(42, size, { dir });
  const store = await openTestStore();
  const core = await importSources({ store, clock }, { path: dir });
  const reports: ImportReport[] = [];
  for (const folder of folders) reports.push(await importFolder(store, dir, folder));
  return { store, world, core, reports };
}

function importFolder(store: Store, dir: string, folder: string): Promise<ImportReport> {
  const mapping = packagePath('fixtures', 'mappings', `demo-${folder}.yml`);
  return importSources({ store, clock }, { path: join(dir, folder), mapping });
}

describe.each(['small', 'demo'] as const)(
  'the records of a %s world, imported through their mappings',
  (size) => {
    let store: Store;
    let world: RecordWorld;
    let core: ImportReport;
    let reports: readonly ImportReport[];
    const read = (name: string): readonly Row[] => readTable(world.dir, name);

    beforeAll(async () => {
      ({ store, world, core, reports } = await importWorld(size));
      return () => rmSync(world.dir, { recursive: true, force: true });
    }, 120_000);

    async function one(query: string): Promise<Readonly<Record<string, unknown>>> {
      const { rows } = await sql<Record<string, unknown>>`${sql.raw(query)}`.execute(store.db);
      return rows[0] ?? {};
    }

    async function pairsOf(query: string): Promise<Record<string, number>> {
      const { rows } = await sql<{ key: string; value: number | string }>`${sql.raw(query)}`.execute(
        store.db,
      );
      return Object.fromEntries(rows.map((row) => [row.key, Number(row.value)]));
    }

    it('are stored row by row, with no reject and nothing renamed', async () => {
      for (const report of reports) expect(report).toMatchObject({ ok: true, rowsRejected: 0 });
      expect(reports.reduce((sum, { rowsRead }) => sum + rowsRead, 0)).toBe(world.rows);
      for (const [file, table] of Object.entries(tables)) {
        const { count } = await one(`select count(*) as count from ${table} where source like 'demo-%'`);
        expect([table, Number(count)]).toEqual([table, read(file).length]);
      }
    });

    it('are left alone by an import without a mapping', () => {
      expect(core.sources.map(({ source }) => source).sort()).toEqual([
        'customers',
        'escalations',
        'salesforce',
      ]);
    });

    it('refer only to records that are there', async () => {
      let checked = 0;
      for (const table of new Set(Object.values(tables))) {
        const fields = recordFields[table as keyof typeof recordFields];
        for (const [name, field] of Object.entries(fields)) {
          if (field.kind !== 'reference') continue;
          const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
          const { orphans } = await one(
            `select count(*) as orphans from ${table} r where r.source like 'demo-%' and r.${column} is not null
           and not exists (select 1 from ${field.to} t where t.id = r.${column})`,
          );
          expect([table, column, Number(orphans)]).toEqual([table, column, 0]);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(30);
    });

    it('give the figures of conversations and their delivery that the files give (S1-03, S1-04)', async () => {
      const conversations = read('conversations/conversations.csv');
      const total = (column: string) => conversations.reduce((sum, row) => sum + Number(row[column]), 0);
      const filled = (column: string) => conversations.filter((row) => row[column] !== '').length;
      const found = await one(`
      select sum(first_response_seconds) as first, count(first_response_seconds) as answered,
        sum(avg_response_seconds) as mean, sum(resolution_seconds) as resolution, count(resolved_at) as resolved,
        sum(message_count) as messages, sum(csat) as csat, count(csat) as rated, count(agent_id) as agents,
        count(*) filter (where handled_by_bot) as bot, count(*) filter (where escalated_to_human) as escalated
      from conversation where source = 'demo-conversations'`);
      const isTrue = (column: string) => conversations.filter((row) => row[column] === 'true').length;
      expect(
        Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Math.round(Number(value))])),
      ).toEqual({
        first: total('first_response_seconds'),
        answered: filled('first_response_seconds'),
        mean: Math.round(total('avg_response_seconds')),
        resolution: total('resolution_seconds'),
        resolved: filled('resolved_at'),
        messages: total('message_count'),
        csat: total('csat'),
        rated: filled('csat'),
        agents: filled('agent_id'),
        bot: isTrue('handled_by_bot'),
        escalated: isTrue('escalated_to_human'),
      });
      const outgoing = read('conversations/messages.csv').filter((row) => row['direction'] === 'out');
      expect(
        await pairsOf(`select channel || ' ' || delivery_status as key, count(*) as value from message
        where source = 'demo-conversations' and direction = 'out' group by 1`),
      ).toEqual(countBy(outgoing, (row) => `${row['channel']} ${row['delivery_status']}`));
      expect(
        await pairsOf(`select failed_reason as key, count(*) as value from message
        where source = 'demo-conversations' and failed_reason is not null group by 1`),
      ).toEqual(
        countBy(
          outgoing.filter((row) => row['failed_reason'] !== ''),
          (row) => row['failed_reason'] ?? '',
        ),
      );
      const delays = await one(`select sum(extract(epoch from delivered_at - at)) as delivered,
      sum(extract(epoch from read_at - delivered_at)) as read from message where source = 'demo-conversations'`);
      const between = (from: string, to: string) =>
        outgoing
          .filter((row) => row[to] !== '')
          .reduce((sum, row) => sum + (Date.parse(row[to] ?? '') - Date.parse(row[from] ?? '')) / 1000, 0);
      expect([Number(delays['delivered']), Number(delays['read'])]).toEqual([
        between('at', 'delivered_at'),
        between('delivered_at', 'read_at'),
      ]);
    });

    it('derive the first response again from the stored messages (S1-03)', async () => {
      const { wrong } = await one(`
      select count(*) as wrong from conversation c join lateral (
        select min(m.at) filter (where m.author_kind = 'customer') as asked,
          min(m.at) filter (where m.author_kind = 'agent') as answered
        from message m where m.conversation_id = c.id
      ) t on true
      where c.source = 'demo-conversations'
        and c.first_response_seconds is distinct from extract(epoch from t.answered - t.asked)::int`);
      expect(Number(wrong)).toBe(0);
    });

    it('give the time of agents by status, and who is there now (S1-02)', async () => {
      const spans = read('presence/agent_status.csv');
      expect(
        await pairsOf(`select status as key, sum(duration_seconds) as value from agent_status
        where source = 'demo-presence' group by 1`),
      ).toEqual(sumBy(spans, (row) => row['status'] ?? '', 'duration_seconds'));
      expect(
        await pairsOf(`select p.name as key, 1 as value from agent_status s join person p on p.id = s.person_id
        where s.ended_at is null and s.status <> 'offline'`),
      ).toEqual(
        Object.fromEntries(
          spans
            .filter((row) => row['ended_at'] === '' && row['status'] !== 'offline')
            .map((row) => [world.basis.people.find(({ id }) => id === row['agent_id'])?.name, 1]),
        ),
      );
    });

    it('give campaigns, leads, sessions, queue and bot as the files do (S1-05)', async () => {
      expect(
        await pairsOf(`select c.name as key, count(m.id) as value from campaign c
        join campaign_member m on m.campaign_id = c.id group by 1`),
      ).toEqual(
        Object.fromEntries(
          read('marketing/campaigns.csv')
            .filter((row) => row['sent'] !== '0')
            .map((row) => [row['name'], Number(row['sent'])]),
        ),
      );
      expect(await pairsOf(`select status as key, count(*) as value from lead group by 1`)).toEqual(
        countBy(read('marketing/leads.csv'), (row) => row['status'] ?? ''),
      );
      expect(
        await pairsOf(`select status as key, count(*) as value from messaging_session group by 1`),
      ).toEqual(countBy(read('conversations/sessions.csv'), (row) => row['status'] ?? ''));
      const samples = read('conversations/queue_samples.csv');
      const { deepest } = await one('select max(depth) as deepest from queue_sample');
      expect(deepest).toBe(Math.max(...samples.map((row) => Number(row['depth']))));
      expect(
        await pairsOf(`select intent || ' ' || success as key, count(*) as value from bot_event group by 1`),
      ).toEqual(countBy(read('conversations/bot_events.csv'), (row) => `${row['intent']} ${row['success']}`));
    });

    it('give partners with their deals and touches (S0-36, S0-37, S0-38, S0-39)', async () => {
      const names = new Map(
        read('partners/partners.csv').map((row) => [row['partner_id'], row['name'] ?? '']),
      );
      expect(
        await pairsOf(`select p.name as key, sum(o.amount * d.share) as value from partner_deal d
        join partner p on p.id = d.partner_id join opportunity o on o.id = d.opportunity_id group by 1`),
      ).toEqual(
        (() => {
          const amounts = new Map(
            readTable(world.dir, 'sfdc/Opportunity.csv').map((row) => [row['Id'], Number(row['Amount'])]),
          );
          const sums: Record<string, number> = {};
          for (const row of read('partners/partner_deals.csv')) {
            const name = names.get(row['partner_id']) ?? '';
            const cents = (amounts.get(row['opportunity_id']) ?? 0) * Math.round(Number(row['share']) * 100);
            sums[name] = Math.round((sums[name] ?? 0) * 100 + cents) / 100;
          }
          return sums;
        })(),
      );
      const { expired } = await one(
        `select count(*) as expired from partner where cert_expires_on < date '${usualEnd.slice(0, 10)}'`,
      );
      const truth = world.truth['partners'] as { expiredPartners: string[] };
      expect(Number(expired)).toBe(truth.expiredPartners.length);
      expect(
        await pairsOf(`select kind || coalesce(' ' || p.name, '') as key, count(*) as value from activity a
        left join partner p on p.id = a.partner_id where a.source = 'demo-partners' group by 1`),
      ).toEqual(
        countBy(read('partners/activities.csv'), (row) =>
          row['partner_id'] === '' ? (row['kind'] ?? '') : `${row['kind']} ${names.get(row['partner_id'])}`,
        ),
      );
    });

    it('give products with their margins and sales by product and currency (S2-01, S2-02)', async () => {
      expect(
        await pairsOf(`select sku as key, round((list_price - unit_cost) * 100) as value from product
        where source = 'demo-commerce'`),
      ).toEqual(
        Object.fromEntries(
          read('commerce/price_list.csv').map((row) => [
            row['sku'],
            Math.round((Number(row['list_price']) - Number(row['unit_cost'])) * 100),
          ]),
        ),
      );
      expect(
        await pairsOf(`select p.sku || ' ' || t.currency as key, round(sum(t.amount) * 100) as value
        from sales_transaction t join product p on p.id = t.product_id
        join account a on a.id = t.account_id group by 1`),
      ).toEqual(
        centsBy(read('commerce/order_lines.csv'), (row) => `${row['sku']} ${row['currency']}`, 'amount'),
      );
      const orders = new Set(read('commerce/order_lines.csv').map((row) => row['order_number'])).size;
      const { count } = await one('select count(distinct order_number) as count from sales_transaction');
      expect(Number(count)).toBe(orders);
    });

    it('give monthly revenue that is a twelfth of the yearly one of those who stay', async () => {
      const { wrong } = await one(`
      select count(*) as wrong from account a
      join lateral (select coalesce(sum(m.amount), 0) as moved from mrr_movement m where m.account_id = a.id) m on true
      join lateral (select coalesce(sum(s.mrr), 0) as paid, bool_or(s.status = 'cancelled') as has_left
        from subscription s where s.account_id = a.id) s on true
      where a.source = 'salesforce'
        and (m.moved <> s.paid or s.paid <> case when s.has_left then 0 else round(a.arr / 12, 2) end)`);
      expect(Number(wrong)).toBe(0);
      const { accounts } = await one('select count(distinct account_id) as accounts from subscription');
      expect(Number(accounts)).toBe(world.basis.accounts.length);
    });

    it('give the at-risk row of the customer success tool with its list of risk factors (S4-26)', async () => {
      const { sample } = world.truth['risk'] as { sample: { account: string } };
      const [file] = read('risk/assessments.csv')
        .filter((row) => row['company'] === sample.account)
        .slice(-1);
      const { rows } = await sql<Record<string, unknown>>`
      select a.name, r.health_score, r.churn_probability, r.priority, r.risk_factors
      from account_assessment r join account a on a.id = r.account_id
      where r.id = ${recordId('account_assessment', 'demo-risk', file?.['assessment_id'] ?? '')}`.execute(
        store.db,
      );
      expect(rows).toEqual([
        {
          name: sample.account,
          health_score: 42.5,
          churn_probability: 0.78,
          priority: 'critical',
          risk_factors: file?.['risk_factors']?.split('; '),
        },
      ]);
      expect(await pairsOf(`select status as key, count(*) as value from intervention group by 1`)).toEqual(
        countBy(read('risk/interventions.csv'), (row) => row['status'] ?? ''),
      );
    });

    it('keep one figure of a report per metric, segment, grain and start, also when it comes twice (S1-01)', async () => {
      const again = await importFolder(store, world.dir, 'snapshots');
      expect(again).toMatchObject({ ok: true, stored: 0, rowsRejected: 0 });
      const rows = read('snapshots/metric_snapshots.csv');
      expect(
        await pairsOf(`select metric || ' ' || grain || coalesce(' ' || segment, '') as key, sum(value) as value
        from metric_snapshot where metric = 'conversations_opened' group by 1`),
      ).toEqual(
        sumBy(
          rows.filter((row) => row['metric'] === 'conversations_opened'),
          (row) => `${row['metric']} ${row['grain']}${row['segment'] === '' ? '' : ` ${row['segment']}`}`,
          'value',
        ),
      );
      const { twice } = await one(`select count(*) as twice from (select 1 from metric_snapshot
      group by metric, segment, grain, starts_at having count(*) > 1) d`);
      expect(Number(twice)).toBe(0);
    });
  },
);

const countBy = (rows: readonly Row[], keyOf: (row: Row) => string): Record<string, number> =>
  Object.fromEntries([...groupBy(rows, keyOf)].map(([key, own]) => [key, own.length]));

const sumBy = (rows: readonly Row[], keyOf: (row: Row) => string, column: string): Record<string, number> =>
  Object.fromEntries(
    [...groupBy(rows, keyOf)].map(([key, own]) => [
      key,
      own.reduce((sum, row) => sum + Number(row[column]), 0),
    ]),
  );

const centsBy = (rows: readonly Row[], keyOf: (row: Row) => string, column: string): Record<string, number> =>
  Object.fromEntries(
    [...groupBy(rows, keyOf)].map(([key, own]) => [
      key,
      own.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0),
    ]),
  );
