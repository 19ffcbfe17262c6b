import type { MetricPlan, TimeRange } from '../../../query/metric-query.ts';
import { relation } from '../slots/time-relation.ts';

export interface Comparison {
  readonly compare: MetricPlan['compare'];
  /** Range that the plan takes on with it; null: its own. */
  readonly time: TimeRange | null;
}

const yearBack =
  /^(?:the |an? )?(?:(?:same|this) .*(?:last|previous|prior) year|(?:a|one|1) year (?:ago|earlier|before)|(?:last|previous|prior) year.*|year (?:before|earlier|prior).*)$/;
const oneBack =
  /^(?:the )?(?:(?:last|previous|prior|preceding|earlier) (?:one|period|time)|(?:day|week|month|quarter) (?:before|prior|earlier|ago)(?: (?:that|it|then|this))?|day before|previous|prior|before(?: that)?|last)$/;

/**
 * What the range of a plan is compared with.
 *
 * @param words what follows "compare with"
 * @param own the plan's range, its metric's own one where the question named none
 * @param said the words as a range, where they are one
 * @returns null when the contract has no word for it
 */
export function compareWith(words: string, own: TimeRange | null, said: TimeRange | null): Comparison | null {
  const plain = words.toLowerCase();
  if (/^nothing$/.test(plain)) return { compare: 'none', time: null };
  if (/^(?:the |our |its )?(?:targets?|goals?|objective|plan)$/.test(plain))
    return { compare: 'target', time: null };
  const isOfYears = own !== null && 'unit' in own && own.unit === 'year';
  if (yearBack.test(plain))
    return { compare: isOfYears ? 'previous_period' : 'same_period_last_year', time: null };
  if (oneBack.test(plain) || isOneBackOf(own, plain)) return { compare: 'previous_period', time: null };
  if (own === null || said === null) return null;
  const earlier = relation(own, said);
  if (earlier) return { compare: earlier.compare, time: null };
  // "this month" after a question about last month: this one, beside the one before.
  const later = relation(said, own);
  return later && { compare: later.compare, time: later.range };
}

/** "The previous month" after a month is the one before it; after a week it is another period. */
function isOneBackOf(own: TimeRange | null, words: string): boolean {
  const unit = /^(?:the )?(?:previous|prior|preceding|earlier) (day|week|month|quarter|year)$/.exec(
    words,
  )?.[1];
  if (unit === undefined || own === null || !('unit' in own) || own.unit !== unit) return false;
  return own.kind === 'to_date' || own.kind === 'calendar' || (own.kind === 'relative' && own.n === 1);
}
