import { describe, expect, it } from 'vitest';
import { askingWords, readMessage } from '../../../src/planner/rules/message/read-message.ts';
import { tidy } from '../../../src/planner/rules/token.ts';

const read = (text: string) => readMessage(tidy(text));

describe('what a message asks, and what it tells around that', () => {
  it.each([
    [
      'Claire says her pipeline is fine and I half believe it, so for once: how much is open in EMEA?',
      ['how much is open in EMEA'],
      'Claire says her pipeline is fine and I half believe it: for once',
    ],
    [
      'I have my weekly with Maria in half an hour and she asks about aging first, so: how many tickets are open?',
      ['how many tickets are open'],
      'I have my weekly with Maria in half an hour and she asks about aging first',
    ],
    [
      'thinking about the call on Monday… which deals slipped this quarter?',
      ['which deals slipped this quarter'],
      'thinking about the call on Monday',
    ],
    [
      'Not trying to pick on anyone, but who on my team logged no call?',
      ['who on my team logged no call'],
      'Not trying to pick on anyone',
    ],
    [
      'It is budget season and somebody will ask me; what is our ARR?',
      ['what is our ARR'],
      'It is budget season and somebody will ask me',
    ],
    [
      'Do I have anything from Foxglove Labs still open? Their head of platform just pinged me',
      ['Do I have anything from Foxglove Labs still open'],
      'Their head of platform just pinged me',
    ],
    [
      'which of my tickets are still open? want to call them before the weekend',
      ['which of my tickets are still open'],
      'want to call them before the weekend',
    ],
    [
      'Which of our reps are over quota, if that is something you can see?',
      ['Which of our reps are over quota'],
      'if that is something you can see',
    ],
    // Polite openings ask for nothing by themselves.
    ['could you tell me whether CE-101 is open', ['CE-101 is open'], ''],
    ['Would you mind checking if any ticket came in yesterday?', ['any ticket came in yesterday'], ''],
    // Where nothing asks by its form, what stands behind the story does.
    [
      'We moved to the new triage and I want some proof it works, so SLA compliance last month',
      ['SLA compliance last month'],
      'We moved to the new triage and I want some proof it works',
    ],
    // What opens the question stays with it.
    [
      'I cannot judge that: of the customers we won in May, how many are at risk?',
      ['of the customers we won in May, how many are at risk'],
      'I cannot judge that',
    ],
    [
      'We lost two in October, I think: how many deals did we win, by rep?',
      ['how many deals did we win, by rep'],
      'We lost two in October, I think',
    ],
    // An exception stays, wherever it stands.
    [
      'My lead is curious, so how many tickets are open, leaving out the ones on hold?',
      ['how many tickets are open, leaving out the ones on hold'],
      'My lead is curious',
    ],
    [
      'Apart from Quorum Classic, which we are sunsetting anyway, which product sold best?',
      ['Apart from Quorum Classic, which product sold best'],
      'which we are sunsetting anyway',
    ],
    [
      'We have resellers. How many deals did we win? Those of partners do not count',
      ['How many deals did we win. Those of partners do not count'],
      'We have resellers',
    ],
    // Two questions, and an order behind a doubt.
    [
      'I may be wrong, was churn not to come down? Show me the churn rate since June',
      ['was churn not to come down', 'Show me the churn rate since June'],
      'I may be wrong',
    ],
  ])('%s', (text, asked, background) => {
    expect(read(text)).toEqual({ asked, background });
  });

  it.each([
    // Nothing is told around them.
    'how many tickets are open?',
    'Solvang Foods: what is the next step?',
    'In October, how many tickets did we solve?',
    'open tickets by team, please show a chart',
    'urgent tickets, pending ones, by team',
    // Records named, and nothing told.
    'slowest resolution we had last quarter, which ticket was it',
    'the tickets my team had open, which were urgent',
    'tickets Marcus has, which are urgent',
    'the deals Claire has in commit, how many are over 50k',
    'the cost of campaigns, by month',
    // What is told restricts what is asked.
    'I mean only SMB. What is our MRR?',
    'If everyone at risk left, how much ARR would be gone?',
    'How many tickets did we solve? Since we moved, I mean',
    'When do we get hit hardest? I want the busiest hour as well',
    'Who logged in last week? But they must be paying',
    // Nothing asks.
    'I think so',
    'thanks, that helped a lot',
  ])('%s: stays as it is', (text) => {
    const found = read(text);
    expect(found === null || found.background === '' ? null : found).toBeNull();
  });

  it('gives the words that ask, for the kind of question that it is', () => {
    expect(askingWords('Stefan is going to ask me on Monday. How many did I solve?')).toBe(
      'How many did I solve',
    );
    expect(askingWords('will churn go up')).toBe('will churn go up');
  });
});
