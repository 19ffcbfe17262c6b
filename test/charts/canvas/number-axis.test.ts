import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisMark, numberAxis } from '../../../src/charts/canvas/number-axis.ts';
import type { ValueFormat } from '../../../src/charts/chart-spec.ts';
import { drawableValue, shareBetween } from '../../../src/charts/drawn-number.ts';

const number: ValueFormat = { kind: 'number' };
const percent: ValueFormat = { kind: 'percent' };
const duration: ValueFormat = { kind: 'duration' };
const money: ValueFormat = { kind: 'money', currency: 'EUR' };
const anyValue = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.integer({ min: 0, max: 500 }),
);

describe('numberAxis', () => {
  it.each<[string, number[], ValueFormat, 'always' | 'when-near', number, number, number]>([
    ['counts', [0, 42, 68], number, 'always', 0, 80, 20],
    ['small counts by whole steps', [0, 1, 3], number, 'always', 0, 3, 1],
    ['nothing', [], number, 'always', 0, 1, 1],
    ['only zeros', [0, 0], number, 'when-near', 0, 1, 1],
    ['shares near one in detail', [0.942, 0.958, 0.965], percent, 'when-near', 0.94, 0.965, 0.005],
    ['shares of all sizes from zero', [0.1, 0.9], percent, 'when-near', 0, 1, 0.2],
    ['hours by whole hours', [4000, 21_240], duration, 'when-near', 0, 21_600, 7200],
    ['minutes by round minutes', [60, 2400], duration, 'always', 0, 2400, 600],
    ['losses below zero', [-210_000, 65_000], money, 'when-near', -250_000, 100_000, 50_000],
    ['one value from zero', [7], number, 'when-near', 0, 8, 2],
  ])('rounds %s', (_what, values, format, zero, minimum, maximum, step) => {
    const axis = numberAxis(values, { format, zero });
    expect(axis.minimum).toBeCloseTo(minimum, 9);
    expect(axis.maximum).toBeCloseTo(maximum, 9);
    expect(axis.step).toBeCloseTo(step, 9);
  });

  it('holds every value between its ends with at most a dozen steps, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(anyValue, { maxLength: 20 }),
        fc.constantFrom(number, percent, duration, money),
        fc.constantFrom('always' as const, 'when-near' as const),
        fc.constantFrom(0, 0.06),
        (values, format, zero, headroom) => {
          const axis = numberAxis(values, { format, zero, headroom });
          const dust = Math.max(Math.abs(axis.minimum), Math.abs(axis.maximum)) * 1e-8 + 1e-8;
          for (const value of values.map(drawableValue)) {
            expect(value).toBeGreaterThanOrEqual(axis.minimum - dust);
            expect(value).toBeLessThanOrEqual(axis.maximum + dust);
          }
          expect(axis.maximum).toBeGreaterThan(axis.minimum);
          expect(axis.step).toBeGreaterThan(0);
          expect((axis.maximum - axis.minimum) / axis.step).toBeLessThanOrEqual(12);
          if (zero === 'always') expect(axis.minimum * axis.maximum).toBeLessThanOrEqual(0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('axisMark', () => {
  it('removes floating-point dust', () => {
    expect(axisMark(0.1 + 0.2, 0.1)).toBe(0.3);
  });
});

describe('shareBetween', () => {
  it.each([
    [58, 0, 100, 0.58],
    [-5, 0, 100, 0],
    [140, 0, 100, 1],
    [0, -1, 1, 0.5],
    [0, -Number.MAX_VALUE, Number.MAX_VALUE, 0.5],
    [1, 0, 5e-324, 1],
  ])('puts %d between %d and %d at %d', (value, minimum, maximum, share) => {
    expect(shareBetween(value, minimum, maximum)).toBeCloseTo(share, 12);
  });
});
