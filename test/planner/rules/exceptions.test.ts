import { describe, expect, it } from 'vitest';
import { inExceptionForm } from '../../../src/planner/rules/exception-words.ts';
import { filterWords, planning } from './support/plans.ts';

const { query, planned } = planning(
  new Map([
    ['category', ['Billing', 'Replication', 'How-to']],
    ['stage', ['Prospecting', 'Negotiation/Review', 'Closed Won']],
    ['region', ['EMEA', 'Americas']],
  ]),
);

describe('what does not count', () => {
  it.each([
    ['open tickets, leaving out billing', 'open tickets excluding billing'],
    ['open tickets, apart from billing', 'open tickets excluding billing'],
    ['open tickets but not counting billing', 'open tickets excluding billing'],
    ['open tickets with the exception of billing', 'open tickets excluding billing'],
    ['Apart from billing, how many tickets are open?', 'how many tickets are open excluding billing?'],
    ['Setting aside billing, how many are open', 'how many are open excluding billing'],
    ['If I take out the how-to questions, what came in', 'what came in excluding the how-to questions'],
    [
      'Please leave the billing tickets aside. Median resolution time for everything else, last month',
      'Median resolution time, last month excluding the billing tickets',
    ],
    ['Billing aside, how many are open?', 'how many are open excluding Billing?'],
    // No exceptions.
    ['open tickets without a reply', 'open tickets without a reply'],
    ['how far apart are they', 'how far apart are they'],
    ['tickets set aside', 'tickets set aside'],
    ['ignore rate of alerts', 'ignore rate of alerts'],
  ])('%s', (typed, read) => {
    expect(inExceptionForm(typed)).toBe(read);
  });

  it.each([
    ['open tickets, leaving out the ones that are on hold', 'ticket_status neq hold'],
    ['open tickets, not counting those in billing', 'category neq Billing'],
    ['tickets solved last month without the ones that were urgent', 'priority neq urgent'],
    ['open deals other than those in negotiation', 'stage neq Negotiation/Review'],
    ['open deals, leaving out anything below 20k', 'deal_amount gte 20000'],
    ['Setting aside the billing tickets, how many tickets did we solve last month?', 'category neq Billing'],
    ['Leave the urgent tickets aside. How many tickets are open?', 'priority neq urgent'],
    ['tickets opened last week excluding low priority ones', 'priority neq low'],
  ])('%s', (question, condition) => {
    const { where } = query(question);
    expect(filterWords(where)).toContain(condition);
    // Nothing of what does not count is asked for as well.
    const [dimension = ''] = condition.split(' ');
    expect(filterWords(where).filter((one) => one.startsWith(`${dimension} eq`))).toEqual([]);
  });

  it('is not a row of which any part holds: only what is wholly so does not count', () => {
    const { where } = query('open tickets, leaving out the ones that are urgent and in billing');
    expect(where.at(-1)).toEqual({
      any: expect.arrayContaining([
        { dimension: 'priority', op: 'neq', values: ['urgent'] },
        { dimension: 'category', op: 'neq', values: ['Billing'] },
      ]),
    });
  });

  it.each([
    // Of other records, of a period, and of what nobody knows.
    'open tickets, leaving out the ones that smell of fish',
    'tickets solved this year, leaving out the ones that were solved in May',
  ])('%s is not guessed', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });
});
