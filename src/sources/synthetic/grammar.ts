import type { Random } from './random.ts';

/** What may stand in the place of `{name}` in a sentence. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/**
 * Fills a sentence: `{table}` becomes a word of that list (which may have places of its own), `{2-60}` a number of
 * that range.
 *
 * @throws Error for a place without a list, which is a mistake in the vocabulary
 */
export function fillIn(random: Random, sentence: string, vocabulary: Vocabulary): string {
  return sentence.replace(/\{(?:(\d+)-(\d+)|([a-z-]+))\}/gi, (_place, low, high, name: string) => {
    if (low !== undefined) return String(random.whole(Number(low), Number(high)));
    const words = vocabulary[name];
    if (words === undefined) throw new Error(`no words for {${name}}`);
    return fillIn(random, random.pick(words), vocabulary);
  });
}
