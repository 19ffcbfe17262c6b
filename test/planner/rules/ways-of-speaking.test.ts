import { describe, expect, it } from 'vitest';
import { withoutBackground } from '../../../src/planner/rules/background.ts';
import { filterWords, planning } from './support/plans.ts';

const { query, planned } = planning(new Map(), { now: new Date('2026-11-20T14:00:00Z') });

/** What decides an answer, in a line. */
function decisive(question: string): string {
  const plan = query(question);
  const { time, where, subject } = plan;
  const what = plan.kind === 'list' ? `list ${plan.entity}` : plan.metrics.join(', ');
  const by = plan.kind === 'list' ? [] : plan.groupBy.map(({ dimension, grain }) => grain ?? dimension);
  return [
    what,
    ...(by.length > 0 ? [`by ${by.join(', ')}`] : []),
    ...(time === null ? [] : [Object.values(time).join(' ')]),
    ...filterWords(where),
    ...(subject === 'none' ? [] : [subject]),
    ...(plan.kind === 'metric' && plan.compare !== 'none' ? [plan.compare] : []),
  ].join('; ');
}

describe('ways to put the same wish', () => {
  it.each([
    ['May I see the NPS for each region?', 'nps; by region'],
    ['could I please get logins per week since October', 'logins; by week; between 2026-10-01'],
    ['I would like to know the win rate this year', 'win_rate; to_date year'],
    ['I would be grateful for the NPS by region', 'nps; by region'],
    ['tickets of normal or lower priority by team', 'tickets_opened; by team; priority in normal low'],
    ['make a list of NPS by region', 'nps; by region'],
    ['can you draw me a chart of logins per week since October', 'logins; by week; between 2026-10-01'],
    ['kindly share open tickets, priority wise', 'open_tickets; by priority'],
    ['tickets solved yesterday agent-wise', 'tickets_solved; by assignee; day -1'],
    ['share of tickets by category last month', 'tickets_opened; by category; relative month 1 true'],
    ['tickets solved this month till date', 'tickets_solved; to_date month'],
    ['how high was my won amount in the third quarter?', 'won_amount; calendar quarter 3; me'],
    ['how did tickets solved go this week', 'tickets_solved; to_date week'],
    ['how are we doing on CSAT last month', 'csat_average; relative month 1 true'],
    ['tickets opened since three weeks', 'tickets_opened; relative week 3 false'],
    ['average first response time in minutes', 'first_response_time_average'],
    ['sales cycle in days', 'days_to_close'],
    ['idle time per agent this week, hrs', 'agent_idle_time; by person; to_date week'],
    ['this months new tickets by channel', 'tickets_opened; by channel; to_date month'],
    [
      'top 3 customers by number of tickets opened in november',
      'tickets_opened; by account; calendar month 11',
    ],
    ['open escalations by account owner', 'open_escalations; by account_owner'],
    ['my open pipeline in money', 'pipeline_amount; me'],
    ['count of open deals whose close date has already gone by', 'open_deals; close_date lt @today'],
    ['which of my open deals close this month', 'list opportunity; calendar month; deal_closed eq false; me'],
    ['which 5 products sold the most units in october', 'units_sold; by product; calendar month 10'],
  ])('%s', (question, plan) => {
    expect(decisive(question)).toBe(plan);
  });

  it.each([
    ['my open tickets, oldest on top', 10, 'ticket_opened_at asc'],
    ['5 biggest deals won this year', 5, 'deal_amount desc'],
    ['the three oldest open tickets', 3, 'ticket_opened_at asc'],
    ['last 5 tickets from “Acme”', 5, 'ticket_opened_at desc'],
    ['the last two meetings with “Acme”', 2, 'activity_at desc'],
  ])('%s: so many in that order', (question, limit, order) => {
    const { limit: shown, orderBy } = query(question);
    expect([shown, ...orderBy.map(({ by, direction }) => `${by} ${direction}`)]).toEqual([limit, order]);
  });

  it('refuses what the figure is split by when it is only its name once more', () => {
    expect(planned('sla breaches last week, by the target that was missed')).toMatchObject({
      kind: 'refuse',
    });
    expect(query('sla breaches last week by agent')).toMatchObject({ metrics: ['sla_breaches'] });
  });

  it('refuses a unit that the figure is not told in', () => {
    expect(planned('open tickets in minutes')).toMatchObject({ kind: 'refuse' });
  });
});

describe('what is said around a question', () => {
  const names = new Map([['account', ['Umbra Security', 'Acme']]]);
  it.each([
    ['hi all, quick one before my call with umbra: how many tickets do they have open?'],
    ['getting ready for umbra, how many open tickets are there'],
    ['preparing a call: how many tickets do they have open?'],
  ])('stays where the question may be about it: %s', (typed) => {
    expect(withoutBackground(typed, names).background).toBeNull();
  });

  it.each([
    ['Planning a dinner, how many open tickets are there', 'how many open tickets are there'],
    ['Umbra wants to add users, how many seats have they got', 'how many seats have Umbra got'],
  ])('is set aside: %s', (typed, question) => {
    const found = withoutBackground(typed, names);
    expect(found.question).toBe(question);
    expect(found.background).not.toBeNull();
  });
});

describe('periods as people name them', () => {
  it.each([
    ['tickets opened since the 10th', 'tickets_opened; between 2026-11-10'],
    ['tickets opened after the 10th by priority', 'tickets_opened; by priority; between 2026-11-11'],
    ['tickets solved, sept oct nov', 'tickets_solved; by month; between 2026-09-01 2026-11-30'],
    ['win rate Q1, Q2 and Q3', 'win_rate; by quarter; between 2026-01-01 2026-09-30'],
    ['win rate Q1 vs Q2 vs Q3', 'win_rate; by quarter; between 2026-01-01 2026-09-30'],
    ['CSAT for each of the last four quarters', 'csat_average; by quarter; relative quarter 4 true'],
    ['tickets solved every month of this year', 'tickets_solved; by month; to_date year'],
    ['tickets solved wk by wk', 'tickets_solved; by week; relative week 13 false'],
    ['tickets opened trailing 8 wks', 'tickets_opened; relative week 8 false'],
    ['tickets solved, Nov MTD', 'tickets_solved; between 2026-11-01'],
    ['tickets opened lately', 'tickets_opened; relative day 30 false'],
    ['CSAT last 30 days vs the 30 before', 'csat_average; relative day 30 false; previous_period'],
    [
      'tickets solved this month vs same stretch of october',
      'tickets_solved; to_date month; previous_period',
    ],
    ['won deals of the quarter', 'won_deals; to_date quarter'],
    ['won deals last november', 'won_deals; calendar month 11 2025'],
    ['tickets opened in the first two weeks of november', 'tickets_opened; between 2026-11-01 2026-11-14'],
    // Nothing has been breached in a month that is to come.
    ['sla breaches in september', 'sla_breaches; calendar month 9'],
  ])('%s', (question, plan) => {
    expect(decisive(question)).toBe(plan);
  });

  it('asks which one is meant by last October and by since summer', () => {
    expect(planned('tickets opened last october')).toMatchObject({
      kind: 'clarify',
      options: [{ label: 'October 2026' }, { label: 'October 2025' }],
    });
    expect(planned('won deals since summer')).toMatchObject({
      kind: 'clarify',
      options: [
        { plan: { time: { kind: 'between', from: '2026-06-01' } } },
        { plan: { time: { kind: 'between', from: '2026-09-01' } } },
      ],
    });
  });
});
