/** The data rows of the mission: each format's sample goes in through the ordinary import and comes back as figures. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImportReport, importSources } from '../../src/jobs/sync-sources.ts';
import type { CellValue } from '../../src/query/answer-data.ts';
import type { MetricPlan } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { asking, figure, listPlan, metricPlan, theCatalogue } from '../query/support/ask.ts';
import { checksums } from '../support/checksum.ts';
import { openTestStore } from '../support/store.ts';

type Row = Readonly<Record<string, string>>;

const catalogue = theCatalogue();
const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
const fixtures = packagePath('fixtures');

/** A file as any other CSV reader sees it. */
const rowsOf = (name: string): readonly Row[] =>
  parse<Row>(readFileSync(join(fixtures, name)), { columns: true, bom: true });

const sum = (rows: readonly Row[], column: string): number =>
  rows.reduce((total, row) => {
    // Accountants write a negative number in parentheses.
    const [, negative] = /^\((.*)\)$/.exec(row[column] ?? '') ?? [];
    return (
      total + Number((negative === undefined ? (row[column] ?? '') : `-${negative}`).replaceAll(',', ''))
    );
  }, 0);
const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;
const numbers = (rows: readonly Row[], column: string): readonly number[] =>
  rows.filter((row) => row[column] !== '').map((row) => Number(row[column]));
const countBy = (rows: readonly Row[], column: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[column] ?? '', (counts.get(row[column] ?? '') ?? 0) + 1);
  return counts;
};

let store: Store;
async function importFolder(path: string, mapping?: string): Promise<ImportReport> {
  const request = { path: join(fixtures, path) };
  const report = await importSources(
    { store, clock },
    mapping === undefined ? request : { ...request, mapping: join(fixtures, 'mappings', mapping) },
  );
  expect(report.sources.flatMap(({ issues }) => issues)).toEqual([]);
  return report;
}

const ask = () => asking(store, catalogue, { clock });
const all = { kind: 'all' } as const;

async function total(metric: string, more: Partial<MetricPlan> = {}): Promise<CellValue> {
  return figure(await ask().answer(metricPlan(metric, { time: all, ...more })));
}
const state = (metric: string, more: Partial<MetricPlan> = {}) => total(metric, { time: null, ...more });

/** A metric by one dimension, as a map. */
async function by(
  metric: string,
  dimension: string,
  more: Partial<MetricPlan> = {},
): Promise<Map<CellValue, CellValue>> {
  const answer = await ask().answer(metricPlan(metric, { time: all, groupBy: [{ dimension }], ...more }));
  return new Map(answer.rows.map((row) => [row[0] ?? null, row.at(-1) ?? null]));
}

const only = (dimension: string, ...values: (string | boolean)[]) => ({
  where: [{ any: [{ dimension, op: 'in' as const, values }] }],
});

