import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

/** Shares of every group and of one part, in the constructions of ordinary sentences. */
const { planned } = planning(
  new Map([
    ['channel', ['Chat', 'Email', 'WhatsApp']],
    ['category', ['Billing', 'Replication']],
    ['region', ['Americas', 'EMEA']],
    ['stage', ['Closed Won', 'Negotiation/Review']],
  ]),
);

function shares(plan: Plan): string {
  if (plan.kind !== 'metric') return JSON.stringify(plan);
  const { metrics, groupBy, time, transform, part } = plan;
  return [
    metrics.join('+'),
    ...groupBy.map(({ dimension }) => `by ${dimension}`),
    ...(time === null ? [] : [time.kind]),
    ...filterWords(plan.where),
    ...(transform === 'none' ? [] : [transform]),
    ...(part === undefined ? [] : ['part', ...filterWords(part.where)]),
  ].join(' | ');
}

const expectShares = (rows: readonly (readonly [string, string])[]): void => {
  for (const [question, plan] of rows) expect.soft(shares(planned(question)), question).toBe(plan);
};

describe('the share of every group', () => {
  it('is asked with the group as its owner, before or behind the whole', () => {
    expectShares([
      [
        "give me every priority's share of the tickets last month",
        'tickets_opened | by priority | relative | share',
      ],
      [
        'can I have the priority shares of tickets last month?',
        'tickets_opened | by priority | relative | share',
      ],
      [
        'I need the channel mix of conversations in October, in shares',
        'conversations | by channel | calendar | share',
      ],
      ['ticket mix by category last month', 'tickets_opened | by category | relative | share'],
      [
        'give the percentage for each priority of tickets last month',
        'tickets_opened | by priority | relative | share',
      ],
      ['relative distribution of leads among sources this year', 'leads | by lead_origin | to_date | share'],
      ['give me a percentage split of leads by source', 'leads | by lead_origin | share'],
    ]);
  });

  it('is asked with verbs of falling to and making up', () => {
    expectShares([
      [
        'which part of all tickets falls on each priority last month? in percent',
        'tickets_opened | by priority | relative | share',
      ],
      [
        'what proportion of our leads goes to which source this year?',
        'leads | by lead_origin | to_date | share',
      ],
      [
        'for each channel, what fraction of total conversations does it make up in October?',
        'conversations | by channel | calendar | share',
      ],
      [
        'how much does every priority contribute to the tickets last month, as a percentage?',
        'tickets_opened | by priority | relative | share',
      ],
      ['how much of the ARR does each region account for, percentage-wise', 'arr | by region | share'],
      [
        'if all tickets last month are 100%, how much is each priority?',
        'tickets_opened | by priority | relative | share',
      ],
    ]);
  });

  it('is asked in a tail or a sentence of its own', () => {
    expectShares([
      ['how are incidents split between severities in percent', 'incidents_opened | by severity | share'],
      [
        'split leads this year by source and show me percentages of the whole please',
        'leads | by lead_origin | to_date | share',
      ],
      ['ARR by segment, percentages please', 'arr | by segment | share'],
      ['tickets by priority last month (in %)', 'tickets_opened | by priority | relative | share'],
      ['leads this year by source, what percent is each', 'leads | by lead_origin | to_date | share'],
      [
        'how many tickets came in last month? show shares by priority',
        'tickets_opened | by priority | relative | share',
      ],
      [
        'in percent, how do tickets divide among priorities last month',
        'tickets_opened | by priority | relative | share',
      ],
      [
        'break tickets last month down into percentages by priority',
        'tickets_opened | by priority | relative | share',
      ],
      ['tickets last month: share per priority', 'tickets_opened | by priority | relative | share'],
    ]);
  });

  it('is none of a rate or an average', () => {
    expect(shares(planned('win percentage by rep'))).toBe('win_rate | by owner');
    expect(planned('response percentage by campaign').kind).toBe('refuse');
    expect(shares(planned('average csat by agent in percent'))).not.toContain('share |');
    expect(planned('average csat by agent in percent').kind).toBe('refuse');
    expect(shares(planned('win rate by region in percent'))).toBe('win_rate | by region');
  });
});

describe('the share of one part', () => {
  const urgent = 'tickets_opened | relative | part | priority eq urgent';

  it('has its part before or behind the whole', () => {
    expectShares([
      ['how big was the share of urgent among all tickets last month?', urgent],
      ['last month, what part of the tickets was urgent?', urgent],
      ['give me the urgent share of tickets last month', urgent],
      ['out of all tickets last month, how many percent are urgent?', urgent],
      ['of the tickets we had last month, what percent was urgent?', urgent],
      ['what fraction of tickets last month counts as urgent?', urgent],
      ['which percentage of the tickets falls under urgent last month?', urgent],
      ['I need one number: the share of tickets last month being urgent', urgent],
      ['urgent vs total tickets ratio last month', urgent],
      ['ratio of urgent tickets to all tickets last month please', urgent],
    ]);
  });

  it('is told by verbs of making up, and the whole may go without saying', () => {
    expectShares([
      ['do you know what share of total tickets urgent accounts for last month?', urgent],
      ['could you work out what share the urgent tickets made up last month?', urgent],
      ['urgent tickets last month, what % of the total?', urgent],
      ['how much of our tickets volume is urgent last month, in percent?', urgent],
    ]);
  });

  it('may be one of amounts, channels and categories', () => {
    expectShares([
      ["what's EMEA's share of the won amount this quarter", 'won_amount | to_date | part | region eq EMEA'],
      ["EMEA's share of ARR", 'arr | part | region eq EMEA'],
      ['how much of the won amount comes from EMEA, in %', 'won_amount | part | region eq EMEA'],
      [
        'what share do billing tickets have this month',
        'tickets_opened | to_date | part | category eq Billing',
      ],
      [
        'critical incidents to all incidents ratio this year',
        'incidents_opened | to_date | part | severity eq critical',
      ],
    ]);
  });

  it('is none where a word of it is unknown, or where nothing is shared out', () => {
    const unread = [
      'the flurbed share of tickets last month',
      'what percent of tickets weigh a lot',
      'which accounts are part of the gleeful tier',
    ];
    for (const question of unread) expect.soft(planned(question).kind, question).toBe('refuse');
    expect(planned('share the open tickets please').kind).toBe('list');
  });
});
