import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricPlan } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { asking, metricPlan, records, theCatalogue } from './support/ask.ts';
import { seedWorld } from './support/world.ts';

/** What stands beside the figures, against window functions that were written without the compiler. */
const catalogue = theCatalogue();

describeStores('figures beside figures', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await seedWorld(store);
  });
  const ask = (plan: MetricPlan, as?: string) => asking(store, catalogue).answer(plan, as);
  const rowsOf = async (query: string): Promise<Record<string, unknown>[]> =>
    (await sql.raw<Record<string, unknown>>(query).execute(store.db)).rows;
  const closeTo = (value: unknown) => (value === null ? null : expect.closeTo(Number(value), 9));

  /** Tickets opened in each week of the last 90 days until now. */
  const weeks = `with weeks as (
      select generate_series(date '2026-08-24', date '2026-11-16', interval '7 days')::date as week),
    counted as (
      select w.week, count(t.id)::int as n from weeks w left join ticket t
        on date_trunc('week', t.opened_at at time zone 'UTC')::date = w.week and t.deleted_at is null
        and t.opened_at >= timestamptz '2026-08-24 00:00Z' and t.opened_at < timestamptz '2026-11-21 10:30Z'
      group by w.week)`;
  const perWeek = { groupBy: [{ dimension: 'time', grain: 'week' }] } satisfies Partial<MetricPlan>;
  const since = { time: { kind: 'between', from: '2026-08-24' } } satisfies Partial<MetricPlan>;

  it.each([
    ['change', 'step', 'n - lag(n) over (order by week)'],
    [
      'pct_change',
      'pct_step',
      '(n - lag(n) over (order by week))::float8 / nullif(lag(n) over (order by week), 0)',
    ],
    ['running', 'running', 'sum(n) over (order by week)::int'],
    ['share', 'share', 'n::float8 / sum(n) over ()::float8'],
    ['rank', 'rank', 'rank() over (order by n desc)::int'],
    ['mean', 'mean', 'avg(n) over ()::float8'],
    [
      'moving_avg',
      'moving_avg',
      'case when row_number() over (order by week) >= 3 then avg(n) over (order by week rows 2 preceding)::float8 end',
    ],
  ] as const)('computes %s along time like a window function', async (transform, suffix, window) => {
    const answer = await ask(metricPlan('tickets_opened', { ...perWeek, ...since, transform, window: 3 }));
    const expected = await rowsOf(
      `${weeks} select week::text as week, n, ${window} as x from counted order by week`,
    );
    expect(expected.length).toBe(13);
    expect(records(answer)).toEqual(
      expected.map(({ week, n, x }) => ({
        time: week,
        tickets_opened: Number(n),
        [`tickets_opened__${suffix}`]: closeTo(x),
      })),
    );
    expect(answer.provenance.steps?.length).toBe(1);
  });

  it('takes shares of all groups, also of those that the limit cuts', async () => {
    const plan = metricPlan('tickets_opened', {
      time: { kind: 'all' },
      groupBy: [{ dimension: 'account' }],
      transform: 'share',
      limit: 2,
    });
    const answer = await ask(plan);
    const expected = await rowsOf(
      `select a.name, count(*)::int as n, count(*)::float8 / (select count(*) from ticket where deleted_at is null) as x
         from ticket t left join account a on a.id = t.account_id and a.deleted_at is null
         where t.deleted_at is null group by a.id, a.name order by n desc, name limit 2`,
    );
    expect(answer.truncated).toBe(true);
    expect(answer.rows).toEqual(expected.map(({ name, n, x }) => [name, n, closeTo(x)]));
  });

  it('ranks before it cuts, with equal figures on one rank', async () => {
    const answer = await ask(
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        groupBy: [{ dimension: 'category' }],
        transform: 'rank',
        having: [{ metric: 'tickets_opened__rank', op: 'gt', value: 1 }],
        orderBy: [{ by: 'tickets_opened__rank', direction: 'asc' }],
      }),
    );
    const expected = await rowsOf(
      `select * from (select category, count(*)::int as n, rank() over (order by count(*) desc)::int as x
         from ticket where deleted_at is null group by category) as ranked where x > 1`,
    );
    const byName = (rows: readonly (readonly unknown[])[]) =>
      rows.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    expect(expected.length).toBeGreaterThan(1);
    expect(byName(answer.rows)).toEqual(byName(expected.map(({ category, n, x }) => [category, n, x])));
  });

  it('never adds shares of two currencies', async () => {
    const answer = await ask(
      metricPlan('won_amount', {
        time: { kind: 'all' },
        groupBy: [{ dimension: 'owner' }],
        transform: 'share',
      }),
    );
    const sums = new Map<unknown, number>();
    for (const row of records(answer))
      sums.set(row['currency'], (sums.get(row['currency']) ?? 0) + Number(row['won_amount__share'] ?? 0));
    expect(sums.size).toBeGreaterThan(1);
    for (const [, sum] of sums) expect(sum === 0 ? 1 : sum).toBeCloseTo(1, 9);
  });

  it('adds up each series of a course on its own', async () => {
    const answer = await ask(
      metricPlan('tickets_opened', {
        ...since,
        groupBy: [{ dimension: 'priority' }, { dimension: 'time', grain: 'month' }],
        transform: 'running',
      }),
    );
    const expected = await rowsOf(
      `select p.priority, m.month::date::text as month,
          (select count(*)::int from ticket t where t.priority is not distinct from p.priority and t.deleted_at is null
             and t.opened_at >= timestamptz '2026-08-24 00:00Z' and t.opened_at < timestamptz '2026-11-21 10:30Z'
             and t.opened_at < m.month + interval '1 month') as x
        from (select distinct priority from ticket where deleted_at is null and opened_at >= timestamptz '2026-08-24Z'
               and opened_at < timestamptz '2026-11-21 10:30Z') p,
          generate_series(timestamptz '2026-08-01 00:00Z', timestamptz '2026-11-01 00:00Z', interval '1 month') as m(month)`,
    );
    const key = (row: Record<string, unknown>) =>
      JSON.stringify([row['priority'], row['month'] ?? row['time']]);
    const found = new Map(records(answer).map((row) => [key(row), row['tickets_opened__running']]));
    expect(found).toEqual(new Map(expected.map((row) => [key(row), row['x']])));
  });

  it('shows customers without tickets as zeros, and asks for exactly those', async () => {
    const plan = metricPlan('tickets_opened', {
      time: { kind: 'day', offset: -3 },
      groupBy: [{ dimension: 'account' }],
      includeEmpty: true,
      having: [{ metric: 'tickets_opened', op: 'eq', value: 0 }],
      limit: 100,
    });
    const answer = await ask(plan);
    const expected = await rowsOf(
      `select a.name from account a where a.deleted_at is null and not exists (
         select 1 from ticket t where t.account_id = a.id and t.deleted_at is null
           and t.opened_at >= timestamptz '2026-11-18Z' and t.opened_at < timestamptz '2026-11-19Z') order by name`,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(answer.rows.map(([name]) => name).sort()).toEqual(expected.map(({ name }) => name));
    expect(answer.provenance.steps?.join()).toContain('also where nothing was found');
  });

  it('shows only the empty groups that the conditions on the customers leave, and leaves urgency to the tickets', async () => {
    const answer = await ask(
      metricPlan('tickets_opened', {
        time: { kind: 'all' },
        groupBy: [{ dimension: 'account' }],
        includeEmpty: true,
        where: [
          { any: [{ dimension: 'segment', op: 'eq', values: ['Enterprise'] }] },
          { any: [{ dimension: 'priority', op: 'eq', values: ['urgent'] }] },
        ],
        limit: 100,
      }),
    );
    const expected = await rowsOf(
      `select a.name, (select count(*)::int from ticket t where t.account_id = a.id and t.deleted_at is null and t.priority = 'urgent') as n
         from account a where a.deleted_at is null and lower(a.segment) = 'enterprise'`,
    );
    expect(expected.some(({ n }) => n === 0)).toBe(true);
    expect(new Map(answer.rows.map(([name, n]) => [name, n]))).toEqual(
      new Map(expected.map(({ name, n }) => [name, n])),
    );
  });

  it('shows empty groups only of what the asker may see', async () => {
    const plan = metricPlan('deals_created', {
      time: { kind: 'all' },
      groupBy: [{ dimension: 'account' }],
      includeEmpty: true,
      limit: 100,
    });
    const answer = await ask(plan, 'Rita Rep');
    const seen = await rowsOf(
      `select a.name from account a join person p on p.id = a.owner_id where p.name = 'Rita Rep' and a.deleted_at is null
       union select a.name from opportunity o join person p on p.id = o.owner_id join account a on a.id = o.account_id
         where p.name = 'Rita Rep' and a.deleted_at is null and o.deleted_at is null`,
    );
    const names = answer.rows.map(([name]) => name).filter((name) => name !== null);
    expect(names.toSorted()).toEqual(seen.map(({ name }) => name).toSorted());
    expect(names.length).toBeGreaterThan(0);
  });

  it('shows every weekday and every word of a closed list', async () => {
    const weekdays = await ask(
      metricPlan('tickets_opened', {
        time: { kind: 'day', offset: 0 },
        groupBy: [{ dimension: 'weekday' }],
        includeEmpty: true,
      }),
    );
    expect(weekdays.rows.length).toBe(7);
    const priorities = await ask(
      metricPlan('tickets_opened', {
        time: { kind: 'day', offset: 0 },
        groupBy: [{ dimension: 'priority' }],
        includeEmpty: true,
        where: [{ any: [{ dimension: 'priority', op: 'in', values: ['urgent', 'high'] }] }],
      }),
    );
    expect(priorities.rows.map(([word]) => word).sort()).toEqual(['high', 'urgent']);
  });

  it('compares a month that runs with as many days of the month before, and of the year before', async () => {
    for (const [compare, from, to] of [
      ['previous_period', '2026-10-01Z', '2026-10-21 10:30Z'],
      ['same_period_last_year', '2025-11-01Z', '2025-11-21 10:30Z'],
    ] as const) {
      const answer = await ask(
        metricPlan('tickets_opened', { time: { kind: 'to_date', unit: 'month' }, compare }),
      );
      const [expected] = await rowsOf(
        `select (select count(*)::int from ticket where deleted_at is null and opened_at >= timestamptz '2026-11-01Z' and opened_at < timestamptz '2026-11-21 10:30Z') as n,
          (select count(*)::int from ticket where deleted_at is null and opened_at >= timestamptz '${from}' and opened_at < timestamptz '${to}') as before`,
      );
      expect(answer.rows[0]?.slice(0, 2)).toEqual([expected?.['n'], expected?.['before']]);
      expect(answer.provenance.comparedTime?.words).toContain('21');
      expect(answer.provenance.comparedTime?.words).toContain('10:30');
    }
  });

  it('divides the first figure by the second one, and knows no ratio to nothing', async () => {
    const plan = metricPlan('tickets_opened', {
      time: { kind: 'all' },
      groupBy: [{ dimension: 'account' }],
      transform: 'ratio',
      orderBy: [{ by: 'tickets_opened__ratio', direction: 'desc' }],
      limit: 100,
    });
    const metrics = ['tickets_opened', 'tickets_escalated'];
    const expected = await rowsOf(
      `select a.name, count(*)::int as opened, count(*) filter (where t.escalated)::int as escalated,
           count(*)::float8 / nullif(count(*) filter (where t.escalated), 0) as x
         from ticket t left join account a on a.id = t.account_id and a.deleted_at is null
         where t.deleted_at is null group by a.id, a.name order by x desc nulls last, name`,
    );
    expect(expected.some(({ x }) => x === null)).toBe(true);
    const answer = await ask({ ...plan, metrics });
    expect(answer.rows).toEqual(
      expected.map(({ name, opened, escalated, x }) => [name, opened, closeTo(x), escalated]),
    );
    expect(answer.columns.map(({ label }) => label)).toContain('Tickets opened per escalated ticket');
  });

  it('compares with the target of a metric, in points where it is a share', async () => {
    const metric = catalogue.metrics.get('sla_compliance_rate')!;
    const targeted = {
      ...catalogue,
      metrics: new Map(catalogue.metrics).set(metric.id, { ...metric, target: 0.95 }),
    };
    const plan = metricPlan(metric.id, { compare: 'target' });
    const answer = await asking(store, targeted).answer(plan);
    const [value, target, away] = answer.rows[0]!;
    expect(target).toBe(0.95);
    expect(away).toBeCloseTo(Number(value) - 0.95, 12);
    expect(await asking(store, catalogue).issues(plan)).toMatchObject([{ code: 'no-target' }]);
  });

  describe('what cannot be computed', () => {
    it.each([
      ['win_rate', { transform: 'share', groupBy: [{ dimension: 'owner' }] }, 'not-additive'],
      ['tickets_opened', { transform: 'share' }, 'transform-needs-groups'],
      ['tickets_opened', { transform: 'ratio' }, 'ratio-needs-two'],
      [
        'tickets_opened',
        { transform: 'change', groupBy: [{ dimension: 'priority' }] },
        'transform-needs-time',
      ],
      [
        'open_tickets',
        { transform: 'running', groupBy: [{ dimension: 'time', grain: 'day' }] },
        'not-additive',
      ],
    ] as const)('refuses for %s %j with %s', async (metric, more, code) => {
      const plan = metricPlan(metric, more as Partial<MetricPlan>);
      expect((await asking(store, catalogue).issues(plan)).map((issue) => issue.code)).toContain(code);
    });
  });
});
