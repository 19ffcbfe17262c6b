import type { LengthUnit } from '../../../query/metric-query.ts';
import { type Reading, range, tokensOf } from '../reading.ts';
import { countPattern, readCount, readLength } from '../time/time-rule.ts';
import { freeText } from './lengths.ts';

/** How long rows have been in the state they are in: "in negotiation for more than 30 days". */
export interface Stay {
  readonly op: 'gt' | 'gte' | 'lt' | 'lte';
  readonly n: number;
  readonly unit: LengthUnit;
  readonly words: string;
  /** Rows begin in that state, so that they have been in it from their beginning. */
  readonly isFirst: boolean;
}

/** A state that the words are the name of: whether rows begin in it. */
export type StateOf = (words: readonly string[]) => { readonly isFirst: boolean } | null;

const long = '(?:more than|over|longer than|at least|upwards of|beyond|above)';
const short = '(?:less than|under|shorter than|at most)';
const length = `(?:(?:since|for) )?(?:(?<more>${long})|(?<less>${short})) (?<n>${countPattern}|an?) (?<unit>minute|min|hour|hr|day|week|month|quarter|year)s?`;
const pattern = new RegExp(
  `(?<![^ ])${length}(?<same> (?:in|at) (?:the same|their current|its current|the current|their|its|this|that|one) (?:stage|status|state))?(?![^ ])(?! (?:ago|old|late|overdue))`,
);
const glue = /^(?:been|for|already|now|stage|status|state|still|and|,)$/;

/** Read before times: "over 30 days" alone is a time, behind or before a state it is how long that lasts. */
export function readStay(reading: Reading, stateOf: StateOf): Stay | null {
  const { text, starts } = freeText(reading);
  const match = pattern.exec(text);
  const { n, unit, more, same } = match?.groups ?? {};
  const count = readCount(n);
  if (!match || count === null) return null;
  const { from, to } = tokensOf(starts, match.index, match.index + match[0].length);
  const state =
    same === undefined ? (stateBefore(reading, from, stateOf) ?? stateAfter(reading, to, stateOf)) : null;
  if (same === undefined && state === null) return null;
  reading.take('stay', range(from, to), `in the state ${match[0]}`);
  const isLeast = /at least/.test(match[0]);
  const op = more === undefined ? (/at most/.test(match[0]) ? 'lte' : 'lt') : isLeast ? 'gte' : 'gt';
  return {
    op,
    n: count,
    unit: readLength(longUnit(unit)),
    words: match[0].trim(),
    isFirst: state?.isFirst ?? false,
  };
}

const longUnit = (unit: string | undefined): string =>
  unit === 'min' ? 'minute' : unit === 'hr' ? 'hour' : (unit ?? 'day');

const mostWords = 4;

function stateBefore({ tokens }: Reading, from: number, stateOf: StateOf): ReturnType<StateOf> {
  let end = from;
  while (end > 0 && glue.test(tokens[end - 1]?.lower ?? '')) end -= 1;
  for (let start = Math.max(0, end - mostWords); start < end; start += 1) {
    const found = stateOf(tokens.slice(start, end).map(({ word }) => word));
    if (found) return found;
  }
  return null;
}

/** "More than 45 days in working". */
function stateAfter({ tokens }: Reading, to: number, stateOf: StateOf): ReturnType<StateOf> {
  if (!/^(?:in|at|as)$/.test(tokens[to]?.lower ?? '')) return null;
  for (let end = Math.min(tokens.length, to + 1 + mostWords); end > to + 1; end -= 1) {
    const found = stateOf(tokens.slice(to + 1, end).map(({ word }) => word));
    if (found) return found;
  }
  return null;
}
