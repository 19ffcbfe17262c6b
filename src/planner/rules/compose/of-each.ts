import type { Draft } from './draft.ts';
import { isCountOf } from './draft.ts';
import { personDimensions, reachable } from './reach.ts';

const together = /^(?:total|sum|average|mean|median|combined|overall|together|altogether|percent|share)$/;
const people =
  /\b(?:of|for) (?:all )?(?:of )?(?:my|our) (?:[a-z]+ )?(?<who>reps|sellers|salespeople|agents|engineers|people|teams)\b/i;

/** "Quotas of my reps", "CSAT of my agents": a figure of several people or teams is told of each of them. */
export function tellOfEach(draft: Draft): void {
  const { understood, catalogue, metrics, entity } = draft;
  const { reading, kind, grain, ranking } = understood;
  const [metric, another] = metrics;
  if (!metric || another || isCountOf(catalogue, metric, entity) || draft.groupBy.length > 0) return;
  if (kind.countAt !== null || kind.isTrend || grain !== null || ranking !== null) return;
  if (draft.compare !== 'none' || reading.tokens.some(({ word }) => together.test(word))) return;
  if (/^(?:how|is|are|was|were|do|does|did|what)$/.test(reading.tokens[0]?.lower ?? '')) return;
  const who = people.exec(reading.text)?.groups?.['who'];
  if (who === undefined) return;
  const ids = /^teams$/i.test(who) ? ['team'] : personDimensions(catalogue, entity);
  const [nearest] = reachable(catalogue, entity, ids).filter(({ dimension }) => dimension.groupable);
  if (nearest) draft.groupBy = [{ dimension: nearest.dimension.id }];
}
