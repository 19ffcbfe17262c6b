import { fillerWords } from '../filler-words.ts';
import { plainWords } from '../plain-words.ts';
import { type Reading, range } from '../reading.ts';
import type { Token } from '../token.ts';

/** Words that name something of the asker's world. Planning never looks names up: `query` does, under their scope. */
export interface NameMention {
  readonly text: string;
  /** Word before it, skipping articles: decides what kind of thing it probably is. */
  readonly preposition: string | null;
  readonly possessive: boolean;
  /** Looks like a record number, for example CE-123. */
  readonly isCode: boolean;
  readonly from: number;
  readonly to: number;
}

const longestName = 6;
const opensName =
  /^(?:for|from|at|by|about|in|with|of|is|to|on|versus|named|called|against|and|or|not|except|excluding|account|customer|client|without)$/;

/** Quoted words, capitalised words, and unknown words where only a name can stand ("for acme", "acme's tickets"). */
export function readNames(reading: Reading): readonly NameMention[] {
  const found: NameMention[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const token = reading.tokens[index];
    if (!token || !reading.isFree(index) || !startsName(reading, token)) continue;
    const to = token.kind === 'quoted' ? index + 1 : endOfName(reading, index);
    const last = reading.tokens[to - 1] ?? token;
    const text =
      token.kind === 'quoted' ? token.text : reading.text.slice(token.start, last.end).replace(/'s?$/i, '');
    reading.take('name', range(index, to), text);
    found.push({
      text,
      preposition: wordBefore(reading, index),
      possessive: last.possessive,
      isCode: /^[A-Za-z]{2,}-?\d+$/.test(text),
      from: index,
      to,
    });
    index = to - 1;
  }
  return found;
}

function startsName(reading: Reading, token: Token): boolean {
  if (token.kind === 'quoted') return true;
  if (token.kind !== 'word' || !/^\p{L}/u.test(token.text)) return false;
  if (fillerWords.has(token.word) || ruleWords.test(token.word)) return false;
  const isPlain = plainWords.has(token.lower);
  if (token.capitalised) return token.index > 0 || !isPlain;
  if (isPlain) return false;
  return token.possessive || opensName.test(wordBefore(reading, token.index) ?? '');
}

/** Words that mean something to a rule even when no rule took them: never names. */
const ruleWords =
  /^(?:not|no|without|except|excluding|and|or|versus|than|more|less|fewer|over|under|above|below|before|after|since|until|last|next|this|that|these|those|it|them|they|their|why|when|where|if|average|median|change|compare|compared)$/;

function endOfName(reading: Reading, from: number): number {
  const first = reading.tokens[from];
  let end = from + 1;
  while (end < reading.tokens.length && end - from < longestName) {
    const token = reading.tokens[end];
    const previous = reading.tokens[end - 1];
    if (
      !token ||
      !reading.isFree(end) ||
      token.kind === 'comma' ||
      token.kind === 'quoted' ||
      previous?.possessive
    )
      break;
    const isUnknown = token.kind === 'word' && !fillerWords.has(token.word) && !ruleWords.test(token.word);
    const isBound = token.word === 'and' && token.text === '&';
    const continues = first?.capitalised
      ? token.capitalised ||
        isBound ||
        (token.kind === 'number' && /^\d{1,4}$/.test(token.text)) ||
        (token.word === 'of' && reading.tokens[end + 1]?.capitalised === true)
      : isUnknown && !plainWords.has(token.lower);
    if (!continues) break;
    end += 1;
  }
  return end;
}

function wordBefore(reading: Reading, index: number): string | null {
  for (let back = index - 1; back >= 0; back -= 1) {
    const token = reading.tokens[back];
    if (token && !/^(?:the|a|an|our|customer|account|client)$/.test(token.word))
      return token.kind === 'comma' ? ',' : token.word;
  }
  return null;
}
