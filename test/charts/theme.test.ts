import { describe, expect, it } from 'vitest';
import type { Tone } from '../../src/charts/chart-spec.ts';
import { contrastRatio } from '../../src/charts/contrast.ts';
import {
  healthBandColours,
  ink,
  pickSeriesColours,
  seriesColours,
  textOn,
  toneColours,
} from '../../src/charts/theme.ts';

const tones = Object.entries(toneColours);

describe('contrastRatio', () => {
  it('gives 21 for black on white and 1 for a colour on itself', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#ff9800', '#ff9800')).toBe(1);
  });

  it('gives the known figure of #767676, the lightest grey that text may have on white', () => {
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrastRatio('#777777', '#ffffff')).toBeLessThan(4.5);
  });
});

describe('theme', () => {
  it.each(tones)('shows shapes of tone %s at 3:1 or more on paper', (_tone, colours) => {
    expect(contrastRatio(colours.graphic, ink.paper)).toBeGreaterThanOrEqual(3);
    expect(contrastRatio(colours.second, ink.paper)).toBeGreaterThanOrEqual(3);
  });

  it.each(tones)(
    'shows words of tone %s at 4.5:1 or more on paper, panel and their own tint',
    (_tone, colours) => {
      for (const ground of [ink.paper, ink.panel, colours.tint]) {
        expect(contrastRatio(colours.text, ground)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each([...seriesColours])('shows series colour %s at 3:1 or more on paper', (colour) => {
    expect(contrastRatio(colour, ink.paper)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(healthBandColours))(
    'shows health band %s at 3:1 or more on paper (S4-01)',
    (_band, colour) => {
      expect(contrastRatio(colour, ink.paper)).toBeGreaterThanOrEqual(3);
    },
  );

  it('keeps the hue of the health colours customers know (S4-01)', () => {
    const known = {
      excellent: '#4caf50',
      good: '#8bc34a',
      warning: '#ff9800',
      critical: '#f44336',
      churnRisk: '#d32f2f',
    };
    for (const [band, colour] of Object.entries(known)) {
      const drawn = healthBandColours[band as keyof typeof healthBandColours];
      const apart = Math.abs(hueDegrees(drawn) - hueDegrees(colour));
      expect(Math.min(apart, 360 - apart)).toBeLessThan(20);
    }
  });

  it('shows all words in ink at 4.5:1 or more on paper and panel', () => {
    for (const colour of [ink.title, ink.body, ink.quiet]) {
      for (const ground of [ink.paper, ink.panel]) {
        expect(contrastRatio(colour, ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('writes inside every filled shape at 4.5:1 or more', () => {
    const fills = [...seriesColours, ...tones.flatMap(([, colours]) => [colours.graphic, colours.second])];
    for (const fill of fills) expect(contrastRatio(textOn(fill), fill)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('pickSeriesColours', () => {
  it('gives a tone its colour, and its second shade the next time', () => {
    expect(pickSeriesColours(['good', 'good', 'critical'])).toEqual([
      toneColours.good.graphic,
      toneColours.good.second,
      toneColours.critical.graphic,
    ]);
  });

  it('never gives two of twelve series the same colour', () => {
    const mixed: (Tone | undefined)[] = Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? 'neutral' : undefined,
    );
    expect(new Set(pickSeriesColours(mixed)).size).toBe(12);
    expect(new Set(pickSeriesColours(new Array<undefined>(12).fill(undefined))).size).toBe(12);
  });
});

function hueDegrees(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const degrees = (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI;
  return (degrees + 360) % 360;
}
