import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import type { CanDraw } from '../chart-text.ts';

const require = createRequire(import.meta.url);

/** Shipped parts of Inter. Each is its own family, because one family name cannot span several files of one weight. */
const subsets = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'] as const;
const weights = [400, 600] as const;

/**
 * Code points (hexadecimal, inclusive) that these files can draw. The ranges that the package declares are wider than
 * its glyphs; a test draws every one of these and finds no empty box.
 */
export const drawableRanges =
  '20-7e a0-ac ae-148 14a-1c3 1c5-254 2b9-2cc 2da 2dc 384-38a 38c 38e-3a1 3a3-3ce 400-479 480-482 48a-49d 4a0-4ff ' +
  '1e00-1e9b 1e9d-1eff 2013-2014 2018-201a 201c-201e 2020 2022 2026 2032-2033 2039-203a 2044 20a0-20af 20b1-20b5 ' +
  '20b8-20ba 20bc-20bf 2113 2116 2122 2191 2193 2212';

export type FontWeight = (typeof weights)[number];

export interface ChartFonts {
  /** CSS family list, for chart.js. */
  readonly family: string;
  /** CSS font shorthand of a size in layout pixels. */
  font(sizePixels: number, weight?: FontWeight): string;
  readonly canDraw: CanDraw;
}

const registered = new Map<string, string>();

/**
 * Registers the shipped fonts in the process, once, and tells what they can draw. Nothing is taken from the system:
 * a server without fonts draws the same picture as a laptop.
 *
 * @param extraFontFiles absolute paths of fonts for other scripts, for example Noto Sans CJK; with at least one,
 * letters outside of Inter are handed to the canvas instead of being replaced
 * @throws Error naming a file that is no readable font
 */
export function loadFonts(extraFontFiles: readonly string[] = []): ChartFonts {
  const families = subsets.map((subset) => {
    for (const weight of weights) {
      register(
        require.resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.woff2`),
        `Heed ${subset}`,
      );
    }
    return `Heed ${subset}`;
  });
  for (const file of extraFontFiles) families.push(register(file, `Heed extra ${basename(file)}`));
  const family = families.map((name) => `"${name}"`).join(', ');
  const covered = coverage();
  const anyLetter = extraFontFiles.length > 0;
  return {
    family,
    font: (sizePixels, weight = 400) => `${weight} ${sizePixels}px ${family}`,
    canDraw: (character) => covered(character) || (anyLetter && /[\p{L}\p{M}\p{N}\p{P}]/u.test(character)),
  };
}

function register(file: string, family: string): string {
  const known = registered.get(file);
  if (known !== undefined) return known;
  if (GlobalFonts.registerFromPath(file, family) === null) {
    throw new Error(`${file} is no readable font; give the path of a .ttf, .otf or .woff2 file`);
  }
  registered.set(file, family);
  return family;
}

function coverage(): CanDraw {
  const ranges = drawableRanges.split(' ').map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([first, last]) => code >= first && code <= last);
  };
}
