import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { ChartImage } from '../../src/charts/chart-spec.ts';

/** Decoded picture, probed in layout pixels (half of the PNG's). */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Colour as `#rrggbb`. */
  at(x: number, y: number): string;
  /** Whether every pixel is opaque. */
  readonly isOpaque: boolean;
  /** Number of PNG pixels in a layout rectangle for which the check holds. */
  count(box: Rectangle, check: (colour: string) => boolean): number;
  /** Layout y of every row whose pixel at x has one of the colours, from top to bottom. */
  rowsWith(x: number, colours: readonly string[]): readonly number[];
  /** Layout x of every column whose pixel at y has one of the colours, from left to right. */
  columnsWith(y: number, colours: readonly string[]): readonly number[];
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export async function decode(image: Pick<ChartImage, 'png'>): Promise<Pixels> {
  const picture = await loadImage(Buffer.from(image.png));
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const names = new Map<number, string>();
  const raw = (x: number, y: number) => {
    const at = (Math.round(y) * picture.width + Math.round(x)) * 4;
    const bits = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    const known = names.get(bits) ?? `#${bits.toString(16).padStart(6, '0')}`;
    names.set(bits, known);
    return known;
  };
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  return {
    width: picture.width / 2,
    height: picture.height / 2,
    at: (x, y) => raw(x * 2, y * 2),
    isOpaque: data.every((channel, index) => index % 4 !== 3 || channel === 255),
    count: (box, check) => {
      let found = 0;
      for (const y of range(box.top * 2, (box.top + box.height) * 2)) {
        for (const x of range(box.left * 2, (box.left + box.width) * 2)) if (check(raw(x, y))) found += 1;
      }
      return found;
    },
    rowsWith: (x, colours) =>
      range(0, picture.height)
        .filter((y) => colours.includes(raw(x * 2, y)))
        .map((y) => y / 2),
    columnsWith: (y, colours) =>
      range(0, picture.width)
        .filter((x) => colours.includes(raw(x, y * 2)))
        .map((x) => x / 2),
  };
}

/** Darker than any grid line or tint: a glyph or a line of data. */
export function isDark(colour: string): boolean {
  return [1, 3, 5].every((at) => Number.parseInt(colour.slice(at, at + 2), 16) < 110);
}
