import type { PlanRequest } from '../../planner.ts';
import { meaningsOf } from '../compose/draft.ts';
import { namingDimension } from '../compose/reach.ts';
import { isPut } from '../edit.ts';
import { fillerWords } from '../filler-words.ts';
import type { Token } from '../token.ts';
import type { Understanding } from '../understand.ts';
import { wordsOf } from '../vocabulary.ts';
import type { OpenPoint } from './open-point.ts';

const longestPart = 3;

/**
 * "the EMEA team" where two teams carry that word: part of a stored name right before what it names. A part that only one
 * name has stands for it; the whole name is no part.
 */
export function findOpenValue(
  { reading, spans }: Understanding,
  { catalogue, stored }: PlanRequest,
): OpenPoint | null {
  if (stored === undefined) return null;
  for (const span of spans) {
    const ids = [
      ...meaningsOf(span, 'dimension').map(({ id }) => id),
      ...meaningsOf(span, 'entity').flatMap(({ id }) => namingDimension(catalogue, id) ?? []),
    ].filter((id) => catalogue.dimensions.has(id));
    // "support team" is a phrase of the catalogue; its last word is the noun.
    const at = span.to - 1;
    const noun = reading.tokens[at];
    // "the EMEA teams" are all of them, "by team" and "which team" ask for each.
    if (noun === undefined || noun.lower !== noun.word || isEach(reading.tokens, span.from)) continue;
    for (const dimension of ids) {
      const names = stored.get(dimension) ?? [];
      const part = partBefore(reading.tokens, at, names);
      if (part === null) continue;
      const label = catalogue.dimensions.get(dimension)?.label ?? dimension;
      return {
        question: `Which ${label.toLowerCase()} do you mean?`,
        words: part.words,
        yields: false,
        readings: part.names.map((name) => ({
          label: name,
          isFixed: true,
          edits: [
            {
              from: part.from,
              to: span.to,
              put: [
                {
                  kind: 'meaning',
                  label: name,
                  meaning: { kind: 'value', dimension, value: name, label: name },
                },
              ],
            },
          ],
        })),
      };
    }
  }
  return null;
}

const isEach = (tokens: readonly Token[], at: number): boolean =>
  tokens
    .slice(Math.max(0, at - 2), at)
    .some((token) => /^(?:by|per|each|every|which|what)$/.test(token.word));

interface Part {
  readonly from: number;
  readonly words: string;
  readonly names: readonly string[];
}

/** The most words right before a noun that stand in a name and are not all of it. */
function partBefore(tokens: readonly Token[], noun: number, names: readonly string[]): Part | null {
  for (let length = longestPart; length > 0; length -= 1) {
    const part = tokens.slice(noun - length, noun);
    if (part.length < length || part.some((token) => token.kind !== 'word' || isPut(token))) continue;
    if (part.some((token) => fillerWords.has(token.word))) continue;
    const words = part.map((token) => token.word);
    const fits = names.filter((name) => holds(wordsOf(name), words));
    if (names.some((name) => wordsOf(name).join(' ') === words.join(' '))) return null;
    if (fits.length === 0) continue;
    const text = part.map((token) => token.text).join(' ');
    return { from: noun - length, words: text, names: fits };
  }
  return null;
}

const holds = (name: readonly string[], words: readonly string[]): boolean =>
  name.length > words.length && ` ${name.join(' ')} `.includes(` ${words.join(' ')} `);
