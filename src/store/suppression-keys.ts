/*
 * One way to write a name, an address and a number, so that what is erased is recognised however a later source spells
 * it.
 */

const ligatures: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
};
const LIGATURE = /[ßæœøđðłħıþ]/g;

/** Lower case, without accents: `Łukasz Müller` and `lukasz muller` are one. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(LIGATURE, (letter) => ligatures[letter] ?? letter);
}

/** Words of a text, folded. */
export function foldedWords(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export const emailKey = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** Digits of a number that every spelling of it shares: the last eight. Null: too short to be a number of somebody. */
export function phoneKey(phone: string): string | null {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 7 ? null : digits.slice(-8);
}

/** Orders in which a name is written, as keys: `ana lopez`, `lopez ana`. Empty for a single word, which names nobody. */
export function nameKeys(name: string): readonly string[] {
  const words = foldedWords(name);
  const [first, last] = [words[0], words.at(-1)];
  if (words.length < 2 || first === undefined || last === undefined) return [];
  const keys = [words, [last, ...words.slice(0, -1)], [first, last], [last, first]];
  return [...new Set(keys.map((key) => key.join(' ')))];
}

/** 16 bits of FNV-1a, mixed with the salt. */
export function bucketOf(value: string, salt: number): number {
  let hash = (0x811c9dc5 ^ salt) >>> 0;
  for (let index = 0; index < value.length; index += 1) {
    hash ^= value.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}
