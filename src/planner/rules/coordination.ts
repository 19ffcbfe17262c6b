import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { StoredValues } from '../../query/stored-values.ts';
import type { Edit, Put } from './edit.ts';
import { fillerWords } from './filler-words.ts';
import type { Token } from './token.ts';
import { isSkippable, type Vocabulary, wordsOf } from './vocabulary.ts';

/** A value of a few-valued column, by the words it is called. */
interface KnownValue {
  readonly dimension: string;
  readonly value: string;
  readonly label: string;
  readonly words: readonly string[];
}

/**
 * What is said once for several: "expansion vs contraction MRR" is the MRR of both, "new business vs existing vs renewal"
 * are three types of deals, "bot vs agents" two authors, though "agents" alone are people.
 *
 * @returns edits that write out what each of them is, the last one first, so that each holds as it stands
 */
export function writeOut(
  tokens: readonly Token[],
  catalogue: Catalogue,
  vocabulary: Vocabulary,
  stored: StoredValues | undefined,
): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { index } of tokens.filter(isJoiner)) {
    const nouns = sharedNouns(tokens, index, vocabulary);
    const head = nouns.length > 0 ? null : sharedHead(tokens, index, vocabulary);
    for (const { at, text } of head === null ? nouns : [head])
      edits.push({ from: at, to: at, put: [{ kind: 'words', text }] });
  }
  if (edits.length === 0) edits.push(...valuesInFull(tokens, catalogue, vocabulary, stored));
  return edits.toSorted((left, right) => right.from - left.from);
}

/** Words that are said for two figures and stand beside one, and where they stand with the other. */
interface Shared {
  readonly at: number;
  readonly text: string;
}

const isJoiner = (token: Token): boolean => /^(?:and|versus|or|slash)$/.test(token.word);

/**
 * "Expansion vs contraction MRR", "won, lost and open amount": the noun of the last figure, where each one before it is a
 * figure with it and is none without. Whatever "lost" is alone, beside an amount it is one.
 */
function sharedNouns(
  tokens: readonly Token[],
  joiner: number,
  { phrases, keyOf }: Vocabulary,
): readonly Shared[] {
  const [right, noun] = [tokens[joiner + 1], tokens[joiner + 2]];
  // "Opened and solved tickets": the name of records is shared by another rule.
  if (!right || noun?.kind !== 'word' || keyOf(noun.word).startsWith('@')) return [];
  const isFigure = (...words: readonly string[]): boolean =>
    phrases.get(words.map(keyOf).join(' '))?.meanings.some((one) => one.kind === 'metric') ?? false;
  const isAmount = /^(?:amount|value)$/.test(noun.word);
  const isWith = ({ word }: Token): boolean => isFigure(word, noun.word) || (isAmount && word === 'open');
  if (!isWith(right)) return [];
  const found: Shared[] = [];
  for (let at = joiner - (tokens[joiner - 1]?.kind === 'comma' ? 2 : 1); ; at -= 2) {
    const left = tokens[at];
    if (left?.kind !== 'word' || keyOf(left.word).startsWith('@')) break;
    if ((isFigure(left.word) && !isAmount) || !isWith(left)) break;
    found.push({ at: at + 1, text: noun.text });
    if (tokens[at - 1]?.kind !== 'comma') break;
  }
  return found;
}

const longestFigure = 6;

/**
 * "Average wait in peak hours against off-peak hours": what the first figure begins with, where the second one is none
 * without it and is another figure with it. Put right before the second one.
 */
function sharedHead(tokens: readonly Token[], at: number, { phrases, keyOf }: Vocabulary): Shared | null {
  const said = (from: number, to: number): readonly Token[] =>
    tokens.slice(Math.max(0, from), to).filter((token) => !isSkippable(token));
  const keys = (words: readonly Token[]): string => words.map(({ word }) => keyOf(word)).join(' ');
  const figures = (key: string): readonly string[] =>
    phrases.get(key)?.meanings.flatMap((one) => (one.kind === 'metric' ? [one.id] : [])) ?? [];
  const before = said(at - longestFigure, at);
  for (let length = before.length; length > 1; length -= 1) {
    const left = before.slice(-length);
    const own = figures(keys(left));
    if (own.length === 0) continue;
    for (let to = at + longestFigure; to > at + 1; to -= 1) {
      const right = said(at + 1, to);
      const isWhole = right.at(-1)?.index === to - 1 && (right.length > 1 || tokens[at]?.word === 'versus');
      if (!isWhole) continue;
      const isFigure = figures(keys(right)).length > 0;
      for (let head = length - 1; head > 0; head -= 1) {
        const words = left.slice(0, head);
        if (words.some(({ word }) => keyOf(word).startsWith('@')) || (isFigure && !isAggregate(words)))
          continue;
        const whole = figures(`${keys(words)} ${keys(right)}`);
        if (whole.length > 0 && !whole.some((id) => own.includes(id)))
          return { at: at + 1, text: words.map(({ text }) => text).join(' ') };
      }
    }
  }
  return null;
}

