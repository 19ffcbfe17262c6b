import type { DimensionDefinition, SimpleMetric } from '../catalogue/catalogue.ts';
import { calendarPartOf, entityById, findWay, type Way } from '../catalogue/paths.ts';
import type { Aggregation, Group } from './compile/compile-aggregate.ts';
import type { Condition } from './condition.ts';
import type { HistoryQuestion } from './history/read-flow.ts';
import { ownFilters } from './metric-words.ts';
import type { LocalRange } from './resolve/edge.ts';
import { absoluteRange } from './resolve/time-range.ts';
import { subjectCondition } from './scope/row-scope.ts';
import type { Work } from './work.ts';

/**
 * The aggregation behind one simple metric of a question, for one range: the asker's scope and subject included.
 *
 * @param beside what must hold as well: other records, and what makes a part
 */
export function buildAggregation(
  work: Work,
  { checked, grains, where }: Omit<HistoryQuestion, 'part'>,
  part: SimpleMetric,
  currency: Way | null,
  range: LocalRange | null,
  beside: readonly Condition[] = [],
): Aggregation {
  const { catalogue, settings } = work;
  const entity = entityById(catalogue, part.entity);
  if (!entity) throw new Error(`no entity ${part.entity}`);
  const wayTo = (dimensionId: string) => {
    const dimension = catalogue.dimensions.get(dimensionId);
    const way = dimension && findWay(catalogue, part.entity, dimension);
    if (!way) throw new Error(`${part.entity} does not reach ${dimensionId}`);
    return way;
  };
  /** The weekday of a solved ticket is that of its solution when solved tickets are counted by it. */
  const calendarWay = (dimension: DimensionDefinition) =>
    part.timeDimension === null ? null : calendarPartOf(wayTo(part.timeDimension), dimension);
  const groups = checked.groups.flatMap((group, index): Group | Group[] => {
    if (group.kind === 'dimension') {
      const way = calendarWay(group.dimension) ?? wayTo(group.dimension.id);
      return { kind: 'value', way, key: way.key };
    }
    const dimensionId = group.dimension?.id ?? part.timeDimension;
    // A state has no time of its own; its course is put together from what was recorded.
    if (dimensionId === null) return [];
    return { kind: 'time', way: wayTo(dimensionId), grain: grains[index] ?? 'month' };
  });
  const subject = subjectCondition(catalogue, entity, work.asker, checked.plan.subject);
  if ('code' in subject) throw new Error(subject.message);
  const conditions: Condition[] = [
    work.scope(entity).condition,
    subject,
    ...ownFilters(work, part, where).map((filter) => filter.toCondition(wayTo(filter.dimension.id))),
    ...where.conditionsFor((dimension) => calendarWay(dimension) ?? wayTo(dimension.id)),
    ...beside,
  ];
  const time =
    range && part.timeDimension !== null
      ? { way: wayTo(part.timeDimension), range: absoluteRange(range, timeType(work, part), settings) }
      : null;
  return {
    entity,
    measure: part.measure,
    groups,
    currency,
    conditions,
    time,
    now: settings.now,
    zone: settings.zone,
    fiscalStartMonth: settings.fiscalStartMonth ?? 1,
  };
}

/** What a metric's time is; a state's course is recorded by instants. */
export function timeType(work: Work, part: SimpleMetric): 'date' | 'instant' {
  if (part.timeDimension === null) return 'instant';
  return work.catalogue.dimensions.get(part.timeDimension)?.type === 'instant' ? 'instant' : 'date';
}
