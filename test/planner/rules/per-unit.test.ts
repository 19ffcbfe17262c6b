import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** Courses and means of days, weeks and months, in whatever words. */
const { planned } = planning(new Map([['channel', ['Chat', 'Email']]]));
const told = (question: string): string => planWords(planned(question));

describe('a value for each', () => {
  it.each([
    ['plot API calls in the last 30 days with one point per day', 'api_calls by day'],
    ['can you chart API calls in the last 30 days on a daily basis', 'api_calls by day'],
    ['I want to see how API calls moved from day to day in the last 30 days', 'api_calls by day'],
    ['how has ticket volume changed every week since September', 'tickets_opened by week'],
    ['development of CSAT this year, by month please', 'csat_average by month'],
    ['how did the win rate go over time this year? one value for every quarter', 'win_rate by quarter'],
    ['split tickets opened this year into single months', 'tickets_opened by month'],
    ['weekly values of average CSAT this quarter', 'csat_average by week'],
    ['tickets opened this year, one row per priority', 'tickets_opened by priority'],
    ['I want a number for each channel: average CSAT this quarter', 'csat_average by channel'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('leaves what is compared, what is called so and what is one line', () => {
    expect(told('how has CSAT changed this month')).toBe('csat_average previous_period');
    expect(told('revenue development compared to last month')).toBe('won_amount previous_period');
    expect(told('won amount of this year in one number')).not.toMatch(/ by /);
  });
});

describe('a mean of several', () => {
  it.each([
    'average number of tickets per day last month',
    'last month, how many tickets is that in an average day?',
    'number of tickets in a typical day last month, as an average',
    'can you calculate how many tickets per day we average last month',
    'how many tickets does a day bring us on average last month',
    'averaged over the days, how many tickets were there last month',
    'I need one figure: average tickets every day last month',
    'tickets a day last month, averaged',
    'how many tickets come in daily on average last month',
  ])('“%s”', (question) => {
    expect(planned(question)).toMatchObject({
      metrics: ['tickets_opened'],
      groupBy: [{ dimension: 'time', grain: 'day' }],
      transform: 'mean',
    });
  });

  it('is of weeks and months as well', () => {
    for (const [question, grain] of [
      ['how many escalations do we have in a typical month this year', 'month'],
      ['what does a week bring us in new leads on average', 'week'],
      ['average week this quarter: how many conversations', 'week'],
    ] as const)
      expect.soft(planned(question), question).toMatchObject({
        groupBy: [{ dimension: 'time', grain }],
        transform: 'mean',
      });
  });

  it('is none of an average of the figure’s own', () => {
    expect(planned('average resolution time per week this quarter')).toMatchObject({
      metrics: ['resolution_time_average'],
      transform: 'none',
    });
  });
});
