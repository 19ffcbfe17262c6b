import { wordTable } from '../../../toolkit/word-table.ts';
import { type Reading, range } from '../reading.ts';
import { smallNumbers } from '../small-numbers.ts';
import { monthNumber } from '../time/time-words.ts';
import type { Amount, Token } from '../token.ts';

/** A comparison with a number; which dimension it speaks of is decided later, from what stands around it. */
export interface NumberFilter {
  readonly op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'between' | 'in';
  readonly values: readonly number[];
  readonly isMoney: boolean;
  readonly isPercent: boolean;
  /** "More than 2 times": how often something happened. */
  readonly isTimes?: boolean;
  /** Code of the currency that the amount was named in; a dollar sign alone names none. */
  readonly currency?: string;
  readonly words: string;
  /** Half-open range of tokens. */
  readonly from: number;
  readonly to: number;
}

/** Longest first where one begins with another. */
const comparators: readonly (readonly [string, NumberFilter['op']])[] = [
  ['no more than', 'lte'],
  ['not more than', 'lte'],
  ['no less than', 'gte'],
  ['not less than', 'gte'],
  ['no fewer than', 'gte'],
  ['more than', 'gt'],
  ['greater than', 'gt'],
  ['higher than', 'gt'],
  ['bigger than', 'gt'],
  ['larger than', 'gt'],
  ['less than', 'lt'],
  ['fewer than', 'lt'],
  ['lower than', 'lt'],
  ['smaller than', 'lt'],
  ['at least', 'gte'],
  ['at most', 'lte'],
  ['not above', 'lte'],
  ['not over', 'lte'],
  ['not below', 'gte'],
  ['not under', 'gte'],
  ['better than', 'gt'],
  ['minimum of', 'gte'],
  ['maximum of', 'lte'],
  ['up to', 'lte'],
  ['equal to', 'eq'],
  ['north of', 'gt'],
  ['over', 'gt'],
  ['above', 'gt'],
  ['exceeding', 'gt'],
  ['exceed', 'gt'],
  ['exceeds', 'gt'],
  ['beyond', 'gt'],
  ['under', 'lt'],
  ['below', 'lt'],
  ['exactly', 'eq'],
  ['with only', 'eq'],
  ['with just', 'eq'],
  ['have only', 'eq'],
  ['has only', 'eq'],
  ['having only', 'eq'],
  ['>=', 'gte'],
  ['<=', 'lte'],
  ['>', 'gt'],
  ['<', 'lt'],
  ['=', 'eq'],
];

const postfixes: readonly (readonly [string, NumberFilter['op']])[] = [
  ['or more', 'gte'],
  ['or higher', 'gte'],
  ['and more', 'gte'],
  ['and above', 'gte'],
  ['and up', 'gte'],
  ['and over', 'gte'],
  ['and higher', 'gte'],
  ['or above', 'gte'],
  ['or over', 'gte'],
  ['or better', 'gte'],
  ['upwards', 'gte'],
  ['plus', 'gte'],
  ['or less', 'lte'],
  ['or fewer', 'lte'],
  ['or lower', 'lte'],
  ['or worse', 'lte'],
  ['or below', 'lte'],
  ['or under', 'lte'],
  ['and below', 'lte'],
  ['and under', 'lte'],
  ['and lower', 'lte'],
  ['and less', 'lte'],
];

const units = /^(?:hour|day|week|month|quarter|year|minute)$/;

/** Reads every comparison with a number that is not part of a date. */
export function readNumberFilters(reading: Reading): readonly NumberFilter[] {
  const found: NumberFilter[] = [];
  for (const token of reading.tokens) {
    const spelt = spelling(reading, token);
    if (spelt !== null) {
      reading.take('number', range(spelt.from, spelt.to), `${spelt.op} ${spelt.values.join(' and ')}`);
      found.push(spelt);
    }
    if (token.kind !== 'number' || !token.amount || !reading.isFree(token.index)) continue;
    // "more than 7 days" is about time, or about a duration that no rule can place: never a plain number.
    if (units.test(reading.tokens[token.index + 1]?.word ?? '')) continue;
    const filter =
      between(reading, token) ??
      prefixed(reading, token) ??
      postfixed(reading, token) ??
      oneOf(reading, token) ??
      exact(reading, token);
    if (!filter) continue;
    reading.take('number', range(filter.from, filter.to), `${filter.op} ${filter.values.join(' and ')}`);
    found.push(filter);
  }
  return found;
}

const spelled = wordTable({ ...smallNumbers, zero: 0 });

/** "more than one escalation", "at least three": small numbers are written out. */
function spelling(reading: Reading, token: Token): NumberFilter | null {
  const value = spelled[token.lower];
  if (value === undefined || !reading.isFree(token.index)) return null;
  if (units.test(reading.tokens[token.index + 1]?.word ?? '')) return null;
  const amount: Amount = { value, isMoney: false, isPercent: false, orMore: false };
  const counted = { ...token, amount };
  return prefixed(reading, counted) ?? postfixed(reading, counted) ?? oftenAlone(reading, counted);
}

/** "Of 1 or 2", "9, 10": one of several numbers. */
function oneOf(reading: Reading, token: Token): NumberFilter | null {
  const found = [token];
  for (let index = token.index + 1; ; index += 2) {
    const joiner = reading.tokens[index];
    const next = reading.tokens[index + 1];
    const isJoined =
      joiner !== undefined && (joiner.kind === 'comma' || /^(?:or|and|slash)$/.test(joiner.word));
    if (!isJoined || !reading.isFree(index) || !next?.amount || !reading.isFree(index + 1)) break;
    found.push(next);
  }
  const last = found.at(-1) ?? token;
  const joiner = reading.tokens[last.index - 1]?.word ?? '';
  const isLength = units.test(reading.tokens[last.index + 1]?.word ?? '');
  const isCode = /^(?:q|h|week|number|no|version|top|last|first|next|from|between)$/.test(
    reading.tokens[token.index - 1]?.word ?? '',
  );
  if (found.length < 2 || joiner !== 'or' || isLength || isCode) return null;
  const values = found.map(({ amount }) => amount?.value ?? 0);
  const amounts = found.map(({ amount }) => amount);
  return build(reading, 'in', values, amounts, token.index, last.index + 1);
}

