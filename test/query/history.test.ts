import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { loadAnalyserSettings } from '../../src/catalogue/analyser-settings.ts';
import { type SnapshotContext, takeSnapshots } from '../../src/jobs/analysis-snapshots.ts';
import type { AnswerData } from '../../src/query/answer-data.ts';
import { watchedTimes } from '../../src/query/history/history-definition.ts';
import { type MetricPlan, timeUnits } from '../../src/query/metric-query.ts';
import { runQuery } from '../../src/query/run-query.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';
import { metricPlan, records, theCatalogue } from './support/ask.ts';

const catalogue = theCatalogue();
const loaded = loadAnalyserSettings(packagePath('catalogue'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
const settings = loaded.value;

/** Clocks go back in the night of 25 October 2026 and forward on 29 March: a day of 25 hours and one of 23. */
const zone = 'Europe/Berlin';
const taken = new Date('2026-11-10T11:20:00Z');
const asked = new Date('2026-11-10T11:47:00Z');
const everything: Asker = {
  personId: stableId('person', 'test', 'manager'),
  role: 'manager',
  teamId: null,
  name: 'Max Manager',
  zone,
} as unknown as Asker;

const id = (name: string) => stableId('ticket', 'test', name);

/** A repeatable source of numbers. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const priorities = ['urgent', 'high', 'normal', 'low', null] as const;
const categories = ['Billing', 'Access', null];

/** Tickets over 150 days, more of them where clocks change; deals in two currencies by day. */
async function seed(store: Store): Promise<void> {
  const next = numbers(7);
  const changes = [Date.parse('2026-10-25T00:00Z'), Date.parse('2026-11-10T08:00Z')];
  const tickets = Array.from({ length: 600 }, (_, index) => {
    const near = changes[Math.floor(next() * 4)];
    const opened =
      near === undefined ? taken.getTime() - next() * 150 * 86_400_000 : near + next() * 5 * 3_600_000;
    const solved = next() < 0.6 ? opened + next() * 20 * 86_400_000 : null;
    return {
      id: id(`${index}`),
      source: 'test',
      source_id: `${index}`,
      number: `${index}`,
      subject: 's',
      status: solved === null ? ('open' as const) : ('solved' as const),
      priority: priorities[Math.floor(next() * 5)] ?? null,
      category: categories[Math.floor(next() * 3)] ?? null,
      opened_at: new Date(opened),
      solved_at: solved === null ? null : new Date(solved),
      escalated: next() < 0.2,
      synced_at: new Date('2026-11-01T00:00:00Z'),
      deleted_at: next() < 0.05 ? new Date('2026-11-01T00:00:00Z') : null,
    };
  });
  await store.db.insertInto('ticket').values(tickets).execute();
  const deals = Array.from({ length: 200 }, (_, index) => ({
    id: stableId('opportunity', 'test', `${index}`),
    source: 'test',
    source_id: `${index}`,
    name: `${index}`,
    stage: 'Closed Won',
    is_closed: true,
    is_won: next() < 0.7,
    amount: Math.round(next() * 100_000) / 100,
    currency: next() < 0.5 ? 'USD' : 'EUR',
    close_date: new Date(taken.getTime() - next() * 300 * 86_400_000).toISOString().slice(0, 10),
    synced_at: new Date('2026-11-01T00:00:00Z'),
  }));
  await store.db.insertInto('opportunity').values(deals).execute();
}

const contextAt = (store: Store, now: Date): SnapshotContext => ({
  store,
  catalogue,
  settings,
  zone,
  asOf: now,
  write: (work) => store.transaction(work),
  say: () => undefined,
});

/** As if what was stored until now had been seen: the reading edge is a second behind the database's clock. */
async function settle(store: Store): Promise<void> {
  await sql`update metric_history_state set read_until = clock_timestamp()`.execute(store.db);
}

async function ask(store: Pick<Store, 'readOnly'>, plan: MetricPlan, more: object = {}): Promise<AnswerData> {
  const context = { store, catalogue, asker: everything, clock: fixedClock(asked), zone, ...more };
  const answer = await runQuery(context, plan);
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues));
  return answer.value;
}

/** The same question where nothing is kept, so that every row is counted. */
async function fromRows(store: Store, plan: MetricPlan): Promise<AnswerData> {
  let answer: AnswerData | undefined;
  await store
    .transaction(async (trx) => {
      await trx.deleteFrom('metric_history_state').execute();
      const same = { readOnly: <T>(_: number, work: (one: typeof trx) => Promise<T>) => work(trx) };
      answer = await ask(same, plan);
      throw new Error('undo');
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== 'undo') throw error;
    });
  return answer!;
}

