import type { Catalogue, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Filter, ListPlan } from '../../../query/metric-query.ts';
import { comesBySelf, tells, toCome } from '../date-events.ts';
import { speaksOfAhead } from '../slots/time-slot.ts';
import { type Draft, filtersOf, isCountOf } from './draft.ts';
import { beginningDate, dateOfEnd } from './list-order.ts';
import { fromToday, placeTime, wholeUnit } from './place-time.ts';
import { refuse } from './problem.ts';
import { askWhichDate } from './which-date.ts';

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
  draft.timeDimension ??= timeOfState(draft) ?? dateOfEnd(draft) ?? dateOfNewest(draft);
  placeTime(draft);
  askWhichDate(draft, beginningDate(draft));
  settleWholeUnit(draft);
}

/** "Have I blown any SLAs this week": rows in a state go by the date of it, as the figure that counts just them does. */
const timeOfState = (draft: Draft): string | null =>
  draft.metrics.length > 0 && !draft.isImplied ? null : dateOfState(draft.catalogue, draft);

/** The date by which the figures count that count rows under no other conditions than these; null where they differ. */
export function dateOfState(
  catalogue: Catalogue,
  { entity, where }: Pick<ListPlan, 'entity' | 'where'>,
): string | null {
  const said = new Set(where.flatMap(({ any }) => (any.length === 1 ? [JSON.stringify(any[0])] : [])));
  const counts = [...catalogue.metrics.values()].filter(
    (one): one is SimpleMetric =>
      one.type === 'simple' &&
      one.hidden !== true &&
      isCountOf(catalogue, one, entity) &&
      one.filters.length > 0 &&
      filtersOf(one).every(({ any }) => said.has(JSON.stringify(any[0]))),
  );
  const [by, another] = [...new Set(counts.map(({ timeDimension }) => timeDimension))];
  return by === undefined || another !== undefined ? null : by;
}

/** "Newest deals this month": those that began in it, whatever date a list goes by. */
function dateOfNewest(draft: Draft): string | null {
  const { catalogue, entity, metrics, isImplied, columns, understood } = draft;
  if (understood.ranking?.direction !== 'newest' || columns.length > 0) return null;
  return metrics.length > 0 && !isImplied ? null : beginningDate({ catalogue, entity });
}

/** "Commit deals this quarter": by a date that may lie ahead the whole quarter is meant, not its part until now. */
function settleWholeUnit(draft: Draft): void {
  const by = draft.timeDimension ?? draft.catalogue.entities.get(draft.entity)?.defaultTime;
  if (draft.time !== null && draft.metrics.length === 0 && tells(draft.catalogue, by, toCome))
    draft.time = wholeUnit(draft.time);
  // "Closing before Christmas": what should have closed long ago does not.
  const [metric] = draft.metrics;
  const date = metric?.type === 'simple' ? metric.timeDimension : by;
  const isComing = tells(draft.catalogue, date, comesBySelf) && speaksOfAhead(draft.understood.reading);
  if (draft.time !== null && isComing) draft.time = fromToday(draft.time, draft.understood.today);
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
