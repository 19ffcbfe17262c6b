import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned, query } = planning(new Map([['partner_type', ['Reseller', 'Technology']]]), {
  now: new Date('2026-11-20T14:00:00Z'),
});
const told = (question: string): string => planWords(planned(question));

describe('questions in another order of words', () => {
  it.each([
    [
      'has any of my customers a subscription that is past due?',
      'which of my customers have a subscription that is past due',
    ],
    ['do any of our accounts have an open escalation', 'which of our accounts have an open escalation'],
    [
      'how many days take my deals in average from opening until they are won',
      'how many days do my deals take until they are won on average',
    ],
    ['What 5 products do we sell most, counted in units?', 'top 5 products by units sold'],
    ['which three products did we sell the most, by revenue', 'top three products by sales amount'],
    ["which products don't we sell any more?", 'list inactive products'],
    ['which of our products are no longer sold', 'list inactive products'],
    ['which campaign converted the most people?', 'which campaign has the most conversions'],
    ['what is the average value of one order?', 'average order value'],
    ['median size of a deal', 'median deal size'],
    ['avg deal size won vs lost ytd', 'average won deal and average lost deal year to date'],
    [
      'could you compare my meetings in October with those in September?',
      'my meetings in October versus September',
    ],
    ['with which partners do I work together on deals', 'partner deals of mine by partner'],
    [
      'which customers started a subscription this year',
      'which customers with a subscription that started this year',
    ],
    ['how many leads did each campain bring in?', 'how many leads by campaign'],
    ['which reseller partners we have', 'list partners of partner type Reseller'],
  ])('%s = %s', (question, plainly) => {
    expect(told(question)).not.toMatch(/^refuse/);
    expect(query(question)).toEqual(query(plainly));
  });
});

describe('new ones', () => {
  const where = (question: string) =>
    query(question).where.flatMap(({ any }) =>
      any.map(({ dimension, values }) => `${dimension} ${values.join(' ')}`),
    );

  it.each([
    ['new leads, oldest first', ['lead_status new']],
    ['list new tickets', ['ticket_status new']],
    ['list the new leads that came in this week', []],
    ['list new customers this month', ['account_created_at ']],
  ])('%s', (question, expected) => expect(where(question)).toEqual(expected));

  it.each(['how many new leads', 'new leads by source', 'new leads this week'])(
    '%s are counted as they came in',
    (question) => {
      expect(query(question)).toMatchObject({ metrics: ['leads'], where: [] });
    },
  );
});
