import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** The same figure of two, in whatever words they are put beside each other. */
const { planned } = planning(
  new Map([
    ['region', ['Americas', 'EMEA']],
    ['segment', ['Enterprise', 'SMB']],
    ['channel', ['Chat', 'Email', 'WhatsApp']],
    ['category', ['Access', 'Billing']],
  ]),
);
const told = (question: string): string => planWords(planned(question));

describe('the same figure of two', () => {
  it.each([
    'average CSAT of enterprise and SMB in October',
    'compare enterprise and SMB on average CSAT in October',
    'how does average CSAT in enterprise compare with SMB in October',
    'average CSAT in October: enterprise or SMB, how do the two compare',
    'put enterprise and SMB side by side for average CSAT in October',
    'can I get average CSAT in October for both enterprise and SMB',
    "I'd like a comparison of average CSAT in October between enterprise and SMB",
    'is average CSAT different for enterprise than for SMB in October? show both',
    'give me two numbers: average CSAT for enterprise and average CSAT for SMB in October',
    'what was average CSAT in October on the enterprise side and what on the SMB side',
    'average CSAT in October of enterprise customers against that of SMB customers',
    'average CSAT in October split between enterprise and SMB',
    'contrast enterprise with SMB on average CSAT in October',
  ])('“%s” is told of each', (question) => {
    expect(told(question)).toBe('csat_average by segment [segment in Enterprise SMB]');
  });

  it.each([
    ['won amount of EMEA and Americas this year', 'won_amount by region [region in EMEA Americas]'],
    ['tickets opened for urgent and high last month', 'tickets_opened by priority [priority in urgent high]'],
    [
      'conversations for chat and for WhatsApp this month',
      'conversations by channel [channel in Chat WhatsApp]',
    ],
    [
      'how many tickets came in by email and how many by chat last month',
      'tickets_opened by channel [channel in Email Chat]',
    ],
    [
      'won and lost deals of EMEA and Americas this year',
      'won_deals+lost_deals by region [region in EMEA Americas]',
    ],
    [
      'won amount by month for EMEA and Americas this year',
      'won_amount by month,region [region in EMEA Americas]',
    ],
    [
      'how far apart are EMEA and Americas in won amount this year',
      'won_amount by region [region in EMEA Americas]',
    ],
    ['show tickets opened and tickets solved last week side by side', 'tickets_opened+tickets_solved'],
    ['show this month and last month side by side for won amount', 'won_amount previous_period'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });
});

describe('one figure of several', () => {
  it.each([
    // One set of rows, a sum that is asked for, either of two.
    ['how many urgent and high tickets came in last month', 'tickets_opened [priority in urgent high]'],
    ['total won amount of EMEA and Americas this year', 'won_amount [region in EMEA Americas]'],
    ['add up the won amount of EMEA and Americas this year', 'won_amount [region in EMEA Americas]'],
    ['won amount of EMEA and Americas this year, all together', 'won_amount [region in EMEA Americas]'],
    ['average CSAT of enterprise or SMB in October', 'csat_average [segment in Enterprise SMB]'],
    // What they are split by is said.
    [
      'tickets opened in EMEA and Americas by priority last month',
      'tickets_opened by priority [region in EMEA Americas]',
    ],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('lists the records of several where records are asked for', () => {
    for (const question of [
      'open tickets in EMEA and Americas',
      'list all billing and access tickets opened yesterday',
      'open tickets of "Hannah Lindqvist" and "Priya Raman"',
    ])
      expect.soft(told(question), question).toMatch(/^list ticket/);
  });

  it('tells the share of both together', () => {
    expect(planned('what share of tickets is from enterprise and SMB customers last month')).toMatchObject({
      groupBy: [],
      part: { where: [{ any: [{ op: 'in' }] }] },
    });
  });
});
