import { pastForms } from './canonical.ts';
import type { Reading } from './reading.ts';
import { isRankingWord } from './slots/ranking.ts';
import { smallNumbers } from './small-numbers.ts';
import type { Token } from './token.ts';
import { isSkippable, type Phrase, type Vocabulary } from './vocabulary.ts';

export interface Candidate {
  readonly indexes: readonly number[];
  readonly phrase: Phrase;
  readonly inOrder: boolean;
}

export function inOrder(reading: Reading, vocabulary: Vocabulary): readonly Candidate[] {
  const tokens = contentTokens(reading);
  const found: Candidate[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const keys: string[] = [];
    for (let end = start; end < Math.min(tokens.length, start + vocabulary.longest); end += 1) {
      const token = tokens[end];
      if (!token || (end > start && isBroken(reading, tokens[end - 1], token))) break;
      keys.push(vocabulary.keyOf(token.word));
      const phrase = vocabulary.phrases.get(keys.join(' '));
      if (!phrase || isApart(reading, tokens.slice(start, end + 1), phrase)) continue;
      const indexes = tokens.slice(start, end + 1).map((one) => one.index);
      if (isHeldBy(reading, tokens.slice(start, end + 1), phrase)) continue;
      if (isOwned(tokens.slice(start, end), phrase)) continue;
      if (start === end && isDegree(vocabulary, token, tokens[end + 1])) continue;
      if (isOfRecords(reading, vocabulary, tokens.slice(start, end + 1), phrase)) continue;
      const isPart =
        saysWhose(reading, vocabulary, indexes) ||
        isCountedRanking(reading, indexes[0] ?? 0) ||
        ranksRows(reading, vocabulary, indexes);
      if (!isPart) found.push({ indexes, phrase, inOrder: true });
    }
  }
  return found;
}

/** "Low CSAT" says how much of a figure, and no priority. */
function isDegree(vocabulary: Vocabulary, token: Token, next: Token | undefined): boolean {
  if (!/^(?:low|high)$/.test(token.word) || next?.index !== token.index + 1) return false;
  const meanings = vocabulary.phrases.get(vocabulary.keyOf(next.word))?.meanings ?? [];
  return (
    meanings.some(({ kind }) => kind === 'metric') &&
    !meanings.some((one) => one.kind === 'entity' || one.kind === 'dimension')
  );
}

/** "Our team's leads" are no team leads: what is somebody's is no value of two words. */
const isOwned = (before: readonly Token[], { meanings }: Phrase): boolean =>
  before.some(({ possessive }) => possessive) && meanings.every(({ kind }) => kind === 'value');

export function contentTokens(reading: Reading): readonly Token[] {
  return reading.tokens.filter(
    (token) =>
      reading.isFree(token.index) && token.kind !== 'quoted' && token.kind !== 'comma' && !isSkippable(token),
  );
}

/** "Incidents at my accounts": whose they are is no part of a figure's name. */
export function saysWhose(reading: Reading, { keyOf }: Vocabulary, indexes: readonly number[]): boolean {
  const [first = 0] = indexes;
  return indexes.some(
    (index) =>
      index > first &&
      reading.tokens[index - 1]?.word === 'my' &&
      keyOf(reading.tokens[index]?.word ?? '') === '@account',
  );
}

/** "deals in stage negotiation" are no "deal stage": records stand before what is said of them. */
function isApart(reading: Reading, tokens: readonly Token[], phrase: Phrase): boolean {
  const [first, second] = tokens;
  if (!first || !second || !phrase.words[0]?.startsWith('@') || first.lower === first.word) return false;
  if (isDoer(reading, first, second)) return true;
  if (phrase.meanings.some((one) => one.kind === 'metric' || one.kind === 'entity')) return false;
  return reading.tokens
    .slice(first.index + 1, second.index)
    .some(({ word }) => /^(?:in|with|at|on|of|that|which|are|is)$/.test(word));
}

