import { type Draft, meaningsOf, timeDimensionOf } from './draft.ts';
import { groupMarker } from './group-by.ts';
import { refuse } from './problem.ts';

/** Whether one of the figures is counted by this date. */
export const goesBy = ({ catalogue, metrics }: Draft, date: string): boolean =>
  metrics.some((metric) => timeDimensionOf(catalogue, metric) === date);

/**
 * "How many tickets got a first reply today": the count of tickets goes by their opening, so the tickets are listed,
 * which says their number as well. "How many tickets first replied today" names the date as if it were a group.
 */
export function countsByOtherDate(draft: Draft): boolean {
  const { understood, isImplied, groupBy } = draft;
  if (understood.time.range === null || understood.time.compare !== 'none' || !isImplied) return false;
  const date = dateInPlaceOfGroup(draft) ?? (groupBy.length === 0 ? draft.timeDimension : null);
  if (date === null || !isDateOfRows(draft, date) || goesBy(draft, date)) return false;
  if (groupBy.length > 0) {
    draft.groupBy = [];
    draft.timeDimension = date;
  }
  draft.isDated = true;
  return true;
}

/** The only group, a date that no "by" stands before. */
function dateInPlaceOfGroup(draft: Draft): string | null {
  const [group, another] = draft.groupBy;
  if (group === undefined || another || group.grain !== undefined || !isDateOfRows(draft, group.dimension))
    return null;
  const said = draft.understood.spans.find((span) =>
    meaningsOf(span, 'dimension').some(({ id }) => id === group.dimension),
  );
  return said !== undefined && !groupMarker(draft, said) ? group.dimension : null;
}

function isDateOfRows({ catalogue, entity }: Draft, id: string): boolean {
  const dimension = catalogue.dimensions.get(id);
  return dimension?.entity === entity && /^(?:date|instant)$/.test(dimension.type);
}

/**
 * "First replies today by priority" of tickets that are counted by another date: the period would be that of the wrong one.
 *
 * @throws Unplannable
 */
export function refuseOtherDate(draft: Draft): void {
  const { catalogue, metrics, time, timeDimension } = draft;
  if (!draft.isDated || time === null || timeDimension === null || metrics.length === 0) return;
  if (goesBy(draft, timeDimension)) return;
  throw refuse(
    'unclear',
    `which date the period is of: ${metrics[0]?.label} does not go by “${catalogue.dimensions.get(timeDimension)?.label}”`,
    metrics.map(({ id }) => id),
  );
}
