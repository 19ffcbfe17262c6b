import type { Tone } from './chart-spec.ts';
import { contrastRatio } from './contrast.ts';

/**
 * The look of every picture. Colours for shapes reach 3:1 against the white paper, colours for text 4.5:1; a test
 * holds both. Sizes are layout pixels: a picture of 600 is shown 360 wide on a phone, so 15 becomes 9 there.
 */

export interface ToneColours {
  /** Lines, bars, arcs. */
  readonly graphic: string;
  /** The second shape of the same tone in one picture. */
  readonly second: string;
  /** Words in this tone. */
  readonly text: string;
  /** Quiet ground behind such words. */
  readonly tint: string;
}

/**
 * Readable counterparts of the health colours that customers know from their dashboards. The originals, in the order
 * excellent, good, warning, critical, churn risk: #4caf50 (2.8:1 on white), #8bc34a (2.1), #ff9800 (2.2),
 * #f44336 (3.7), #d32f2f (5.0). Hue kept, darkened until a shape reaches 3:1 and neighbours differ.
 */
export const healthBandColours = {
  excellent: '#2a8c43',
  good: '#6a9a1b',
  warning: '#d97706',
  critical: '#dc2f2f',
  churnRisk: '#961414',
} as const;

export const toneColours: Readonly<Record<Tone, ToneColours>> = {
  neutral: { graphic: '#64748b', second: '#3f4c5e', text: '#475569', tint: '#eef1f5' },
  good: {
    graphic: healthBandColours.excellent,
    second: healthBandColours.good,
    text: '#1b7034',
    tint: '#e6f4ea',
  },
  notice: { graphic: '#1f6feb', second: '#0b4aa8', text: '#1a5fcb', tint: '#e7f0fe' },
  warning: { graphic: healthBandColours.warning, second: '#a34a07', text: '#a34a07', tint: '#fdf0e0' },
  critical: {
    graphic: healthBandColours.critical,
    second: healthBandColours.churnRisk,
    text: '#b91c1c',
    tint: '#fdeaea',
  },
};

/** Series without a tone take these in order; neighbours differ in lightness as well as hue. */
export const seriesColours = [
  '#2f6fdb',
  '#d0670f',
  '#0f8a8a',
  '#8e44c7',
  '#5f7a12',
  '#c23b78',
  '#3b4a9e',
  '#a67a00',
  '#2e93c9',
  '#7a4a2b',
  '#5d6b7e',
  '#b5424f',
] as const;

export const ink = {
  /** Ground of every picture; never transparent, because chat clients have dark themes. */
  paper: '#ffffff',
  title: '#16202c',
  body: '#333f4d',
  /** Subtitles, axis labels, notes. */
  quiet: '#566273',
  grid: '#e4e8ee',
  axis: '#aab4c1',
  /** Ground of tiles, empty tracks. */
  panel: '#f5f7fa',
  /** Expected range behind lines. */
  band: '#dbe7f8',
  bandEdge: '#6f93c9',
} as const;

export const typeSizes = { title: 20, subtitle: 14, body: 15, small: 14 } as const;

/** Text colour for words inside a filled shape. One of white and black always reaches 4.5:1. */
export function textOn(fill: string): string {
  const black = '#000000';
  return contrastRatio(ink.paper, fill) >= contrastRatio(black, fill) ? ink.paper : black;
}

/**
 * Colours for a list of series: the colour of its tone; the tone's second shade when the tone was used before; a
 * series colour for the rest, so that two series never look alike.
 */
export function pickSeriesColours(tones: readonly (Tone | undefined)[]): readonly string[] {
  const used = new Set<string>();
  const spare = () => seriesColours.find((colour) => !used.has(colour));
  return tones.map((tone, index) => {
    const wished = tone === undefined ? [] : [toneColours[tone].graphic, toneColours[tone].second];
    const colour =
      wished.find((one) => !used.has(one)) ??
      spare() ??
      seriesColours[index % seriesColours.length] ??
      ink.quiet;
    used.add(colour);
    return colour;
  });
}
