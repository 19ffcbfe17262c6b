import { createRequire } from 'node:module';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { createCanvasRenderer } from '../../../src/charts/canvas/canvas-renderer.ts';
import { drawableRanges, loadFonts } from '../../../src/charts/canvas/fonts.ts';
import { drawableText } from '../../../src/charts/chart-text.ts';

const fonts = loadFonts();
const context = createCanvas(50, 50).getContext('2d');

function glyph(character: string, weight: 400 | 600): string {
  context.font = fonts.font(32, weight);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 50, 50);
  context.fillStyle = '#000000';
  context.fillText(character, 5, 38);
  return Buffer.from(context.getImageData(0, 0, 50, 50).data).toString('base64');
}

describe('loadFonts', () => {
  it.each([400, 600] as const)(
    'draws a glyph, never an empty box, for every character it claims at weight %d',
    (weight) => {
      const emptyBox = glyph('\u{10fffe}', weight);
      const nothing = glyph(' ', weight);
      expect(emptyBox).not.toBe(nothing);
      const missing: string[] = [];
      for (const range of drawableRanges.split(' ')) {
        const [first = '', last = first] = range.split('-');
        for (let code = Number.parseInt(first, 16); code <= Number.parseInt(last, 16); code += 1) {
          const character = String.fromCodePoint(code);
          if (/[\p{Z}\p{M}]/u.test(character)) continue;
          const drawn = glyph(character, weight);
          if (drawn === emptyBox || drawn === nothing) missing.push(code.toString(16));
        }
      }
      expect(missing).toEqual([]);
    },
  );

  it('claims what customers are called in Latin, Greek and Cyrillic, and neither emoji nor arrows as pictures', () => {
    expect(
      Array.from('Łódź Ağrı Đặng Ελλάδα Україна €£₹–…').every((one) => one === ' ' || fonts.canDraw(one)),
    ).toBe(true);
    expect(Array.from('▲▼→日本🚨\u202e\u0000').some(fonts.canDraw)).toBe(false);
  });

  it('hands other letters to the canvas once a font for them is given', async () => {
    const file = createRequire(import.meta.url).resolve(
      '@fontsource/inter/files/inter-greek-ext-400-normal.woff2',
    );
    expect(drawableText('ἀγορά', fonts.canDraw)).toBe('?γορά');
    expect(drawableText('ἀγορά', loadFonts([file]).canDraw)).toBe('ἀγορά');
    expect(() => createCanvasRenderer({ extraFontFiles: [file] })).not.toThrow();
  });

  it('names a font file that cannot be read', () => {
    expect(() => createCanvasRenderer({ extraFontFiles: ['/nowhere/font.ttf'] })).toThrow(
      '/nowhere/font.ttf',
    );
  });
});
