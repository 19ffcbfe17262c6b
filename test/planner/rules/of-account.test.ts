import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** Whose a customer is, how it is doing, and who may leave. */
const { planned } = planning(
  new Map([
    ['region', ['Americas', 'EMEA']],
    ['segment', ['Enterprise', 'SMB']],
  ]),
);
const told = (question: string): string => planWords(planned(question));

describe('whose a customer is', () => {
  it.each([
    'which colleague is responsible for "Borealis Telecom"',
    'Borealis Telecom owner?',
    '"Borealis Telecom" - whose is it',
    'name the person who owns the customer Borealis Telecom',
    'who should I talk to about Borealis Telecom, I mean who owns the account',
    'who owns the Borealis Telecom account',
    'do you know who looks after Borealis Telecom',
    'to whom does Borealis Telecom belong',
    'Borealis Telecom: who is responsible?',
    "what's the name of the owner of Borealis Telecom",
  ])('“%s” shows it with its owner', (question) => {
    expect(told(question)).toBe('list account [account eq Borealis Telecom]');
  });

  it('is asked of no record and no value', () => {
    expect(told('who owns CE-101')).toMatch(/^list customer_escalation/);
    for (const question of ['who handles Billing', 'who covers EMEA', 'who owns the most open deals'])
      expect.soft(told(question), question).not.toMatch(/^list account/);
  });
});

describe('how a customer is doing', () => {
  it.each([
    "show me Borealis Telecom's account health",
    'is Borealis Telecom a healthy account?',
    'customer health for Borealis Telecom please',
    'is Borealis Telecom in good health',
    'should I worry about Borealis Telecom? tell me the health score',
    'health check on Borealis Telecom, just the score',
    'is Borealis Telecom in trouble health-wise',
  ])('“%s” is told by its score', (question) => {
    expect(told(question)).toBe('average_health_score [account eq Borealis Telecom]');
  });

  it('counts those that are where many are meant', () => {
    expect(told('how many accounts are healthy')).toMatch(/^scored_accounts/);
    expect(told('are our enterprise customers at risk')).toMatch(/^at_risk_accounts/);
  });
});

describe('who may leave', () => {
  const likeliest = 'list churn_score churn_probability desc';
  it.each([
    'accounts at risk of churn',
    'who is likely to leave us',
    'show me customers with a churn risk',
    'which customers may we lose',
    'list the customers that could churn',
    'are there any accounts we might lose? which ones',
    'at-risk customers, churn-wise',
    'what accounts should we worry about because of churn',
    'where do we see a risk of churn? give me the accounts',
    'which of our customers look like they are going to leave',
    'which customers are likely not to stay with us',
    'accounts flagged as churn risks please',
    'customers with a high chance of leaving',
  ])('“%s”', (question) => {
    expect(told(question)).toBe(likeliest);
  });

  it('keeps of whom', () => {
    expect(told('which customers may we lose in EMEA')).toBe(
      'list churn_score [region eq EMEA] churn_probability desc',
    );
    expect(told('which enterprise customers could leave us')).toMatch(/^list churn_score \[.*nterprise\]/);
  });

  it('leaves what is over, what is counted and who leaves something else', () => {
    expect(told('which customers did we lose in May')).toBe('list churned_customer');
    expect(told('churn risk by segment')).toBe('average_churn_probability by segment');
    expect(told('accounts with high churn risk')).toContain('churn_risk_band eq high');
    for (const question of ['which agents may leave early', 'how many customers may churn next month'])
      expect.soft(told(question), question).not.toBe(likeliest);
  });
});
