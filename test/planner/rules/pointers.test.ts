import { describe, expect, it } from 'vitest';
import { namedIn, withNamed } from '../../../src/planner/rules/message/pointers.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const names = new Map([
  ['account', ['Juniper Street Capital', 'Harbor & Vine', 'Umbra Security', 'Umbra Labs']],
  ['person', ['Marcus Bell', 'Hannah Lindqvist', 'Claire Fontaine', 'Jonas Weber']],
  ['partner', ['Helvetia IT Services']],
]);
const stored = new Map([['campaign', ['Oracle migration offer']]]);

const resolved = (told: string, question: string) =>
  withNamed(question, namedIn(told, names, stored), theCatalogue());

describe('words that point at what was told', () => {
  it.each([
    [
      'Juniper Street called',
      'how many tickets have they opened',
      'how many tickets have "Juniper Street Capital" opened',
    ],
    [
      'Harbor & Vine are sweet',
      'when does their subscription renew',
      'when does "Harbor & Vine"\'s subscription renew',
    ],
    [
      'Marcus told me he drowns',
      'how many tickets does he have open',
      'how many tickets does "Marcus Bell" have open',
    ],
    ['Hannah asked', 'what is her CSAT', 'what is "Hannah Lindqvist"\'s CSAT'],
    [
      'The Oracle migration offer cost a lot',
      'what did that campaign bring',
      'what did campaign "Oracle migration offer" bring',
    ],
    ['Somebody escalated 00011855', 'who has it', 'who has "00011855"'],
    [
      'Helvetia IT Services wants up',
      'how many deals have they brought',
      'how many deals have "Helvetia IT Services" brought',
    ],
    [
      'Claire says so and Jonas says so',
      'open pipeline for each of the two',
      'open pipeline for "Claire Fontaine" and "Jonas Weber", each',
    ],
  ])('%s: %s', (told, question, expected) => {
    const found = resolved(told, question);
    expect(found).toMatchObject({ kind: 'one', question: expected });
  });

  it.each([
    ['Umbra wrote', 'how many tickets have they opened', 'several'],
    ['Somebody wrote', 'how many tickets have they opened', 'open'],
    ['Somebody wrote', 'what is their MRR', 'open'],
    ['Somebody wrote', 'how much did he win', 'open'],
    // What they stand for is named in the question.
    ['Juniper Street called', 'which deals changed their amount', 'none'],
    ['Acme and Umbra called', 'how many incidents did we have and how long did they last', 'none'],
    ['Juniper Street called', 'which tickets are open since they were escalated', 'none'],
    ['Juniper Street called', 'which customers opened tickets and did they rate them', 'none'],
    ['Juniper Street called', 'how long did it take to solve tickets', 'none'],
    ['Juniper Street called', 'how many tickets are open', 'none'],
  ])('%s: %s is %s', (told, question, kind) => {
    expect(resolved(told, question).kind).toBe(kind);
  });
});
