import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const now = new Date('2026-11-20T14:00:00Z');
const stored = new Map([
  ['region', ['Americas', 'EMEA']],
  ['segment', ['Enterprise', 'Mid-market']],
  ['product', ['Private link']],
]);
const { planned, lastOf } = planning(stored, { now });

describe('one meaning in several forms', () => {
  it.each<[string, ...string[]]>([
    [
      'average resolution time of tickets opened in october',
      'average time to resolve tickets opened in october',
      'how long on average did it take to resolve the tickets we opened in october',
      'avg time from open to solved for tickets opened in october',
      'average resolution time of tickets that came in in october',
    ],
    [
      'average resolution time of escalations opened in october',
      'how long on average did it take to resolve customer escalations opened in october',
      'avg time to fix CEs opened in october',
      'average days until an escalation is resolved, opened in october',
    ],
    [
      'resolution sla compliance of tickets opened in october',
      'what share of the tickets opened in october met their resolution sla',
      'what % of tickets opened in october met the resolution sla',
    ],
    ['lead conversion rate of my leads this year', 'what percentage of my leads this year converted'],
    [
      'average first response time of urgent tickets',
      'how long on average until the first reply to urgent tickets',
    ],
    [
      'my tickets whose first response is due in the next 4 hours',
      'which of my tickets hit their first response deadline within the next 4 hours',
      'which of my tickets still owe a first reply in the next 4 hours',
    ],
    [
      'api calls by tier last month compared to the month before',
      'compare for each customer tier the API calls of last month with those of the month before it',
    ],
    [
      'number of won deals by region last quarter',
      "group the won deals of last quarter by the customer's region and count them",
    ],
    ['tickets solved last month by team', 'for the standup: tickets solved last month, by team, you know'],
    [
      'total amount of won deals last quarter by region',
      'for each customer region, how much did the deals that we won last quarter add up to?',
    ],
    [
      'open tickets older than 30 days with priority high or urgent',
      'open tickets older than 30 days, the ones where priority is high or urgent',
    ],
    [
      'customers with an open deal and an open urgent ticket',
      'which customers have both an open deal and an open ticket with priority urgent?',
    ],
    ['price of "Private link"', 'what is the list price of Private link?'],
    ['average incident duration this year by month', 'mean repair time of incidents this year by month'],
  ])('%s', (plain, ...others) => {
    const expected = planWords(planned(plain));
    expect(expected).not.toMatch(/^(?:refuse|clarify)/);
    for (const other of others)
      expect(`${other}: ${planWords(planned(other))}`).toBe(`${other}: ${expected}`);
  });
});

describe('several periods', () => {
  it('are told one by one from three on, and added up when there are two', () => {
    expect(planWords(planned('orders in september, october and november'))).toMatch(/by .*month/);
    expect(planWords(planned('orders in september and october'))).not.toMatch(/month/);
  });

  it('make a course of what is told by the month', () => {
    expect(planWords(planned('monthly churn rate this year'))).toMatch(/month/);
    expect(planWords(planned('monthly churn rate'))).not.toMatch(/by/);
  });
});

describe('one record by its number', () => {
  it('is told whatever its state', () => {
    expect(planned('category of 00010057')).toMatchObject({
      where: [{ any: [{ dimension: 'ticket_number', values: ['00010057'] }] }],
    });
  });
});

describe('follow-ups', () => {
  it.each<[string, string, string]>([
    ['open deals', 'only above 12,500', 'open deals above 12500'],
    ['open escalations', 'only those open longer than 14 days', 'open escalations older than 14 days'],
    [
      'average deal size this year',
      'make it the median instead of the average',
      'median deal size this year',
    ],
    ['my win rate this year', 'and for the whole company, not only mine', 'win rate this year'],
  ])('%s, %s', (first, then, whole) => {
    expect(planWords(lastOf(first, then))).toBe(planWords(planned(whole)));
  });

  it('narrow customers to those that have something', () => {
    expect(lastOf('accounts in EMEA', 'just those with an open deal')).toMatchObject({
      kind: 'list',
      entity: 'account',
      related: [{ entity: 'opportunity', has: 'some' }],
    });
  });

  it('put the number beside the amount', () => {
    expect(lastOf('won amount by region this year', 'add the number of deals')).toMatchObject({
      metrics: ['won_amount', 'won_deals'],
    });
  });

  it('never read other rows beside those shown as a condition on them', () => {
    const asked = 'also add the ones that started in the last 30 days and are already resolved';
    expect(lastOf('open incidents', asked).kind).toBe('refuse');
  });

  it('replace the period of the condition that holds it', () => {
    const september = lastOf('sla compliance of tickets opened in october', 'by team', 'and september');
    expect(planWords(september)).toBe(
      planWords(planned('sla compliance of tickets opened in september by team')),
    );
  });
});
