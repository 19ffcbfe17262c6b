import { beforeAll, describe, expect, it } from 'vitest';
import type { Filter, ListPlan, MetricPlan } from '../../src/query/metric-query.ts';
import type { Store } from '../../src/store/database.ts';
import { QueryTimeoutError } from '../../src/store/errors.ts';
import { openTestStore } from '../support/store.ts';
import { asking, figure, listPlan, metricPlan, records, theCatalogue } from './support/ask.ts';
import { seedWorld, world } from './support/world.ts';

const catalogue = theCatalogue();
let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
});

const where = (dimension: string, op: Filter['op'], ...values: Filter['values']) => ({
  where: [{ any: [{ dimension, op, values }] }],
});
const byMonth = [{ dimension: 'time', grain: 'month' as const }];

describe('mistakes in a plan', () => {
  it.each<[string, MetricPlan | ListPlan, string, string | null]>([
    ['an unknown metric', metricPlan('tickets_open'), 'unknown-metric', 'open_tickets'],
    [
      'an unknown field',
      metricPlan('open_tickets', { groupBy: [{ dimension: 'prioritty' }] }),
      'unknown-dimension',
      'priority',
    ],
    [
      'a field that the rows do not reach',
      metricPlan('open_tickets', { groupBy: [{ dimension: 'forecast_category' }] }),
      'incompatible-dimension',
      null,
    ],
    [
      'a field that only one of two metrics reaches',
      metricPlan(['open_tickets', 'open_deals'], { groupBy: [{ dimension: 'stage' }] }),
      'incompatible-dimension',
      null,
    ],
    [
      'a field that is not for grouping',
      metricPlan('open_deals', { groupBy: [{ dimension: 'deal_amount' }] }),
      'not-groupable',
      null,
    ],
    [
      'a field that is not for filtering',
      metricPlan('average_health_score', where('health_day', 'eq', '2026-11-01')),
      'not-filterable',
      null,
    ],
    [
      'a grain on something that is no time',
      metricPlan('open_tickets', { groupBy: [{ dimension: 'priority', grain: 'day' }] }),
      'grain-without-time',
      null,
    ],
    [
      'hours of something that only knows days',
      metricPlan('won_deals', { groupBy: [{ dimension: 'close_date', grain: 'hour' }] }),
      'grain-too-fine',
      null,
    ],
    [
      'hours of a metric that only knows days',
      metricPlan('won_deals', { groupBy: [{ dimension: 'time', grain: 'hour' }] }),
      'grain-too-fine',
      null,
    ],
    [
      'a range for a state',
      metricPlan('open_tickets', { time: { kind: 'day', offset: -1 } }),
      'time-not-applicable',
      'tickets_opened',
    ],
    [
      'a course of a state',
      metricPlan('unassigned_tickets', { groupBy: byMonth }),
      'time-not-applicable',
      'tickets_opened',
    ],
    [
      'a comparison of a state',
      metricPlan('open_tickets', { compare: 'previous_period' }),
      'compare-not-applicable',
      null,
    ],
    [
      'a comparison of all time',
      metricPlan('tickets_opened', { time: { kind: 'all' }, compare: 'previous_period' }),
      'nothing-to-compare',
      null,
    ],
    [
      'a period that does not exist',
      metricPlan('tickets_opened', { time: { kind: 'calendar', unit: 'quarter', number: 5 } }),
      'no-such-period',
      null,
    ],
    [
      'too many points',
      metricPlan('tickets_opened', {
        time: { kind: 'between', from: '2020-01-01' },
        groupBy: [{ dimension: 'time', grain: 'day' }],
      }),
      'too-many-points',
      null,
    ],
    [
      'an order by what is not shown',
      metricPlan('open_tickets', { orderBy: [{ by: 'priority', direction: 'asc' }] }),
      'not-shown',
      'open_tickets',
    ],
    [
      'a condition on what is not shown',
      metricPlan('open_tickets', { having: [{ metric: 'won_deals', op: 'gt', value: 1 }] }),
      'not-shown',
      'open_tickets',
    ],
    ['the same metric twice', metricPlan(['open_tickets', 'open_tickets']), 'named-twice', null],
    [
      'an unknown value of a closed list',
      metricPlan('open_tickets', where('priority', 'eq', 'extreme')),
      'unknown-value',
      null,
    ],
    [
      'an unknown value',
      metricPlan('open_tickets', where('account', 'eq', 'Hotel')),
      'unknown-value',
      'Hottechi',
    ],
    [
      'a value that fits several',
      metricPlan('open_tickets', where('account', 'eq', 'Acme')),
      'ambiguous-value',
      'Acme Foods',
    ],
    [
      'text where a number belongs',
      metricPlan('open_deals', where('deal_amount', 'gt', 'a lot')),
      'not-a-number',
      null,
    ],
    [
      'text where yes or no belongs',
      metricPlan('decided_deals', where('deal_won', 'eq', 'maybe')),
      'not-yes-or-no',
      'yes',
    ],
    [
      'text where a day belongs',
      metricPlan('open_tickets', where('ticket_opened_at', 'gt', 'yesterday')),
      'not-a-day',
      null,
    ],
    [
      'more than of a word',
      metricPlan('open_tickets', where('priority', 'gt', 'high')),
      'operator-not-applicable',
      'eq',
    ],
    [
      'between without a second value',
      metricPlan('open_deals', where('deal_amount', 'between', 5)),
      'wrong-number-of-values',
      null,
    ],
    [
      'an equals without a value',
      metricPlan('open_tickets', where('priority', 'eq')),
      'wrong-number-of-values',
      null,
    ],
    ['an unknown thing to list', listPlan('tikets'), 'unknown-entity', 'ticket'],
    [
      'a column that the rows do not reach',
      listPlan('ticket', { columns: ['stage'] }),
      'incompatible-dimension',
      null,
    ],
    ['a time that is no time', listPlan('ticket', { timeDimension: 'priority' }), 'not-a-time', null],
    [
      'a range for things without a time',
      listPlan('account', { time: { kind: 'day', offset: 0 } }),
      'time-not-applicable',
      null,
    ],
  ])('says what to do about %s', async (_title, plan, code, suggestion) => {
    const issues = await asking(store, catalogue).issues(plan);
    expect(issues.map((issue) => issue.code)).toContain(code);
    const issue = issues.find((one) => one.code === code)!;
    expect(issue.message).toMatch(/[.?]$/);
    if (suggestion !== null) expect(issue.suggestions).toContain(suggestion);
  });

  it('names every mistake at once, each with its place', async () => {
    const plan = metricPlan('open_tickets', {
      groupBy: [{ dimension: 'colour' }, { dimension: 'priority', grain: 'day' }],
      where: [{ any: [{ dimension: 'size', op: 'eq', values: ['x'] }] }],
    });
    const issues = await asking(store, catalogue).issues(plan);
    expect(issues.map(({ path, code }) => [path, code])).toEqual([
      ['groupBy[0]', 'unknown-dimension'],
      ['groupBy[1]', 'grain-without-time'],
      ['where[0].any[0].dimension', 'unknown-dimension'],
    ]);
  });

  it('turns a query that takes too long into advice', async () => {
    const slow: Pick<Store, 'readOnly'> = {
      readOnly: async (limitMs) => {
        throw new QueryTimeoutError(limitMs);
      },
    };
    const issues = await asking(slow, catalogue).issues(metricPlan('open_tickets'));
    expect(issues.map(({ code }) => code)).toEqual(['query-timeout']);
  });
});

