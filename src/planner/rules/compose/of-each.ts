import { vocabularyOf } from '../vocabulary.ts';
import type { Draft } from './draft.ts';
import { isCountOf } from './draft.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';

const together = /^(?:total|sum|average|mean|median|combined|overall|together|altogether|percent|share)$/;
const people =
  /\b(?:of|for) (?:all )?(?:of )?(?:my|our) (?:[a-z]+ )?(?<who>reps|sellers|salespeople|agents|engineers|people|teams)\b/i;

/**
 * "Quotas of my reps", "CSAT of my agents", "health scores of all my accounts": a figure of several people, teams or
 * records is told of each of them.
 */
export function tellOfEach(draft: Draft): void {
  const { understood, catalogue, metrics, entity } = draft;
  const { reading, kind, grain, ranking } = understood;
  const [metric, another] = metrics;
  if (!metric || another || isCountOf(catalogue, metric, entity) || draft.groupBy.length > 0) return;
  if (kind.countAt !== null || kind.isTrend || grain !== null) return;
  const isTogether = reading.tokens.some(({ word }) => together.test(word));
  const owners = !isTogether && (ranking === null || ranking.isOrder === true) ? severalOf(draft) : null;
  if (owners !== null) draft.groupBy = [{ dimension: owners }];
  if (ranking !== null) return;
  if (draft.compare !== 'none' || isTogether) return;
  if (/^(?:how|is|are|was|were|do|does|did|what)$/.test(reading.tokens[0]?.lower ?? '')) return;
  const who = people.exec(reading.text)?.groups?.['who'];
  if (who === undefined) return;
  const ids = /^teams$/i.test(who) ? ['team'] : personDimensions(catalogue, entity);
  const [nearest] = reachable(catalogue, entity, ids).filter(({ dimension }) => dimension.groupable);
  if (nearest) draft.groupBy = [{ dimension: nearest.dimension.id }];
}

/** "Scores of my accounts", "MRR of our customers, highest first": what the records are called; null where one figure of all is meant. */
function severalOf({ catalogue, entity, used, understood }: Draft): string | null {
  const { tokens } = understood.reading;
  const { keyOf } = vocabularyOf(catalogue);
  const noun = tokens.find(({ word, lower, index }) => {
    const before = tokens.slice(Math.max(0, index - 4), index).map((token) => token.lower);
    const at = before.findLastIndex((one) => !/^(?:all|my|our|the|of)$/.test(one)) + 1;
    const lead = before.slice(at);
    return lower !== word && keyOf(word).startsWith('@') && /^of$/.test(lead[0] ?? '');
  });
  if (noun === undefined) return null;
  const areFigures = [...used].some((span) => {
    const last = tokens[span.to - 1];
    return span.to <= noun.index && last !== undefined && /s$/.test(last.lower) && last.lower !== last.word;
  });
  if (!areFigures && understood.ranking === null) return null;
  const id = namingDimension(catalogue, keyOf(noun.word).slice(1));
  const [reached] = id === null ? [] : reachable(catalogue, entity, [id]);
  return reached?.dimension.groupable === true ? reached.dimension.id : null;
}
