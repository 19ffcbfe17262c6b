import type { DimensionDefinition, EntityDefinition } from '../catalogue/catalogue.ts';
import { linkBetween } from '../catalogue/link.ts';
import type { Issue } from '../toolkit/issue.ts';
import type { CheckedFilter } from './check-metric-plan.ts';
import type { Related } from './metric-query.ts';
import { type Names, requireDimension, requireEntity } from './require-names.ts';

/** Other records whose names exist, fit together and are for this role. */
export interface CheckedRelated {
  readonly related: Related;
  readonly entity: EntityDefinition;
  readonly where: readonly (readonly CheckedFilter[])[];
  readonly time: DimensionDefinition | null;
  readonly path: string;
}

/**
 * Checks the other records that rows must have or lack; all mistakes at once.
 *
 * @param outers entities whose rows are counted or listed
 */
export function checkRelated(
  names: Names,
  outers: readonly string[],
  list: readonly Related[] | undefined,
  path: string,
): { readonly checked: readonly CheckedRelated[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const checked = (list ?? []).flatMap((related, index): CheckedRelated[] => {
    const at = `${path}[${index}]`;
    const found = requireEntity(names, related.entity, `${at}.entity`);
    if (!found.ok) {
      issues.push(...found.issues);
      return [];
    }
    const entity = found.value;
    for (const outer of outers)
      if (!linkBetween(names.mine, outer, entity.id, related.via))
        issues.push(unlinked(names, outer, entity, at));
    const require = (id: string, where: string): readonly DimensionDefinition[] => {
      const dimension = requireDimension(names, entity, id, where);
      if (dimension.ok) return [dimension.value];
      issues.push(...dimension.issues);
      return [];
    };
    const where = related.where.map(({ any }, outer) =>
      any.flatMap((filter, inner): CheckedFilter[] => {
        const own = `${at}.where[${outer}].any[${inner}]`;
        const [dimension] = require(filter.dimension, `${own}.dimension`);
        if (!dimension) return [];
        if (dimension.filterable) return [{ filter, dimension, path: own }];
        issues.push({
          code: 'not-filterable',
          path: `${own}.dimension`,
          message: `${dimension.label} cannot be filtered by.`,
        });
        return [];
      }),
    );
    const timeId = related.timeDimension ?? entity.defaultTime;
    const [time] = timeId === null ? [] : require(timeId, `${at}.timeDimension`);
    const isTime = time?.type === 'date' || time?.type === 'instant';
    if (related.time !== null && related.time.kind !== 'all' && !isTime)
      issues.push({
        code: 'time-not-applicable',
        path: `${at}.time`,
        message: `${entity.label.many} have no time of their own; leave the range away.`,
      });
    return [{ related, entity, where, time: time && isTime ? time : null, path: at }];
  });
  return { checked, issues };
}

function unlinked({ mine }: Names, outerId: string, entity: EntityDefinition, path: string): Issue {
  const outer = mine.entities.get(outerId)?.label.many ?? outerId;
  return {
    code: 'not-related',
    path: `${path}.entity`,
    message: `Nothing ties ${entity.label.many} to ${outer}.`,
  };
}
