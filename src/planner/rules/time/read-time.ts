import { type Reading, range, tokensOf } from '../reading.ts';
import type { Token } from '../token.ts';
import { calendarRules } from './calendar-rules.ts';
import type { Today } from './civil-date.ts';
import { comparisonRules } from './comparison-rules.ts';
import { partRules } from './part-rules.ts';
import { relativeRules } from './relative-rules.ts';
import type { TimeMeaning, TimeRule } from './time-rule.ts';
import { monthPattern } from './time-words.ts';
import { unitRules } from './unit-rules.ts';

/** Words about time found in a question, with the tokens they cover. */
export interface TimeMention {
  readonly rule: string;
  readonly words: string;
  readonly meaning: TimeMeaning;
  /** Half-open range of token indexes. */
  readonly from: number;
  readonly to: number;
}

/** The whole grammar; of matches that overlap the longest wins, then the earlier rule. */
export const timeRules: readonly TimeRule[] = [
  ...relativeRules,
  ...unitRules,
  ...calendarRules,
  ...partRules,
  ...comparisonRules,
];

const leading = '(?:(?:over|within|during|throughout) )?(?:the )?';
const compiled = timeRules.map((rule) => ({
  rule,
  pattern: new RegExp(`(?<![^ ])${leading}(?:${rule.pattern})(?![^ ])`, 'g'),
}));

/** The parts of a question are read many times over: as many texts as a long one has are kept. */
const mostTexts = 200;
const read = new Map<string, readonly TimeMention[]>();

/** Finds every mention of time among free words, in the order of the text. Takes nothing yet. */
export function findTimeMentions(reading: Reading, today: Today): readonly TimeMention[] {
  const { text, starts } = timeText(reading);
  const isCompared = reading.tokens.some(({ word }) => /^(?:compar.*|versus)$/.test(word));
  const key = JSON.stringify([text, starts, isCompared, today]);
  const known = read.get(key);
  if (known) return known;
  if (read.size >= mostTexts) read.clear();
  const found = mentionsIn(text, starts, isCompared, today);
  read.set(key, found);
  return found;
}

function mentionsIn(
  text: string,
  starts: readonly number[],
  isCompared: boolean,
  today: Today,
): readonly TimeMention[] {
  const found: (TimeMention & { readonly length: number; readonly order: number })[] = [];
  for (const [order, { rule, pattern }] of compiled.entries()) {
    // "Compare September and October" names two.
    if (isCompared && rule.name === 'periods that follow each other') continue;
    pattern.lastIndex = 0;
    // Not matchAll: it copies the pattern for every text, and the largest of these take long to compile anew.
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const meaning = rule.read(match.groups ?? {}, today);
      if (meaning === null) continue;
      const { from, to } = tokensOf(starts, match.index, match.index + match[0].length);
      found.push({ rule: rule.name, words: match[0], meaning, from, to, length: match[0].length, order });
    }
  }
  found.sort((left, right) => right.length - left.length || left.order - right.order);
  const chosen: TimeMention[] = [];
  for (const { length: _length, order: _order, ...mention } of found) {
    if (chosen.every((other) => mention.to <= other.from || mention.from >= other.to)) chosen.push(mention);
  }
  return chosen.sort((left, right) => left.from - right.from);
}

/** Takes the words of a mention. */
export function takeMention(reading: Reading, mention: TimeMention, meaning: string): void {
  reading.take(`time: ${mention.rule}`, range(mention.from, mention.to), meaning);
}

/**
 * The free words in lower case with single spaces; taken words become a mark that no rule matches, commas vanish.
 * `starts[i]` is where token i begins.
 */
function timeText(reading: Reading): { readonly text: string; readonly starts: readonly number[] } {
  let text = '';
  const starts: number[] = [];
  for (const token of reading.tokens) {
    const word = token.kind === 'comma' ? '' : reading.isFree(token.index) ? timeWord(reading, token) : '¦';
    if (word !== '' && text !== '') text += ' ';
    starts.push(text.length);
    text += word;
  }
  return { text, starts };
}

const beforeMonth =
  /^(?:in|of|since|until|till|from|for|and|to|between|last|this|by|before|after|during|versus|vs|than|through)$/;

function timeWord(reading: Reading, token: Token): string {
  if (token.kind === 'quoted') return '¦';
  if (token.word === 'versus') return 'versus';
  // "may" is a verb and "mar", "sat", "sun" are words, unless something says that they are dates.
  if (/^(?:may|march|mar|sat|sun)$/.test(token.lower)) {
    const before = reading.tokens[token.index - 1];
    const after = reading.tokens[token.index + 1];
    const isDate =
      (token.capitalised && token.index > 0) ||
      (before !== undefined &&
        (beforeMonth.test(before.lower) || /^\d{1,2}(?:st|nd|rd|th)?$/.test(before.lower))) ||
      (after !== undefined && /^\d/.test(after.lower)) ||
      isUntilMonth(reading, token.index);
    return isDate ? token.lower : '¦';
  }
  if (/^(?:today|yesterday|tomorrow)$/.test(token.word)) return token.word;
  return /^(?:week|month|quarter|year|day|hour|minute)s?$/.test(token.word) ? unitWord(token) : token.lower;
}

/** "May to July", "march through june". */
function isUntilMonth({ tokens }: Reading, index: number): boolean {
  const [joint, month] = [tokens[index + 1]?.lower ?? '', tokens[index + 2]?.lower ?? ''];
  return /^(?:to|till|until|through|thru)$/.test(joint) && aMonth.test(month);
}

const aMonth = new RegExp(`^${monthPattern}$`);

/** Abbreviated units ("qtr", "wk") are written out; plurals stay. */
function unitWord(token: Token): string {
  return token.lower.startsWith(token.word) ? token.lower : token.word;
}
