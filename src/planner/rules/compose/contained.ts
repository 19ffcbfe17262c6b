import type { NameMention } from '../slots/names.ts';
import { type Draft, meaningsOf } from './draft.ts';
import { reachable } from './reach.ts';

const holds = /^(?:contain|contains|containing|contained|mention|mentions|mentioning|includes)$/;

/** "Has 'M5' in its VIN number", "whose subject contains 'timeout'": a piece of a text, not the whole of it. */
export function addContained(draft: Draft, name: NameMention): boolean {
  const { reading, spans } = draft.understood;
  const { tokens } = reading;
  if (tokens[name.from]?.kind !== 'quoted') return false;
  const isInside =
    tokens[name.to]?.word === 'in' && /^(?:its|their|the|his|her)$/.test(tokens[name.to + 1]?.lower ?? '');
  const verb = tokens[name.from - 1];
  const isHeld = verb !== undefined && holds.test(verb.lower);
  const span = spans.find(
    (one) => (isInside && one.from === name.to + 2) || (isHeld && one.to === verb.index),
  );
  if (!span) return false;
  const [best] = reachable(
    draft.catalogue,
    draft.entity,
    meaningsOf(span, 'dimension').map(({ id }) => id),
  ).filter(({ dimension }) => dimension.type === 'text' && dimension.filterable);
  if (!best) return false;
  draft.used.add(span);
  if (isHeld) draft.usedTokens.add(verb.index);
  const isMentioned = isHeld && /^mention/.test(verb.lower);
  const { id } = best.dimension;
  // "Multi-region or geo partitioning": one or the other, each with all of its words.
  const either = isMentioned ? name.text.split(/ or (?=\S)/i).map(contentWords) : [[name.text]];
  for (const texts of oneOfEach(either))
    draft.where.push({
      any: [...new Set(texts)].map((text) => ({ dimension: id, op: 'contains', values: [text] })),
    });
  return true;
}

/** One word of each alternative, in every combination: all of these hold where one of the alternatives does as a whole. */
const oneOfEach = (either: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  either.reduce<readonly (readonly string[])[]>(
    (sofar, words) => sofar.flatMap((before) => words.map((word) => [...before, word])),
    [[]],
  );

/** "Kafka change data capture" is mentioned where each of its words is, in whatever order they were written. */
function contentWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const word of text.split(/\s+/)) {
    const before = words.at(-1);
    // "SOC 2": a short word says something only with the one before it.
    if (/^\d{1,2}$/.test(word) && before !== undefined) words[words.length - 1] = `${before} ${word}`;
    else if (word.length > 2 && !joining.test(word)) words.push(word);
  }
  return words.length > 0 ? [...new Set(words)] : [text];
}

const joining = /^(?:the|and|for|with|from|into|our|their|its|some|any)$/i;
