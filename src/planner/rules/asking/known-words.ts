import type { Vocabulary } from '../vocabulary.ts';
import { wordsOf } from '../vocabulary.ts';

/** What some words name, where a turn of phrase asks for one kind of thing only. */
export interface KnownWords {
  /** Something that figures can be split by: a property or records. */
  readonly isGroup: (text: string) => boolean;
  /** It begins with a figure, or with records that can be counted. */
  readonly opensWithFigure: (text: string) => boolean;
  /** A single word for records of one kind. */
  readonly isRecord: (word: string) => boolean;
}

const mostWords = 6;
const around = /^(?:(?:the|our|my|all|their|its|of|number|count|total|amount|average|mean|median) )+/i;

export function knownWords({ phrases, keyOf }: Vocabulary): KnownWords {
  const kindsOf = (text: string): readonly string[] => {
    const keys = wordsOf(text).map(keyOf);
    return phrases.get(keys.join(' '))?.meanings.map(({ kind }) => kind) ?? [];
  };
  const has = (text: string, kinds: RegExp): boolean => kindsOf(text).some((kind) => kinds.test(kind));
  const prefixes = (text: string): readonly string[] => {
    const words = text.split(/[\s,;:?!]+/).slice(0, mostWords);
    return words.map((_, index) => words.slice(0, index + 1).join(' '));
  };
  return {
    isGroup: (text) => /^[\p{L}\p{N} '-]+$/u.test(text) && has(text.replace(around, ''), /^(?:dimension|entity)$/),
    opensWithFigure: (text) =>
      [...prefixes(text), ...prefixes(text.replace(around, ''))].some((said) => has(said, /^(?:metric|entity)$/)),
    isRecord: (word) => keyOf(wordsOf(word)[0] ?? '').startsWith('@'),
  };
}
