import type { TopicWords } from '../../../domain/text-settings.ts';
import { stemOf } from '../features.ts';

export interface KeywordReading {
  readonly topic: string;
  /** The words that were found. */
  readonly found: readonly string[];
}

/**
 * Reads topics by the words that users wrote down for them: the topic with most different words found first; of two
 * alike, the one that stands higher in the file. Endings do not matter ("invoice" finds "invoices").
 *
 * @returns a function from the words of a text to at most three topics
 */
export function keywordReader(
  topics: readonly TopicWords[],
): (words: readonly string[]) => readonly KeywordReading[] {
  const longest = Math.max(1, ...topics.flatMap(({ words }) => words.map((one) => one.split(' ').length)));
  const topicsOf = new Map<string, { readonly topic: string; readonly word: string }[]>();
  for (const { label, words } of topics) {
    for (const word of words) {
      const key = word.split(' ').map(stemOf).join(' ');
      const known = topicsOf.get(key) ?? [];
      topicsOf.set(key, [...known, { topic: label, word }]);
    }
  }
  const order = new Map(topics.map(({ label }, index) => [label, index]));
  return (words) => {
    const found = new Map<string, Set<string>>();
    const stems = words.map(stemOf);
    for (let at = 0; at < stems.length; at += 1) {
      for (let length = 1; length <= longest && at + length <= stems.length; length += 1) {
        for (const { topic, word } of topicsOf.get(stems.slice(at, at + length).join(' ')) ?? [])
          found.set(topic, (found.get(topic) ?? new Set()).add(word));
      }
    }
    return [...found]
      .sort(([a, wordsOfA], [b, wordsOfB]) => wordsOfB.size - wordsOfA.size || order.get(a)! - order.get(b)!)
      .slice(0, 3)
      .map(([topic, own]) => ({ topic, found: [...own] }));
  };
}
