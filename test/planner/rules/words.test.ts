import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../src/planner/rules/canonical.ts';
import { correctSpelling } from '../../../src/planner/rules/correct-spelling.ts';
import { tidy, tokenise } from '../../../src/planner/rules/token.ts';
import { vocabularyOf } from '../../../src/planner/rules/vocabulary.ts';
import { editDistance } from '../../../src/toolkit/edit-distance.ts';
import { theCatalogue } from '../../query/support/ask.ts';

const { words } = vocabularyOf(theCatalogue());
const corrected = (text: string) =>
  correctSpelling(tokenise(tidy(text)), words).corrections.map(({ typed, read }) => `${typed} ${read}`);

describe('words', () => {
  it.each([
    ['tickets', 'ticket'],
    ['categories', 'category'],
    ['status', 'status'],
    ['breaches', 'breach'],
    ['avg', 'average'],
    ['opps', 'opportunity'],
    ['created', 'opened'],
  ])('compares %s as %s', (typed, word) => {
    expect(canonical(typed)).toBe(word);
  });

  it.each([
    ['50k', 50_000, false],
    ['$1.2m', 1_200_000, false],
    ['1,000', 1000, false],
    ['50.000', 50_000, false],
    ['€ 3.5', 3.5, false],
    ['2 million', 2_000_000, false],
    ['70%', 70, true],
    ['50k+', 50_000, false],
  ])('reads the amount %s', (typed, value, isPercent) => {
    const [token] = tokenise(tidy(typed));
    expect(token?.amount).toMatchObject({ value, isPercent });
  });

  it('keeps quoted names whole and drops chat mentions', () => {
    const tokens = tokenise(tidy('<@U123> tickets for “Acme & Sons Ltd.”'));
    expect(tokens.map((token) => token.text)).toEqual(['tickets', 'for', 'Acme & Sons Ltd.']);
  });
});

describe('typing mistakes', () => {
  it.each([
    ['tickts', 'tickts ticket'],
    ['prioritty', 'prioritty priority'],
    ['escalatoins', 'escalatoins escalation'],
    ['complaince', 'complaince compliance'],
    ['yesterdy', 'yesterdy yesterday'],
  ])('reads %s as the word that is meant, and says so', (typed, correction) => {
    expect(corrected(`open ${typed}`)).toEqual([correction]);
  });

  it.each(['state', 'reason', 'price', 'power', 'Acmee', 'term', 'lend'])(
    'never turns %s into a word of the catalogue',
    (word) => {
      expect(corrected(`deals by ${word}`)).toEqual([]);
    },
  );

  it('measures like the textbook recurrence', () => {
    const slow = (a: string, b: string): number => {
      const d = Array.from({ length: a.length + 1 }, (_, i) =>
        Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
      );
      for (let i = 1; i <= a.length; i += 1)
        for (let j = 1; j <= b.length; j += 1) {
          d[i]![j] = Math.min(
            d[i - 1]![j]! + 1,
            d[i]![j - 1]! + 1,
            d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
          );
          if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
            d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
        }
      return d[a.length]![b.length]!;
    };
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(slow(a, b), limit + 1));
      }),
    );
  });
});
