import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexiconScorer, readByLexicon } from '../../../src/analysis/text/sentiment/lexicon.ts';
import { toneOf } from '../../../src/analysis/text/sentiment/scorer.ts';

const score = (text: string) => readByLexicon(text)?.score ?? null;
const tone = (text: string) => {
  const found = score(text);
  return found === null ? null : toneOf(found);
};

describe('the tone of a text by the lexicon', () => {
  it.each([
    ['This is unacceptable. We are furious and will look at other vendors.', 'negative'],
    ['I am very disappointed, nobody cares about our case.', 'negative'],
    ['Thank you so much, your team was incredibly fast and helpful!', 'positive'],
    ['Works perfectly now, great job 🎉', 'positive'],
    ['We are not happy with this at all.', 'negative'],
    ['No problem, it is not urgent.', 'neutral'],
    ['Could you tell us where the setting for the time zone is?', 'neutral'],
    ['One query fails with a timeout since the upgrade, can you look at it?', 'neutral'],
    ['😡😡', 'negative'],
  ])('reads %j as %s', (text, wanted) => {
    expect(tone(text)).toBe(wanted);
  });

  it.each([
    'Die Verbindung ist weg und wir können nicht arbeiten, das ist schlecht',
    'Je ne peux pas me connecter, merci de votre aide',
    'No puedo entrar en la consola, está muy mal',
    '接続できません',
    'Passwort',
    'Snapshot retention',
    '',
  ])('says nothing of %j: no known word, or another language', (text) => {
    expect(score(text)).toBeNull();
  });

  it('computes s / sqrt(s² + 9) over the weights, with degree, negation and "but"', () => {
    const squash = (sum: number) => sum / Math.sqrt(sum * sum + 9);
    // disappointed -2, very 1.3
    expect(score('very disappointed')).toBeCloseTo(squash(-2 * 1.3), 12);
    // happy 2, turned around
    expect(score('we are not at all happy')).toBeCloseTo(squash(2 * -0.6), 12);
    // angry -2.5 before the "but" counts half, happy 2 after it in full
    expect(score('angry but happy')).toBeCloseTo(squash(-1.25 + 2), 12);
    expect(readByLexicon('not working, great')!.hits.map(({ word }) => word)).toEqual([
      'not working',
      'great',
    ]);
  });

  it('lets words of the user come before its own, and says so in the version', () => {
    const own = lexiconScorer(
      new Map([
        ['meltdown', -3],
        ['great', -2],
      ]),
    );
    expect(own.score('a meltdown')).toBeLessThan(-0.5);
    expect(own.score('great')).toBeLessThan(0);
    expect(own.version).not.toBe(lexiconScorer().version);
  });

  it('stays between -1 and 1, and gives the same score for the same text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('not', 'very', 'great', 'awful', 'but', '😡', 'ok', 'äö', '\n', "can't")),
        (words) => {
          const text = words.join(' ');
          const first = score(text);
          expect(first).toBe(score(text));
          if (first !== null) expect(Math.abs(first)).toBeLessThan(1);
        },
      ),
    );
  });
});
