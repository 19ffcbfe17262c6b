import type { DimensionDefinition } from '../catalogue/catalogue.ts';
import type { Way } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import type { CheckedFilter } from './check-metric-plan.ts';
import type { Condition } from './condition.ts';
import { type LookUpValues, type ResolvedFilter, resolveFilter } from './resolve/resolve-filter.ts';
import type { Work } from './work.ts';

/** All filters of a question with their values found: all of these, each any of its alternatives. */
export interface ResolvedWhere {
  readonly words: readonly string[];
  readonly dimensionIds: ReadonlySet<string>;
  /** All of these, each any of its alternatives. */
  readonly groups: readonly (readonly ResolvedFilter[])[];
  conditionsFor(wayTo: (dimension: DimensionDefinition) => Way): readonly Condition[];
}

export async function resolveWhere(
  work: Work,
  where: readonly (readonly CheckedFilter[])[],
  lookUp: LookUpValues,
): Promise<Result<ResolvedWhere>> {
  const issues: Issue[] = [];
  const groups: ResolvedFilter[][] = [];
  for (const alternatives of where) {
    const group: ResolvedFilter[] = [];
    for (const { filter, dimension, path } of alternatives) {
      const resolved = await resolveFilter(filter, dimension, path, work.settings, lookUp);
      if (resolved.ok) group.push(resolved.value);
      else issues.push(...resolved.issues);
    }
    groups.push(group);
  }
  if (issues.length > 0) return fail(...issues);
  return ok({
    groups,
    words: groups.map((group) => group.map(({ words }) => words).join(' or ')),
    dimensionIds: new Set(groups.flat().map(({ dimension }) => dimension.id)),
    conditionsFor: (wayTo) =>
      groups.map(
        (group): Condition => ({
          kind: 'any-of',
          conditions: group.map((filter) => filter.toCondition(wayTo(filter.dimension))),
        }),
      ),
  });
}
