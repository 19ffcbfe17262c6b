import { describe, expect, it } from 'vitest';
import { planning } from './support/plans.ts';

const stored = new Map([
  ['account', ['Umbra Security', 'Kestrel Payments']],
  ['forecast_category', ['Best Case', 'Commit', 'Pipeline']],
  ['segment', ['Enterprise', 'SMB']],
]);
const names = new Map([['account', ['Umbra Security', 'Hot Stuff Ltd']]]);
const { planned } = planning(stored, { now: new Date('2026-11-20T14:00:00Z'), names });

const labels = (question: string): readonly string[] => {
  const plan = planned(question);
  return plan.kind === 'clarify' ? plan.options.map(({ label }) => label) : [plan.kind];
};

describe('words that judge', () => {
  it.each([
    ['which juicy deals close this month', ['The largest', 'Forecast as commit', 'The newest']],
    ['best deals', ['The largest', 'Forecast as commit', 'The newest']],
    ['which deals look dodgy', ['Past their close date', 'Stuck in their stage', 'The oldest']],
    ['which tickets are on fire', ['Priority urgent', 'The oldest', 'A negative tone', 'Escalated']],
    ['good leads from october', ['Qualified', 'The newest']],
    ['show me shaky accounts', ['Average health score', 'ARR', 'Average churn probability', 'Open tickets']],
    [
      'which reps are struggling this quarter',
      ['Won amount', 'Won deals', 'Win rate', 'Median days to close'],
    ],
    [
      'which campaigns are duds',
      ['Campaign responses', 'Campaign response rate', 'Campaign conversions', 'Campaign conversion rate'],
    ],
  ])('%s is asked back', (question, expected) => expect(labels(question)).toEqual(expected));

  it.each([
    ['how many on tuesday', ['Tickets opened', 'Won amount', 'Conversations', 'Average CSAT']],
    ['how did last month go', ['Tickets opened', 'Won amount', 'Conversations', 'Average CSAT']],
    ['who is the busiest in my team', ['Open tickets', 'Tickets solved', 'Won amount', 'Open deals']],
    ['show me the latest', ['Tickets', 'Deals', 'Customer escalations', 'Conversations']],
    ['which customers are growing', ['Logins to the product', 'API calls', 'Health score']],
    ['compare the two teams', ['Tickets solved', 'Won amount', 'SLA compliance', 'Average CSAT']],
    ['list the big ones', ['Deals by amount', 'Customers by ARR', 'Subscriptions by MRR']],
  ])('%s names nothing that is counted, and is asked back', (question, expected) =>
    expect(labels(question)).toEqual(expected),
  );

  it('names the word', () =>
    expect(planned('show me shaky accounts')).toMatchObject({ question: 'What do you mean by “shaky”?' }));

  it('leaves alone what is recorded, what nobody judges by and what is called so', () => {
    expect(planned('urgent tickets')).toMatchObject({ kind: 'list' });
    expect(planned('how many Instagram leads')).not.toMatchObject({ kind: 'clarify' });
    expect(planned('tickets of hot')).not.toMatchObject({ kind: 'clarify' });
  });
});
