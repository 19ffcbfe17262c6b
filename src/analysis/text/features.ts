/** Features live in this many places; two words share one about once in four for the vocabulary of a large tenant. */
export const FEATURE_PLACES = 1 << 18;

/** Numbers of the features of a text, each with how often it occurs. */
export type Features = ReadonlyMap<number, number>;

/**
 * Words and pairs of neighbours, each under the number of its hash (FNV-1a, 18 bits). A model that is stored holds these
 * numbers alone: no word of a customer can be read from it.
 */
export function featuresOf(words: readonly string[]): Features {
  const features = new Map<number, number>();
  const add = (feature: string) => {
    const place = placeOf(feature);
    features.set(place, (features.get(place) ?? 0) + 1);
  };
  let before = '';
  for (const word of words) {
    const stem = stemOf(word);
    add(stem);
    if (before !== '') add(`${before} ${stem}`);
    before = stem;
  }
  return features;
}

/** FNV-1a over UTF-16 units, folded to 18 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash >>> 18) ^ hash) & (FEATURE_PLACES - 1);
}

/** Without the commonest endings of English, so that `payments`, `payment` and `paid`'s kin meet; short words stay. */
export function stemOf(word: string): string {
  if (word.length <= 4) return word;
  if (word.endsWith("'s")) return stemOf(word.slice(0, -2));
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('ing') && word.length > 6) return word.slice(0, -3);
  if (word.endsWith('ed') && word.length > 5) return word.slice(0, -2);
  if (word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us')) return word.slice(0, -1);
  return word;
}
