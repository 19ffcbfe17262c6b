import type { Understanding } from '../understand.ts';
import { refuse } from './problem.ts';

const secondOne =
  /(?:\band\b|[,;]|\?).*\b(?:how many|how much|what (?:share|part|percentage)|which share)\b.*\b(?:of (?:them|those|these)|those|these)\b/i;
const each = /\b(?:count|number|amount|total|one line|a line|figure) (?:of |for )?each\b/i;

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
