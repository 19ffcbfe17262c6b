import { describe, expect, it } from 'vitest';
import { withoutBackground } from '../../../src/planner/rules/background.ts';

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
});
