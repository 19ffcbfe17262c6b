/**
 * Whether words are whole words of a name: its beginning ("pelican" of "Pelican Insurance AB"), or anywhere in it where
 * people are called by either name ("chen" of "Robert Chen"). Written together counts as well.
 */
export function isWholeName(name: string, words: string, anywhere: boolean): boolean {
  const all = wordsOf(name);
  const some = wordsOf(words);
  if (some.length === 0) return false;
  if (all.join('') === some.join('')) return true;
  const last = anywhere ? all.length - some.length : 0;
  for (let start = 0; start <= last; start += 1)
    if (some.every((word, index) => all[start + index] === word)) return true;
  const bare = withoutPossessive(words);
  return bare !== null && isWholeName(name, bare, anywhere);
}

const shortestName = 3;

/** "Hannahs tickets": a name with the s of what belongs to it, typed without the apostrophe; null when it ends otherwise. */
export function withoutPossessive(words: string): string | null {
  return /\p{L}s$/iu.test(words) && !/ss$/i.test(words) && words.length > shortestName
    ? words.slice(0, -1)
    : null;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
