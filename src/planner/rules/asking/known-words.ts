import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { Meaning, Vocabulary } from '../vocabulary.ts';
import { wordsOf } from '../vocabulary.ts';

/** What some words name, where a turn of phrase asks for one kind of thing only. */
export interface KnownWords {
  /** Something that figures can be split by: a property or records. */
  readonly isGroup: (text: string) => boolean;
  /** A property of records, and no records: there are few of its kind. */
  readonly isProperty: (text: string) => boolean;
  /** It begins with a figure, or with records that can be counted. */
  readonly opensWithFigure: (text: string) => boolean;
  /** It begins with a figure, and not merely with records. */
  readonly opensWithMetric: (text: string) => boolean;
  /** It begins with a figure, and not with records that would be counted. */
  readonly opensWithMeasure: (text: string) => boolean;
  /** It begins with a figure that is added up, so that a group's highest is the most of it. */
  readonly opensWithTotal: (text: string) => boolean;
  /** A single word for records of one kind. */
  readonly isRecord: (word: string) => boolean;
}

const mostWords = 6;
const around = /^(?:(?:the|our|my|all|their|its|of|number|count|total|amount|average|mean|median) )+/i;

export function knownWords({ phrases, keyOf }: Vocabulary, { metrics, dimensions }: Catalogue): KnownWords {
  const meaningsOf = (text: string): readonly Meaning[] =>
    phrases.get(wordsOf(text).map(keyOf).join(' '))?.meanings ?? [];
  const has = (text: string, kinds: RegExp): boolean => meaningsOf(text).some(({ kind }) => kinds.test(kind));
  const isTotal = (one: Meaning): boolean => {
    const metric = one.kind === 'metric' ? metrics.get(one.id) : undefined;
    return metric?.type === 'simple' && /^(?:sum|count)$/.test(metric.measure.aggregate);
  };
  const isCount = (id: string): boolean => {
    const metric = metrics.get(id);
    return metric?.type === 'simple' && /^count/.test(metric.measure.aggregate);
  };
  const prefixes = (text: string): readonly string[] => {
    const words = text.split(/[\s,;:?!]+/).slice(0, mostWords);
    return words.map((_, index) => words.slice(0, index + 1).join(' '));
  };
  return {
    isGroup: (text) =>
      /^[\p{L}\p{N} '-]+$/u.test(text) && has(text.replace(around, ''), /^(?:dimension|entity)$/),
    isProperty: (text) =>
      has(text.replace(around, ''), /^dimension$/) && !has(text.replace(around, ''), /^entity$/),
    opensWithFigure: (text) =>
      [...prefixes(text), ...prefixes(text.replace(around, ''))].some((said) =>
        has(said, /^(?:metric|entity)$/),
      ),
    opensWithMetric: (text) =>
      [text, text.replace(around, '')].some((said) => {
        const longest = prefixes(said).findLast((words) => has(words, /^(?:metric|entity|dimension)$/));
        return longest !== undefined && has(longest, /^metric$/) && !has(longest, /^entity$/);
      }),
    opensWithMeasure: (text) => {
      const longest = prefixes(text).findLast((words) => has(words, /^(?:metric|entity|dimension)$/));
      const meanings = longest === undefined ? [] : meaningsOf(longest);
      const isRecords = meanings.some(({ kind }) => kind === 'entity');
      // "Accounts by health band" are split by it.
      const splits = (one: Meaning): boolean =>
        one.kind === 'dimension' && dimensions.get(one.id)?.type === 'text';
      if (meanings.some(splits)) return false;
      return meanings.some((one) => one.kind === 'metric' && !(isRecords && isCount(one.id)));
    },
    opensWithTotal: (text) => prefixes(text).some((said) => meaningsOf(said).some(isTotal)),
    isRecord: (word) => keyOf(wordsOf(word)[0] ?? '').startsWith('@'),
  };
}
