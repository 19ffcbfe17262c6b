import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

/** What colleagues did, and plain questions of a working day. */
const { planned, list } = planning(
  new Map([
    ['region', ['Americas', 'EMEA']],
    ['forecast_category', ['Best Case', 'Commit']],
    ['lead_origin', ['Campaign', 'Partner', 'Web']],
  ]),
);
const told = (question: string): string => planWords(planned(question));
const isSame = (question: string, plain: string): void => {
  expect(told(question)).toBe(told(plain));
};

describe('what a colleague did', () => {
  it.each([
    [
      'I need the won amount this quarter for my colleague Naomi Carter',
      'won amount of Naomi Carter this quarter',
    ],
    ['where did Naomi Carter land on won amount this quarter', 'won amount of Naomi Carter this quarter'],
    [
      'what is the won amount that Naomi Carter reached this quarter',
      'won amount of Naomi Carter this quarter',
    ],
    ['sum up the amount that Naomi has won this quarter please', 'won amount of Naomi this quarter'],
    ['this quarter, what amount did Naomi bring in from won deals?', 'won amount of Naomi this quarter'],
    [
      "I have a 1:1 with Hannah, what's their average resolution time last month",
      'average resolution time of Hannah last month',
    ],
    [
      'Hannah last month: what was her average resolution time?',
      'average resolution time of Hannah last month',
    ],
    [
      'last month, how many tickets did Hannah manage to solve?',
      'how many tickets did Hannah solve last month',
    ],
    ['number of tickets Hannah resolved last month', 'how many tickets did Hannah solve last month'],
    ['this quarter, how many meetings was it for Naomi?', 'how many meetings for Naomi this quarter'],
    ['how many deals did Luis Ortega land in October', 'how many deals did Luis Ortega win in October'],
  ])('“%s” is “%s”', isSame);

  it.each([
    ["I'm on a call with Borealis Telecom, quickly need their ARR", 'ARR of Borealis Telecom'],
    ['before my call with Borealis Telecom: what’s their ARR', 'ARR of Borealis Telecom'],
    ['Borealis Telecom: what did ARR come to', 'ARR of Borealis Telecom'],
    ['pls check Borealis Telecom, ARR', 'ARR of Borealis Telecom'],
    ['where is Borealis Telecom on CSAT in October', 'CSAT of Borealis Telecom in October'],
  ])('“%s” is “%s”', isSame);

  it('is no story where a figure is called like a deed', () => {
    expect(told('for customer Borealis Telecom, API calls in the last 30 days by day')).toMatch(
      /^api_calls by day/,
    );
  });
});

describe('plain questions', () => {
  it.each([
    ['SLA breaches in the team since Monday, by agent', 'sla_breaches by assignee'],
    ['Where do most of my leads come from?', 'leads by lead_origin me'],
    ['are any partners involved in my open deals', 'joint_deals by partner [deal_closed eq false] me'],
    ['did any customer cancel their subscription this month', 'list subscription [cancelled_on is_not_null]'],
    ['csat emea vs amer last month', 'csat_average by region [region in EMEA Americas]'],
    ['Plot daily API calls across all customers for the past 30 days.', 'api_calls by day'],
    ['how much time was I set to away today', 'presence_time [presence eq away] me'],
  ])('“%s”', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it('orders tickets by what was written on them and how it sounds', () => {
    expect(list('Which of my open tickets has the most replies?')).toMatchObject({
      entity: 'ticket',
      orderBy: [{ by: 'ticket_replies', direction: 'desc' }],
    });
    expect(list('Which of my open tickets has the most negative sentiment?')).toMatchObject({
      entity: 'ticket',
      orderBy: [{ by: 'ticket_sentiment', direction: 'asc' }],
    });
  });

  it('finds deals by the time in their stage, and accounts by what renews', () => {
    expect(list('our deals that have been in the same stage for over 60 days')).toMatchObject({
      entity: 'opportunity',
      related: [{ entity: 'deal_signal' }],
    });
    expect(list('do any of our at-risk accounts have a renewal before year end')).toMatchObject({
      related: [{ entity: 'subscription', has: 'some' }],
    });
    expect(told('I need the opportunities forecast as best case for this quarter')).toContain(
      'forecast_category eq Best Case',
    );
  });

  it('keeps who is in a team', () => {
    expect(told('who in the team is away today')).toMatch(/presence/);
  });
});