describe('filters', () => {
  const count = (test: (ticket: (typeof world.ticket)[number]) => boolean) =>
    world.ticket.filter(test).length;
  const all = { time: { kind: 'all' as const } };
  const ask = async (filter: ReturnType<typeof where>) =>
    asking(store, catalogue).answer(metricPlan('tickets_opened', { ...all, ...filter }));

  it.each([
    ['P1', 'urgent'],
    ['sev2', 'high'],
    ['Medium', 'normal'],
    ['LOW', 'low'],
    ['urgnt', 'urgent'],
  ])('understands the priority %s', async (word, stored) => {
    expect(figure(await ask(where('priority', 'eq', word)))).toBe(
      count((ticket) => ticket.priority === stored),
    );
  });

  it('keeps rows without a value when one value is excluded', async () => {
    expect(figure(await ask(where('priority', 'neq', 'P1')))).toBe(
      count((ticket) => ticket.priority !== 'urgent'),
    );
    expect(figure(await ask(where('category', 'not_in', 'billing', 'login')))).toBe(
      count((ticket) => ticket.category !== 'billing' && ticket.category !== 'login'),
    );
  });

  it('joins alternatives by or, and conditions by and', async () => {
    const data = await asking(store, catalogue).answer(
      metricPlan('tickets_opened', {
        ...all,
        where: [
          {
            any: [
              { dimension: 'priority', op: 'eq', values: ['urgent'] },
              { dimension: 'ticket_escalated', op: 'eq', values: ['yes'] },
            ],
          },
          { any: [{ dimension: 'channel', op: 'in', values: ['email', 'chat'] }] },
        ],
      }),
    );
    expect(figure(data)).toBe(
      count(
        (ticket) => (ticket.priority === 'urgent' || ticket.escalated === true) && ticket.channel !== 'phone',
      ),
    );
    expect(data.provenance.filters).toEqual([
      'Priority is Urgent or Escalated is yes',
      'Channel is email or chat',
    ]);
  });

  it('compares numbers, also fractions with whole ones', async () => {
    expect(figure(await ask(where('ticket_replies', 'gt', 2.5)))).toBe(
      count((ticket) => (ticket.replies ?? 0) > 2.5),
    );
    expect(figure(await ask(where('ticket_replies', 'between', 1, 3)))).toBe(
      count((ticket) => (ticket.replies ?? 0) >= 1 && (ticket.replies ?? 0) <= 3),
    );
    expect(figure(await ask(where('ticket_reopens', 'eq', '1')))).toBe(
      count((ticket) => ticket.reopens === 1),
    );
    expect(figure(await ask(where('ticket_sentiment', 'lt', 0)))).toBe(
      count((ticket) => (ticket.sentiment_score ?? 0) < 0),
    );
  });

  it.each([
    ['gt', '2026-10-31', (day: string) => day > '2026-10-31'],
    ['gte', '2026-10-31', (day: string) => day >= '2026-10-31'],
    ['lt', '2026-10-31', (day: string) => day < '2026-10-31'],
    ['lte', '2026-10-31', (day: string) => day <= '2026-10-31'],
    ['eq', '2026-10-31', (day: string) => day === '2026-10-31'],
  ] as const)('takes whole days of the asker’s zone for %s', async (op, day, test) => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' });
    const tokyo = asking(store, catalogue, { zone: 'Asia/Tokyo' });
    const data = await tokyo.answer(
      metricPlan('tickets_opened', { ...all, ...where('ticket_opened_at', op, day) }),
    );
    expect(figure(data)).toBe(count((ticket) => test(format.format(ticket.opened_at as Date))));
  });

  it('finds what is empty and what is known', async () => {
    expect(figure(await ask(where('assignee', 'is_null')))).toBe(
      count((ticket) => ticket.assignee_id === null),
    );
    expect(figure(await ask(where('category', 'is_not_null')))).toBe(
      count((ticket) => ticket.category !== null),
    );
  });

  it('says what was meant when a word was not exact', async () => {
    const data = await ask(where('account', 'eq', 'hotechi'));
    expect(data.provenance.filters).toEqual(['Account is Hottechi (asked: "hotechi")']);
  });

  it('knows a customer who has no tickets', async () => {
    await store.db
      .insertInto('account')
      .values({
        id: '00000000-0000-8000-8000-000000000001',
        source: 'test',
        source_id: 'quiet',
        name: 'Quiet Ltd',
      })
      .execute();
    expect(figure(await ask(where('account', 'eq', 'Quiet Ltd')))).toBe(0);
  });
});