const day = fc
  .integer({ min: 0, max: 200 })
  .map((back) => new Date(asked.getTime() - back * 86_400_000).toISOString().slice(0, 10));
const time = fc.oneof(
  fc.record({
    kind: fc.constant('relative' as const),
    unit: fc.constantFrom(...timeUnits),
    n: fc.integer({ min: 1, max: 6 }),
    completeOnly: fc.boolean(),
  }),
  fc.tuple(day, day).map(([a, b]) => ({ kind: 'between' as const, from: a < b ? a : b, to: a < b ? b : a })),
  fc.record({ kind: fc.constant('to_date' as const), unit: fc.constantFrom(...timeUnits) }),
  fc.constant({ kind: 'between' as const, from: '2026-10-24', to: '2026-10-26' }),
  fc.constant({ kind: 'all' as const }),
);

const cut = fc.constantFrom<Partial<MetricPlan>>(
  {},
  { where: [{ any: [{ dimension: 'priority', op: 'in', values: ['urgent', 'high'] }] }] },
  { where: [{ any: [{ dimension: 'category', op: 'is_null', values: [] }] }] },
);

const tickets = fc
  .tuple(
    fc.constantFrom('tickets_opened', 'tickets_solved', 'reopen_rate', 'ticket_escalation_rate'),
    time,
    cut,
    fc.constantFrom<string | null>('priority', 'category', null),
    fc.constantFrom<(typeof timeUnits)[number] | null>(...timeUnits, null),
  )
  .filter(([, range, , , grain]) => grain !== 'hour' || range.kind === 'to_date')
  .map(([metric, range, more, dimension, grain]) =>
    metricPlan(metric, {
      ...more,
      time: range,
      limit: 100,
      groupBy: [
        ...(grain === null || range.kind === 'all' ? [] : [{ dimension: 'time', grain }]),
        ...(dimension === null ? [] : [{ dimension }]),
      ],
    }),
  );

const deals = fc
  .tuple(fc.constantFrom('won_amount', 'win_rate'), time, fc.constantFrom('day', 'week', 'quarter', null))
  .filter(([, range]) => !('unit' in range && range.unit === 'hour'))
  .map(([metric, range, grain]) =>
    metricPlan(metric, {
      time: range,
      limit: 100,
      groupBy: grain === null || range.kind === 'all' ? [] : [{ dimension: 'time', grain: grain }],
    }),
  );

/** A course has at most 400 points. */
const isAnswerable = ({ groupBy, time: range }: MetricPlan) => {
  const unit = range !== null && 'unit' in range ? range.unit : '';
  const n = range?.kind === 'relative' ? range.n : 1;
  return groupBy.every(
    ({ grain }) =>
      (grain !== 'hour' || ['hour', 'day', 'week'].includes(unit)) &&
      (grain !== 'day' || unit !== 'year' || n < 2) &&
      (grain !== 'day' || unit !== 'quarter' || n < 4),
  );
};

