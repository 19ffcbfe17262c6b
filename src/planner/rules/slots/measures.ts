import { type Reading, range } from '../reading.ts';
import { aggregateWords } from '../siblings.ts';
import type { Token } from '../token.ts';

/** How the rows or the values of a figure are told; `told` with what the catalogue calls it. */
export type Measure =
  | { readonly kind: 'count' }
  | { readonly kind: 'sum' }
  | {
      readonly kind: 'told';
      readonly by: NonNullable<(typeof aggregateWords)[string]>;
      /** "Average value", "mean hours": of an amount, or of how long it took; null where neither is said. */
      readonly of: 'amount' | 'length' | null;
    };

const joins = /^(?:and|plus|versus|slash|with)$/;
const isAmount = (word: string): boolean => /^(?:amount|value|money|worth|size)$/.test(word);
const isLength = (word: string): boolean => /^(?:time|duration|length|minute|hour|day)$/.test(word);

/**
 * "Count and amount", "count, amount and average", "mean and median", "count and mean hours": two or more measures of
 * rows that are named elsewhere, in the order they were asked for; null when fewer are.
 */
export function readMeasures(reading: Reading): readonly Measure[] | null {
  for (const { index } of reading.tokens) {
    const found: Measure[] = [];
    let at = index;
    let end = index;
    for (;;) {
      const one = measureAt(reading, at);
      if (one === null) break;
      found.push(one.measure);
      end = one.to;
      const next = afterJoin(reading, end);
      if (next === null) break;
      at = next;
    }
    if (found.length < 2 || !saysTwo(found)) continue;
    const kept = rowsNamed(reading, index, end);
    // "Number of tickets and average time": what is told there is a figure of its own.
    if (kept !== null && found.some(({ kind }) => kind === 'told')) continue;
    const taken = range(index, end).filter((at) => at !== kept || index > 0);
    reading.take('several measures', taken, found.map(({ kind }) => kind).join(', '));
    return found;
  }
  return measureAside(reading);
}

/** "Number of deals and amount": the rows that are counted, named among the measures; null where they are not. */
function rowsNamed({ tokens }: Reading, from: number, to: number): number | null {
  const of = tokens.slice(from, to).find(({ word }) => word === 'of');
  return of === undefined ? null : of.index + 1;
}

/** "Open deals by stage (amount)", "orders per month, by value": the one way to tell it, set apart from what is told. */
function measureAside(reading: Reading): readonly Measure[] | null {
  for (const { index } of reading.tokens) {
    const one = measureAt(reading, index, true);
    if (one === null || one.measure.kind === 'told') continue;
    const lead = /^(?:by|in|as|the)$/.test(reading.tokens[index - 1]?.lower ?? '') ? index - 1 : index;
    const ofRows = one.measure.kind === 'count' ? rowsAfter(reading, one.to) : one.to;
    const [first, last] = [reading.tokens[lead], reading.tokens[ofRows - 1]];
    if (!first || !last) continue;
    const before = reading.text.slice(0, first.start).trimEnd();
    const after = reading.text.slice(last.end).trimStart();
    const isBracketed = before.endsWith('(') && after.startsWith(')');
    const isTail = /[,:–-]$/.test(before) && /^[?.!)]*$/.test(after);
    if (!isBracketed && !isTail) continue;
    reading.take('measure', range(lead, ofRows), one.measure.kind);
    return [one.measure];
  }
  return null;
}

/** "Number of deals": the rows that are counted. */
function rowsAfter(reading: Reading, at: number): number {
  const noun = reading.tokens[at + 1];
  const isOf = reading.tokens[at]?.word === 'of' && noun?.kind === 'word' && noun.lower !== noun.word;
  return isOf && reading.isFree(at + 1) ? at + 2 : at;
}

/** "Total and amount" say one thing twice. */
const saysTwo = (found: readonly Measure[]): boolean =>
  new Set(found.map((one) => JSON.stringify(one))).size === found.length;

/** First token behind "and", "," or ", and"; null where the list ends. */
function afterJoin(reading: Reading, from: number): number | null {
  let at = from;
  while (isJoin(reading.tokens[at]) && reading.isFree(at)) at += 1;
  while (/^(?:the|their|its|in)$/.test(reading.tokens[at]?.lower ?? '') && at > from) at += 1;
  return at > from ? at : null;
}

const isJoin = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'comma' || joins.test(token.word));

function measureAt(
  reading: Reading,
  at: number,
  isAlone = false,
): { readonly measure: Measure; readonly to: number } | null {
  const token = reading.tokens[at];
  if (!token || !reading.isFree(at)) return null;
  const next = reading.tokens[at + 1];
  const by = aggregateWords[token.word];
  if (by !== undefined) {
    const of =
      next === undefined || !isEnd(reading, at + 2)
        ? null
        : isAmount(next.word)
          ? 'amount'
          : isLength(next.word)
            ? 'length'
            : null;
    return { measure: { kind: 'told', by, of }, to: of === null ? at + 1 : at + 2 };
  }
  if (/^(?:count|number|#)$/.test(token.word)) {
    const to = isAlone || next?.word !== 'of' ? at + 1 : rowsAfter(reading, at + 1);
    return to === at + 1 && !isAlone && next?.word === 'of' ? null : { measure: { kind: 'count' }, to };
  }
  const isTotal = /^(?:total|overall|combined|sum)$/.test(token.word);
  if (isTotal && next !== undefined && isAmount(next.word)) return { measure: { kind: 'sum' }, to: at + 2 };
  return isTotal || isAmount(token.word) ? { measure: { kind: 'sum' }, to: at + 1 } : null;
}

/** Nothing that would make another name of it: "average order value", "mean time to resolution". */
function isEnd(reading: Reading, at: number): boolean {
  const token = reading.tokens[at];
  return (
    token === undefined ||
    !reading.isFree(at) ||
    isJoin(token) ||
    /^(?:by|per|each|for|of|in|this|last|since|on|from|over)$/.test(token.word)
  );
}
