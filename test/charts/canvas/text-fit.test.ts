import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryMarks } from '../../../src/charts/canvas/category-marks.ts';
import {
  cutMiddleToWidth,
  cutToWidth,
  fitNumber,
  wrapKeepingTail,
  wrapToWidth,
} from '../../../src/charts/canvas/text-fit.ts';

/** Ten pixels a character: widths can be counted by hand. */
const measure = (text: string) => Array.from(text).length * 10;

describe('cutToWidth', () => {
  it.each([
    ['short', 100, 'short'],
    ['Northwind Traders', 100, 'Northwind…'],
    ['Northwind Traders', 110, 'Northwind…'],
    ['abc', 10, '…'],
    ['abc', 5, ''],
  ])('cuts %j to %d pixels as %j', (text, width, expected) => {
    expect(cutToWidth(text, width, measure)).toBe(expected);
  });

  it('never exceeds the width, and keeps as much as fits', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 400 }), (text, width) => {
        const cut = cutToWidth(text, width, measure);
        expect(measure(cut)).toBeLessThanOrEqual(width);
        if (measure(text) <= width) expect(cut).toBe(text);
        expect(measure(cutMiddleToWidth(text, width, measure))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('cutMiddleToWidth', () => {
  it('keeps the end, where names of a list differ', () => {
    expect(cutMiddleToWidth('Regional support team 12', 140, measure)).toBe('Regional…am 12');
  });
});

describe('wrapToWidth', () => {
  it('breaks at spaces and cuts what is left over', () => {
    expect(wrapToWidth('one two three four', 80, 2, measure)).toEqual(['one two', 'three f…']);
    expect(wrapToWidth('one two', 80, 2, measure)).toEqual(['one two']);
    expect(wrapToWidth('', 80, 2, measure)).toEqual([]);
    expect(wrapToWidth('unbreakable', 50, 2, measure)).toEqual(['unbr…']);
  });
});

describe('wrapKeepingTail', () => {
  it('takes words from the middle, so that the time stays', () => {
    const text = 'Median time to first response of urgent tickets, as of 15 Mar';
    expect(wrapKeepingTail(text, 'as of 15 Mar', 250, 2, measure)).toEqual([
      'Median time to first',
      'response of… as of 15 Mar',
    ]);
  });

  it('changes nothing when all fits', () => {
    expect(wrapKeepingTail('All, as of 9', 'as of 9', 250, 2, measure)).toEqual(['All, as of 9']);
  });
});

describe('fitNumber', () => {
  it('shortens a number that is too wide and never cuts it', () => {
    const euro = { kind: 'money', currency: 'EUR' } as const;
    expect(fitNumber(123_456_789.12, euro, 200, measure)).toBe('€123,456,789.12');
    expect(fitNumber(123_456_789.12, euro, 100, measure)).toBe('€123.46M');
  });
});

describe('categoryMarks', () => {
  const days = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1} Mar`);

  it('writes all labels when they fit', () => {
    expect(categoryMarks(days(4), 400, measure)).toEqual(days(4).map((day) => [day]));
  });

  it('writes every n-th label, always the last, when they do not', () => {
    const marks = categoryMarks(days(31), 400, measure);
    expect(marks.at(-1)).toEqual(['31 Mar']);
    const shown = marks.flatMap((mark, index) => (mark.length > 0 ? [index] : []));
    expect(shown.length).toBeGreaterThan(3);
    const gaps = shown.slice(1).map((index, at) => index - (shown[at] ?? 0));
    expect(new Set(gaps).size).toBe(1);
    // 31 labels share 400 pixels; a label and its gap need 70.
    expect((gaps[0] ?? 0) * (400 / 31)).toBeGreaterThanOrEqual(70);
  });

  it('wraps long labels on two lines before it leaves any out', () => {
    expect(categoryMarks(['Data loss', 'Slow queries'], 200, measure)).toEqual([
      ['Data loss'],
      ['Slow', 'queries'],
    ]);
  });

  it('returns one entry per label, each within its room, whatever the labels', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 60 }), (labels) => {
        const marks = categoryMarks(labels, 500, measure);
        expect(marks).toHaveLength(labels.length);
        for (const mark of marks) expect(mark.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
