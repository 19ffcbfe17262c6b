import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerData } from '../../src/query/answer-data.ts';
import type { MetricPlan } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { openTestStore } from '../support/store.ts';
import { asking, figure, metricPlan, records, theCatalogue } from './support/ask.ts';
import { idOf, now, seedWorld, world } from './support/world.ts';

/** Every figure here is computed a second time from the rows in memory, without SQL and without the catalogue. */
const catalogue = theCatalogue();
let store: Store;
let answer: (plan: MetricPlan) => Promise<AnswerData>;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  answer = (plan) => asking(store, catalogue).answer(plan);
});

type Ticket = (typeof world.ticket)[number];
const ms = (at: Date | string | null | undefined) => (at ? new Date(at).getTime() : Number.NaN);
const isIn = (at: Date | string | null | undefined, from: string, to: Date | string = now) =>
  ms(at) >= ms(from) && ms(at) < ms(to);
/** The last 12 months and the last 90 days, rolling. */
const yearBack = '2025-11-21T10:30:00Z';
const quarterBack = '2026-08-23T10:30:00Z';
const isOpen = (ticket: Ticket) => ['new', 'open', 'pending', 'hold'].includes(ticket.status);
const count = <T>(rows: readonly T[], test: (row: T) => boolean) => rows.filter(test).length;
const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
/** Linear interpolation between closest ranks, the definition of percentile_cont. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}
function tally<T>(rows: readonly T[], keyOf: (row: T) => string | null): Record<string, number> {
  const out: Record<string, number> = {};
  for (const row of rows) out[String(keyOf(row))] = (out[String(keyOf(row))] ?? 0) + 1;
  return out;
}
const byFirstColumn = (data: AnswerData) =>
  Object.fromEntries(data.rows.map((row) => [String(row[0]), row.at(-1)]));
const nameOf = (rows: readonly { id: string; name: string }[], id: string | null | undefined) =>
  rows.find((row) => row.id === id)?.name ?? null;

describe('tickets', () => {
  const opened = world.ticket.filter((ticket) => isIn(ticket.opened_at, yearBack));
  const solved = world.ticket.filter((ticket) => isIn(ticket.solved_at, yearBack));

  it('counts tickets opened in the last 12 months unless asked otherwise (S0-27)', async () => {
    const data = await answer(metricPlan('tickets_opened'));
    expect(figure(data)).toBe(opened.length);
    expect(data.provenance.time?.words).toBe(
      '21 November 2025, 10:30 until now (21 November 2026, 10:30), UTC',
    );
  });

  it.each(['priority', 'channel', 'category', 'ticket_type', 'ticket_status'] as const)(
    'counts tickets opened by %s (S0-22)',
    async (dimension) => {
      const column = {
        priority: 'priority',
        channel: 'channel',
        category: 'category',
        ticket_type: 'type',
        ticket_status: 'status',
      } as const;
      const data = await answer(metricPlan('tickets_opened', { groupBy: [{ dimension }], limit: 100 }));
      expect(byFirstColumn(data)).toEqual(tally(opened, (ticket) => ticket[column[dimension]] ?? null));
    },
  );

  it('counts the backlog and its parts (S0-27, S1-09)', async () => {
    expect(figure(await answer(metricPlan('open_tickets')))).toBe(count(world.ticket, isOpen));
    expect(figure(await answer(metricPlan('unassigned_tickets')))).toBe(
      count(world.ticket, (ticket) => isOpen(ticket) && ticket.assignee_id === null),
    );
    expect(figure(await answer(metricPlan('unanswered_tickets')))).toBe(
      count(world.ticket, (ticket) => isOpen(ticket) && !ticket.first_replied_at),
    );
    const byPriority = await answer(metricPlan('open_tickets', { groupBy: [{ dimension: 'priority' }] }));
    expect(byFirstColumn(byPriority)).toEqual(
      tally(world.ticket.filter(isOpen), (ticket) => ticket.priority ?? null),
    );
  });

  it.each([
    ['today', { kind: 'day', offset: 0 }, '2026-11-21T00:00:00Z'],
    ['this week', { kind: 'to_date', unit: 'week' }, '2026-11-16T00:00:00Z'],
    ['this month', { kind: 'to_date', unit: 'month' }, '2026-11-01T00:00:00Z'],
  ] as const)('counts tickets resolved %s (S1-36)', async (_words, time, from) => {
    const expected = count(world.ticket, (ticket) =>
      isIn(ticket.solved_at, from, time.kind === 'day' ? '2026-11-22T00:00:00Z' : now),
    );
    expect(figure(await answer(metricPlan('tickets_solved', { time })))).toBe(expected);
  });

  it.each([
    ['first_response_time_median', 'first_replied_at', 0.5],
    ['first_response_time_p90', 'first_replied_at', 0.9],
    ['resolution_time_median', 'solved_at', 0.5],
    ['resolution_time_p90', 'solved_at', 0.9],
  ] as const)('computes %s in seconds (S0-18, S0-23)', async (metric, column, share) => {
    const seconds = world.ticket
      .filter((ticket) => isIn(ticket[column], yearBack))
      .map((ticket) => (ms(ticket[column]) - ms(ticket.opened_at)) / 1000);
    expect(figure(await answer(metricPlan(metric)))).toBeCloseTo(quantile(seconds, share), 6);
  });

  it('computes average response and resolution times (S0-18, S1-07)', async () => {
    const replied = world.ticket.filter((ticket) => isIn(ticket.first_replied_at, yearBack));
    const reply = mean(replied.map((ticket) => (ms(ticket.first_replied_at) - ms(ticket.opened_at)) / 1000));
    expect(figure(await answer(metricPlan('first_response_time_average')))).toBeCloseTo(reply, 6);
    const resolution = mean(solved.map((ticket) => (ms(ticket.solved_at) - ms(ticket.opened_at)) / 1000));
    expect(figure(await answer(metricPlan('resolution_time_average')))).toBeCloseTo(resolution, 6);
  });

  it('divides reopened by solved tickets, and escalated by opened ones', async () => {
    const counted = solved.flatMap(({ reopens }) => (reopens == null ? [] : [reopens]));
    expect(counted.length).toBeLessThan(solved.length);
    const reopened = count(counted, (times) => times > 0);
    expect(figure(await answer(metricPlan('reopen_rate')))).toBeCloseTo(reopened / counted.length, 12);
    const escalated = count(opened, (ticket) => ticket.escalated === true);
    expect(figure(await answer(metricPlan('ticket_escalation_rate')))).toBeCloseTo(
      escalated / opened.length,
      12,
    );
  });

  it('averages sentiment and replies, and ages the backlog (S0-29)', async () => {
    const moods = opened.flatMap((ticket) =>
      ticket.sentiment_score == null ? [] : [ticket.sentiment_score],
    );
    expect(figure(await answer(metricPlan('ticket_sentiment_average')))).toBeCloseTo(mean(moods), 12);
    expect(figure(await answer(metricPlan('negative_tickets')))).toBe(count(moods, (mood) => mood < 0));
    expect(figure(await answer(metricPlan('replies_per_ticket')))).toBeCloseTo(
      mean(solved.flatMap(({ replies }) => (replies == null ? [] : [replies]))),
      12,
    );
    const ages = world.ticket.filter(isOpen).map((ticket) => (now.getTime() - ms(ticket.opened_at)) / 1000);
    expect(figure(await answer(metricPlan('open_ticket_age_median')))).toBeCloseTo(quantile(ages, 0.5), 6);
  });

  it('reaches the customer and the product through joins (S2-17)', async () => {
    const industry = await answer(metricPlan('tickets_opened', { groupBy: [{ dimension: 'industry' }] }));
    expect(byFirstColumn(industry)).toEqual(
      tally(
        opened,
        (ticket) => world.account.find((account) => account.id === ticket.account_id)?.industry ?? null,
      ),
    );
    const product = await answer(metricPlan('tickets_opened', { groupBy: [{ dimension: 'product' }] }));
    expect(byFirstColumn(product)).toEqual(
      tally(opened, (ticket) => nameOf(world.product as { id: string; name: string }[], ticket.product_id)),
    );
  });

  it('spreads the open work over people (S0-24)', async () => {
    const data = await answer(metricPlan('open_tickets', { groupBy: [{ dimension: 'assignee' }] }));
    expect(byFirstColumn(data)).toEqual(
      tally(world.ticket.filter(isOpen), (ticket) =>
        nameOf(world.person as { id: string; name: string }[], ticket.assignee_id),
      ),
    );
    const assigned = world.ticket.filter((ticket) => isOpen(ticket) && ticket.assignee_id !== null);
    const busy = new Set(assigned.map((ticket) => ticket.assignee_id)).size;
    expect(figure(await answer(metricPlan('tickets_per_assignee')))).toBeCloseTo(assigned.length / busy, 12);
  });

  it('shows a day without tickets as zero (S0-27)', async () => {
    const data = await answer(
      metricPlan('tickets_opened', {
        groupBy: [{ dimension: 'time', grain: 'day' }],
        time: { kind: 'between', from: '2026-10-01', to: '2026-10-31' },
      }),
    );
    const days = Array.from({ length: 31 }, (_, index) => `2026-10-${String(index + 1).padStart(2, '0')}`);
    expect(data.rows).toEqual(
      days.map((day) => [
        day,
        count(world.ticket, (ticket) => new Date(ticket.opened_at as Date).toISOString().startsWith(day)),
      ]),
    );
    expect(data.rows.some((row) => row[1] === 0)).toBe(true);
  });

  it('cuts days at midnight of the asker’s zone', async () => {
    const berlin = asking(store, catalogue, { zone: 'Europe/Berlin' });
    const data = await berlin.answer(
      metricPlan('tickets_opened', {
        groupBy: [{ dimension: 'time', grain: 'day' }],
        time: { kind: 'calendar', unit: 'month', number: 10, year: 2026 },
      }),
    );
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });
    const expected = tally(
      world.ticket.filter((ticket) => format.format(ticket.opened_at as Date).startsWith('2026-10')),
      (ticket) => format.format(ticket.opened_at as Date),
    );
    expect(Object.fromEntries(data.rows.filter((row) => row[1] !== 0))).toEqual(expected);
    expect(data.rows).toHaveLength(31);
  });

  it('keeps both hours of the night the clocks go back', async () => {
    const berlin = asking(store, catalogue, { zone: 'Europe/Berlin' });
    const data = await berlin.answer(
      metricPlan('tickets_opened', {
        groupBy: [{ dimension: 'time', grain: 'hour' }],
        time: { kind: 'between', from: '2026-10-25', to: '2026-10-25' },
      }),
    );
    expect(data.columns[0]?.type).toBe('instant');
    expect(data.rows).toHaveLength(25);
    expect(total(data.rows.map((row) => Number(row[1])))).toBe(
      count(world.ticket, (ticket) => isIn(ticket.opened_at, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')),
    );
  });

  it('puts two metrics with different times on one course', async () => {
    const data = await answer(
      metricPlan(['tickets_opened', 'tickets_solved'], {
        groupBy: [{ dimension: 'time', grain: 'week' }],
        time: { kind: 'between', from: '2026-10-19', to: '2026-11-15' },
      }),
    );
    expect(data.columns[0]?.label).toBe('Week');
    expect(data.rows).toEqual(
      ['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09'].map((monday) => {
        const end = new Date(ms(monday) + 7 * 86_400_000);
        return [
          monday,
          count(world.ticket, (ticket) => isIn(ticket.opened_at, monday, end)),
          count(world.ticket, (ticket) => isIn(ticket.solved_at, monday, end)),
        ];
      }),
    );
  });

  it('compares this month with as much of the last one', async () => {
    const data = await answer(
      metricPlan('tickets_opened', { time: { kind: 'to_date', unit: 'month' }, compare: 'previous_period' }),
    );
    const current = count(world.ticket, (ticket) => isIn(ticket.opened_at, '2026-11-01T00:00:00Z'));
    const before = count(world.ticket, (ticket) =>
      isIn(ticket.opened_at, '2026-10-01T00:00:00Z', '2026-10-21T10:30:00Z'),
    );
    expect(records(data)).toEqual([
      {
        tickets_opened: current,
        tickets_opened__previous: before,
        tickets_opened__change: (current - before) / before,
      },
    ]);
    expect(data.provenance.comparedTime).toEqual({
      start: '2026-10-01T00:00:00.000Z',
      end: '2026-10-21T10:30:00.000Z',
      words: '1 October 2026 until 21 October 2026, 10:30, UTC',
    });
  });

  it('compares week by week', async () => {
    const data = await answer(
      metricPlan('tickets_opened', {
        time: { kind: 'relative', unit: 'week', n: 1, completeOnly: true },
        compare: 'previous_period',
        groupBy: [{ dimension: 'time', grain: 'day' }],
      }),
    );
    const perDay = (day: string) =>
      count(world.ticket, (ticket) => new Date(ticket.opened_at as Date).toISOString().startsWith(day));
    expect(data.rows.map((row) => row.slice(0, 3))).toEqual(
      [9, 10, 11, 12, 13, 14, 15].map((day) => {
        const date = (n: number) => `2026-11-${String(n).padStart(2, '0')}`;
        return [date(day), perDay(date(day)), perDay(date(day - 7))];
      }),
    );
  });
});

describe('SLA', () => {
  const started = world.sla_clock.filter((clock) => isIn(clock.started_at as Date, yearBack));
  const met = count(started, (clock) => clock.state === 'met');
  const breached = count(started, (clock) => clock.state === 'breached');

  it('divides met clocks by decided ones (S0-19)', async () => {
    const data = await answer(metricPlan('sla_compliance_rate'));
    expect(figure(data)).toBeCloseTo(met / (met + breached), 12);
    expect(data.provenance.filters).toEqual([
      'SLAs met: SLA state is Met',
      'SLA clocks decided: SLA state is Met or Breached',
    ]);
    expect(data.provenance.freshness.map(({ source }) => source)).toEqual(['analyser', 'test']);
  });

  it('groups compliance by priority and by promise (S0-19)', async () => {
    for (const [dimension, column] of [
      ['priority', 'priority'],
      ['sla_metric', 'metric'],
    ] as const) {
      const data = await answer(metricPlan('sla_compliance_rate', { groupBy: [{ dimension }] }));
      for (const [key, value] of Object.entries(byFirstColumn(data))) {
        const mine = started.filter(
          (clock) => String(clock[column]) === key && ['met', 'breached'].includes(clock.state),
        );
        expect(value).toBeCloseTo(count(mine, (clock) => clock.state === 'met') / mine.length, 12);
      }
    }
  });

  it('counts breaches, and clocks at risk, running and overdue right now', async () => {
    expect(figure(await answer(metricPlan('sla_breaches')))).toBe(
      count(world.sla_clock, (clock) => isIn(clock.breached_at as Date | null, yearBack)),
    );
    expect(figure(await answer(metricPlan('sla_at_risk')))).toBe(
      count(
        world.sla_clock,
        (clock) =>
          clock.state === 'running' &&
          ms(clock.warn_at as Date) <= now.getTime() &&
          ms(clock.due_at as Date) > now.getTime(),
      ),
    );
    expect(figure(await answer(metricPlan('sla_running')))).toBe(
      count(world.sla_clock, (clock) => clock.state === 'running' || clock.state === 'paused'),
    );
    expect(figure(await answer(metricPlan('sla_overdue')))).toBe(
      count(world.sla_clock, (clock) => clock.state === 'breached' && clock.stopped_at === null),
    );
  });

  const ended = world.sla_clock.filter(
    (clock) => isIn(clock.stopped_at as Date | null, yearBack) && ['met', 'breached'].includes(clock.state),
  );

  it.each([
    ['next_response_time_median', 'next_response', false, (used: readonly number[]) => quantile(used, 0.5)],
    ['next_response_time_average', 'next_response', false, mean],
    ['worst_exchange_time_median', 'next_response', true, (used: readonly number[]) => quantile(used, 0.5)],
    ['update_gap_median', 'update', false, (used: readonly number[]) => quantile(used, 0.5)],
  ] as const)('computes %s from the cycles that ended (S0-18)', async (id, metric, isWorst, compute) => {
    const mine = ended.filter((clock) => clock.metric === metric && (!isWorst || clock.is_worst === true));
    const expected = compute(mine.map(({ used_seconds: used }) => used));
    expect(figure(await answer(metricPlan(id)))).toBeCloseTo(expected, 6);
  });

  it.each([
    ['requester_wait_time', 'requester_wait_seconds'],
    ['agent_work_time', 'agent_work_seconds'],
    ['requester_wait_business_time', 'requester_wait_business_seconds'],
    ['agent_work_business_time', 'agent_work_business_seconds'],
  ] as const)('computes median and average %s of solved tickets (S0-23)', async (id, column) => {
    const seconds = world.ticket_time
      .filter((row) => isIn(row.stopped_at as Date | null, yearBack))
      .flatMap((row) => row[column] ?? []);
    expect(figure(await answer(metricPlan(`${id}_median`)))).toBeCloseTo(quantile(seconds, 0.5), 6);
    expect(figure(await answer(metricPlan(`${id}_average`)))).toBeCloseTo(mean(seconds), 6);
  });

  it('keeps what the source says apart from our own clocks', async () => {
    const judged = world.ticket.filter(
      (ticket) => isIn(ticket.opened_at, yearBack) && ticket.source_sla_met !== null,
    );
    expect(figure(await answer(metricPlan('source_sla_rate')))).toBeCloseTo(
      count(judged, (ticket) => ticket.source_sla_met === true) / judged.length,
      12,
    );
  });
});

describe('customer escalations', () => {
  const open = world.customer_escalation.filter((one) => !['resolved', 'closed'].includes(one.status));

  it('counts those that are open, by what is asked (S0-17, S0-28)', async () => {
    expect(figure(await answer(metricPlan('open_escalations')))).toBe(open.length);
    const rootCause = await answer(
      metricPlan('open_escalations', { groupBy: [{ dimension: 'root_cause' }] }),
    );
    expect(byFirstColumn(rootCause)).toEqual(tally(open, (one) => one.root_cause ?? null));
    const priority = await answer(metricPlan('open_escalations', { groupBy: [{ dimension: 'priority' }] }));
    expect(byFirstColumn(priority)).toEqual(tally(open, (one) => one.priority ?? null));
    const account = await answer(metricPlan('open_escalations', { groupBy: [{ dimension: 'account' }] }));
    expect(byFirstColumn(account)).toEqual(
      tally(open, (one) => nameOf(world.account as { id: string; name: string }[], one.account_id)),
    );
  });

  it('counts new and resolved ones by their own times', async () => {
    const time = { kind: 'calendar', unit: 'quarter' } as const;
    expect(figure(await answer(metricPlan('new_escalations', { time })))).toBe(
      count(world.customer_escalation, (one) =>
        isIn(one.opened_at, '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'),
      ),
    );
    expect(figure(await answer(metricPlan('resolved_escalations', { time })))).toBe(1);
  });

  it('takes the median of ages and of resolution times', async () => {
    const ages = open.map((one) => (now.getTime() - ms(one.opened_at)) / 1000);
    expect(figure(await answer(metricPlan('escalation_age_median')))).toBeCloseTo(quantile(ages, 0.5), 6);
    expect(
      figure(await answer(metricPlan('escalation_resolution_time_median', { time: { kind: 'all' } }))),
    ).toBeCloseTo(
      quantile(
        world.customer_escalation.flatMap((one) =>
          one.resolved_at ? [(ms(one.resolved_at) - ms(one.opened_at)) / 1000] : [],
        ),
        0.5,
      ),
      6,
    );
  });
});

describe('accounts and health', () => {
  const newest = (profile: string, until = '2026-11-22') => {
    const rows = world.health_score.filter((row) => row.profile === profile && row.day < until);
    return world.account.flatMap((account) =>
      rows
        .filter((row) => row.account_id === account.id)
        .toSorted((a, b) => (a.day < b.day ? 1 : -1))
        .slice(0, 1),
    );
  };
  const scored = (profile: string, until?: string) =>
    newest(profile, until).flatMap((row) => (row.score == null ? [] : [{ ...row, score: row.score }]));

  it('counts customers, without the deleted one (S3-13)', async () => {
    expect(figure(await answer(metricPlan('accounts')))).toBe(world.account.length);
    const stage = await answer(metricPlan('accounts', { groupBy: [{ dimension: 'lifecycle_stage' }] }));
    expect(byFirstColumn(stage)).toEqual(tally(world.account, (account) => account.lifecycle_stage ?? null));
  });

  it('averages each account’s newest score of the default profile (S3-13, S4-23)', async () => {
    const data = await answer(metricPlan('average_health_score'));
    expect(figure(data)).toBeCloseTo(mean(scored('cs4').map((row) => row.score)), 12);
    expect(data.provenance.filters).toContain('Health profile is cs4');
  });

  it('uses another profile when asked to, in place of the default', async () => {
    const data = await answer(
      metricPlan('average_health_score', {
        where: [{ any: [{ dimension: 'health_profile', op: 'eq', values: ['usage3'] }] }],
      }),
    );
    expect(figure(data)).toBeCloseTo(mean(scored('usage3').map((row) => row.score)), 12);
    expect(data.provenance.filters).not.toContain('Health profile is cs4');
  });

  it('looks back to the newest score within a range', async () => {
    const data = await answer(
      metricPlan('average_health_score', { time: { kind: 'between', to: '2026-11-15' } }),
    );
    expect(figure(data)).toBeCloseTo(mean(scored('cs4', '2026-11-16').map((row) => row.score)), 12);
  });

  it('follows the newest score of every week', async () => {
    const data = await answer(
      metricPlan('average_health_score', {
        groupBy: [{ dimension: 'time', grain: 'month' }],
        time: { kind: 'all' },
      }),
    );
    expect(data.rows).toEqual([['2026-11-01', mean(scored('cs4').map((row) => row.score))]]);
    const weeks = await answer(
      metricPlan('scored_accounts', {
        groupBy: [{ dimension: 'time', grain: 'week' }],
        time: { kind: 'all' },
      }),
    );
    expect(weeks.rows).toEqual([
      ['2026-10-26', 4],
      ['2026-11-02', 0],
      ['2026-11-09', 4],
      ['2026-11-16', 4],
    ]);
  });

  it('distributes accounts over bands (S4-20)', async () => {
    const data = await answer(metricPlan('scored_accounts', { groupBy: [{ dimension: 'health_band' }] }));
    expect(byFirstColumn(data)).toEqual(tally(scored('cs4'), (row) => row.band ?? null));
  });

  it('counts accounts at risk and their ARR per currency (S3-15, S4-23)', async () => {
    const risky = scored('cs4').filter((row) => row.score < 50);
    expect(figure(await answer(metricPlan('at_risk_accounts')))).toBe(risky.length);
    expect(figure(await answer(metricPlan('at_risk_share')))).toBeCloseTo(
      risky.length / scored('cs4').length,
      12,
    );
    const data = await answer(metricPlan('arr_at_risk'));
    const expected = new Map<string, number>();
    for (const row of risky) {
      const account = world.account.find((one) => one.id === row.account_id)!;
      if (account.arr != null)
        expected.set(account.currency!, (expected.get(account.currency!) ?? 0) + account.arr);
    }
    expect(Object.fromEntries(data.rows.map((row) => [row[0], row[1]]))).toEqual(
      Object.fromEntries(expected),
    );
    expect(expected.size).toBe(2);
  });
});

describe('deals', () => {
  type Deal = (typeof world.opportunity)[number];
  const inQuarter = (deal: Deal, from: string, to: string) =>
    deal.close_date! >= from && deal.close_date! < to;
  const q4 = (deal: Deal) => inQuarter(deal, '2026-10-01', '2026-11-22');
  const usd = (deal: Deal) => deal.currency === 'USD';
  const amounts = (deals: readonly Deal[]) =>
    deals.flatMap((deal) => (deal.amount == null ? [] : [deal.amount]));
  const perCurrency = (test: (deal: Deal) => boolean) =>
    Object.fromEntries(
      ['EUR', 'USD'].map((currency) => [
        currency,
        total(amounts(world.opportunity.filter((deal) => test(deal) && deal.currency === currency))),
      ]),
    );
  const onlyUsd = { where: [{ any: [{ dimension: 'currency', op: 'eq' as const, values: ['usd'] }] }] };

  it('never adds amounts of two currencies', async () => {
    const data = await answer(metricPlan('won_amount', { time: { kind: 'all' } }));
    expect(data.columns.map(({ id, format }) => [id, format])).toEqual([
      ['currency', null],
      ['won_amount', { kind: 'number' }],
    ]);
    const expected = perCurrency((deal) => deal.is_won === true);
    expect(Object.keys(byFirstColumn(data)).sort()).toEqual(['EUR', 'USD']);
    expect(byFirstColumn(data)['EUR']).toBeCloseTo(expected['EUR']!, 6);
    expect(byFirstColumn(data)['USD']).toBeCloseTo(expected['USD']!, 6);
    expect(data.provenance.filters.at(-1)).toMatch(/several currencies \((USD, EUR|EUR, USD)\)/);
  });

  it('shows money with its currency when there is one', async () => {
    const data = await answer(metricPlan('won_amount', { time: { kind: 'all' }, ...onlyUsd }));
    expect(data.columns).toHaveLength(1);
    expect(data.columns[0]?.format).toEqual({ kind: 'money', currency: 'USD' });
    expect(figure(data)).toBeCloseTo(
      total(amounts(world.opportunity.filter((deal) => deal.is_won === true && usd(deal)))),
      6,
    );
  });

  it('ranks amounts within their own currency', async () => {
    const data = await answer(metricPlan('pipeline_amount', { groupBy: [{ dimension: 'deal' }], limit: 3 }));
    const open = world.opportunity.filter((deal) => deal.is_closed === false && deal.amount != null);
    const best = (currency: string) =>
      open
        .filter((deal) => deal.currency === currency)
        .toSorted((a, b) => b.amount! - a.amount!)
        .slice(0, 3)
        .map((deal) => [deal.name, currency, deal.amount]);
    expect(data.rows).toEqual([...best('USD'), ...best('EUR')]);
    expect(data.truncated).toBe(true);
  });

  it('splits counts beside amounts by the same currencies', async () => {
    const data = await answer(
      metricPlan(['won_deals', 'won_amount'], { time: { kind: 'all' }, groupBy: [{ dimension: 'owner' }] }),
    );
    for (const row of records(data)) {
      const mine = world.opportunity.filter(
        (deal) =>
          deal.is_won === true &&
          deal.currency === row['currency'] &&
          nameOf(world.person as { id: string; name: string }[], deal.owner_id) === row['owner'],
      );
      expect(row['won_deals']).toBe(mine.length);
      expect(row['won_amount']).toBeCloseTo(total(amounts(mine)), 6);
    }
    expect(data.rows).toHaveLength(4);
  });

  it('refuses rows shared by amounts of several currencies and something without a currency', async () => {
    const issues = await asking(store, catalogue).issues(
      metricPlan(['won_amount', 'tickets_opened'], { time: { kind: 'all' } }),
    );
    expect(issues.map(({ code }) => code)).toEqual(['several-currencies']);
  });

  it('filters "won in Q3" by close date (S0-35)', async () => {
    const data = await answer(
      metricPlan('won_deals', { time: { kind: 'calendar', unit: 'quarter', number: 3, year: 2026 } }),
    );
    expect(figure(data)).toBe(
      count(world.opportunity, (deal) => deal.is_won === true && inQuarter(deal, '2026-07-01', '2026-10-01')),
    );
    expect(data.provenance.time).toEqual({
      start: '2026-07-01',
      end: '2026-10-01',
      zone: 'UTC',
      words: '1 July 2026 up to and including 30 September 2026, UTC',
    });
    expect(data.provenance.filters).toEqual(['Won is yes']);
  });

  it('sums the open pipeline, plain and weighted, by stage (S0-31, S0-32)', async () => {
    const open = world.opportunity.filter((deal) => deal.is_closed === false && usd(deal));
    const data = await answer(
      metricPlan(['pipeline_amount', 'weighted_pipeline', 'open_deals'], {
        groupBy: [{ dimension: 'stage' }],
        ...onlyUsd,
      }),
    );
    expect(data.rows.length).toBeGreaterThan(1);
    for (const row of records(data)) {
      const mine = open.filter((deal) => deal.stage === row['stage']);
      expect(row['open_deals']).toBe(mine.length);
      expect(row['pipeline_amount']).toBeCloseTo(total(amounts(mine)), 6);
      expect(row['weighted_pipeline']).toBeCloseTo(
        total(mine.map((deal) => (deal.amount ?? 0) * (deal.probability ?? 0))),
        6,
      );
    }
  });

  it('groups the weighted pipeline by forecast category (S0-32)', async () => {
    const data = await answer(
      metricPlan('weighted_pipeline', { groupBy: [{ dimension: 'forecast_category' }], ...onlyUsd }),
    );
    for (const row of records(data)) {
      const mine = world.opportunity.filter(
        (deal) =>
          deal.is_closed === false && usd(deal) && deal.forecast_category === row['forecast_category'],
      );
      expect(row['weighted_pipeline']).toBeCloseTo(
        total(mine.map((deal) => (deal.amount ?? 0) * (deal.probability ?? 0))),
        6,
      );
    }
    expect(data.rows).toHaveLength(3);
  });

  it('rates each rep: won, lost, win rate (S0-35)', async () => {
    const data = await answer(
      metricPlan(['won_deals', 'lost_deals', 'win_rate'], {
        groupBy: [{ dimension: 'owner' }],
        time: { kind: 'all' },
      }),
    );
    for (const row of records(data)) {
      const mine = world.opportunity.filter(
        (deal) =>
          deal.is_closed === true &&
          nameOf(world.person as { id: string; name: string }[], deal.owner_id) === row['owner'],
      );
      const won = count(mine, (deal) => deal.is_won === true);
      expect(row).toEqual({
        owner: row['owner'],
        won_deals: won,
        lost_deals: mine.length - won,
        win_rate: won / mine.length,
      });
    }
    expect(data.rows).toHaveLength(2);
  });

  it('averages won deals and takes the median days to close of this quarter', async () => {
    const quarter = { time: { kind: 'to_date', unit: 'quarter' } } as const;
    const won = world.opportunity.filter((deal) => deal.is_won === true && q4(deal));
    expect(figure(await answer(metricPlan('average_won_deal', { ...onlyUsd, ...quarter })))).toBeCloseTo(
      mean(amounts(won.filter(usd))),
      6,
    );
    expect(figure(await answer(metricPlan('biggest_won_deal', { ...onlyUsd, ...quarter })))).toBeCloseTo(
      Math.max(...amounts(won.filter(usd))),
      6,
    );
    const days = won.map((deal) => (ms(deal.close_date) - ms(deal.opened_on)) / 86_400_000);
    expect(figure(await answer(metricPlan('days_to_close', quarter)))).toBeCloseTo(quantile(days, 0.5), 9);
  });

  it('counts deals created, and those past their close date as of today', async () => {
    expect(figure(await answer(metricPlan('deals_created')))).toBe(
      count(world.opportunity, (deal) => deal.opened_on! >= '2026-10-01' && deal.opened_on! < '2026-11-22'),
    );
    const created = world.opportunity.filter(
      (deal) => deal.opened_on! >= '2026-10-01' && deal.opened_on! < '2026-11-22',
    );
    expect(figure(await answer(metricPlan('created_amount', onlyUsd)))).toBeCloseTo(
      total(amounts(created.filter(usd))),
      6,
    );
    const late = world.opportunity.filter(
      (deal) => deal.is_closed === false && deal.close_date! < '2026-11-21',
    );
    const data = await answer(metricPlan('overdue_deals'));
    expect(figure(data)).toBe(late.length);
    expect(data.provenance.filters).toContain('Close date is before today (21 November 2026)');
    const amount = await answer(metricPlan('overdue_deal_amount', onlyUsd));
    expect(figure(amount)).toBeCloseTo(total(amounts(late.filter(usd))), 6);
  });

  it('looks ahead to what closes in the rest of the quarter and in the next one', async () => {
    const closing = (from: string, to: string) =>
      count(world.opportunity, (deal) => deal.is_closed === false && inQuarter(deal, from, to));
    expect(figure(await answer(metricPlan('closing_deals')))).toBe(closing('2026-10-01', '2027-01-01'));
    expect(
      figure(
        await answer(metricPlan('closing_deals', { time: { kind: 'upcoming', unit: 'quarter', n: 1 } })),
      ),
    ).toBe(closing('2027-01-01', '2027-04-01'));
  });

  it('shows months to come only while deals are in them', async () => {
    const data = await answer(
      metricPlan('closing_deals', {
        groupBy: [{ dimension: 'time', grain: 'month' }],
        time: { kind: 'between', from: '2026-11-01', to: '2027-12-31' },
      }),
    );
    const last = world.opportunity
      .filter((deal) => deal.is_closed === false)
      .map((deal) => deal.close_date!.slice(0, 7))
      .sort()
      .at(-1);
    expect(data.rows[0]?.[0]).toBe('2026-11-01');
    expect(data.rows.at(-1)?.[0]).toBe(`${last}-01`);
  });

  it('keeps only groups that are large enough, the largest first', async () => {
    const data = await answer(
      metricPlan('won_deals', {
        groupBy: [{ dimension: 'account' }],
        time: { kind: 'all' },
        having: [{ metric: 'won_deals', op: 'gte', value: 5 }],
        limit: 2,
      }),
    );
    const expected = Object.entries(
      tally(
        world.opportunity.filter((deal) => deal.is_won === true),
        (deal) => nameOf(world.account as { id: string; name: string }[], deal.account_id),
      ),
    )
      .filter(([, n]) => n >= 5)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    expect(data.rows.map((row) => row[1])).toEqual(expected.slice(0, 2).map(([, n]) => n));
    expect(data.truncated).toBe(expected.length > 2);
  });
});

describe('usage, incidents and surveys', () => {
  it('sums calls and logins by day (S3-15)', async () => {
    const rows = world.usage_daily.filter((row) => row.day >= '2026-10-23');
    expect(figure(await answer(metricPlan('api_calls')))).toBe(total(rows.map((row) => row.api_calls ?? 0)));
    expect(figure(await answer(metricPlan('logins')))).toBe(total(rows.map((row) => row.logins ?? 0)));
    expect(figure(await answer(metricPlan('active_accounts')))).toBe(4);
  });

  it('counts incidents by severity and status (S3-13, S3-15)', async () => {
    expect(figure(await answer(metricPlan('open_incidents')))).toBe(
      count(world.incident, (one) => one.status === 'open'),
    );
    const data = await answer(
      metricPlan('incidents_opened', {
        groupBy: [{ dimension: 'severity' }, { dimension: 'incident_status' }],
        time: { kind: 'all' },
      }),
    );
    const expected = tally(world.incident, (one) => `${one.severity}/${one.status}`);
    expect(Object.fromEntries(data.rows.map((row) => [`${row[0]}/${row[1]}`, row[2]]))).toEqual(expected);
  });

  it('keeps NPS and the mean answer apart (S4-23)', async () => {
    const answers = world.survey_response
      .filter((one) => one.kind === 'nps' && isIn(one.responded_at as Date, quarterBack))
      .map((one) => one.score);
    const nps =
      (100 * (count(answers, (score) => score >= 9) - count(answers, (score) => score <= 6))) /
      answers.length;
    expect(figure(await answer(metricPlan('nps')))).toBeCloseTo(nps, 9);
    expect(figure(await answer(metricPlan('nps_mean_score')))).toBeCloseTo(mean(answers), 9);
  });

  it('gives CSAT as a mean and as a share (S0-26)', async () => {
    const answers = world.survey_response
      .filter((one) => one.kind === 'csat' && isIn(one.responded_at as Date, quarterBack))
      .map((one) => one.score);
    expect(figure(await answer(metricPlan('csat_average')))).toBeCloseTo(mean(answers), 9);
    expect(figure(await answer(metricPlan('csat_percentage')))).toBeCloseTo(
      count(answers, (score) => score >= 4) / answers.length,
      9,
    );
  });
});

describe('people', () => {
  it('counts active colleagues by role and sums quotas per currency', async () => {
    const active = world.person.filter((person) => person.active !== false);
    const data = await answer(metricPlan('people', { groupBy: [{ dimension: 'person_role' }] }));
    expect(byFirstColumn(data)).toEqual(tally(active, (person) => person.role ?? null));
    const quota = await answer(metricPlan('quota'));
    expect(byFirstColumn(quota)).toEqual({ USD: 50_000, EUR: 40_000 });
  });

  it('keeps two people with one name apart', async () => {
    const twin = idOf('person', 'Twin');
    await store.db
      .insertInto('person')
      .values({ id: twin, source: 'test', source_id: 'Twin', name: 'Ada Agent', role: 'agent' })
      .execute();
    await store.db
      .insertInto('ticket')
      .values({
        id: idOf('ticket', 'twin'),
        source: 'test',
        source_id: 'twin',
        number: '1',
        status: 'open',
        assignee_id: twin,
        opened_at: now,
      })
      .execute();
    const data = await answer(metricPlan('open_tickets', { groupBy: [{ dimension: 'assignee' }] }));
    expect(data.rows.filter((row) => row[0] === 'Ada Agent')).toHaveLength(2);
    await store.db.deleteFrom('ticket').where('id', '=', idOf('ticket', 'twin')).execute();
    await store.db.deleteFrom('person').where('id', '=', twin).execute();
  });
});
