import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { type Plan, planSchema, type QueryPlan } from '../../../src/query/metric-query.ts';
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
