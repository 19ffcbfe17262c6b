import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned } = planning(new Map([['region', ['EMEA', 'Americas']]]));
const said = (question: string): string => {
  const plan = planned(question);
  const time = plan.kind === 'metric' || plan.kind === 'list' ? JSON.stringify(plan.time) : '';
  return `${planWords(plan)} ${time}`;
};

/** The plainest wording, and others that ask the same. */
const ranks: Readonly<Record<string, readonly string[]>> = {
  'top 3 regions by won amount this year': [
    'who or what are the 3 leading regions in won amount this year',
    'rank the regions by won amount this year and give me the first 3',
    'won amount leaderboard this year, 3 regions only',
    'name the 3 regions that came out on top for won amount this year',
    'sort regions by won amount this year, highest first, and stop after 3',
    'which regions make up the top 3 for won amount this year?',
    'the 3 regions that lead on won amount this year, please',
    'could I see the first 3 places among the regions by won amount this year',
    'which 3 regions contributed the most won amount this year',
    "I'm looking for the 3 regions with the largest won amount this year",
    'podium of regions by won amount this year, 3 places',
    'first 3 regions when ranked by won amount this year',
    'who ranks in the top 3 of regions by won amount this year',
    'regions with the highest won amount this year, limit 3',
    'the 3 regions ahead of all others in won amount this year',
    '3 regions where won amount was highest this year',
  ],
  'bottom 2 channels by CSAT last month': [
    'who or what came last in CSAT last month, I need 2 channels',
    'where was CSAT lowest last month? 2 channels please',
    'lowest CSAT last month: 2 channels',
    'sort the channels by CSAT last month ascending, just 2 of them',
    'channels ranked by CSAT last month, last 2 only, lowest first',
    'tail end of the channels by CSAT last month, 2 entries',
    'the 2 channels at the very bottom of the CSAT ranking last month',
    'which channels are at the lower end for CSAT last month? 2 is enough',
    'opposite of a top 2: the channels with the lowest CSAT last month',
    'reverse ranking of channels by CSAT last month, 2 entries',
    'list 2 channels starting from the lowest CSAT last month',
    'last 2 channels by CSAT last month',
    '2 lowest-ranking channels by CSAT last month',
  ],
  'category with the most tickets last month': [
    'last month, which category got more tickets than any other?',
    'what category leads in ticket volume last month',
    'the #1 category for tickets last month, please',
    "who's number one for tickets last month, by category",
    'of all categories, which one had the most tickets last month?',
    'out of our categories, tell me the one with the highest count of tickets last month',
    'no other category had as many tickets last month as which one?',
    'is there one category that beats all others in number of tickets last month, and which?',
    'which of the categories was in front on ticket numbers last month',
    'where did most tickets come in last month? I mean which category',
    'which single category accounts for the most tickets last month',
    'which category do the most tickets belong to last month',
    'most tickets last month by category: who wins?',
    'which category dominates tickets last month',
    'busiest category by number of tickets last month',
  ],
  'top 1 agent by tickets solved last week': [
    'which agent came first in tickets solved last week',
    'which agent was in the lead on tickets solved last week',
    'is there an agent who outperforms everyone in tickets solved last week',
  ],
  'who has the most won amount this quarter': [
    'who came out on top for won amount this quarter',
    'who is in the lead on won amount this quarter',
  ],
};

describe('ranks', () => {
  for (const [plain, others] of Object.entries(ranks))
    for (const other of others)
      it(`“${other}” asks for ${plain}`, () => {
        expect(said(plain)).not.toMatch(/^(?:refuse|clarify)/);
        expect(said(other)).toBe(said(plain));
      });

  it('are of those who ask where it says so', () => {
    expect(said('which of my reps came out on top for won amount this quarter')).toMatch(/ 1 my_team /);
    expect(said('rank my agents by CSAT last month and show only the first five')).toMatch(/ 5 my_team /);
  });

  it('order records as they are told', () => {
    expect(said('sort my open deals by close date')).toBe(said('my open deals sorted by close date'));
    expect(said('please sort all tickets opened last week by priority')).toMatch(
      /^list ticket priority desc/,
    );
  });

  it('take the most of what is added up, and the highest of what is not', () => {
    expect(said('the 3 segments with the highest ARR')).toBe(said('top 3 segments by ARR'));
    expect(said('lowest health score by segment')).toMatch(/^lowest_health_score by segment/);
  });

  it.each([
    ['leads in EMEA', 'list lead [region eq EMEA]'],
    ['converted leads of campaigns', 'campaign_converted_leads'],
    ['which product do most of my tickets concern', 'tickets_opened by product tickets_opened desc 1 me'],
    ['largest open deal', 'list opportunity'],
    ['have i got overdue deals, and which', 'list opportunity'],
    ['last 3 tickets', 'list ticket ticket_opened_at desc 3'],
    ['what time do most conversations come in', 'conversations by hour_of_day'],
    ['worst CSAT last month', 'refuse unclear'],
  ])('“%s” ranks no groups', (question, plan) => {
    expect(said(question).startsWith(plan)).toBe(true);
  });
});