describe('lists', () => {
  it('lists the open deals of a rep with the standard columns, soonest first (S0-31)', async () => {
    const data = await asking(store, catalogue).answer(
      listPlan('opportunity', {
        ...where('deal_closed', 'eq', false),
        orderBy: [{ by: 'close_date', direction: 'asc' }],
        limit: 5,
      }),
      'Rita Rep',
    );
    expect(data.columns.map(({ label }) => label)).toEqual([
      'Deal',
      'Account',
      'Stage',
      'Amount',
      'Currency',
      'Close date',
      'Owner',
    ]);
    const rita = world.person.find((person) => person.name === 'Rita Rep')!.id;
    const expected = world.opportunity
      .filter((deal) => deal.owner_id === rita && deal.is_closed === false)
      .toSorted((a, b) => (a.close_date! < b.close_date! ? -1 : 1))
      .slice(0, 5)
      .map((deal) => deal.close_date);
    expect(data.rows.map((row) => row[5])).toEqual(expected);
    expect(data.truncated).toBe(true);
    expect(data.provenance.scope).toBe('your own deals');
  });

  it('lists at-risk customers by their newest score, worst first (S4-23)', async () => {
    const data = await asking(store, catalogue).answer(
      listPlan('health_score', {
        ...where('health_score', 'lt', 50),
        orderBy: [{ by: 'health_score', direction: 'asc' }],
        columns: ['account', 'health_score', 'health_band', 'health_day'],
      }),
    );
    expect(records(data).map((row) => row['health_day'])).toEqual(data.rows.map(() => '2026-11-21'));
    const scores = data.rows.map((row) => Number(row[1]));
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(scores.length).toBeGreaterThan(0);
    expect(data.provenance.filters).toEqual(['Health profile is cs4', 'Health score is less than 50']);
  });

  it('lists tickets of a range by another time than the usual one', async () => {
    const data = await asking(store, catalogue).answer({
      ...listPlan('ticket', {
        time: { kind: 'to_date', unit: 'month' },
        timeDimension: 'ticket_solved_at',
        columns: ['ticket_number', 'ticket_solved_at'],
      }),
      limit: 100,
    });
    const expected = world.ticket.filter(
      (ticket) =>
        ticket.solved_at &&
        ticket.solved_at >= new Date('2026-11-01') &&
        ticket.solved_at < new Date('2026-11-21T10:30:00Z'),
    );
    expect(data.rows.map((row) => row[0]).toSorted()).toEqual(
      expected.map((ticket) => ticket.number).toSorted(),
    );
    expect(data.rows[0]?.[1]).toMatch(/^2026-11-\d\dT\d\d:\d\d:00\.000Z$/);
  });
});