/** "Rated 1", "a score of 10", "1 star": exactly this. "Reopened 2 times" is so as well. */
function exact(reading: Reading, token: Token): NumberFilter | null {
  const before = reading.tokens[token.index - 1];
  const after = reading.tokens[token.index + 1];
  const isRated =
    /^(?:rated|scored)$/.test(before?.lower ?? '') ||
    /^stars?$/.test(after?.lower ?? '') ||
    (before?.word === 'of' &&
      /^(?:score|rating|csat|nps|health|mark)$/.test(reading.tokens[token.index - 2]?.word ?? ''));
  if (isRated && token.amount)
    return build(reading, 'eq', [token.amount.value], [token.amount], token.index, token.index + 1);
  return oftenAlone(reading, token);
}

const oftenAlone = (reading: Reading, token: Token): NumberFilter | null =>
  isTimes(reading, token.index + 1) &&
  !/^(?:top|last|past|previous|next)$/.test(reading.tokens[token.index - 1]?.word ?? '')
    ? build(reading, 'eq', [token.amount?.value ?? 0], [token.amount], token.index, token.index + 1)
    : null;

/** "3 times"; "first response times" are lengths. */
const isTimes = (reading: Reading, index: number): boolean =>
  /^times?$/.test(reading.tokens[index]?.lower ?? '') && reading.isFree(index);

function between(reading: Reading, token: Token): NumberFilter | null {
  const start = token.index - 1;
  const second = reading.tokens[token.index + 2];
  const joiner = reading.tokens[token.index + 1]?.word ?? '';
  const opens = reading.tokens[start]?.word ?? '';
  if (!/^(?:between|from)$/.test(opens) || !/^(?:and|to)$/.test(joiner)) return null;
  if (second?.kind !== 'number' || !second.amount || !token.amount) return null;
  // "between 5 and 9 March" are days.
  if (monthNumber(reading.tokens[token.index + 3]?.lower ?? '') > 0) return null;
  // "from 10 to 50k" means thousands on both sides.
  const scale =
    second.amount.value >= 1000 && token.amount.value < 1000 && /k$/i.test(second.text) ? 1000 : 1;
  const values = [token.amount.value * scale, second.amount.value];
  return build(reading, 'between', values, [token.amount, second.amount], start, second.index + 1);
}

function prefixed(reading: Reading, token: Token): NumberFilter | null {
  for (const [words, op] of comparators) {
    const parts = words.split(' ');
    const from = token.index - parts.length;
    if (
      parts.every(
        (part, offset) => reading.isFree(from + offset) && reading.tokens[from + offset]?.lower === part,
      )
    )
      return build(reading, op, [token.amount?.value ?? 0], [token.amount], from, token.index + 1);
  }
  return null;
}

function postfixed(reading: Reading, token: Token): NumberFilter | null {
  if (token.amount?.orMore)
    return build(reading, 'gte', [token.amount.value], [token.amount], token.index, token.index + 1);
  for (const [words, op] of postfixes) {
    const parts = words.split(' ');
    const matches = parts.every((part, offset) => reading.tokens[token.index + 1 + offset]?.lower === part);
    if (matches)
      return build(
        reading,
        op,
        [token.amount?.value ?? 0],
        [token.amount],
        token.index,
        token.index + 1 + parts.length,
      );
  }
  return null;
}

const currencyWords = /^(?:dollar|euro|usd|eur|gbp|pound|buck)$/;

/** Currencies by what stands at an amount. A dollar sign is written of any money. */
const currencyCodes: readonly (readonly [RegExp, string])[] = [
  [/€|^(?:euro|eur)$/, 'EUR'],
  [/£|^(?:gbp|pound)$/, 'GBP'],
  [/^usd$/, 'USD'],
];

function currencyOf(texts: readonly string[]): string | undefined {
  return currencyCodes.find(([written]) => texts.some((text) => written.test(text)))?.[1];
}

function build(
  reading: Reading,
  op: NumberFilter['op'],
  values: readonly number[],
  amounts: readonly (Amount | undefined)[],
  from: number,
  to: number,
): NumberFilter {
  const isSaid = /^(?:rated|scored)$/.test(reading.tokens[from - 1]?.lower ?? '') && reading.isFree(from - 1);
  const after = reading.tokens[to]?.word ?? '';
  const isCurrency = currencyWords.test(after);
  const isPercentWord = after === 'percent';
  const isOften = isTimes(reading, to);
  const said = reading.tokens.slice(from, to).map(({ text }) => text);
  const currency = currencyOf(isCurrency ? [...said, after] : said);
  const end = isCurrency || isPercentWord || isOften ? to + 1 : to;
  return {
    op,
    values,
    isMoney: isCurrency || amounts.some((amount) => amount?.isMoney),
    isPercent: isPercentWord || amounts.some((amount) => amount?.isPercent),
    words: reading.tokens
      .slice(isSaid ? from - 1 : from, end)
      .map((token) => token.text)
      .join(' '),
    from: isSaid ? from - 1 : from,
    to: end,
    ...(isOften && { isTimes: true }),
    ...(currency !== undefined && { currency }),
  };
}
