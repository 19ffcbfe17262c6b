import { describe, expect, it } from 'vitest';
import { planning, planWords } from './support/plans.ts';

const { planned } = planning(new Map([['region', ['EMEA', 'Americas']]]));
const said = (question: string): string => {
  const plan = planned(question);
  const time = plan.kind === 'metric' || plan.kind === 'list' ? JSON.stringify(plan.time) : '';
  return `${planWords(plan)} ${time}`;
};

const openings: Readonly<Record<string, readonly string[]>> = {
  'number of tickets last week': [
    "what's the tally of tickets last week",
    'how many tickets do we have on record as created last week',
    'for my report: the amount of tickets that we received last week',
    'any idea how many tickets were added last week',
    'my boss wants to know how many tickets got created last week, what should I tell her',
    'just the number please, tickets last week',
    'sum of all tickets that came in last week',
    'how many tickets did we end up with last week',
    'how many tickets popped up last week',
    'for the weekly team meeting, how many tickets came in last week',
  ],
  'win rate this year': [
    'what win rate did we reach this year',
    'what value did win rate have this year',
    'quick one for the standup: win rate this year',
    'win rate, this year, one number is enough',
    'what did our win rate come to this year?',
    'where did win rate end up this year',
    'how good was the win rate this year',
    'any number for win rate this year?',
    "I'm curious about win rate this year",
    'our CEO is asking for the win rate this year',
    'I only need win rate this year',
    'win rate this year for the board deck',
  ],
  'API calls in the last 30 days': ['in the last 30 days: API calls?'],
  'median first response time yesterday': ['how long was our median first response time yesterday?'],
};

describe('what stands around a question', () => {
  for (const [plain, others] of Object.entries(openings))
    for (const other of others)
      it(`“${other}” asks for ${plain}`, () => {
        expect(said(plain)).not.toMatch(/^(?:refuse|clarify)/);
        expect(said(other)).toBe(said(plain));
      });

  it.each([
    ["I'm looking for the agents with the lowest CSAT", false],
    ['I am only interested in won amount by region', false],
    ['tickets opened this week? Give it to me', false],
    ['deals I am looking after', true],
    ['tickets I just solved', true],
    ["I'm looking for my open deals", true],
    ['tickets assigned to me', true],
  ])('“%s” speaks of the asker’s own: %s', (question, isOwn) => {
    expect(/ me /.test(said(question))).toBe(isOwn);
  });

  it('keeps what decides', () => {
    expect(said('what should I tell my boss about churn')).toMatch(/^refuse/);
    expect(said('amount of open deals by stage')).toMatch(/^pipeline_amount by stage/);
    expect(said('what is the status of tickets')).toMatch(/by ticket_status/);
  });
});
