import type { Understanding } from '../understand.ts';
import type { Draft } from './draft.ts';
import { isNaming } from './name-neighbours.ts';
import { refuse } from './problem.ts';

const secondOne =
  /(?:\band\b|[,;]|\?).*\b(?:how many|how much|what (?:share|part|percentage)|which share)\b.*\b(?:of (?:them|those|these)|those|these)\b/i;
const each =
  /\b(?:count|number|amount|total|one line|a line|figure)s? (?:of |for |by )?each\b(?! \w)|,? (?:for )?each(?: of them| one)?\s*[.?!]*$/i;

/**
 * "Billing and access tickets, count each": what is named one by one is told one by one. So is a rate of several people,
 * of which that of all together is another one: "quota attainment for Rita and Rob".
 */
export function splitEach(draft: Draft): void {
  const { catalogue, metrics, understood, where } = draft;
  if (draft.groupBy.length > 0 || metrics.length !== 1) return;
  const [only, another] = where.flatMap(({ any }) => (any.length === 1 && any[0]?.op === 'in' ? any : []));
  if (!only || another) return;
  const isRate = metrics.every((metric) => metric.type !== 'simple' || !metric.additive);
  const isOfNames = isRate && isNaming(catalogue.dimensions.get(only.dimension));
  if (isOfNames || each.test(understood.reading.text)) draft.groupBy = [{ dimension: only.dimension }];
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
  // "How many deals did each partner source" must not become a count of partner deals.
  if (
    !isGrouped &&
    (each.test(reading.text) || /\b(?:did|does|do|has|have) (?:each|every)\b/i.test(reading.text))
  )
    throw refuse('unclear', '“each” of what? Say “by” and what to split by');
}
