import type { SeenNames } from '../../query/seen-names.ts';

const pronoun = /\b(?:his|her|hers|him|he|she)\b/i;

/**
 * "What is Naomi waiting for, show her open tickets": who is meant by the pronoun stands before it in the same message.
 *
 * @param names that the asker may see; only they are known to be names where they are written in lower case
 */
export function withNamedBefore(text: string, names: SeenNames | undefined): string {
  const at = text.search(pronoun);
  // What is told in a sentence of its own is read as what was told around the question.
  if (at <= 0 || names === undefined || /[.?!] \S/.test(text)) return text;
  const words = new Set(
    [...names.values()].flatMap((some) => [...some].flatMap((name) => name.toLowerCase().split(/\s+/))),
  );
  const before = [...text.slice(0, at).matchAll(/\p{L}[\p{L}-]{2,}/gu)];
  const last = before.findLastIndex(([word]) => words.has(word.toLowerCase()));
  const found = before[last];
  if (found === undefined) return text;
  const first = before[last - 1];
  const isWhole =
    first !== undefined &&
    words.has(first[0].toLowerCase()) &&
    first.index + first[0].length + 1 === found.index;
  const name = isWhole ? `${first[0]} ${found[0]}` : found[0];
  return text.replaceAll(
    /\b(his|her|hers|him|he|she)\b(?=( \p{L}+)?)/giu,
    (said: string, _one, next?: string) =>
      /^(?:his|hers)$/i.test(said) ||
      (/^her$/i.test(said) &&
        next !== undefined &&
        !/^ (?:is|was|has|had|and|or|do|does|did|in|on|at|this|last)$/i.test(next))
        ? `${name}'s`
        : name,
  );
}