/** "Average first response and resolution time": how both are told. */
const isAggregate = ([first, second, third]: readonly Token[]): boolean =>
  /^(?:average|mean|median)$/.test(first?.word ?? '') &&
  (second === undefined || /^(?:size|amount|value)$/.test(second.word)) &&
  third === undefined;

function valuesInFull(
  tokens: readonly Token[],
  catalogue: Catalogue,
  vocabulary: Vocabulary,
  stored: StoredValues | undefined,
): readonly Edit[] {
  const rows = runsOf(tokens);
  const joints = tokens.filter(({ word }) => word === 'and').map(({ index }) => index);
  if (rows.length === 0 && joints.length === 0) return [];
  const known = knownValues(catalogue, stored);
  return [
    ...rows.flatMap((row) => editsOf(tokens, row, known, vocabulary)),
    ...joints.flatMap((joint) => likeItsNeighbour(tokens, joint, known, vocabulary)),
  ];
}

/**
 * "Conversations in chat and WhatsApp": a word for records is the value beside another one where the records are named
 * elsewhere.
 */
function likeItsNeighbour(
  tokens: readonly Token[],
  joint: number,
  known: readonly KnownValue[],
  vocabulary: Vocabulary,
): readonly Edit[] {
  // "For chat and for WhatsApp".
  const next = /^(?:for|of|in|from|on|by|via|the)$/.test(tokens[joint + 1]?.lower ?? '')
    ? joint + 2
    : joint + 1;
  const sides = [
    { from: joint - 1, to: joint },
    { from: next, to: next + 1 },
  ];
  const of = ({ from, to }: { readonly from: number; readonly to: number }) =>
    vocabulary.phrases.get(
      tokens
        .slice(from, to)
        .map(({ word }) => vocabulary.keyOf(word))
        .join(' '),
    )?.meanings ?? [];
  const rows = sides.find((side) => of(side).some(({ kind }) => kind === 'entity'));
  const other = sides.find((side) => side !== rows);
  const token = rows === undefined ? undefined : tokens[rows.from];
  if (rows === undefined || other === undefined || token === undefined) return [];
  // "Chats and emails" are records of two kinds; those beside a value are told by a singular.
  const isNamedElsewhere = tokens.some(
    ({ index, word }) =>
      (index < joint - 1 || index > next) &&
      (vocabulary.phrases.get(vocabulary.keyOf(word))?.meanings.some(({ kind }) => kind === 'entity') ??
        false),
  );
  if (!isNamedElsewhere || /s$/.test(token.lower)) return [];
  const dimensions = of(other).flatMap((one) => (one.kind === 'value' ? [one.dimension] : []));
  const own = known.filter(({ dimension }) => dimensions.includes(dimension));
  const found = valueAt(tokens, rows.from, rows.to, own);
  return found && !found.isCut ? [{ ...rows, put: [put(found.one)] }] : [];
}

/** Tokens of "versus" that follow each other closely: those of "new business vs existing vs renewal" are one row. */
function runsOf(tokens: readonly Token[]): readonly (readonly number[])[] {
  const rows: number[][] = [];
  for (const { index, word } of tokens) {
    if (word !== 'versus') continue;
    const row = rows.at(-1);
    if (row !== undefined && index - (row.at(-1) ?? 0) <= longest + 1) row.push(index);
    else rows.push([index]);
  }
  return rows;
}

