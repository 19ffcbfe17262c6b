import { ok, type Result } from '../toolkit/issue.ts';
import type { CheckedMetricPlan } from './check-metric-plan.ts';
import { type ResolvedRelated, resolveRelated } from './resolve-related.ts';
import { type ResolvedWhere, resolveWhere } from './resolve-where.ts';
import { valueLookUp, type Work } from './work.ts';

/** Conditions that make rows a part, with their words found. */
export interface PartOfWhole {
  readonly where: ResolvedWhere;
  readonly related: ResolvedRelated;
}

/** Finds the words of what makes the part; null when none is asked for. */
export async function preparePart(
  work: Work,
  { part }: CheckedMetricPlan,
  entityIds: readonly string[],
): Promise<Result<PartOfWhole | null>> {
  if (!part) return ok(null);
  const where = await resolveWhere(work, part.where, valueLookUp(work, entityIds));
  const related = await resolveRelated(work, part.related);
  if (!where.ok) return where;
  return related.ok ? ok({ where: where.value, related: related.value }) : related;
}

/** "The part counts what is also: Origin is Chat". */
export function partWords(partOf: PartOfWhole | null): readonly string[] {
  if (!partOf) return [];
  return [`The part is what also meets: ${[...partOf.where.words, ...partOf.related.words].join('; ')}`];
}
