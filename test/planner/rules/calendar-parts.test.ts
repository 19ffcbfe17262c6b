import { describe, expect, it } from 'vitest';
import { filterWords, planning } from './support/plans.ts';

const { planned, query, list } = planning(new Map());

const weekend = 'weekday in 6 7';
const hours = (from: number, to: number): string =>
  `hour_of_day in ${Array.from({ length: to - from }, (_, at) => String(from + at).padStart(2, '0')).join(' ')}`;

describe('weekdays and hours as conditions', () => {
  it.each([
    ['how many tickets were opened on weekends this quarter', 'tickets_opened', weekend],
    ['number of tickets opened on saturdays and sundays in october', 'tickets_opened', weekend],
    ['how many weekend orders did we get this year', 'orders', weekend],
    ['how many orders on mondays this year', 'orders', 'weekday in 1'],
    ['how many orders on tuesdays or thursdays this year', 'orders', 'weekday in 2 4'],
    ['how many conversations came in on weekdays last month', 'conversations', 'weekday in 1 2 3 4 5'],
    ['how many incidents started outside weekends this quarter', 'incidents_opened', 'weekday not_in 6 7'],
    ['how many conversations came in after 6pm last month', 'conversations', hours(18, 24)],
    ['how many conversations came in after 18:00 last month', 'conversations', hours(18, 24)],
    ['how many conversations came in before 9 a.m. last month', 'conversations', hours(0, 9)],
    ['how many tickets did we solve before noon this month', 'tickets_solved', hours(0, 12)],
    ['how many conversations between 8am and noon in october', 'conversations', hours(8, 12)],
    ['how many conversations from 2 to 5 pm in october', 'conversations', hours(14, 17)],
    ['how many conversations from 9 to 5pm in october', 'conversations', hours(9, 17)],
    [
      'how many tickets were opened between 22:00 and 02:00 last month',
      'tickets_opened',
      'hour_of_day in 00 01 22 23',
    ],
  ])('%s', (question, metric, condition) => {
    const plan = query(question);
    expect(plan).toMatchObject({ kind: 'metric', metrics: [metric], groupBy: [] });
    expect(plan.kind === 'metric' && filterWords(plan.where)).toContain(condition);
  });

  it('pick records out', () => {
    const plan = list('tickets opened on sundays in october');
    expect(plan).toMatchObject({ entity: 'ticket', time: { kind: 'calendar', unit: 'month', number: 10 } });
    expect(filterWords(plan.where)).toEqual(['weekday in 7']);
  });

  it('make a part of a whole', () => {
    const plan = query('what share of tickets is opened on weekends');
    expect(plan.kind === 'metric' && filterWords(plan.part?.where ?? [])).toEqual([weekend]);
  });

  it.each([
    ['how many tickets were opened last weekend', { kind: 'between', from: '2026-11-14', to: '2026-11-15' }],
    ['how many tickets were opened on monday and tuesday', { kind: 'between' }],
  ])('are a period where one is named: %s', (question, time) => {
    expect(query(question)).toMatchObject({ time, where: [] });
  });

  it.each(['tickets by weekday', 'which weekday has the most tickets'])('are groups in “%s”', (question) => {
    expect(query(question)).toMatchObject({ groupBy: [{ dimension: 'weekday' }], where: [] });
  });

  it.each([
    'how many deals did we win on fridays',
    'how many tickets were opened after 18:30 yesterday',
    'how many tickets were opened after 6 this month',
    'how many tickets were opened on weekends vs weekdays',
  ])('that are not kept are refused: %s', (question) => {
    expect(planned(question).kind).toBe('refuse');
  });
});
