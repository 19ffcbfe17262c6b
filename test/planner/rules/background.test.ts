import { describe, expect, it } from 'vitest';
import { withoutBackground } from '../../../src/planner/rules/background.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import { theCatalogue } from '../../query/support/ask.ts';

describe('what is said around a question', () => {
  it.each([
    ['Hi hi, open incidents', 'open incidents', null],
    ['Happy Friday! Wrapping up, how many calls did I log', 'how many calls did I log', 'Wrapping up'],
    [
      'hi, just back from holiday, how many tickets did Acme open',
      'how many tickets did Acme open',
      'just back from holiday',
    ],
    [
      'Karen wants fewer discounts, so what was my average discount',
      'so what was my average discount',
      'Karen wants fewer discounts',
    ],
    [
      'Got a call with Umbra Security at three, how many tickets have they opened',
      'how many tickets have Umbra Security opened',
      'Got a call with Umbra Security at three',
    ],
    [
      'Northgate keeps moaning about price, did their MRR shrink',
      "did Northgate's MRR shrink",
      'Northgate keeps moaning about price',
    ],
    [
      'Any open tickets at Acme? I have a call with them at three',
      'Any open tickets at Acme?',
      'I have a call with them at three',
    ],
    [
      "I'm on the phone with Umbra Security - what is their MRR",
      "what is Umbra Security's MRR",
      "I'm on the phone with Umbra Security",
    ],
    [
      'Preparing a QBR for Umbra Security, what is its CSAT',
      "what is Umbra Security's CSAT",
      'Preparing a QBR for Umbra Security',
    ],
    ['Gotham wants seats, how many do they have', 'how many do Gotham have', 'Gotham wants seats'],
    ['One Tree Hill called, what is its MRR', "what is One Tree Hill's MRR", 'One Tree Hill called'],
    // A capital letter at the beginning makes no name.
    ['Curious: which agent solved most', 'which agent solved most', 'Curious'],
    ['Quick question, how many tickets were opened', 'how many tickets were opened', 'Quick question'],
    ['The CEO asked me: how many deals did we win', 'how many deals did we win', 'The CEO asked me'],
    ['My boss is waiting; how many deals did we win', 'how many deals did we win', 'My boss is waiting'],
    ['Need a slide, show revenue by month', 'show revenue by month', 'Need a slide'],
    ['Doing my review. What did I close', 'What did I close', 'Doing my review'],
    [
      'Acme complained, how many of my tickets are open',
      'how many of my tickets are open',
      'Acme complained',
    ],
    // Why it is asked may come after it.
    [
      "How many tickets did we solve? It's for the board",
      'How many tickets did we solve?',
      "It's for the board",
    ],
    [
      'How many tickets did we solve? Need it for a slide.',
      'How many tickets did we solve?',
      'Need it for a slide',
    ],
    ['Which deals closed? I want them by rep', 'Which deals closed? I want them by rep', null],
    ['How many tickets did we solve? By agent', 'How many tickets did we solve? By agent', null],
    // Greetings, one after another.
    ['Good morning team! how many open tickets', 'how many open tickets', null],
    ['thanks! sorry, hello again: which deals closed', 'which deals closed', null],
    // Of whom they speak is not told.
    [
      'Writing to them, which tickets have they opened',
      'Writing to them, which tickets have they opened',
      null,
    ],
    [
      'I met Acme and Umbra, which tickets have they opened',
      'I met Acme and Umbra, which tickets have they opened',
      null,
    ],
    // Of Acme, as it seems; without it the question would be about everybody.
    [
      'Acme says nobody wrote, when was our last mail',
      'Acme says nobody wrote, when was our last mail',
      null,
    ],
    // Says what it is about: part of the question.
    ['In October, how many tickets did we solve', 'In October, how many tickets did we solve', null],
    ['Acme Robotics, how many open tickets', 'Acme Robotics, how many open tickets', null],
    ['pending tickets, which are urgent', 'pending tickets, which are urgent', null],
    [
      'deals closing this month, how many are in commit',
      'deals closing this month, how many are in commit',
      null,
    ],
    ['won deals by rep, please', 'won deals by rep, please', null],
    ['morning tickets', 'morning tickets', null],
    ['thanks', 'thanks', null],
  ])('%s', (typed, question, background) => {
    expect(withoutBackground(typed)).toEqual({ question, background });
  });

  it.each([
    // What is asked for may be of a name that the story holds, however it is written.
    ['I have a call with umbra, which tickets are open', null],
    ['I have a call with UMBRA, which tickets are open', null],
    // Put into the question, it is not lost.
    [
      'I have a call with Umbra Security, which tickets have they opened',
      'I have a call with Umbra Security',
    ],
    ['I have a call with borealis, which tickets are open', 'I have a call with borealis'],
    // Too short to be told from a word.
    ['I have a call with ace, which tickets are open', 'I have a call with ace'],
    ['I have a call, which umbra tickets are open', 'I have a call'],
  ])('%s: a name that the asker may see', (typed, background) => {
    const names = new Map([['account', ['Umbra Security AB', 'Ace Ltd']]]);
    expect(withoutBackground(typed, names).background).toBe(background);
  });

  const explain = (question: string) =>
    createRulesPlanner().explain({
      question,
      catalogue: theCatalogue(),
      now: new Date('2026-11-21T10:30:00Z'),
      zone: 'UTC',
      requestId: 'r',
    });

  it('is named beside the answer, which is that of the question alone', () => {
    const { planned, trace } = explain('The CEO asked me: how many tickets were opened');
    expect(planned.plan).toEqual(explain('how many tickets were opened').planned.plan);
    expect(planned.plan).toMatchObject({ kind: 'metric', metrics: ['tickets_opened'], where: [] });
    expect(planned.notes).toEqual(['I took “The CEO asked me” as background.']);
    expect(trace[0]).toEqual({
      rule: 'background',
      words: 'The CEO asked me',
      meaning: 'how many tickets were opened',
    });
    expect(explain('Good morning! how many tickets were opened').planned.notes).toEqual([]);
  });

  it('is not looked for in a text that is too long for a question', () => {
    const { plan, notes } = explain(
      `My boss is waiting, how many tickets were opened${' '.repeat(960)}?`,
    ).planned;
    expect(plan).toMatchObject({ kind: 'refuse', reason: 'unclear' });
    expect(notes).toEqual([]);
  });
});
