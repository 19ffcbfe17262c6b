import { isPut } from '../edit.ts';
import { fillerWords } from '../filler-words.ts';
import { grammarWords } from '../grammar-words.ts';
import { plainWords } from '../plain-words.ts';
import { type Reading, range } from '../reading.ts';
import { smallNumbers } from '../small-numbers.ts';
import { monthNumber } from '../time/time-words.ts';
import type { Token } from '../token.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Words that name something of the asker's world. Planning never looks names up: `query` does, under their scope. */
export interface NameMention {
  readonly text: string;
  /** Word before it, skipping articles: decides what kind of thing it probably is. */
  readonly preposition: string | null;
  readonly possessive: boolean;
  /** Looks like a record number, for example CE-123. */
  readonly isCode: boolean;
  /** Taken as a name only because nobody knew the word: it must be found whole. */
  readonly isGuess?: true;
  /** Dimensions of those that the asker knows to be called so; absent where nobody looked. */
  readonly of?: readonly string[];
  readonly from: number;
  readonly to: number;
}

const longestName = 6;
const opensName =
  /^(?:for|from|at|by|about|in|with|of|is|to|on|versus|named|called|against|and|or|not|except|excluding|account|customer|client|without)$/;

/** Quoted words, capitalised words, and unknown words where only a name can stand ("for acme", "acme's tickets"). */
export function readNames(
  reading: Reading,
  isCustomerNoun: (word: string) => boolean,
  isRecordNoun: (word: string) => boolean,
  guesses = false,
): readonly NameMention[] {
  const found: NameMention[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const token = reading.tokens[index];
    if (token && reading.isFree(index) && isRecordNumber(reading, token, isRecordNoun)) {
      reading.take('name', [index], token.text);
      found.push({ ...mention(reading, index, index + 1, token.text), isCode: true });
      continue;
    }
    if (!token || !reading.isFree(index) || !startsName(reading, token, isCustomerNoun)) continue;
    const to = token.kind === 'quoted' ? index + 1 : endOfName(reading, index, guesses);
    const last = reading.tokens[to - 1] ?? token;
    const text =
      token.kind === 'quoted' ? token.text : reading.text.slice(token.start, last.end).replace(/'s?$/i, '');
    reading.take('name', range(index, to), text);
    const isGuess = guesses && token.kind !== 'quoted' && !token.capitalised;
    // A quoted name that was put in place of words is that of one record.
    const isCode = token.kind === 'quoted' && isPut(token);
    found.push({
      ...mention(reading, index, to, text),
      ...(isGuess && { isGuess }),
      ...(isCode && { isCode }),
    });
    index = to - 1;
  }
  return found;
}

/** "ticket 1001": a number right after the singular of what it numbers. */
function isRecordNumber(reading: Reading, token: Token, isRecordNoun: (word: string) => boolean): boolean {
  const before = reading.tokens[token.index - 1];
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) return false;
  // "00011846": nobody counts with zeros in front.
  if (/^0\d{4,}$/.test(token.text)) return true;
  if (!before) return false;
  return isRecordNoun(before.word) && !/s$/.test(before.lower);
}

export function mention(reading: Reading, from: number, to: number, text: string): NameMention {
  return {
    text,
    preposition: wordBefore(reading, from),
    possessive: reading.tokens[to - 1]?.possessive ?? false,
    isCode: /^[A-Za-z]{2,}-?\d+$/.test(text),
    from,
    to,
  };
}

/**
 * "Ada Agent", "GTX Plus Basic": neighbouring capitalised words of which one is unknown are one name, even if another
 * is also a value of the catalogue.
 */
export function readFullNames(reading: Reading, vocabulary: Vocabulary): readonly NameMention[] {
  const found: NameMention[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    // Every sentence begins with a capital letter.
    if (index === 0 && plainWords.has(reading.tokens[0]?.lower ?? '')) continue;
    let end = index;
    while (end < reading.tokens.length && isNamePart(reading, vocabulary, reading.tokens[end])) {
      end += 1;
      if (reading.tokens[end - 1]?.possessive) break;
    }
    const parts = reading.tokens.slice(index, end);
    const [first] = parts;
    if (first && parts.length > 1 && isUnknownWord(vocabulary, first)) {
      const text = reading.text.slice(first.start, parts.at(-1)?.end).replace(/'s?$/i, '');
      reading.take('name', range(index, end), text);
      found.push(mention(reading, index, end, text));
    }
    index = Math.max(index, end - 1);
  }
  return found;
}

const isUnknownWord = (vocabulary: Vocabulary, token: Token): boolean =>
  !/^(?:fy\d*|q[1-4]|h[12]|w\d+)$/.test(token.lower) &&
  !vocabulary.words.has(token.word) &&
  !grammarWords.has(token.word) &&
  !monthNumber(token.lower);

function isNamePart(reading: Reading, vocabulary: Vocabulary, token: Token | undefined): boolean {
  if (token?.kind !== 'word' || !token.capitalised || !reading.isFree(token.index)) return false;
  if (/^[A-Z]{2,}$/.test(token.text) && !isUnknownWord(vocabulary, token)) return false;
  if (isUnknownWord(vocabulary, token)) return true;
  const meanings = vocabulary.phrases.get(vocabulary.keyOf(token.word))?.meanings ?? [];
  return (
    meanings.some((one) => one.kind === 'value') &&
    !meanings.some((one) => one.kind === 'metric' || one.kind === 'entity')
  );
}

function startsName(reading: Reading, token: Token, isCustomerNoun: (word: string) => boolean): boolean {
  if (token.kind === 'quoted') return true;
  if (token.kind !== 'word' || !/^\p{L}/u.test(token.text)) return false;
  if (fillerWords.has(token.word) || ruleWords.test(token.word)) return false;
  // "Five customers with the lowest score": how many they are.
  if (Object.hasOwn(smallNumbers, token.lower)) return false;
  const isPlain = plainWords.has(token.lower);
  if (token.capitalised) return token.index > 0 || !isPlain;
  const after = reading.tokens[token.index + 1];
  if (after && after.index === token.index + 1 && isCustomerNoun(after.word) && /s$/.test(after.lower))
    return true;
  if (/(?:ing|ed|est)$/.test(token.lower)) return false;
  if (isPlain) return /^(?:in|for|from|at)$/.test(wordBefore(reading, token.index) ?? '');
  const before = wordBefore(reading, token.index) ?? '';
  if (before === 'by') return /(?:ed|won|lost)$/.test(wordBefore(reading, token.index - 1) ?? '');
  return token.possessive || opensName.test(before);
}

/** Words that mean something to a rule even when no rule took them: never names. */
export const ruleWords =
  /^(?:not|no|without|except|excluding|outside|and|or|versus|than|more|less|fewer|over|under|above|below|before|after|since|until|last|next|this|that|these|those|it|them|they|their|my|mine|why|when|where|if|average|median|change|compare|compared|nobody|noone|anyone|someone|everybody|everyone|ones|anything|everything|whatever|weekday|weekend|percent|share|contribute|contributes|contributed|dollar|euro|usd|eur|gbp|chf|second|minute|hour|day|week|month|quarter|half|year|duration|length)$/;

/** @param guesses "umbra security": after an unknown word an ordinary one goes on with the name */
export function endOfName(reading: Reading, from: number, guesses = false): number {
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
      : isUnknown && (guesses || !plainWords.has(token.lower)) && !plainWords.has(first?.lower ?? '');
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
