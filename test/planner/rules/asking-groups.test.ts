import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned } = planning(new Map([['region', ['EMEA', 'Americas']]]));
const said = (question: string): string => {
  const plan = planned(question);
  const time = plan.kind === 'metric' || plan.kind === 'list' ? JSON.stringify(plan.time) : '';
  return `${planWords(plan)} ${time}`;
};

const groups: Readonly<Record<string, readonly string[]>> = {
  'won amount by region this year': [
    'can you do won amount this year, one row per region?',
    'won amount this year? I need it for all regions individually',
    'won amount this year. Can I have that per region?',
    "won amount this year - I'd like to see it split by region",
    'table of all regions and their won amount this year',
    'regions side by side: won amount this year',
    'this year, how does won amount look across all regions?',
    'compare won amount between the regions this year',
    'won amount this year for the different regions',
    'won amount for every single region this year',
    'won amount this year, listed per region',
    'won amount this year with region as rows',
    'go through the regions and give me won amount this year for each',
    'differences in won amount between regions this year',
    'how much of won amount this year came from each region',
    'I want to compare the regions by won amount this year',
    'let me see won amount for all regions this year',
    'split won amount this year into regions',
  ],
  'tickets opened by channel last month': [
    'tickets opened last month, separately for every channel',
    'tickets opened last month with one line for each channel',
    'tickets opened last month in a table by channel',
    'channel by channel: tickets opened last month',
  ],
};

const courses: Readonly<Record<string, readonly string[]>> = {
  'average CSAT by month this year': [
    'can I see average CSAT over time this year, one point per month',
    'I want to follow average CSAT month after month this year',
    'average CSAT this year on a monthly basis please',
    'draw the course of average CSAT this year with a value for each month',
    'list average CSAT this year, one line per month',
    'could you graph how average CSAT moved this year, monthly values',
    'timeline of average CSAT this year in monthly steps',
    'split average CSAT this year up by month, I need to see the curve',
    'show me the monthly trend of average CSAT this year',
    'how did average CSAT change month by month this year',
    'average CSAT this year? Give it to me monthly',
    'average CSAT this year on a per-month basis',
    'show average CSAT this year as a monthly line',
    'average CSAT this year aggregated by month',
  ],
};

describe('groups', () => {
  for (const [plain, others] of Object.entries({ ...groups, ...courses }))
    for (const other of others)
      it(`“${other}” asks for ${plain}`, () => {
        expect(said(plain)).not.toMatch(/^(?:refuse|clarify)/);
        expect(said(other)).toBe(said(plain));
      });

  it.each([
    ['won amount this year? I need it by Friday', 'won_amount {'],
    ['won deals by rep this year, by amount', 'won_amount by owner'],
    ['orders with only one line in November', 'transactions by order_number'],
    ['total won amount for all regions this year', 'won_amount'],
    ['average resolution time across all categories last month', 'resolution_time_average {'],
    ['changes from month to month', 'list trend'],
  ])('“%s” is split by nothing else', (question, plan) => {
    expect(said(question).startsWith(plan) || said(question).startsWith('refuse')).toBe(true);
  });

  it('counts what is different once', () => {
    expect(said('how many different accounts opened tickets last month')).toMatch(/^accounts some ticket/);
  });
});
