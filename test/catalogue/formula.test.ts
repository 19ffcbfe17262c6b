import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeFormula, type Formula, namesIn, parseFormula } from '../../src/catalogue/formula.ts';

function formula(text: string): Formula {
  const parsed = parseFormula(text);
  if ('mistake' in parsed) throw new Error(parsed.mistake);
  return parsed;
}

const compute = (text: string, values: Record<string, number | null> = {}): number | null =>
  computeFormula(formula(text), (name) => values[name] ?? null);

describe('a formula', () => {
  it.each([
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['10 - 3 - 2', 5],
    ['24 / 4 / 2', 3],
    ['-3 + 5', 2],
    ['2 * -3', -6],
    ['0.5*10', 5],
    ['1 / 0', null],
  ])('%s is %s', (text, expected) => expect(compute(text)).toBe(expected));

  it('takes the values of its names and is not known while one of them is not', () => {
    const text = 'answers * minutes / 60';
    expect(namesIn(formula(`${text} + answers`))).toEqual(['answers', 'minutes']);
    expect(compute(text, { answers: 90, minutes: 6 })).toBe(9);
    expect(compute(text, { answers: null, minutes: 6 })).toBeNull();
  });

  it.each([
    ['', 'the formula is empty'],
    ['a +', 'the formula ends where a name or number should stand'],
    ['(a', 'a bracket is not closed'],
    ['a b', '"b" stands where the formula should end'],
    ['a ; drop', '";" is not a name, a number, a bracket or one of + - * /'],
    ['* a', '"*" stands where a name or number should stand'],
    [`${'('.repeat(30)}a${')'.repeat(30)}`, 'brackets nest deeper than 20'],
  ])('says what is wrong with "%s"', (text, mistake) => expect(parseFormula(text)).toEqual({ mistake }));

  it('is computed as JavaScript computes the same text', () => {
    const { text } = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 5 },
        fc.integer({ min: 0, max: 99 }).map(String),
        fc
          .tuple(tie('text'), fc.constantFrom('+', '-', '*', '/'), tie('text'))
          .map(([a, operator, b]) => `${a} ${operator} ${b}`),
        tie('text').map((inner) => `(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(text, (written) => {
        // biome-ignore lint/security/noGlobalEval: the text is made of digits and operators above.
        const expected = globalThis.eval(written) as number;
        const own = compute(written);
        // A division by zero anywhere makes ours unknown.
        if (own !== null) expect(own).toBeCloseTo(expected, 6);
        else expect(written).toContain('/');
      }),
    );
  });
});
