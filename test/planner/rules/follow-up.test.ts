import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { type Plan, planSchema, type QueryPlan } from '../../../src/query/metric-query.ts';
import type { StoredValues } from '../../../src/query/stored-values.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const catalogue = theCatalogue();
const planner = createRulesPlanner();
const now = new Date('2026-11-21T10:30:00Z');

const explain = (question: string, previous?: QueryPlan) =>
  planner.explain({ question, catalogue, now, zone: 'UTC', requestId: 'r', ...(previous && { previous }) })
    .planned;

/** The last plan of a thread. */
function chain(...questions: readonly string[]): Plan {
  let previous: QueryPlan | undefined;
  let plan: Plan | undefined;
  for (const question of questions) {
    ({ plan } = explain(question, previous));
    if (plan.kind === 'metric' || plan.kind === 'list') previous = plan;
  }
  return plan as Plan;
}

const eq = (dimension: string, value: string) => ({ any: [{ dimension, op: 'eq', values: [value] }] });
const lastMonth = { kind: 'relative', unit: 'month', n: 1, completeOnly: true };
const opened = 'how many tickets were opened last month';

describe('a follow-up', () => {
  it.each<[string, Record<string, unknown>]>([
    ['and by region?', { groupBy: [{ dimension: 'region' }], time: lastMonth }],
    ['split it by priority', { groupBy: [{ dimension: 'priority' }] }],
    ['by week', { groupBy: [{ dimension: 'time', grain: 'week' }] }],
    ['only urgent', { where: [eq('priority', 'urgent')], time: lastMonth }],
    ['just the urgent ones', { where: [eq('priority', 'urgent')] }],
    ['last quarter instead', { time: { kind: 'relative', unit: 'quarter', n: 1, completeOnly: true } }],
    ['and last week?', { time: { kind: 'relative', unit: 'week', n: 1, completeOnly: true } }],
    ['as a chart', { groupBy: [{ dimension: 'time' }], chart: 'line' }],
    ['compare to the month before', { compare: 'previous_period', time: lastMonth }],
    ['vs last year', { compare: 'same_period_last_year', time: lastMonth }],
    ['what about Halden Logistics?', { where: [eq('account', 'Halden Logistics')], time: lastMonth }],
    ['only halden logistics', { where: [eq('account', 'halden logistics')] }],
    ['and mine?', { subject: 'me', time: lastMonth }],
    ['my team', { subject: 'my_team' }],
    ['list them', { kind: 'list', entity: 'ticket', time: lastMonth }],
    ['which ones?', { kind: 'list', entity: 'ticket' }],
    [
      'without closed ones',
      { where: [{ any: [{ dimension: 'ticket_status', op: 'neq', values: ['closed'] }] }] },
    ],
    ['same for csat', { metrics: ['csat_average'], time: lastMonth }],
    ['and solved?', { metrics: ['tickets_solved'], time: lastMonth }],
    ['without the date', { time: { kind: 'all' } }],
  ])('“%s” changes what it names of the last plan', (text, expected) => {
    expect(chain(opened, text)).toMatchObject(expected);
  });

  it.each<[readonly string[], Record<string, unknown>]>([
    [
      ['tickets by region last month', 'top 5'],
      { limit: 5, orderBy: [{ by: 'tickets_opened', direction: 'desc' }] },
    ],
    [
      ['tickets by region last month', 'in percent'],
      { transform: 'share', groupBy: [{ dimension: 'region' }] },
    ],
    [['tickets by region last month', 'by team'], { groupBy: [{ dimension: 'team' }] }],
    [
      ['tickets by region last month', 'also by team'],
      { groupBy: [{ dimension: 'region' }, { dimension: 'team' }] },
    ],
    [['tickets by region last month', 'in total'], { groupBy: [] }],
    [['tickets by week this quarter', 'as a running total'], { transform: 'running' }],
    [['tickets by week this quarter', '3-week moving average'], { transform: 'moving_avg', window: 3 }],
    [['tickets by customer last month', 'also those with none'], { includeEmpty: true }],
    [
      ['open tickets', 'only urgent', 'and high too'],
      {
        kind: 'list',
        where: expect.arrayContaining([
          { any: [{ dimension: 'priority', op: 'in', values: ['urgent', 'high'] }] },
        ]),
      },
    ],
    [
      ['open tickets', 'oldest first'],
      { kind: 'list', orderBy: [{ by: 'ticket_opened_at', direction: 'asc' }] },
    ],
    [
      ['open tickets', 'sorted by age'],
      { kind: 'list', orderBy: [{ by: 'ticket_opened_at', direction: 'asc' }] },
    ],
    [['open tickets', 'how many?'], { kind: 'metric', metrics: ['open_tickets'], where: [] }],
    [['open tickets', 'which customers?'], { kind: 'metric', groupBy: [{ dimension: 'account' }] }],
    [
      ['tickets last month for Acme', 'what about Halden Logistics?'],
      { where: [eq('account', 'Halden Logistics')] },
    ],
    [['my open tickets', 'for everyone'], { subject: 'none' }],
    [
      ['average csat this month', 'same for tickets', 'by priority'],
      {
        metrics: ['tickets_opened'],
        groupBy: [{ dimension: 'priority' }],
        time: { kind: 'to_date', unit: 'month' },
      },
    ],
  ])('%j ends in the right plan', (questions, expected) => {
    expect(chain(...questions)).toMatchObject(expected);
  });

  it('never takes the place of a whole question', () => {
    for (const question of [
      'open escalations by priority',
      'how many deals did we win last quarter',
      'win rate by rep this year',
    ]) {
      const alone = explain(question);
      const previous = chain(opened, 'only urgent') as QueryPlan;
      expect(explain(question, previous).plan, question).toEqual(alone.plan);
      expect(explain(question, previous).isFollowUp, question).toBeUndefined();
    }
    expect(chain(opened, 'only urgent', 'and how many tickets were opened last week by team?')).toMatchObject(
      { where: [] },
    );
  });

  it('asks back when a state is asked for an earlier time, and when a rate has no records', () => {
    expect(chain('open escalations by priority', 'last week instead').kind).toBe('clarify');
    expect(chain('win rate this year', 'list them').kind).toBe('clarify');
    expect(chain('tickets last quarter', 'compare to last month').kind).toBe('clarify');
  });

  it('says what is wrong with a change instead of leaving it out', () => {
    expect(chain(opened, 'by stage')).toMatchObject({ kind: 'refuse', reason: 'no_field' });
    expect(chain(opened, 'top 5')).toMatchObject({ kind: 'refuse', reason: 'unclear' });
    expect(chain(opened, 'only wibbly frobs')).not.toMatchObject({ kind: 'metric', where: [] });
    expect(chain('open tickets', 'as a chart')).toMatchObject({ kind: 'refuse', reason: 'unclear' });
    expect(chain(opened, 'close them')).toMatchObject({ kind: 'refuse', reason: 'action' });
  });

  it.each([
    'list them',
    'and by region?',
    'last quarter instead',
    'what about Acme?',
    'as a chart',
    'same for csat',
    'only the urgent ones',
  ])('without a plan before it, “%s” is asked back', (text) => {
    const { plan } = explain(text);
    expect(
      plan.kind === 'metric' && plan.where.length + plan.groupBy.length === 0 ? plan.metrics : plan,
    ).not.toEqual([]);
    if (plan.kind === 'refuse') expect(plan.detail).toMatch(/no answer here yet|which|of what|not|nothing/);
  });

  it('never loses a word that nobody understands', () => {
    const previous = chain(opened) as QueryPlan;
    const known = [
      'and by region',
      'only urgent',
      'last quarter instead',
      'top 5 customers',
      'without closed ones',
    ];
    const nonsense = fc.constantFrom('wibble', 'frobbed', 'quux', 'snarfly', 'zorped');
    fc.assert(
      fc.property(fc.constantFrom(...known), nonsense, fc.nat(6), (text, word, place) => {
        const words = text.split(' ');
        const at = place % (words.length + 1);
        const { plan } = explain([...words.slice(0, at), word, ...words.slice(at)].join(' '), previous);
        // Where a name may stand it is one, and is looked up before anything is answered.
        if (plan.kind === 'metric' || plan.kind === 'list')
          expect(JSON.stringify(plan.where)).toContain(word);
      }),
      { numRuns: 60 },
    );
  });

  it('survives any text after any plan', () => {
    const previous = [
      chain(opened),
      chain('open tickets'),
      chain('win rate by rep this year'),
    ] as QueryPlan[];
    const pieces = fc.constantFrom(
      'and',
      'by',
      'only',
      'list',
      'them',
      'top 5',
      'instead',
      'vs',
      'last week',
      'as a',
      'chart',
      'sorted by',
      'Acme',
      'without',
      'region',
      'the',
      'total',
      'csat',
      '?',
      'compare to',
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 7 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...previous), text, (plan, words) => {
        expect(planSchema.safeParse(explain(words, plan).plan).success).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});

/** Values as they stand in a company's few-valued columns. */
const stored: StoredValues = new Map([
  ['channel', ['Email', 'Phone', 'Web', 'WhatsApp', 'Web chat']],
  ['lead_origin', ['Web', 'Campaign', 'Referral']],
  ['region', ['EMEA', 'Americas']],
  ['industry', ['Retail', 'Manufacturing', 'Insurance']],
  ['segment', ['Enterprise', 'SMB']],
  ['category', ['Billing', 'Performance']],
  ['deal_type', ['New Business', 'Existing Business']],
  ['currency', ['USD', 'EUR']],
]);

/** Last plan of a thread in a company whose values are known. */
function thread(...questions: readonly string[]): Plan {
  let previous: QueryPlan | undefined;
  let plan: Plan | undefined;
  for (const question of questions) {
    const request = { question, catalogue, now, zone: 'UTC', requestId: 'r', stored };
    ({ plan } = planner.explain({ ...request, ...(previous && { previous }) }).planned);
    if (plan.kind === 'metric' || plan.kind === 'list') previous = plan;
  }
  return plan as Plan;
}

const is = (dimension: string, op: string, ...values: readonly (string | boolean)[]) => ({
  any: [{ dimension, op, values }],
});

describe('a turn without a figure of its own', () => {
  it.each<[readonly string[], Record<string, unknown>]>([
    [
      ['failed messages this month', 'by reason'],
      { metrics: ['messages_failed'], groupBy: [{ dimension: 'failed_reason' }] },
    ],
    [
      ['tickets last month', 'by status'],
      { metrics: ['tickets_opened'], groupBy: [{ dimension: 'ticket_status' }] },
    ],
    [
      ['conversations this week', 'by agent'],
      { metrics: ['conversations'], groupBy: [{ dimension: 'conversation_agent' }] },
    ],
    [
      ['leads this month by status', 'by source rather'],
      { metrics: ['leads'], groupBy: [{ dimension: 'lead_origin' }] },
    ],
    [
      ['win rate by rep this year', 'only deals that are existing business'],
      {
        metrics: ['win_rate'],
        groupBy: [{ dimension: 'owner' }],
        where: [is('deal_type', 'eq', 'Existing Business')],
      },
    ],
    [
      ['open tickets by category', 'excluding billing'],
      { metrics: ['open_tickets'], where: [is('category', 'neq', 'Billing')] },
    ],
    [
      ['leads by source this month', 'without the web ones'],
      { metrics: ['leads'], where: [is('lead_origin', 'neq', 'Web')] },
    ],
    [
      ['how many urgent tickets in q3', 'by account, at least 3 tickets'],
      {
        groupBy: [{ dimension: 'account' }],
        where: [is('priority', 'eq', 'urgent')],
        time: { kind: 'calendar', unit: 'quarter', number: 3 },
        having: [{ metric: 'tickets_opened', op: 'gte', value: 3 }],
      },
    ],
    [
      ['tickets by customer last month', 'at least 10'],
      { having: [{ metric: 'tickets_opened', op: 'gte', value: 10 }], time: lastMonth },
    ],
    [
      ['MRR by currency', 'only USD, top 3 accounts'],
      {
        metrics: ['mrr'],
        groupBy: [{ dimension: 'account' }],
        where: [is('currency', 'eq', 'USD')],
        limit: 3,
      },
    ],
  ])('%j keeps the figure', (questions, expected) => {
    expect(thread(...questions)).toMatchObject(expected);
  });

  it('refuses what the rows do not have rather than taking it for something else', () => {
    for (const questions of [
      ['deals lost this quarter', 'by reason'],
      ['tickets last month', 'by stage'],
      ['leads this month', 'by severity'],
      ['incidents this year', 'by lead source'],
    ])
      expect(thread(...questions), questions.join()).toMatchObject({ kind: 'refuse' });
  });
});

describe('what takes the place of what', () => {
  it.each<[readonly string[], Record<string, unknown>]>([
    [
      ['open tickets by priority', 'and by category'],
      { groupBy: [{ dimension: 'priority' }, { dimension: 'category' }] },
    ],
    [['open tickets by priority', 'and by category instead?'], { groupBy: [{ dimension: 'category' }] }],
    [['open deals by stage', 'by rep instead of stage'], { groupBy: [{ dimension: 'owner' }] }],
    [
      ['tickets by priority and region last month', 'by category rather than priority'],
      { groupBy: [{ dimension: 'category' }, { dimension: 'region' }] },
    ],
    [['win rate by rep this year', 'in total, not by rep'], { metrics: ['win_rate'], groupBy: [] }],
    [
      ['deals won per rep in q3', 'and lost ones in q2'],
      {
        metrics: ['lost_deals'],
        groupBy: [{ dimension: 'owner' }],
        time: { kind: 'calendar', unit: 'quarter', number: 2 },
        where: [],
      },
    ],
    [
      ['deals lost this quarter by rep', 'and won ones?'],
      { metrics: ['won_deals'], groupBy: [{ dimension: 'owner' }] },
    ],
    [
      ['messages sent last week by channel', 'and failed ones?'],
      { metrics: ['messages_failed'], groupBy: [{ dimension: 'channel' }] },
    ],
    [['average csat by team last month', 'and nps'], { metrics: ['nps'], time: lastMonth, where: [] }],
    [
      ['average first response time by team last week', 'median'],
      { metrics: ['first_response_time_median'], groupBy: [{ dimension: 'team' }] },
    ],
    [
      ['deals won this quarter by rep', 'average amount'],
      { metrics: ['average_won_deal'], groupBy: [{ dimension: 'owner' }] },
    ],
    [['tickets by priority last month', 'as percent', 'in numbers again'], { transform: 'none' }],
  ])('%j', (questions, expected) => {
    expect(thread(...questions)).toMatchObject(expected);
  });
});

describe('words that point at the rows before', () => {
  it.each<[readonly string[], Record<string, unknown>]>([
    [
      ['chats by channel last month', 'how many of the whatsapp ones were handled by the bot'],
      {
        metrics: ['conversations'],
        time: lastMonth,
        where: [is('handled_by_bot', 'eq', true), is('channel', 'eq', 'WhatsApp')],
      },
    ],
    [
      ['tickets opened last week', 'how many are still open'],
      { metrics: ['tickets_opened'], where: [is('ticket_status', 'in', 'new', 'open', 'pending', 'hold')] },
    ],
    [
      ['csat last month by segment', 'how many responses is that per segment'],
      { metrics: ['csat_responses'], groupBy: [{ dimension: 'segment' }], time: lastMonth },
    ],
    [['win rate by rep this year', 'how many deals is that'], { groupBy: [{ dimension: 'owner' }] }],
    [
      ['open escalations', 'which of them is open the longest'],
      { kind: 'list', orderBy: [{ by: 'escalation_opened_at', direction: 'asc' }], limit: 1 },
    ],
    [
      ['open deals', 'which one is the biggest'],
      { kind: 'list', orderBy: [{ by: 'deal_amount', direction: 'desc' }], limit: 1 },
    ],
    [
      ['open deals by industry', 'list the manufacturing ones'],
      { kind: 'list', where: expect.arrayContaining([is('industry', 'eq', 'Manufacturing')]) },
    ],
    [
      ['incidents in the last 90 days', 'which customers were hit'],
      { metrics: ['incidents_opened'], groupBy: [{ dimension: 'account' }] },
    ],
    [
      ['tickets solved last week by team', 'who solved how many'],
      { metrics: ['tickets_solved'], groupBy: [{ dimension: 'assignee' }], where: [] },
    ],
    [['open deals', 'biggest first'], { orderBy: [{ by: 'deal_amount', direction: 'desc' }] }],
  ])('%j', (questions, expected) => {
    expect(thread(...questions)).toMatchObject(expected);
  });

  it('moves the period back', () => {
    const times = (...questions: readonly string[]) => {
      const plan = thread(...questions);
      return plan.kind === 'metric' || plan.kind === 'list' ? plan.time : plan;
    };
    expect(times('tickets last week', 'and the week before')).toEqual({
      kind: 'between',
      from: '2026-11-02',
      to: '2026-11-08',
    });
    expect(times('leads last month', 'and the month before')).toEqual({
      kind: 'calendar',
      unit: 'month',
      number: 9,
      year: 2026,
    });
    expect(times('deals won this quarter', 'the previous one')).toEqual({
      kind: 'between',
      from: '2026-07-01',
      to: '2026-09-30',
    });
    expect(times('leads last month', 'and the month before', 'and the one before that')).toMatchObject({
      number: 8,
    });
  });

  it('says so where an answer cannot go on', () => {
    expect(thread('how many open deals', 'next 10')).toMatchObject({ kind: 'refuse' });
    expect(thread('open deals by rep', 'as csv')).toMatchObject({ kind: 'refuse', reason: 'action' });
    expect(thread('won amount by rep last quarter', 'median')).toMatchObject({
      metrics: ['median_won_deal'],
    });
    expect(thread('pipeline by rep', 'median')).toMatchObject({ reason: 'no_metric' });
  });
});

const related = (entity: string, where: unknown) =>
  expect.objectContaining({ related: [expect.objectContaining({ entity, has: 'some', where })] });

describe('a figure of the rows before', () => {
  it.each<[readonly string[], unknown]>([
    [
      ['accounts with a health score below 50', 'how much ARR is that in total'],
      related('health_score', expect.arrayContaining([is('health_score', 'lt', 50 as never)])),
    ],
    [
      ['customers with open escalations', 'how much mrr is that'],
      related('customer_escalation', [is('escalation_status', 'not_in', 'resolved', 'closed')]),
    ],
    [
      ['accounts', 'how many of those have open tickets'],
      related('ticket', [is('ticket_status', 'in', 'new', 'open', 'pending', 'hold')]),
    ],
    [
      ['tickets opened last week', 'average resolution time of those'],
      expect.objectContaining({
        metrics: ['resolution_time_average'],
        time: { kind: 'all' },
        where: [is('ticket_opened_at', 'between', '2026-11-09', '2026-11-15')],
      }),
    ],
    [
      ['chats by channel last month', 'average first response for those'],
      expect.objectContaining({
        metrics: ['conversation_first_response_average'],
        time: lastMonth,
        groupBy: [{ dimension: 'channel' }],
      }),
    ],
    [
      ['deals won this year', 'what is the win rate per rep'],
      expect.objectContaining({
        metrics: ['win_rate'],
        time: { kind: 'to_date', unit: 'year' },
        groupBy: [{ dimension: 'owner' }],
      }),
    ],
    [
      ['my open deals by stage', 'in $ instead'],
      expect.objectContaining({
        metrics: ['pipeline_amount'],
        groupBy: [{ dimension: 'stage' }],
        subject: 'me',
      }),
    ],
    [
      ['deals lost this year by rep', 'what were they worth', 'and the won ones?'],
      expect.objectContaining({ metrics: ['won_amount'], groupBy: [{ dimension: 'owner' }], where: [] }),
    ],
    [
      ['open deals', 'and what do they add up to?'],
      expect.objectContaining({ metrics: ['pipeline_amount'], groupBy: [], where: [] }),
    ],
    [
      ['open pipeline by region', 'and what is the largest deal in there?'],
      expect.objectContaining({
        kind: 'list',
        orderBy: [{ by: 'deal_amount', direction: 'desc' }],
        limit: 1,
      }),
    ],
  ])('%j', (questions, expected) => {
    expect(thread(...questions)).toEqual(expected);
  });

  it.each<[readonly string[], Record<string, unknown>]>([
    [
      [
        'conversations last month by channel',
        'how many of those were handled by the bot',
        'as a share of all, WhatsApp only',
      ],
      {
        metrics: ['conversations'],
        where: [is('channel', 'eq', 'WhatsApp')],
        part: { where: [is('handled_by_bot', 'eq', true)] },
      },
    ],
    [
      [
        'how many conversations were handled by the bot this month',
        'which share of all conversations is that?',
        'and last month?',
      ],
      { metrics: ['conversations'], time: lastMonth, part: { where: [is('handled_by_bot', 'eq', true)] } },
    ],
    [
      ['messages failed this month by channel', 'as a share of sent'],
      { metrics: ['messages_sent'], part: { where: [is('delivery_status', 'eq', 'failed')] } },
    ],
    [['campaign responses by campaign', 'as a rate of sent'], { metrics: ['campaign_response_rate'] }],
  ])('%j is a part of a whole', (questions, expected) => {
    expect(thread(...questions)).toMatchObject(expected);
  });

  it('starts anew for a question with its own rows and period, and asks which rows a cut list means', () => {
    expect(thread('tickets last month, only urgent', 'how many deals did we win this year')).toMatchObject({
      metrics: ['won_deals'],
      where: [],
    });
    expect(thread('top 3 customers by arr', 'how many open tickets is that')).toMatchObject({
      kind: 'refuse',
    });
  });

  it('forgets how many and how much with the groups that they were asked of', () => {
    expect(thread('top 3 customers by tickets opened last month', 'by region')).toMatchObject({
      groupBy: [{ dimension: 'region' }],
      limit: 20,
    });
    expect(thread('tickets by customer last month', 'at least 10', 'by region')).toMatchObject({
      having: [],
    });
  });
});

describe('a part of a question', () => {
  it.each(['only the webinars', 'meetings only', 'as a rate of sent', 'by region instead', 'just mails'])(
    '“%s” without an answer before it is refused, whatever it may be elsewhere',
    (text) => {
      expect(thread(text)).toMatchObject({ kind: 'refuse' });
    },
  );

  it.each(['only urgent tickets', 'open deals only'])('“%s” is a whole question', (text) => {
    expect(thread(text).kind).not.toBe('refuse');
  });
});

describe('a short wish', () => {
  const wishes = [
    'only urgent',
    'last week',
    'by category',
    'only enterprise',
    'in emea',
    'by agent',
    'only billing',
  ];
  const base = 'how many tickets were opened';
  it('after a question is what the whole question would be', () => {
    for (const wish of wishes) {
      const said = wish.replace(/^only (.+)$/, 'for $1');
      const whole = thread(`${base} ${said}`);
      const patched = thread(base, wish);
      expect(patched, wish).toEqual(whole);
    }
  });
});

describe('a question about the records of a list', () => {
  const shown = (list: string, text: string) => {
    const plan = chain(list, text);
    return plan.kind === 'list' ? [plan.entity, ...plan.columns.slice(-1)] : plan;
  };

  it.each([
    ['my open deals', 'and their forecast category', ['opportunity', 'forecast_category']],
    ['my open tickets', 'which channel did they come from', ['ticket', 'channel']],
    ['my open tickets', 'with the category', ['ticket', 'category']],
    ['my open deals', 'what is the lead source of each?', ['opportunity', 'lead_source']],
    ['list the incidents of this year', 'add the region', ['incident', 'region']],
    ['open escalations', 'which segment are they in?', ['customer_escalation', 'segment']],
    ['my open tickets', 'when were they resolved', ['ticket', 'ticket_solved_at']],
  ])('after “%s”, “%s” shows them with it', (list, text, expected) => {
    expect(shown(list, text)).toEqual(expected);
  });

  it.each([
    ['list my partners', 'until when are they certified?', 'partner'],
    ['list my partners', 'who looks after them', 'partner'],
    ['my open deals', 'who owns them', 'opportunity'],
    ['my open deals', 'when do they close?', 'opportunity'],
    ['open escalations', 'what is the root cause of each?', 'customer_escalation'],
  ])('after “%s”, “%s” is shown already', (list, text, entity) => {
    expect(chain(list, text)).toEqual(chain(list));
    expect(chain(list, text)).toMatchObject({ kind: 'list', entity });
  });

  it.each([
    ['my open deals', 'when were they florped'],
    ['my open deals', 'with the stage and the florp'],
  ])('after “%s”, “%s” is refused for the word that nobody knows', (list, text) => {
    const plan = chain(list, text);
    expect(plan).toMatchObject({ kind: 'refuse', reason: 'unknown_word' });
  });

  it.each([
    ['my open deals', 'only those above 100k', { dimension: 'deal_amount', op: 'gt', values: [100_000] }],
    [
      'accounts with their health score',
      'just the ones under 80',
      { dimension: 'health_score', op: 'lt', values: [80] },
    ],
  ])('after “%s”, “%s” compares the number that is shown', (list, text, filter) => {
    expect(chain(list, text)).toMatchObject({ kind: 'list' });
    expect(JSON.stringify(chain(list, text))).toContain(JSON.stringify(filter));
  });
});

describe('a figure after others', () => {
  it.each<[readonly string[], Record<string, unknown>]>([
    [['csat last month by agent', 'who was lowest?'], { groupBy: [{ dimension: 'assignee' }], limit: 1 }],
    [['ARR by industry', 'who are the biggest'], { groupBy: [{ dimension: 'account' }], limit: 10 }],
    [
      ['tickets solved last month by category', 'who solved the most'],
      { groupBy: [{ dimension: 'assignee' }] },
    ],
    [['tickets opened in october', 'what was the csat'], { metrics: ['csat_average'], time: { number: 10 } }],
    [['deals won last quarter', 'what was the average first response time'], { time: { kind: 'relative' } }],
    [['failed messages last week by reason', 'the biggest one?'], { limit: 1 }],
    [
      ['leads this month by source', 'how many converted', 'conversion rate'],
      { metrics: ['lead_conversion_rate'], where: [] },
    ],
    [['tickets opened in october by team', 'and the csat in the same period'], { time: { number: 10 } }],
    [['tickets opened in october by team', 'csat for each'], { groupBy: [{ dimension: 'team' }] }],
    [
      ['accounts with health below 60', 'total ARR'],
      { metrics: ['arr'], related: [{ entity: 'health_score' }] },
    ],
  ])('%j keeps what it is of', (questions, expected) => {
    expect(chain(...questions)).toMatchObject(expected);
  });
});

describe('the rest', () => {
  it.each<[readonly string[], Record<string, unknown>]>([
    [
      ['tickets opened last month from enterprise customers', 'and the others?'],
      { where: [{ any: [{ dimension: 'segment', op: 'neq', values: ['enterprise'] }] }] },
    ],
    [
      ['how many partners are enabled by now', 'and the rest, where do they stand?'],
      {
        groupBy: [{ dimension: 'enablement_status' }],
        where: [{ any: [{ dimension: 'enablement_status', op: 'neq' }] }],
      },
    ],
    [
      ['open deals over 50k', 'what about the others'],
      { where: [{}, { any: [{ dimension: 'deal_amount', op: 'lte', values: [50_000] }] }] },
    ],
    [
      ['tickets opened last month except urgent', 'the others'],
      { where: [{ any: [{ dimension: 'priority', op: 'eq', values: ['urgent'] }] }] },
    ],
    [
      ['conversations last week handled by the bot', 'and the remaining ones'],
      { metrics: ['conversations'] },
    ],
    [
      ['my open deals', 'show me the rest'],
      { limit: 25, where: [{ any: [{ dimension: 'deal_closed', op: 'eq' }] }] },
    ],
  ])('of %j is what the condition leaves out', (questions, expected) => {
    expect(chain(...questions)).toMatchObject(expected);
  });

  it('is refused where nothing was left out', () => {
    expect(chain('tickets opened last month', 'and the rest')).toMatchObject({
      kind: 'refuse',
      reason: 'unclear',
    });
  });

  it('asks which one is meant by the worst of a group, from the last one on', () => {
    const plan = chain('customers per health band', 'who is in the worst band?');
    expect(plan).toMatchObject({
      kind: 'clarify',
      options: [{ label: 'Churn risk' }, { label: 'Critical' }, {}, {}],
    });
  });
});

describe('with nothing before it', () => {
  const reasonOf = (question: string) => {
    const { plan } = explain(question);
    return plan.kind === 'refuse' ? plan.detail : plan.kind;
  };

  it.each([
    'by region',
    'list them',
    'only the webinars',
    'how many of those are open',
    'what about october',
    'and what is that in total',
    'same for csat',
    'which ones',
  ])('“%s” is told that there is no answer to continue', (text) => {
    expect(reasonOf(text)).toMatch(/no answer here yet/);
  });

  it.each([
    ['what share of our customers are sitting in each florp', 'florp'],
    ['what percentage of conversations ended in a wobbled florp', 'florp'],
    ['our customers and their florps', 'florps'],
    ['accounts in critical health: which ones were florped', 'florped'],
    ['how many of the tickets that came in today are florped', 'florped'],
    ['which florps belong to our largest accounts', 'florps'],
  ])('“%s” is a whole question, whose unknown words are named', (text, word) => {
    expect(reasonOf(text)).toContain(word);
  });
});

it.each([
  ['average health score by customer', 'account_owner'],
  ['open tickets per customer', 'account_owner'],
])('“who owns them” after “%s” tells whose each is', (question, keeper) => {
  const plan = chain(question, 'who owns them?');
  expect(plan).toMatchObject({ kind: 'metric', groupBy: [{ dimension: 'account' }, { dimension: keeper }] });
});
