import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/query/metric-query.ts';
import { filterWords, planning } from './support/plans.ts';

const stored = new Map([['category', ['Backup', 'Performance', 'Replication']]]);

const { lastOf } = planning(stored, { now: new Date('2026-11-20T14:00:00Z') });

/** What decides an answer, in a line. */
function decisive(plan: Plan): string {
  if (plan.kind === 'refuse') return `refuse ${plan.reason}`;
  if (plan.kind === 'clarify') return `ask ${plan.options.map(({ label }) => label).join(' / ')}`;
  if (plan.kind === 'summary') return 'texts';
  const { time, where, skip, orderBy, limit, subject } = plan;
  const what = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join(', ');
  const by = plan.kind === 'list' ? [] : plan.groupBy.map(({ dimension, grain }) => grain ?? dimension);
  const usual = plan.kind === 'list' ? 10 : 20;
  return [
    what,
    ...(by.length > 0 ? [`by ${by.join(', ')}`] : []),
    ...(time === null ? [] : [Object.values(time).join(' ')]),
    ...filterWords(where).filter((one) => !/^(?:ticket_status in|deal_closed)/.test(one)),
    ...(plan.kind === 'metric' && plan.compare !== 'none' ? [plan.compare] : []),
    ...orderBy.map((one) => `${one.by} ${one.direction}`),
    ...(limit === usual ? [] : [`${limit} rows`]),
    ...(skip === undefined ? [] : [`after ${skip}`]),
    ...(subject === 'none' ? [] : [subject]),
  ].join('; ');
}

describe('other rows of an answer', () => {
  it.each([
    ['oldest 5 open tickets', 'the next 5', 'list ticket; ticket_opened_at asc; 5 rows; after 5'],
    ['oldest 5 open tickets', 'and the next three', 'list ticket; ticket_opened_at asc; 3 rows; after 5'],
    ['top 5 customers by arr', 'next', 'arr; by account; arr desc; 5 rows; after 5'],
    [
      'open tickets by category, top 3',
      'the rest',
      'open_tickets; by category; open_tickets desc; 100 rows; after 3',
    ],
    ['open deals', 'second biggest?', 'list opportunity; deal_amount desc; 1 rows; after 1'],
    ['how many open tickets', 'the next 5', 'refuse unclear'],
  ])('%s, %s', (first, then, plan) => {
    expect(decisive(lastOf(first, then))).toBe(plan);
  });

  it('goes on from where it was, and starts anew with another order', () => {
    expect(decisive(lastOf('oldest 5 open tickets', 'next 5', 'next 5'))).toContain('after 10');
    expect(decisive(lastOf('oldest 5 open tickets', 'next 5', 'newest first'))).not.toContain('after');
  });
});

describe('turns of a conversation', () => {
  it.each([
    [['tickets opened this week', 'not this week, last'], 'tickets_opened; relative week 1 true'],
    [['tickets opened this week', 'no, I meant solved'], 'tickets_solved; to_date week'],
    [['tickets opened today', 'whole week then'], 'tickets_opened; to_date week'],
    [['tickets solved in the last 30 days', '90 days'], 'tickets_solved; relative day 90 false'],
    [['win rate this year', 'difference in percent'], 'win_rate; to_date year; previous_period'],
    [
      ['win rate last year', 'percentage change'],
      'ask This year against the last / Last year against the one before',
    ],
    [['open pipeline', 'top 3'], 'list opportunity; deal_amount desc; 3 rows'],
    [['pipeline by stage', 'number of deals instead of value'], 'open_deals; by stage'],
    [['open tickets', 'sort by prio then age'], 'list ticket; priority asc; ticket_opened_at asc'],
    [
      ['subscriptions renewing in december', 'january too'],
      'list subscription; between 2026-12-01 2027-01-31; subscription_status in active past_due',
    ],
    [['tickets opened in march 2026', 'october too'], 'refuse unclear'],
    [
      ['open replication tickets by priority', 'compare backup and performance'],
      'open_tickets; by category; category in Replication Backup Performance',
    ],
    // Whoever "they" are, the answer is not about everybody.
    [['how many seats do they have'], 'refuse unclear'],
    [['who is the contact there'], 'refuse unclear'],
    [['accounts I own', 'with health'], 'refuse no_field'],
  ])('%s', (texts, plan) => {
    expect(decisive(lastOf(...texts))).toBe(plan);
  });

  it('shows what is asked of the records', () => {
    expect(lastOf('open deals', 'list em with next step')).toMatchObject({
      kind: 'list',
      columns: expect.arrayContaining(['next_step']),
    });
    expect(lastOf('leads assigned to me', 'from which campaign')).toMatchObject({
      kind: 'list',
      columns: expect.arrayContaining(['campaign']),
    });
  });
});