describe('provenance', () => {
  it('holds everything that is needed to check an answer', async () => {
    const plan = metricPlan('win_rate', {
      time: { kind: 'calendar', unit: 'quarter', number: 3, year: 2026 },
    });
    const { provenance } = await asking(store, catalogue).answer(plan, 'Rita Rep');
    expect(provenance.plan).toEqual(plan);
    expect(provenance.metrics.map(({ id }) => id)).toEqual(['win_rate', 'won_deals', 'decided_deals']);
    expect(provenance.filters).toEqual(['Won deals: Won is yes', 'Decided deals: Closed is yes']);
    expect(provenance.scope).toBe('your own deals');
    expect(provenance.freshness).toEqual([{ source: 'test', syncedAt: '2026-11-21T10:20:00.000Z' }]);
    expect(provenance.catalogueVersion).toBe(catalogue.version);
    expect(provenance.rowsRead).toBeGreaterThan(0);
  });

  it('shows stored words of a closed list by their labels', async () => {
    const answer = await asking(store, catalogue).answer(
      metricPlan('sla_running', { groupBy: [{ dimension: 'sla_metric' }] }),
    );
    expect(answer.columns[0]?.valueLabels?.['first_response']).toBe('First response');
    expect(answer.rows.map((row) => row[0])).toContain('first_response');
  });

  it('carries statements and parameters that give the same figure again', async () => {
    const { rows, provenance } = await asking(store, catalogue).answer(
      metricPlan('tickets_opened', where('priority', 'eq', 'P1')),
      'Sue Supervisor',
    );
    const again = await store.db.executeQuery<{ value: number }>({
      sql: provenance.sql,
      parameters: provenance.parameters,
      query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
      queryId: { queryId: 'again' },
    } as never);
    expect(again.rows[0]?.value).toBe(rows[0]?.[0]);
  });

  it('gives the newest row of each source when no import is on record', async () => {
    await store.db
      .insertInto('incident')
      .values({
        id: '00000000-0000-8000-8000-000000000002',
        source: 'webhook',
        source_id: '1',
        severity: 'low',
        status: 'open',
        started_at: '2026-11-21T00:00:00Z',
        synced_at: '2026-11-21T09:00:00Z',
      })
      .execute();
    await store.db.deleteFrom('sync_run').execute();
    const { provenance } = await asking(store, catalogue).answer(metricPlan('open_incidents'));
    expect(provenance.freshness).toEqual([
      { source: 'test', syncedAt: '2026-11-21T10:20:00.000Z' },
      { source: 'webhook', syncedAt: '2026-11-21T09:00:00.000Z' },
    ]);
  });
});