describeStores('history from snapshots', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seed(store);
    await takeSnapshots(contextAt(store, taken), null);
    await settle(store);
  });

  /** @returns how many of the answers came from what is kept */
  async function compare(plans: fc.Arbitrary<MetricPlan>, runs: number): Promise<number> {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(plans.filter(isAnswerable), async (plan) => {
        const answer = await ask(store, plan);
        const counted = await fromRows(store, plan);
        expect(answer.rows).toEqual(counted.rows);
        expect(answer.columns).toEqual(counted.columns);
        expect(answer.provenance.rowsRead).toBe(counted.provenance.rowsRead);
        if (answer.provenance.history !== undefined) kept += 1;
      }),
      { numRuns: runs, seed: 42 },
    );
    return kept;
  }

  it('gives the same numbers as the rows for random ranges, grains and segments (S1-42)', async () => {
    expect(await compare(tickets, 80)).toBeGreaterThan(35);
    expect(await compare(deals, 30)).toBeGreaterThan(10);
  });

  it('counts the 25 hours of the day on which clocks go back, each of them', async () => {
    const plan = metricPlan('tickets_opened', {
      time: { kind: 'between', from: '2026-10-25', to: '2026-10-25' },
      groupBy: [{ dimension: 'time', grain: 'hour' }],
    });
    const answer = await ask(store, plan);
    expect(answer.rows).toHaveLength(25);
    expect(answer.provenance.history).toBe('hours from snapshots');
    expect(answer.rows).toEqual((await fromRows(store, plan)).rows);
  });

  it('says how far the snapshots reach and that the open hour is live', async () => {
    const plan = metricPlan('tickets_opened', { time: { kind: 'to_date', unit: 'day' } });
    const answer = await ask(store, plan);
    expect(answer.provenance.history).toBe('hours until 12:00 from snapshots, the open hour live');
  });

  it('counts live for whom not every row is open, for other filters, and in another zone', async () => {
    const plan = metricPlan('tickets_opened', { time: { kind: 'to_date', unit: 'month' } });
    const asAgent = await ask(store, plan, { asker: { ...everything, role: 'agent' } });
    expect(asAgent.provenance.history).toBeUndefined();
    const elsewhere = await ask(store, plan, { zone: 'America/New_York' });
    expect(elsewhere.provenance.history).toBeUndefined();
    const filtered = await ask(store, {
      ...plan,
      where: [{ any: [{ dimension: 'ticket_escalated', op: 'eq', values: [true] }] }],
    });
    expect(filtered.provenance.history).toBeUndefined();
    expect((await ask(store, plan)).provenance.history).toBeDefined();
  });

  it('is right about late, moved, deleted and removed records before and after the next run', async () => {
    const change = (name: string, columns: object) =>
      store.db
        .updateTable('ticket')
        .set({ ...columns, synced_at: sql<Date>`now()` })
        .where('id', '=', id(name))
        .execute();
    await change('1', { opened_at: new Date('2026-09-01T10:00Z') });
    await change('2', { solved_at: null, status: 'open' });
    await change('3', { deleted_at: new Date() });
    await change('4', { priority: 'urgent', category: 'Access' });
    await store.db.deleteFrom('ticket').where('id', '=', id('5')).execute();
    await store.db
      .insertInto('ticket')
      .values({
        id: id('late'),
        source: 'test',
        source_id: 'late',
        number: 'late',
        subject: 's',
        status: 'open',
        opened_at: new Date('2026-08-03T09:00Z'),
      })
      .execute();
    expect(await compare(tickets, 25)).toBeGreaterThan(6);
    const before = await total(store);
    const { rowsWritten } = await takeSnapshots(contextAt(store, asked), null);
    await settle(store);
    expect(await compare(tickets, 30)).toBeGreaterThan(10);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from moved_record`.execute(
      store.db,
    );
    expect(rows[0]?.count).toBeGreaterThanOrEqual(0);
    expect(rowsWritten).toBeLessThan(before / 2);
  });

  it('writes the same values again when it is run again, and after everything was counted anew (S1-01, S1-40)', async () => {
    await takeSnapshots(contextAt(store, asked), null);
    const first = await values(store);
    await takeSnapshots(contextAt(store, asked), null);
    expect(await values(store)).toEqual(first);
    await sql`update metric_history set value = value + 1 where metric = 'tickets_opened' and grain <> 'week'`.execute(
      store.db,
    );
    await takeSnapshots(contextAt(store, asked), '2020-01-01');
    expect(await values(store)).toEqual(first);
  });

  it('keeps no more than the settings say, and no metric that left them', async () => {
    const later = new Date(asked.getTime() + 40 * 86_400_000);
    const { metrics, keepDays } = settings.snapshots;
    const fewer = { ...settings, snapshots: { keepDays, metrics: new Map([...metrics].slice(0, 2)) } };
    await takeSnapshots({ ...contextAt(store, later), settings: fewer }, null);
    const { rows } = await sql<{ metric: string; first: Date }>`
      select metric, min(bucket_start) filter (where grain = 'hour') as first from metric_history group by metric order by 1`.execute(
      store.db,
    );
    expect(rows.map(({ metric }) => metric)).toEqual(['tickets_opened', 'tickets_solved']);
    expect(rows[0]!.first.getTime()).toBeGreaterThan(later.getTime() - 47 * 86_400_000);
  });
});

async function total(store: Store): Promise<number> {
  return (await values(store)).length;
}

async function values(store: Store) {
  const { rows } = await sql`select id, value, rows_read from metric_history order by id`.execute(store.db);
  return rows;
}

describeStores('the past of a state', (engine) => {
  let store: Store;
  const evenings = ['2026-11-07T17:00:00Z', '2026-11-08T09:00:00Z', '2026-11-08T17:00:00Z'];
  const expected: Record<string, number> = {};
  const openNow = async () =>
    (
      await sql<{
        count: number;
      }>`select count(*)::int as count from ticket where status = 'open' and deleted_at is null`.execute(
        store.db,
      )
    ).rows[0]!.count;

  beforeAll(async () => {
    store = await engine.open();
    await seed(store);
    for (const [index, evening] of evenings.entries()) {
      await takeSnapshots(contextAt(store, new Date(evening)), null);
      expected[evening.slice(0, 10)] = await openNow();
      await sql`update ticket set status = 'solved' where id in (select id from ticket where status = 'open' limit ${3 + index})`.execute(
        store.db,
      );
    }
  });

  it('is what was recorded at the last look of each day, and today is live; other days are not made up', async () => {
    const answer = await ask(
      store,
      metricPlan('open_tickets', {
        time: { kind: 'relative', unit: 'day', n: 30, completeOnly: false },
        groupBy: [{ dimension: 'time', grain: 'day' }],
      }),
    );
    expect(records(answer)).toEqual([
      { time: '2026-11-07', open_tickets: expected['2026-11-07'] },
      { time: '2026-11-08', open_tickets: expected['2026-11-08'] },
      { time: '2026-11-10', open_tickets: await openNow() },
    ]);
    expect(answer.provenance.history).toBe(
      'as recorded since 7 November 2026, at the last look in each period; the present one live',
    );
  });

  it('is there for each value of a kept segment', async () => {
    const answer = await ask(
      store,
      metricPlan('open_tickets', {
        time: { kind: 'relative', unit: 'day', n: 30, completeOnly: false },
        groupBy: [{ dimension: 'time', grain: 'day' }, { dimension: 'priority' }],
      }),
    );
    const sums: Record<string, number> = {};
    for (const row of records(answer))
      sums[String(row['time'])] = (sums[String(row['time'])] ?? 0) + Number(row['open_tickets']);
    expect(sums).toEqual({ ...expected, '2026-11-10': await openNow() });
  });

  it('is refused with the reason where it was not recorded', async () => {
    const plan = metricPlan('unassigned_tickets', { groupBy: [{ dimension: 'time', grain: 'day' }] });
    const issues = async (more: object, wish: Partial<MetricPlan> = {}) => {
      const context = { store, catalogue, asker: everything, clock: fixedClock(asked), zone, ...more };
      const answer = await runQuery(context, { ...plan, ...wish });
      return answer.ok ? [] : answer.issues.map(({ message }) => message);
    };
    expect(await issues({ asker: { ...everything, role: 'agent' } })).toEqual([
      'Unassigned open tickets is recorded for the whole company only, and you see a part of it; ask for it as of now.',
    ]);
    expect(
      await issues({}, { where: [{ any: [{ dimension: 'ticket_escalated', op: 'eq', values: [true] }] }] }),
    ).toEqual([
      'Unassigned open tickets is recorded by priority or category or channel only; ask for it so, or as of now.',
    ]);
    expect(await issues({}, { metrics: ['sessions'] })).toEqual([
      'Messaging sessions is a state as of now; it has not been recorded for earlier times yet.',
    ]);
    // Nobody looked on that day: what it was is unknown, and not nought.
    expect(await issues({}, { time: { kind: 'between', from: '2026-11-01', to: '2026-11-01' } })).toEqual([
      'Unassigned open tickets is a state as of now, and was not recorded then; ask for it as of now.',
    ]);
  });
});

describeStores('the notes of moved records', (engine) => {
  it('are taken for every time that history relies on', async () => {
    const store = await engine.open();
    const { rows } = await sql<{ name: string }>`
      select c.relname || '.' || argument as name
        from pg_trigger t join pg_class c on c.oid = t.tgrelid,
             unnest(string_to_array(trim(trailing '\\000' from encode(t.tgargs, 'escape')), '\\000')) as argument
       where t.tgname = c.relname || '_moved'`.execute(store.db);
    expect(rows.map(({ name }) => name).sort()).toEqual([...watchedTimes].sort());
  });
});

describe('the shipped snapshots.yml', () => {
  it('names only metrics that can be kept', async () => {
    const { definitionsOf } = await import('../../src/jobs/analysis-snapshots.ts');
    const { definitions, notes } = definitionsOf(catalogue, settings.snapshots, zone);
    expect(notes).toEqual([]);
    expect(definitions.length).toBeGreaterThan(40);
  });
});
