import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { planning } from './support/plans.ts';

/** Figures that share what is said behind them, a mean of enough answers, and a place in a ranking. */
const { planned } = planning(
  new Map([
    ['industry', ['Energy', 'Retail']],
    ['team', ['Support EMEA', 'Support Americas']],
  ]),
);

function told(plan: Plan): string {
  if (plan.kind !== 'metric') return JSON.stringify(plan);
  const groups = plan.groupBy.map(({ dimension, grain }) => ` by ${grain ?? dimension}`).join('');
  const having = plan.having.map(({ metric, op, value }) => ` having ${metric} ${op} ${value}`).join('');
  const place = plan.skip === undefined ? '' : ` place ${plan.skip + 1} of ${plan.limit}`;
  return `${plan.metrics.join('+')}${groups}${having}${place}`;
}

describe('two figures in one question', () => {
  it.each([
    ['orders count and revenue per week since october', 'orders+transaction_amount by week'],
    ['tickets opened and tickets solved by week since October', 'tickets_opened+tickets_solved by week'],
    ['count of orders and revenue by month', 'orders+transaction_amount by month'],
    ['ARR and number of accounts by region', 'arr+accounts by region'],
    [
      'average csat and median first response time by team last month',
      'csat_average+first_response_time_median by team',
    ],
    [
      'campaign spend since September & converted leads by campaign',
      'campaign_cost+converted_leads by campaign',
    ],
  ])('“%s” is %s', (question, expected) => {
    expect(told(planned(question))).toBe(expected);
  });
});

describe('a ranking', () => {
  it.each([
    [
      'who in support emea has the best csat since september, min five answers',
      'csat_average+csat_responses by assignee having csat_responses gte 5',
    ],
    ['second largest customer in energy by arr', 'arr by account place 2 of 1'],
  ])('“%s” is %s', (question, expected) => {
    expect(told(planned(question))).toBe(expected);
  });
});