/** "Which customers have tickets": those that have some, and no kind of ticket that is called by both. */
function isHeldBy({ tokens: all }: Reading, tokens: readonly Token[], { meanings }: Phrase): boolean {
  const [first, last] = [tokens.at(0), tokens.at(-1)];
  if (!first || !last || last.lower === last.word || !meanings.every(({ kind }) => kind === 'entity'))
    return false;
  return all
    .slice(first.index + 1, last.index)
    .some(({ lower }) => /^(?:have|has|had|having|with|got)$/.test(lower));
}

/** "By lifecycle stage of the customer": whose stage it is, and no customer among the stages. */
function isOfRecords(
  { tokens: all }: Reading,
  { keyOf }: Vocabulary,
  tokens: readonly Token[],
  { meanings }: Phrase,
): boolean {
  const [last, before] = [tokens.at(-1), tokens.at(-2)];
  if (!last || !before || !keyOf(last.word).startsWith('@')) return false;
  const isValue = meanings.every(({ kind }) => kind === 'value');
  return isValue && all.slice(before.index + 1, last.index).some(({ lower }) => lower === 'of');
}

/** "did each of my accounts open": what they did, not that they were opened. */
export const isDoer = (reading: Reading, noun: Token, verb: Token): boolean =>
  verb.index > noun.index &&
  Object.hasOwn(pastForms, verb.lower) &&
  reading.tokens.slice(Math.max(0, noun.index - 6), noun.index).some(({ lower }) => lower === 'did');

/** A quoted name, "and" or a word taken by another rule ends a phrase. */
function isBroken(reading: Reading, left: Token | undefined, right: Token): boolean {
  // "Umbra deals: stage, amount": what is behind a colon is asked of what is before it.
  if (left !== undefined && /[:;]| - /.test(reading.text.slice(left.end, right.start))) return true;
  for (let index = (left?.index ?? right.index) + 1; index < right.index; index += 1) {
    const between = reading.tokens[index];
    if (!between || between.kind === 'quoted' || between.word === 'and') return true;
    if (between.kind === 'comma' && isCountAtEnd(reading, right.index)) return true;
    if (between.kind === 'comma' && left !== undefined && isGroupBefore(reading, index)) return true;
    // "how old are my open deals": whose they are does not break the figure's name.
    if (!reading.isFree(index) && between.word !== 'my') return true;
  }
  return false;
}

/** "Tickets opened by enterprise customers, count": how many of all that, and no "customers count". */
export const isCountAtEnd = ({ tokens }: Reading, index: number): boolean =>
  /^(?:count|number|total)$/.test(tokens[index]?.lower ?? '') && tokens[index - 1]?.kind === 'comma';

/** "By intent, success rate": what figures are split by ends at the comma. */
export function isGroupBefore({ tokens }: Reading, comma: number): boolean {
  const [word, before, earlier] = [1, 2, 3].map((back) => tokens[comma - back]?.lower ?? '');
  const isMark = (one = ''): boolean => /^(?:by|per|each|every)$/.test(one);
  return word !== undefined && (isMark(before) || (isMark(earlier) && before !== 'and'));
}

/** "5 biggest deals won", "the three oldest open tickets": so many of them in that order, no figure of that name. */
export function isCountedRanking({ tokens }: Reading, first: number): boolean {
  const number = tokens[first - 1];
  if (!isRankingWord(tokens[first]?.word ?? '') || number === undefined) return false;
  return (
    (number.kind === 'number' && /^\d{1,2}$/.test(number.text)) || smallNumbers[number.word] !== undefined
  );
}

/** "Biggest deals we won": those that come first, where "our biggest won deal" is a figure. */
export function ranksRows({ tokens }: Reading, { keyOf }: Vocabulary, indexes: readonly number[]): boolean {
  const said = indexes.map((index) => tokens[index]);
  return (
    said.some((token) => token !== undefined && isRankingWord(token.word)) &&
    said.some((token) => token && token.lower !== token.word && keyOf(token.word).startsWith('@'))
  );
}
