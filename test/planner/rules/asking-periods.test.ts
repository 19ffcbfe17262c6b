import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned } = planning(new Map([['region', ['EMEA', 'Americas']]]));
const said = (question: string): string => {
  const plan = planned(question);
  const time = plan.kind === 'metric' || plan.kind === 'list' ? JSON.stringify(plan.time) : '';
  return `${planWords(plan)} ${time}`;
};

const periods: Readonly<Record<string, readonly string[]>> = {
  'won amount this quarter compared with last quarter': [
    'put won amount this quarter and last quarter side by side',
    'change in won amount this quarter over last quarter',
    'won amount: this quarter or last quarter, which was higher?',
    'by how much is won amount this quarter above or below last quarter',
    "I'd like won amount this quarter with last quarter as the comparison",
    "what's the difference in won amount between last quarter and this quarter",
    'what did won amount look like this quarter and how was it last quarter, for comparison',
    'did won amount go up between last quarter and this quarter?',
    'won amount this quarter and last quarter',
    'won amount this quarter. And last quarter?',
    'won amount this quarter next to last quarter',
    'was won amount better this quarter or last quarter',
    'how do this quarter and last quarter differ in won amount',
    'how did won amount develop from last quarter to this quarter',
    'show both this quarter and last quarter for won amount',
    'how much did won amount grow this quarter over last quarter',
  ],
  'average CSAT in October compared with September': [
    'average CSAT: October or September, which was higher?',
    'average CSAT in October, and in September for comparison',
    "what's the difference in average CSAT between September and October",
    'was average CSAT better in October or in September',
    'delta of average CSAT between September and October',
  ],
};

describe('two periods', () => {
  for (const [plain, others] of Object.entries(periods))
    for (const other of others)
      it(`“${other}” asks for ${plain}`, () => {
        expect(said(plain)).toMatch(/previous_period/);
        expect(said(other)).toBe(said(plain));
      });

  it.each([
    'deals created this month and closing next month',
    'tickets opened last week, solved this week',
    'list tickets opened this week and last week',
  ])('“%s” compares nothing', (question) => {
    expect(said(question)).not.toMatch(/previous_period/);
  });

  it('takes either of two as both where nothing compares them', () => {
    expect(said('tickets opened in October or November')).toMatch(/"from":"2026-10-01","to":"2026-11-30"/);
  });
});
