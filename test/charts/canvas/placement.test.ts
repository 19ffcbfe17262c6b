import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandColours } from '../../../src/charts/canvas/gauge-chart.ts';
import { spreadInRow } from '../../../src/charts/canvas/horizontal-bar-chart.ts';
import { directionOf } from '../../../src/charts/canvas/kpi-strip-chart.ts';
import { alongPath, type Box, placeLabel } from '../../../src/charts/canvas/label-placement.ts';
import { toneColours } from '../../../src/charts/theme.ts';

const area: Box = { left: 0, top: 0, width: 100, height: 100 };
const box = (left: number, top: number): Box => ({ left, top, width: 20, height: 10 });

describe('placeLabel', () => {
  it('takes the first place that covers nothing', () => {
    const around = { area, taken: [box(0, 0)], points: [{ x: 45, y: 5 }] };
    expect(placeLabel([box(5, 5), box(40, 0), box(70, 70)], around)).toEqual(box(70, 70));
  });

  it('covers data rather than another label when it must', () => {
    const around = { area, taken: [box(0, 0)], points: [{ x: 45, y: 5 }] };
    expect(placeLabel([box(5, 5), box(40, 0)], around)).toEqual(box(40, 0));
  });

  it('moves a label inside the area', () => {
    expect(placeLabel([box(95, -8)], { area, taken: [], points: [] })).toEqual(box(80, 0));
  });
});

describe('alongPath', () => {
  it('fills long stretches with points and breaks at gaps', () => {
    const points = alongPath([{ x: 0, y: 0 }, { x: 60, y: 0 }, null, { x: 200, y: 0 }], 10);
    expect(points.map(({ x }) => Math.round(x)).sort((one, other) => one - other)).toEqual([
      0, 10, 20, 30, 40, 50, 60, 200,
    ]);
  });
});

describe('spreadInRow', () => {
  it('leaves items where they wish to be when nothing touches', () => {
    const items = [
      { width: 20, wished: 10 },
      { width: 20, wished: 60 },
    ];
    expect(spreadInRow(items, 0, 100, 5)).toEqual([10, 60]);
  });

  it('keeps items in order, apart and inside the row, and leaves out what cannot fit', () => {
    const item = fc.record({
      width: fc.integer({ min: 1, max: 60 }),
      wished: fc.integer({ min: -50, max: 150 }),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const lefts = spreadInRow(items, 0, 100, 5);
        lefts.forEach((left, index) => {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + (items[index]?.width ?? 0)).toBeLessThanOrEqual(100);
          if (index > 0) {
            expect(left).toBeGreaterThanOrEqual((lefts[index - 1] ?? 0) + (items[index - 1]?.width ?? 0) + 5);
          }
        });
        const needed = items.reduce((sum, { width }) => sum + width + 5, -5);
        if (needed <= 100) expect(lefts).toHaveLength(items.length);
      }),
    );
  });
});

describe('bandColours', () => {
  it('gives the outer of two bands of one tone the stronger shade', () => {
    expect(bandColours(['critical', 'critical', 'warning', 'good', 'good'])).toEqual([
      toneColours.critical.second,
      toneColours.critical.graphic,
      toneColours.warning.graphic,
      toneColours.good.second,
      toneColours.good.graphic,
    ]);
  });

  it('never gives two neighbours the same colour', () => {
    const tone = fc.constantFrom(
      'neutral' as const,
      'good' as const,
      'notice' as const,
      'warning' as const,
      'critical' as const,
    );
    fc.assert(
      fc.property(fc.array(tone, { maxLength: 12 }), (tones) => {
        const colours = bandColours(tones);
        colours.forEach((colour, index) => {
          if (index > 0) expect(colour).not.toBe(colours[index - 1]);
        });
      }),
    );
  });
});

describe('directionOf', () => {
  it.each([
    ['up 12 %, good', 'up'],
    ['+4 %', 'up'],
    ['down 9 min, better', 'down'],
    ['-3', 'down'],
    ['fell by 2', 'down'],
    ['no change', 'none'],
    ['upgraded plan', 'none'],
    ['', 'none'],
  ])('reads %j as %s', (change, direction) => {
    expect(directionOf(change)).toBe(direction);
  });
});
