import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query, list } = planning(new Map([['stage', ['Negotiation/Review', 'Prospecting']]]));
const filters = filterWords;

const hour = 3600;
const day = 24 * hour;

describe('conditions on how long something took', () => {
  it.each([
    [
      'list the incidents of this year which needed more than 24 hours to be resolved',
      'incident',
      `incident_duration gt ${day}`,
    ],
    ['which incidents lasted longer than 4 hours', 'incident', `incident_duration gt ${4 * hour}`],
    ['outages that took more than a day', 'incident', `incident_duration gt ${day}`],
    ['tickets of this week that were resolved within an hour', 'ticket', `ticket_time_open lte ${hour}`],
    ['tickets answered after more than 4 hours this week', 'ticket', `ticket_reply_time gt ${4 * hour}`],
    ['escalations resolved in less than a day', 'customer_escalation', `escalation_time_open lt ${day}`],
    ['conversations that lasted over 30 minutes today', 'conversation', 'conversation_length gt 1800'],
    ['incidents solved within 2 hours this quarter', 'incident', `incident_duration lte ${2 * hour}`],
  ])('%s', (question, entity, condition) => {
    const plan = list(question);
    expect(plan.entity).toBe(entity);
    expect(filters(plan.where)).toContain(condition);
    // Who asks for it sees it.
    expect(plan.columns).toContain(condition.split(' ')[0]);
  });

  it.each([
    [
      'how many tickets did we solve in under 2 hours last month',
      'tickets_solved',
      `ticket_time_open lt ${2 * hour}`,
    ],
    [
      'how many tickets got a reply within an hour last week',
      'tickets_opened',
      `ticket_reply_time lte ${hour}`,
    ],
    [
      'how many incidents lasted more than 3 hours this year',
      'incidents_opened',
      `incident_duration gt ${3 * hour}`,
    ],
  ])('%s', (question, metric, condition) => {
    const plan = query(question);
    expect(plan).toMatchObject({ kind: 'metric', metrics: [metric] });
    expect(filters(plan.where)).toContain(condition);
  });

  it('are none where the rows have no such length', () => {
    for (const question of [
      'accounts that took more than 3 days',
      'how many products lasted over 2 hours',
      'which partners replied within an hour',
    ])
      expect(planned(question).kind, question).toBe('refuse');
  });
});

describe('the age of what is open', () => {
  it.each([
    ['my tickets open longer than 7 days', 'ticket_status in new open pending hold', undefined],
    [
      'list the tickets that have been open for more than 3 days',
      'ticket_status in new open pending hold',
      undefined,
    ],
    [
      'which escalations are open for more than 5 days',
      'escalation_status not_in resolved closed',
      undefined,
    ],
    ['which deals are open for more than 90 days', 'deal_closed eq false', 'deal_opened_on'],
  ])('%s', (question, state, timeDimension) => {
    const plan = list(question);
    expect(plan).toMatchObject({ time: { kind: 'older', unit: 'day' } });
    expect(plan.timeDimension).toBe(timeDimension);
    expect(filters(plan.where)).toEqual([state]);
  });

  it('counts open deals by their age from the day that they were opened', () => {
    expect(query('how many deals have been open longer than 90 days')).toMatchObject({
      metrics: ['deals_created'],
      time: { kind: 'older', unit: 'day', n: 90 },
      where: [{ any: [{ dimension: 'deal_closed', op: 'eq', values: [false] }] }],
    });
  });

  it('is not said of a state whose beginning nobody keeps', () => {
    for (const question of [
      'leads in working for more than 30 days',
      'tickets pending for more than 3 days',
      'tickets on hold for longer than a week',
    ])
      expect(planned(question), question).toMatchObject({ kind: 'refuse' });
  });
});

describe('the longest and the shortest', () => {
  it.each([
    ['longest incident in october', 'incident_duration', 'desc', []],
    ['shortest outage this year', 'incident_duration', 'asc', []],
    [
      "who's been offline the longest",
      'presence_length',
      'desc',
      ['presence eq offline', 'presence_ended_at is_null'],
    ],
    [
      'who has been away longest',
      'presence_length',
      'desc',
      ['presence eq away', 'presence_ended_at is_null'],
    ],
    [
      'which ticket of mine is open since the longest time',
      'ticket_time_open',
      'desc',
      ['ticket_status in new open pending hold'],
    ],
    [
      'which five active subscriptions have been running longest',
      'subscription_length',
      'desc',
      ['subscription_status in active past_due'],
    ],
    ['longest conversations this week', 'conversation_length', 'desc', []],
    ['which escalation took the longest to resolve this year', 'escalation_time_open', 'desc', []],
    ['slowest ticket solved last week', 'ticket_time_open', 'desc', ['ticket_solved_at is_not_null']],
  ])('%s', (question, by, direction, conditions) => {
    const plan = list(question);
    expect(plan.orderBy).toEqual([{ by, direction }]);
    expect(filters(plan.where)).toEqual(conditions);
    expect(plan.columns).toContain(by);
  });
});