function editsOf(
  tokens: readonly Token[],
  row: readonly number[],
  known: readonly KnownValue[],
  vocabulary: Vocabulary,
): readonly Edit[] {
  const dimensions = [...new Set(known.map(({ dimension }) => dimension))];
  const whole = dimensions.flatMap((dimension) => {
    const all = valuesOf(
      tokens,
      row,
      known.filter((one) => one.dimension === dimension),
    );
    return all.length === row.length + 1 ? [all] : [];
  });
  // "Backup vs billing": both are categories by these very words, whatever else begins so.
  const isPlain = (all: readonly Found[]): boolean =>
    all.every((one) => !one.isCut && isReadAnyway(tokens, one, vocabulary));
  if (whole.some(isPlain)) return [];
  for (const all of whole) {
    if (!all.some(({ isCut }) => !isCut)) continue;
    // "Tickets opened versus tickets solved", whatever is called by the name of a figure.
    if (all.some((one) => one.isCut) && all.some((one) => isFigure(tokens, one, vocabulary))) continue;
    return all.map(({ from, to, one }) => ({ from, to, put: [put(one)] }));
  }
  return [];
}

/** What stands right before and behind each "versus", as values of one column; fewer where one of them is none. */
function valuesOf(
  tokens: readonly Token[],
  row: readonly number[],
  own: readonly KnownValue[],
): readonly Found[] {
  const found = new Map<number, Found>();
  for (const joint of row) {
    const before = valueBefore(tokens, joint, own);
    const after = valueAfter(tokens, joint, own);
    if (before === null || after === null) break;
    found.set(before.from, before).set(after.from, after);
  }
  return [...found.values()];
}

const put = ({ dimension, value, label }: KnownValue): Put => ({
  kind: 'meaning',
  label,
  meaning: { kind: 'value', dimension, value, label },
});

/** Words that the vocabulary takes for a value by itself. */
function isReadAnyway(tokens: readonly Token[], { from, to, one }: Found, vocabulary: Vocabulary): boolean {
  const words = tokens.slice(from, to).map(({ word }) => word);
  const meanings = vocabulary.phrases.get(words.map(vocabulary.keyOf).join(' '))?.meanings ?? [];
  const isKnown = meanings.some((meaning) => meaning.kind === 'value' && meaning.dimension === one.dimension);
  return isKnown && !words.every((word) => fillerWords.has(word));
}

function isFigure(tokens: readonly Token[], { from, to }: Found, { phrases, keyOf }: Vocabulary): boolean {
  const words = tokens.slice(from, to).map(({ word }) => keyOf(word));
  return (
    words.length > 1 &&
    (phrases.get(words.join(' '))?.meanings.some(({ kind }) => kind === 'metric') ?? false)
  );
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly one: KnownValue;
  /** Only the beginning of its name was said. */
  readonly isCut: boolean;
}

const longest = 3;

function valueBefore(tokens: readonly Token[], joint: number, own: readonly KnownValue[]): Found | null {
  for (let from = Math.max(0, joint - longest); from < joint; from += 1) {
    const found = valueAt(tokens, from, joint, own);
    if (found) return found;
  }
  return null;
}

function valueAfter(tokens: readonly Token[], joint: number, own: readonly KnownValue[]): Found | null {
  for (let to = Math.min(tokens.length, joint + 1 + longest); to > joint + 1; to -= 1) {
    const found = valueAt(tokens, joint + 1, to, own);
    if (found) return found;
  }
  return null;
}

function valueAt(
  tokens: readonly Token[],
  from: number,
  to: number,
  own: readonly KnownValue[],
): Found | null {
  const said = tokens.slice(from, to).map(({ word }) => word);
  const whole = own.find(({ words }) => words.join(' ') === said.join(' '));
  if (whole) return { from, to, one: whole, isCut: false };
  const begun = own.filter(
    ({ words }) => words.length > said.length && said.every((word, i) => words[i] === word),
  );
  const [only] = begun;
  const isOne = only !== undefined && begun.every(({ value }) => value === only.value);
  return isOne ? { from, to, one: only, isCut: true } : null;
}

function knownValues(catalogue: Catalogue, stored: StoredValues | undefined): readonly KnownValue[] {
  const known: KnownValue[] = [];
  for (const { id, values, hidden, filterable } of catalogue.dimensions.values()) {
    if (hidden === true || !filterable) continue;
    for (const { value, label, synonyms } of values)
      for (const text of [value.replaceAll('_', ' '), label, ...synonyms])
        known.push({ dimension: id, value, label, words: wordsOf(text) });
    for (const value of stored?.get(id) ?? [])
      known.push({
        dimension: id,
        value,
        label: value,
        words: wordsOf(value.replaceAll(/[_\-:|()/]+/g, ' ')),
      });
  }
  return known;
}
