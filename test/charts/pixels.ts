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
  const nameOf = (bits: number) => {
    const known = names.get(bits) ?? `#${bits.toString(16).padStart(6, '0')}`;
    names.set(bits, known);
    return known;
  };
  const bitsAt = (x: number, y: number) => {
    const at = (Math.round(y) * picture.width + Math.round(x)) * 4;
    return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
  };
  const raw = (x: number, y: number) => nameOf(bitsAt(x, y));
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  return {
    width: picture.width / 2,
    height: picture.height / 2,
    at: (x, y) => raw(x * 2, y * 2),
    isOpaque: isOpaque(data),
    count: (box, check) => {
      // Most pixels have the colour of the one to the left, and each colour is judged once.
      const judged = new Map<number, boolean>();
      let [found, last, holds] = [0, -1, false];
      for (let y = box.top * 2; y < (box.top + box.height) * 2; y += 1) {
        for (let x = box.left * 2; x < (box.left + box.width) * 2; x += 1) {
          const bits = bitsAt(x, y);
          if (bits !== last) {
            holds = judged.get(bits) ?? check(nameOf(bits));
            judged.set(bits, holds);
            last = bits;
          }
          if (holds) found += 1;
        }
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

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return false;
  return true;
}

/** Darker than any grid line or tint: a glyph or a line of data. */
export function isDark(colour: string): boolean {
  return [1, 3, 5].every((at) => Number.parseInt(colour.slice(at, at + 2), 16) < 110);
}
