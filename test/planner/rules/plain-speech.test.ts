import { describe, expect, it } from 'vitest';
import { inPlainWords, withoutTalk } from '../../../src/planner/rules/plain-speech.ts';
import { vocabularyOf } from '../../../src/planner/rules/vocabulary.ts';
import { shippedCatalogue } from '../../support/shipped-catalogue.ts';

describe('turns of phrase', () => {
  it.each([
    ['who has not paid? I mean subscriptions that are past due', 'subscriptions that are past due'],
    ['ticket changes in 2026-W01, i mean tickets opened', 'tickets opened in 2026-W01'],
    ['what did we win last month? I mean won deals', 'won deals last month'],
    ['leads since 3 march; i mean campaign members', 'campaign members since 3 march'],
    ['tickets last week, I mean tickets this week', 'tickets this week'],
    ['how much ARR am I looking after', 'how much ARR of mine'],
    ['health of the accounts that I take care of', 'health of the accounts of mine'],
    ['how many customers do we look after', 'how many customers'],
    ['pending tickets + their customer', 'pending tickets and their customer'],
    ['average time until the first reply last week', 'average time to first reply last week'],
    ['leads since the first of October', 'leads since 1 October'],
    ['what is the win rate in comparison with last year', 'what is the win rate versus last year'],
    ['Good morning! open incidents', 'open incidents'],
    ['Hi team, open incidents please, thanks a lot', 'open incidents please'],
    ['incidents by severity would do', 'incidents by severity'],
    ['tickets not yet solved', 'tickets not solved'],
    ['my accounts under 80 health, lowest 1st', 'my accounts with health under 80, lowest first'],
    ['tickets since the 1st', 'tickets since the 1st'],
    // Nothing of these is a turn of phrase.
    ['mean time to resolution', 'mean time to resolution'],
    ['tickets opened until the first', 'tickets opened until the first'],
    ['morning tickets', 'morning tickets'],
  ])('%s', (said, plain) => {
    expect(inPlainWords(said)).toBe(plain);
  });

  it('never leaves nothing', () => {
    expect(inPlainWords('thanks')).toBe('thanks');
    expect(inPlainWords('Good morning!')).toBe('Good morning!');
  });
});

describe('sentences that only talk', () => {
  const vocabulary = vocabularyOf(shippedCatalogue());
  it.each([
    ['which deals slipped? I feel like I keep forgetting those.', 'which deals slipped?'],
    ['Sorry to bother you. open incidents', 'open incidents'],
    // A name, a number, a time, a negation or a word of the catalogue may change the answer.
    ['open incidents. Not those of Acme.', 'open incidents. Not those of Acme.'],
    ['open incidents. Only critical.', 'open incidents. Only critical.'],
    ['open incidents? Since Monday please', 'open incidents? Since Monday please'],
    ['tickets last week. For Acme', 'tickets last week. For Acme'],
    ['won deals. By region', 'won deals. By region'],
  ])('%s', (said, kept) => {
    expect(withoutTalk(said, vocabulary)).toBe(kept);
  });
});
