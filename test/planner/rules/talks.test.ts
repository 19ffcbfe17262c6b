import { describe, expect, it } from 'vitest';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { type QueryPlan, queryPlanSchema } from '../../../src/query/metric-query.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['channel', ['Chat', 'Email', 'WhatsApp']],
  ['category', ['Backup', 'Billing', 'Performance']],
  ['team', ['Support EMEA', 'Support Americas']],
]);
const now = new Date('2026-11-20T14:00:00Z');
const { planned, lastOf } = planning(stored, { now, zone: 'Europe/Berlin' });

/** The last of several texts with what stands beside its plan. */
function lastPlanned(...texts: readonly string[]) {
  const planner = createRulesPlanner();
  const common = { catalogue: theCatalogue(), now, zone: 'Europe/Berlin', requestId: 'r', stored };
  let previous: QueryPlan | undefined;
  let found = planner.explain({ ...common, question: texts[0] ?? '' }).planned;
  for (const question of texts) {
    found = planner.explain({ ...common, question, ...(previous && { previous }) }).planned;
    const known = queryPlanSchema.safeParse(found.plan);
    if (known.success) previous = known.data;
  }
  return found;
}

describe('months of a talk', () => {
  const month = (number: number, year?: number) => ({
    time: { kind: 'calendar', unit: 'month', number, ...(year !== undefined && { year }) },
  });
  it.each([
    [['open deals that close in february', 'and in march'], month(3, 2027)],
    [['open deals that close in february', 'and december'], month(12, 2026)],
    [['how much of the pipeline closes in february', 'and in march'], month(3, 2027)],
    [['tickets opened in march 2025', 'and in october'], month(10, 2025)],
    [['tickets opened in december 2025', 'and january'], month(1, 2026)],
    [['tickets opened in october', 'and in september'], month(9)],
    [['tickets opened in march 2025', 'and in april 2024'], month(4, 2024)],
  ])('%s', (texts, plan) => expect(lastOf(...texts)).toMatchObject(plan));
});

describe('records of a ranking', () => {
  it.each([
    ['who has the most open tickets', 'list them', 'assignee'],
    ['which customer has the most open tickets', 'show me those', 'account'],
    ['agents with more than 12 open tickets', 'list them', 'assignee'],
    ['who has the most open tickets', 'which of them have no reply yet', 'assignee'],
  ])('“%s”, “%s” are those of its groups', (first, next, dimension) => {
    const { plan, ofGroups } = lastPlanned(first, next);
    expect(plan).toMatchObject({ kind: 'list', entity: 'ticket' });
    expect(ofGroups?.groupBy).toEqual([{ dimension }]);
  });

  it.each(['open tickets by agent', 'tickets opened this week', 'tickets per day this week'])(
    'of all groups, and of one figure, are all: %s',
    (first) => expect(lastPlanned(first, 'list them').ofGroups).toBeUndefined(),
  );
});

describe('questions that leave the noun of the rows out', () => {
  it.each([
    [
      'conversations by channel last month',
      'how many of them did the bot handle',
      { part: { where: [{ any: [{ dimension: 'handled_by_bot' }] }] } },
    ],
    [
      'list of tickets opened since yesterday',
      'which of these have no reply yet',
      { entity: 'ticket', time: { kind: 'between' } },
    ],
    [
      'leads last week',
      'where did they come from',
      { groupBy: [{ dimension: 'lead_origin' }], time: { kind: 'relative' } },
    ],
    [
      'open tickets without an assignee',
      'how long has the oldest been waiting',
      { entity: 'ticket', limit: 1 },
    ],
    [
      'average days to close of won deals this year',
      'which took the longest',
      { limit: 1, orderBy: [{ by: 'deal_time_to_close', direction: 'desc' }] },
    ],
    ['list of open deals', 'when should they close', { kind: 'list', entity: 'opportunity' }],
  ])('“%s”, “%s”', (first, next, plan) => expect(lastOf(first, next)).toMatchObject(plan));

  it('turns the order of the one before round', () => {
    const texts = ['average days to close of won deals this year', 'which took the longest'];
    expect(lastOf(...texts, 'and the quickest')).toMatchObject({
      limit: 1,
      orderBy: [{ by: 'deal_time_to_close', direction: 'asc' }],
    });
  });
});

describe('shares of one figure', () => {
  const part = (value: string) => ({
    where: [],
    part: { where: [{ any: [{ dimension: 'priority', values: [value] }] }] },
  });
  it.each(['what share is that', 'as percent', 'which percentage is that?', 'as a share of all'])(
    '%s',
    (text) => {
      expect(lastOf('how many urgent tickets were opened this week', text)).toMatchObject(part('urgent'));
    },
  );

  it('of others of their kind', () => {
    const texts = ['how many urgent tickets were opened this week', 'what share is that'];
    expect(lastOf(...texts, 'and high')).toMatchObject(part('high'));
    expect(lastOf(...texts, 'and last week')).toMatchObject({
      ...part('urgent'),
      time: { kind: 'relative' },
    });
  });
});

describe('another figure by a word', () => {
  it.each([
    ['open pipeline', 'weighted?', 'weighted_pipeline'],
    ['our NPS this quarter', 'how many answers', 'nps_responses'],
    ['average CSAT this month', 'from how many answers', 'csat_responses'],
    ['our NPS this quarter', 'who are the detractors', 'nps_detractors'],
  ])('“%s”, “%s”', (first, next, metric) =>
    expect(lastOf(first, next)).toMatchObject({ kind: 'metric', metrics: [metric] }),
  );
});

describe('words that may mean several figures', () => {
  it.each([
    'revenue this quarter',
    'how many closed last week',
    'what did we lose this quarter',
    'who is busiest this week',
    'how active is Umbra Security',
    'which accounts dropped this month',
    'how often did the bot fail last month',
    'worst tickets this week',
    'any new escalations this week',
    'my deals in october',
  ])('%s', (question) => expect(planned(question).kind).toBe('clarify'));

  it.each([
    'revenue by region this quarter',
    'how many tickets closed last week',
    'how many deals did we lose this quarter',
    'my deals closing in december',
    'open tickets of Umbra Security',
    'my open deals',
  ])('and a clear one: %s', (question) => expect(planned(question).kind).not.toBe('clarify'));
});
