import type { SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Filter } from '../../../query/metric-query.ts';
import { tells, toCome } from '../date-events.ts';
import { type Draft, filtersOf } from './draft.ts';
import { beginningDate } from './list-order.ts';
import { placeTime, wholeUnit } from './place-time.ts';
import { refuse } from './problem.ts';

export function placeListTime(draft: Draft): void {
  const { time } = draft.understood;
  if (time.conflict !== null) throw refuse('unclear', `two periods at once: ${time.conflict}`);
  if (time.range === null) return;
  // Lists ask for rows by date; a state filter and a date go together ("my open tickets from last week").
  const [metric] = draft.metrics;
  if (metric?.type === 'simple' && metric.timeDimension === null && !draft.isImplied) {
    const due = dueDate(draft, metric);
    // "About to breach in the next four hours": the range says by when, in place of the state's own idea of soon.
    const isOfNow = (filter: Filter): boolean => due !== null && filter.values.includes('@now');
    draft.where.push(...filtersOf(metric).filter(({ any }) => !any.some(isOfNow)));
    draft.metrics = [];
    if (due !== null) draft.timeDimension = due;
  }
  // "Deals open for more than 90 days": the age is from their beginning, whatever date a list goes by.
  if (time.isAge === true && draft.timeDimension === null) draft.timeDimension = beginningDate(draft);
  placeTime(draft);
  settleWholeUnit(draft);
}

/** "Commit deals this quarter": by a date that may lie ahead the whole quarter is meant, not its part until now. */
function settleWholeUnit(draft: Draft): void {
  const by = draft.timeDimension ?? draft.catalogue.entities.get(draft.entity)?.defaultTime;
  if (draft.time !== null && draft.metrics.length === 0 && tells(draft.catalogue, by, toCome))
    draft.time = wholeUnit(draft.time);
}

/** The date that a state looks ahead to, when the question names a time that is still to come. */
function dueDate({ catalogue, understood }: Draft, metric: SimpleMetric): string | null {
  if (!/^(?:upcoming|ahead)$/.test(understood.time.range?.kind ?? '')) return null;
  const ahead = metric.filters.filter(({ op, values }) => /^gte?$/.test(op) && values.includes('@now'));
  const [only, another] = ahead;
  return only && !another && catalogue.dimensions.get(only.dimension)?.type === 'instant'
    ? only.dimension
    : null;
}
