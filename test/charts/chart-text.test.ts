import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFonts } from '../../src/charts/canvas/fonts.ts';
import { drawableText, withDrawableText } from '../../src/charts/chart-text.ts';
import { anyChartSpec } from './any-chart-spec.ts';

const { canDraw } = loadFonts();

describe('drawableText', () => {
  it.each([
    ['Zoë Müller & Söhne, Łódź, Отдел, Αθήνα', 'Zoë Müller & Söhne, Łódź, Отдел, Αθήνα'],
    ['🚨 Outage 🇩🇪 👍🏽 ✅ resolved ❤️', 'Outage resolved'],
    ['up ▲ 12 % → worse', 'up 12 % worse'],
    ['abc\u202edef\u2066ghi\u2069\u200b\u0000jkl', 'abcdefghijkl'],
    ['  line\nbreak\tand\u00a0no-break  ', 'line break and no-break'],
    ['日本電気', '????'],
    ['non\u2011breaking hyphen', 'non-breaking hyphen'],
    ['e\u0301tude', 'étude'],
    ['$5, €7 and £9 ± 2', '$5, €7 and £9 ± 2'],
    ['', ''],
  ])('turns %j into %j', (text, expected) => {
    expect(drawableText(text, canDraw)).toBe(expected);
  });

  it('leaves only characters the fonts have, whatever comes in, and is done after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const clean = drawableText(text, canDraw);
        expect(Array.from(clean).every(canDraw)).toBe(true);
        expect(clean).toBe(clean.trim());
        expect(drawableText(clean, canDraw)).toBe(clean);
      }),
    );
  });
});

describe('withDrawableText', () => {
  it('cleans every text but the alt text, and changes nothing else', () => {
    fc.assert(
      fc.property(anyChartSpec, (spec) => {
        const clean = withDrawableText(spec, canDraw);
        expect(clean.altText).toBe(spec.altText);
        expect(textsOf({ ...clean, altText: '' }).filter((text) => !Array.from(text).every(canDraw))).toEqual(
          [],
        );
        expect(withoutTexts(clean)).toEqual(withoutTexts(spec));
      }),
    );
  });
});

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

function withoutTexts(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? '' : one)));
}
