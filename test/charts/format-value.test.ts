import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueFormat } from '../../src/charts/chart-spec.ts';
import { formatShort, formatValue } from '../../src/charts/format-value.ts';

const number: ValueFormat = { kind: 'number' };
const percent: ValueFormat = { kind: 'percent' };
const usd: ValueFormat = { kind: 'money', currency: 'USD' };
const duration: ValueFormat = { kind: 'duration' };

describe('formatValue', () => {
  it.each<[number, ValueFormat, string]>([
    [0, number, '0'],
    [-0, number, '0'],
    [1234567, number, '1,234,567'],
    [12345.678, number, '12,345.7'],
    [2.34567, number, '2.35'],
    [0.00123, number, '0.0012'],
    [-4.5, number, '-4.5'],
    [3, { kind: 'number', decimals: 2 }, '3.00'],
    [-0.001, { kind: 'number', decimals: 1 }, '0.0'],
    [1e15, number, '1.0e15'],
    [Number.NaN, number, '–'],
    [Number.POSITIVE_INFINITY, usd, '–'],
    [0.942, percent, '94.2 %'],
    [0.6, percent, '60 %'],
    [1, percent, '100 %'],
    [0.9996, percent, '99.96 %'],
    [0.00042, percent, '0.04 %'],
    [-0.125, percent, '-12.5 %'],
    [2_982_255, usd, '$2,982,255'],
    [1234.5, usd, '$1,234.50'],
    [-1200, usd, '-$1,200'],
    [-0.001, usd, '$0.00'],
    [1200, { kind: 'money', currency: 'JPY' }, '¥1,200'],
    [84_500, { kind: 'money', currency: 'CHF' }, 'CHF 84,500'],
    [12, { kind: 'money', currency: 'points' }, '12 points'],
    [0, duration, '0 s'],
    [2.5, duration, '2.5 s'],
    [45, duration, '45 s'],
    [59.7, duration, '1 min'],
    [125, duration, '2 min 05 s'],
    [599.8, duration, '10 min'],
    [2100, duration, '35 min'],
    [3599, duration, '1 h'],
    [7200, duration, '2 h'],
    [7500, duration, '2 h 05 min'],
    [47.99 * 3600, duration, '47 h 59 min'],
    [76 * 3600, duration, '3 d 04 h'],
    [-7500, duration, '-2 h 05 min'],
    [1200 * 86_400, duration, '1,200 d'],
  ])('writes %d (%j) as %s', (value, format, expected) => {
    expect(formatValue(value, format)).toBe(expected);
  });

  it('names no unit part that reached its carry, whatever the duration', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (seconds) => {
        const written = formatValue(seconds, duration);
        expect(written).not.toMatch(/\b(60 s|60 min)\b/);
        expect(written).not.toMatch(/d 24 h/);
        const units = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
        const parts = [...written.matchAll(/([\d.,]+) (s|min|h|d)/g)];
        const read = parts.reduce(
          (sum, [, count, unit]) =>
            sum + Number(count?.replaceAll(',', '')) * units[unit as keyof typeof units],
          0,
        );
        const smallest = units[(parts.at(-1)?.[2] ?? 's') as keyof typeof units];
        // "2 h" may stand for 2 h and almost half a minute; "3 d" for almost half an hour more.
        const tolerance = { 1: 0.5, 60: 30, 3600: 1800, 86400: 1800 }[smallest];
        expect(Math.abs(read - seconds)).toBeLessThanOrEqual(tolerance + 1e-6);
      }),
    );
  });
});

describe('formatShort', () => {
  it.each<[number, ValueFormat, string]>([
    [9_999, number, '9,999'],
    [12_345, number, '12.35K'],
    [1_200_000, number, '1.2M'],
    [100_000, usd, '$100K'],
    [-210_000, { kind: 'money', currency: 'EUR' }, '-€210K'],
    [950, usd, '$950'],
    [0.35, percent, '35 %'],
    [7200, duration, '2 h'],
    [1e21, number, '1.0e21'],
  ])('writes %d (%j) as %s', (value, format, expected) => {
    expect(formatShort(value, format)).toBe(expected);
  });

  it('never writes more than 24 characters, whatever the value', () => {
    const formats = [number, percent, usd, duration];
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.constantFrom(...formats), (value, format) => {
        expect(formatShort(value, format).length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
