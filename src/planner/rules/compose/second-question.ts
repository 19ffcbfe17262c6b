import type { Understanding } from '../understand.ts';
import type { Draft } from './draft.ts';
import { refuse } from './problem.ts';

const secondOne =
  /(?:\band\b|[,;]|\?).*\b(?:how many|how much|what (?:share|part|percentage)|which share)\b.*\b(?:of (?:them|those|these)|those|these)\b/i;
const each =
  /\b(?:count|number|amount|total|one line|a line|figure)s? (?:of |for |by )?each\b(?! \w)|,? (?:for )?each(?: of them| one)?\s*[.?!]*$/i;

/** "Billing and access tickets, count each": what is named one by one is told one by one. */
export function splitEach(draft: Draft): void {
  if (draft.groupBy.length > 0 || draft.metrics.length !== 1 || !each.test(draft.understood.reading.text))
    return;
  const several = draft.where.flatMap(({ any }) => (any.length === 1 && any[0]?.op === 'in' ? any : []));
  const [only, another] = several;
  if (only && !another) draft.groupBy = [{ dimension: only.dimension }];
}

/**
 * One question, one figure: "how many incidents started, and how many of them are still open?" would lose its first half,
 * and "count each" the counts of one by one.
 *
 * @throws Unplannable
 */
export function refuseSecondQuestion({ reading }: Understanding, isGrouped: boolean): void {
  if (secondOne.test(reading.text))
    throw refuse('unclear', 'these are two questions; ask the second one after the first answer');
  if (!isGrouped && each.test(reading.text))
    throw refuse('unclear', '“each” of what? Say “by” and what to split by');
}
