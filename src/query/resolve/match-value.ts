import { normalWords } from '../../catalogue/lookup.ts';
import { editDistance } from '../../toolkit/edit-distance.ts';
import { nearest, toleratedEdits } from './nearest.ts';
import { isWholeName, withoutPossessive } from './whole-name.ts';

/** What a word means among the stored values. */
export type ValueMatch =
  | {
      readonly kind: 'found';
      /** More than one only when they differ in nothing but case, spaces or punctuation. */
      readonly values: readonly string[];
      readonly how: 'exact' | 'same-letters' | 'prefix' | 'typo';
    }
  | { readonly kind: 'several'; readonly values: readonly string[] }
  | { readonly kind: 'none'; readonly nearest: readonly string[] };

/** Shorter beginnings fit too much to be meant. */
const shortestPrefix = 3;

/**
 * Finds a word among stored values: exactly, then whatever the case, spaces and punctuation ("gtxpro" is "GTX Pro"),
 * then as the beginning of the value or of one of its words, then with a typing mistake. The first of these that fits
 * anything decides; if it fits several different values, the caller must ask. Numbers are never mistyped: another
 * number is another record.
 */
export function matchValue(word: string, stored: readonly string[]): ValueMatch {
  if (stored.includes(word)) return { kind: 'found', values: [word], how: 'exact' };
  const wanted = letters(word);
  if (wanted === '') return { kind: 'none', nearest: [] };
  const same = stored.filter((value) => letters(value) === wanted);
  if (same.length > 0) return { kind: 'found', values: same, how: 'same-letters' };
  const short = /\d{3}/.test(wanted)
    ? stored.filter((value) => withoutZeros(letters(value)) === withoutZeros(wanted))
    : [];
  if (short.length > 0) return decide(short, 'prefix');
  const spoken = normalWords(word);
  if (spoken.length >= shortestPrefix) {
    const begun = stored.filter((value) => beginsWith(normalWords(value), spoken));
    if (begun.length > 0) return decide(begun, 'prefix');
    const owner = withoutPossessive(word.trim());
    const owning = owner === null ? [] : stored.filter((value) => isWholeName(value, owner, true));
    if (owning.length > 0) return decide(owning, 'prefix');
  }
  const edits = toleratedEdits(wanted.length);
  const alike = stored.filter((value) => digits(value) === digits(word));
  if (edits > 0) {
    const close = alike
      .map((value) => ({ value, distance: editDistance(wanted, letters(value)) }))
      .filter(({ distance }) => distance <= edits);
    const least = Math.min(...close.map(({ distance }) => distance));
    const best = close.filter(({ distance }) => distance === least).map(({ value }) => value);
    if (best.length > 0) return decide(best, 'typo');
  }
  return { kind: 'none', nearest: nearest(word, alike, (value) => [value], 3, 0.5) };
}

function decide(values: readonly string[], how: 'prefix' | 'typo'): ValueMatch {
  const different = new Set(values.map(letters));
  return different.size === 1 ? { kind: 'found', values, how } : { kind: 'several', values };
}

function beginsWith(value: string, word: string): boolean {
  return value.startsWith(word) || value.includes(` ${word}`);
}

/** "11849" is 00011849, "CE-0043" is CE-43. */
const withoutZeros = (text: string): string => text.replaceAll(/(?<!\d)0+(?=\d)/g, '');

/** What of a value is a number; words like "2nd line" and a name without any have no such part in common. */
const digits = (text: string): string => text.replaceAll(/\D+/g, ' ').trim();

/** Letters and digits alone, in lower case. */
function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '');
}