describe('support and sales of a database company', () => {
  beforeAll(async () => {
    store = await openTestStore();
  });

  it('reads the customer list (S0-01)', async () => {
    const report = await importFolder('customers.txt');
    const listed = readFileSync(join(fixtures, 'customers.txt'), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^(?:#|\/\/)/.test(line))
      .map((line) => line.replace(/^\s*(?:[-*•]|\d+\.)\s*/, '').split(/[|;\t]/)[0] ?? '')
      .map((name) => name.replace(/\s+/g, ' ').trim().toLowerCase())
      .filter((name) => name !== '');
    const answer = await ask().answer(listPlan('account', { limit: 25 }));
    const names = answer.rows.map((row) => String(row[0]).toLowerCase());
    expect(new Set(names)).toEqual(new Set(listed));
    expect(names).toHaveLength(new Set(listed).size);
    expect(report.rowsRead).toBe(report.rowsRejected + report.sources[0]!.rowsAccepted);
  });

  it('reads the escalation files (S0-02)', async () => {
    const report = await importFolder('on_call');
    const files = readdirSync(join(fixtures, 'on_call')).filter((name) => name.endsWith('.txt'));
    const rejected = report.sources.flatMap(({ rejects }) => rejects.map(({ file }) => file));
    const good = files.filter((name) => !rejected.some((file) => file.endsWith(name)));
    expect(good.length).toBeGreaterThan(5);
    const answer = await ask().answer(listPlan('customer_escalation', { limit: 25 }));
    const at = answer.columns.findIndex(({ id }) => id === 'ce_number');
    expect(answer.rows.map((row) => row[at]).toSorted()).toEqual(
      good.map((name) => name.replace('.txt', '')).toSorted(),
    );
  });

  it('reads Salesforce samples as CSV and JSON (S0-03)', async () => {
    await importFolder('sfdc');
    const won = rowsOf('sfdc/Opportunity.csv').filter((row) => row['IsWon'] === 'true');
    expect(won).not.toHaveLength(0);
    expect(await by('won_amount', 'currency')).toEqual(
      new Map(
        [...countBy(won, 'CurrencyIsoCode').keys()].map((currency) => [
          currency,
          sum(
            won.filter((row) => row['CurrencyIsoCode'] === currency),
            'Amount',
          ),
        ]),
      ),
    );
    const contacts = JSON.parse(readFileSync(join(fixtures, 'sfdc/contacts.json'), 'utf8')) as {
      Id?: string;
    }[];
    const ids = new Set(contacts.flatMap(({ Id }) => (Id === undefined ? [] : [Id])));
    const listed = await ask().answer(listPlan('contact', { limit: 25 }));
    expect(listed.rows.length).toBeGreaterThanOrEqual(ids.size);
    expect(await state('contacts')).toBe(listed.rows.length);
  });
});

describe('a contact centre', () => {
  beforeAll(async () => {
    store = await openTestStore();
    await importFolder('sfdc/Account.csv');
    await importFolder('sfdc/User.csv');
    await importFolder('contact-centre', 'contact-centre.yml');
  });

  it('reads hourly, daily and weekly snapshots, one for each span, day and metric (S1-01)', async () => {
    const rows = rowsOf('contact-centre/analytics_snapshots.csv');
    await importFolder('contact-centre', 'contact-centre.yml');
    const listed = await ask().answer(listPlan('metric_snapshot', { limit: 25 }));
    expect(listed.rows).toHaveLength(
      new Set(rows.map((row) => `${row['type']} ${row['date']} ${row['metric']}`)).size,
    );
    for (const [metric, found] of await by('reported_figure_average', 'snapshot_metric')) {
      const own = rows.filter((row) => row['metric'] === metric);
      expect(found).toBeCloseTo(mean(numbers(own, 'value')), 9);
    }
  });

  it('reads the log of agents’ status (S1-02)', async () => {
    const rows = rowsOf('contact-centre/agent_status.csv');
    const ended = rows.filter((row) => row['ended_at'] !== '');
    const seconds = await by('presence_time', 'presence');
    for (const status of ['online', 'away', 'busy']) {
      expect(seconds.get(status), status).toBe(
        sum(
          ended.filter((row) => row['status'] === status),
          'duration_s',
        ),
      );
    }
    const present = await ask().answer(
      listPlan('agent_status', {
        where: [{ any: [{ dimension: 'presence_ended_at', op: 'is_null', values: [] }] }],
      }),
    );
    expect(present.rows).toHaveLength(rows.length - ended.length);
  });

  it('reads conversations with response, resolution, rating and the part of the bot (S1-03)', async () => {
    const rows = rowsOf('contact-centre/conversations.csv');
    expect(await total('conversations')).toBe(rows.length);
    expect(await total('conversation_first_response_average')).toBeCloseTo(
      mean(numbers(rows, 'first_response_s')),
      6,
    );
    expect(await total('conversation_resolution_average')).toBeCloseTo(
      mean(numbers(rows, 'resolution_s')),
      6,
    );
    expect(await total('conversation_rating_average')).toBeCloseTo(mean(numbers(rows, 'csat')), 9);
    expect(await total('bot_conversations')).toBe(rows.filter((row) => row['by_bot'] === 'true').length);
    expect(await total('handed_over_conversations')).toBe(
      rows.filter((row) => row['escalated'] === 'true').length,
    );
    expect(await state('active_conversations')).toBe(
      rows.filter((row) => ['open', 'pending'].includes(row['status'] ?? '')).length,
    );
  });

  it('reads how far messages came (S1-04)', async () => {
    const rows = rowsOf('contact-centre/messages.csv');
    expect(await total('messages')).toBe(rows.length);
    const sent = rows.filter((row) => row['direction'] === 'out');
    const found = await by('messages_sent', 'delivery_status');
    expect(found).toEqual(new Map([...countBy(sent, 'status')].map(([status, count]) => [status, count])));
    expect(await by('messages_failed', 'failed_reason')).toEqual(
      countBy(
        sent.filter((row) => row['status'] === 'failed'),
        'failed_reason',
      ),
    );
    const broadcast = rows.filter((row) => row['broadcast'] === 'maintenance-nov');
    expect(await total('messages_sent', only('broadcast', 'maintenance-nov'))).toBe(broadcast.length);
  });

  it('reads teams, campaigns, leads, sessions, the queue and the bot (S1-05)', async () => {
    const campaigns = rowsOf('contact-centre/campaigns.csv');
    expect(await total('campaign_messages')).toBe(sum(campaigns, 'sent'));
    expect(await total('campaign_conversion_rate')).toBeCloseTo(
      sum(campaigns, 'converted') / sum(campaigns, 'sent'),
      9,
    );
    const leads = rowsOf('contact-centre/leads.csv');
    expect(await by('leads', 'lead_origin')).toEqual(countBy(leads, 'origin'));
    expect(await total('converted_leads')).toBe(numbers(leads, 'converted_at').length);
    const sessions = rowsOf('contact-centre/sessions.csv');
    expect(await by('sessions', 'session_status', { time: null })).toEqual(countBy(sessions, 'status'));
    const queue = rowsOf('contact-centre/queue.csv');
    expect(await total('queue_depth_highest')).toBe(Math.max(...numbers(queue, 'depth')));
    expect(await total('processing_rate')).toBeCloseTo(mean(numbers(queue, 'processed_per_minute')), 9);
    const bot = rowsOf('contact-centre/bot_events.csv');
    expect(await by('bot_answers', 'bot_outcome')).toEqual(countBy(bot, 'outcome'));
    const teams = await ask().answer(listPlan('team'));
    const departments = new Set(rowsOf('sfdc/User.csv').map((row) => row['Department']));
    expect(new Set(teams.rows.map((row) => row[0]))).toEqual(departments);
  });
});

describe('customers, products, sales and tickets as plain tables', () => {
  let report: ImportReport;
  beforeAll(async () => {
    store = await openTestStore();
    report = await importFolder('tables');
  });
  /** Rows of a table that were not rejected; the header is line 1. */
  const goodRows = (name: string): readonly Row[] => {
    const bad = new Set(
      report.sources.flatMap(({ rejects }) =>
        rejects.flatMap(({ file, line }) => (file.endsWith(name) && line !== null ? [line] : [])),
      ),
    );
    const lines = readFileSync(join(fixtures, 'tables', name), 'utf8').split(/\r?\n/);
    const kept = lines.filter((line, index) => line.trim() !== '' && !bad.has(index + 1));
    return parse<Row>(kept.join('\n'), { columns: true, bom: true });
  };

  it('reads customers and products with category, price and margin (S2-01)', async () => {
    const products = goodRows('products.csv');
    expect(await state('products')).toBe(products.length);
    const customers = goodRows('customers.csv');
    const listed = await ask().answer(listPlan('account', { limit: 25 }));
    expect(listed.rows).toHaveLength(customers.length);
    const costs = await store.db.selectFrom('product').select(['list_price', 'unit_cost']).execute();
    expect(
      costs.some(({ unit_cost: cost, list_price: price }) => cost !== null && price !== null && cost < price),
    ).toBe(true);
  });

  it('reads sales by customer and product, and tickets with their tone (S2-02)', async () => {
    const sales = goodRows('sales_transactions.csv');
    const amounts = await ask().answer(
      metricPlan('transactions', { time: all, groupBy: [{ dimension: 'product' }] }),
    );
    expect(amounts.rows.reduce((total, row) => total + Number(row.at(-1)), 0)).toBe(sales.length);
    expect(await total('units_sold')).toBe(sum(sales, 'Quantity'));
    const tickets = goodRows('support_tickets.csv');
    // A ticket that stands there twice is one ticket.
    expect(await total('tickets_opened')).toBe(new Set(tickets.map((row) => row['ticket_id'])).size);
  });
});

describe('importing everything twice', () => {
  it('leaves every table as it was', async () => {
    store = await openTestStore();
    const importAll = async (): Promise<void> => {
      await importFolder('customers.txt');
      await importFolder('sfdc');
      await importFolder('on_call');
      await importFolder('tables');
      await importFolder('contact-centre', 'contact-centre.yml');
      await importFolder('customer-success', 'customer-success.yml');
    };
    await importAll();
    // The first time names were looked up before all sources were there; from then on nothing moves.
    await importAll();
    const before = await checksums(store);
    await importAll();
    expect(await checksums(store)).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(25);
  });
});

describe('a customer success tool', () => {
  beforeAll(async () => {
    store = await openTestStore();
    await importFolder('customer-success', 'customer-success.yml');
  });

  it('reads clients (S3-01)', async () => {
    const clients = rowsOf('customer-success/clients.csv');
    const answer = await ask().answer(listPlan('account', { limit: 25 }));
    const names = answer.rows.map((row) => row[0]);
    for (const client of clients) expect(names).toContain(client['name']);
  });

  it('reads telemetry by day (S3-02)', async () => {
    const rows = rowsOf('customer-success/telemetry.csv');
    const clients = new Map(
      rowsOf('customer-success/clients.csv').map((row) => [row['client_id'], row['name']]),
    );
    for (const [metric, column] of [
      ['api_calls', 'api_calls'],
      ['logins', 'logins'],
    ] as const) {
      const found = await by(metric, 'account');
      for (const [id, name] of clients)
        expect(found.get(name ?? ''), name).toBe(
          sum(
            rows.filter((row) => row['client_id'] === id),
            column,
          ),
        );
    }
  });

  it('reads incidents with severity and status (S3-03)', async () => {
    const rows = rowsOf('customer-success/incidents.csv');
    expect(await by('incidents_opened', 'severity')).toEqual(countBy(rows, 'severity'));
    expect(await state('open_incidents')).toBe(rows.filter((row) => row['status'] === 'open').length);
  });

  it('reads customers at risk with health, churn, priority and reasons (S4-26)', async () => {
    const rows = rowsOf('customer-success/at_risk.csv');
    const answer = await ask().answer(
      listPlan('account_assessment', {
        columns: ['account', 'assessed_health', 'assessed_churn', 'assessed_priority', 'assessed_at'],
        orderBy: [{ by: 'assessed_churn', direction: 'desc' }],
      }),
    );
    const expected = rows
      .toSorted((a, b) => Number(b['churn_probability']) - Number(a['churn_probability']))
      .map((row) => [
        row['company'],
        Number(row['last_health']),
        Number(row['churn_probability']),
        row['priority'],
      ]);
    expect(answer.rows.map((row) => row.slice(0, 4))).toEqual(expected);
    const stored = await store.db
      .selectFrom('account_assessment')
      .select('risk_factors')
      .orderBy('churn_probability', 'desc')
      .execute();
    expect(stored.map((row) => row.risk_factors)).toEqual([
      ['usage down 75 %', 'open critical incident', 'no login of the sponsor'],
      ['renewal in 60 days', 'CSAT 3.1'],
      null,
    ]);
  });

  it('reads subscriptions and how their revenue moves, each in its currency (S4-24)', async () => {
    const running = rowsOf('customer-success/subscriptions.csv').filter(
      (row) => row['status'] !== 'cancelled',
    );
    const mrr = await by('mrr', 'currency', { time: null });
    const moved = await by('mrr_change', 'currency');
    for (const currency of ['EUR', 'USD']) {
      expect(mrr.get(currency)).toBe(
        sum(
          running.filter((row) => row['currency'] === currency),
          'mrr',
        ),
      );
      // What the movements add up to is what there is.
      expect(moved.get(currency)).toBe(mrr.get(currency));
    }
  });

  it('reads interventions and their outcome (S4-14)', async () => {
    const rows = rowsOf('customer-success/interventions.csv');
    expect(await by('interventions_due', 'intervention_status')).toEqual(countBy(rows, 'status'));
    const late = rows.filter(
      (row) =>
        /^(?:open|in_progress)$/.test(row['status'] ?? '') &&
        Date.parse(row['due_at'] ?? '') < clock.now().getTime(),
    );
    expect(await by('overdue_interventions', 'intervention_status', { time: null })).toEqual(
      countBy(late, 'status'),
    );
  });
});
