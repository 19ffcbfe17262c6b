import { exhaustive } from '../toolkit/exhaustive.ts';
import type { ChartSpec } from './chart-spec.ts';

/** Whether a renderer's fonts can draw this character. */
export type CanDraw = (character: string) => boolean;

/** Pictures and signs that fonts for text do not have: emoji, arrows, dingbats, flags, and what joins them. */
const pictograph =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{So}\p{Sk}\u2190-\u21ff]/u;
/** Control, format (bidirectional overrides, zero width), private, unassigned, lone surrogates, variation selectors. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]|\p{Variation_Selector}/u;

/**
 * Text that can be drawn on one line: composed (NFC), without control and bidirectional characters, without emoji;
 * runs of white space become one space. A letter the fonts do not have becomes `?`, so that a name is seen to be
 * there; the alt text and the message around the picture keep the full name.
 */
export function drawableText(text: string, canDraw: CanDraw): string {
  let out = '';
  const oneLine = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/[\u2010-\u2012\u2015]/g, '-');
  for (const character of oneLine) {
    if (canDraw(character) && !invisible.test(character)) out += character;
    else if (/[\p{L}\p{N}\p{P}\p{Sc}\p{Sm}]/u.test(character) && !pictograph.test(character)) out += '?';
    // Marks on a letter that was replaced, emoji and control characters leave nothing behind.
  }
  return out.replace(/ {2,}/g, ' ').trim();
}

/** The spec with every text that is drawn passed through `drawableText`; the alt text stays as it is. */
export function withDrawableText(spec: ChartSpec, canDraw: CanDraw): ChartSpec {
  const clean = (text: string) => drawableText(text, canDraw);
  const cleanNames = <T extends { readonly name: string }>(items: readonly T[]) =>
    items.map((item) => ({ ...item, name: clean(item.name) }));
  const cleanLabels = <T extends { readonly label: string }>(items: readonly T[]) =>
    items.map((item) => ({ ...item, label: clean(item.label) }));
  const head = { title: clean(spec.title), subtitle: clean(spec.subtitle) };
  switch (spec.kind) {
    case 'line':
      return {
        ...spec,
        ...head,
        labels: spec.labels.map(clean),
        series: cleanNames(spec.series),
        ...(spec.band === undefined ? {} : { band: { ...spec.band, name: clean(spec.band.name) } }),
        ...(spec.thresholds === undefined ? {} : { thresholds: cleanLabels(spec.thresholds) }),
        ...(spec.marks === undefined ? {} : { marks: cleanLabels(spec.marks) }),
      };
    case 'stacked-bar':
      return {
        ...spec,
        ...head,
        labels: spec.labels.map(clean),
        series: cleanNames(spec.series),
        ...(spec.thresholds === undefined ? {} : { thresholds: cleanLabels(spec.thresholds) }),
      };
    case 'gauge':
      return { ...spec, ...head, caption: clean(spec.caption), bands: cleanLabels(spec.bands) };
    case 'horizontal-bar':
      return {
        ...spec,
        ...head,
        bars: spec.bars.map((bar) => ({
          ...bar,
          label: clean(bar.label),
          ...(bar.note === undefined ? {} : { note: clean(bar.note) }),
        })),
        ...(spec.thresholds === undefined ? {} : { thresholds: cleanLabels(spec.thresholds) }),
      };
    case 'kpi-strip':
      return {
        ...spec,
        ...head,
        tiles: spec.tiles.map((tile) => ({
          ...tile,
          label: clean(tile.label),
          value: clean(tile.value),
          change: clean(tile.change),
        })),
      };
    default:
      return exhaustive(spec);
  }
}
