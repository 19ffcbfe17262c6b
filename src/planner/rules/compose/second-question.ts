import type { Understanding } from '../understand.ts';
import type { Draft } from './draft.ts';
import { isBehindNamed } from './group-by.ts';
import { isNaming } from './name-neighbours.ts';
import { refuse } from './problem.ts';

const secondOne =
  /(?:\band\b|[,;]|\?).*\b(?:how many|how much|what (?:share|part|percentage)|which share)\b.*\b(?:of (?:them|those|these)|those|these)\b/i;
const howMany = /\bhow (?:many|much|long|often|fast|quickly)\b/gi;
/** "Incidents by severity, and how many are unresolved". */
const secondCount = /\w.*\b(?:and|but|plus) how (?:many|much)\b/i;
/** A figure, and then something else that is asked of it. */
const asksMore =
  /\b(?:how (?:many|much|long|often|high)|what(?:'s| is| was| are| were)|count|number)\b.*(?:\band|[,;:?&])\s+(?:who|whose|which|when|where|by whom|(?:for |with |on )?(?:what|how (?:much|many))(?:'s)?)\b(?! about\b)/i;
/** "How many came in, and did I miss any": whether something is so is asked as well. */
const asksWhether =
  /\b(?:how (?:many|much)|what|which|who)\b.*\band (?:also )?(?:is|are|was|were|do|does|did|has|have|had) (?:i|we|they|he|she|it|any|anyone|there|that|those|these)\b/i;
/** "From what to what", "who and what about": questions that end in words which only ask. */
const everyUnit =
  /\b(?:which|who|whose)\b.*?\b((?:every|each)(?: single)? (?:hour|day|week|month|quarter|year))\b/i;
const unheardTail =
  /\bfrom (?:what|which|where|whom?)(?: \w+)? to (?:what|which|where|whom?)\b|\b(?:what|which|whom?) (?:about|for|with)\s*[?.!]*$|\b(?:about|for|with|over) (?:what|which|whom)\s*[?.!]*$/i;
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
  const { reading } = understood;
  const isEachNamed = reading.tokens.some(
    ({ word, index }) => word === 'each' && isBehindNamed(understood, index),
  );
  if (isOfNames || isEachNamed || each.test(reading.text)) draft.groupBy = [{ dimension: only.dimension }];
}

/**
 * One question, one figure: "how many incidents started, and how many of them are still open?" would lose its first half,
 * and "count each" the counts of one by one.
 *
 * @throws Unplannable
 */
export function refuseSecondQuestion(
  { reading }: Understanding,
  { isGrouped, figures }: { readonly isGrouped: boolean; readonly figures: number },
): void {
  const isTwice = (reading.text.match(howMany)?.length ?? 0) > 1 && figures < 2;
  const isMore =
    figures < 2 &&
    ((secondCount.test(reading.text) && (!isGrouped || /\bhow many\b/i.test(reading.text))) ||
      (!isGrouped && (asksMore.test(reading.text) || asksWhether.test(reading.text))));
  if (secondOne.test(reading.text) || isTwice || isMore)
    throw refuse('unclear', 'these are two questions; ask the second one after the first answer');
  // "Which customers order every month": those that do it without a gap, which no course shows.
  const every = everyUnit.exec(reading.text)?.[1];
  if (every !== undefined) throw refuse('unclear', `“${every}” of which`);
  const unheard = unheardTail.exec(reading.text)?.[0];
  if (unheard !== undefined) throw refuse('unclear', `“${unheard.trim()}”: say which columns to show`);
  // "How many deals did each partner source" must not become a count of partner deals.
  if (
    !isGrouped &&
    figures < 2 &&
    (each.test(reading.text) || /\b(?:did|does|do|has|have) (?:each|every)\b/i.test(reading.text))
  )
    throw refuse('unclear', '“each” of what? Say “by” and what to split by');
}
