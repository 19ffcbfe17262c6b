import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { DateEvent } from '../../../catalogue/date-event.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import { isDate } from '../date-events.ts';
import type { LengthEnd, LengthFilter } from '../slots/lengths.ts';
import { type Draft, filtersOf, meaningsOf, numericTwin } from './draft.ts';
import { figureOfRows } from './figure-of-rows.ts';
import { groupByOwnNoun } from './own-noun.ts';
import { presentState } from './present-rows.ts';
import { refuse } from './problem.ts';
import { reachable } from './reach.ts';

/** What happens where a length of each kind ends; a column that holds the length itself says so in its name. */
const endings: Readonly<Record<LengthEnd, { readonly events: readonly DateEvent[]; readonly id: RegExp }>> = {
  reply: { events: ['replied'], id: /repl|response|answer/ },
  solution: {
    events: ['solved', 'closed', 'ends', 'cancelled', 'planned'],
    id: /solved|resolved|closed|ended|cancelled/,
  },
  conversion: { events: ['converted'], id: /converted/ },
};

/** "Resolved within an hour", "lasted more than a day": conditions on the lengths that the rows have. */
export function addLengths(draft: Draft): void {
  for (const length of draft.understood.lengths) addLength(draft, length);
}

function addLength(draft: Draft, length: LengthFilter): void {
  const { op, seconds, end, words } = length;
  if (length.isMeasured && addMeasured(draft, length)) return;
  const dimension = lengthOf(draft, end);
  if (dimension === null)
    throw refuse(
      'unclear',
      `“${words}” of what?`,
      draft.metrics.map(({ id }) => id),
    );
  if (length.isMissed === true) {
    missIt(draft, dimension, length);
    return;
  }
  draft.where.push({ any: [{ dimension: dimension.id, op, values: [seconds] }] });
  if (endDate(draft, dimension)?.event === 'planned') draft.where.push(...decidedOnes(draft));
  // "Took more than a day to be resolved" is not said of what still goes on.
  const closing = end !== null && dimension.isOngoing ? endDate(draft, dimension) : undefined;
  if (closing) draft.where.push({ any: [{ dimension: closing.id, op: 'is_not_null', values: [] }] });
}

/** "Not answered within 4 hours": later than that, or not at all although it is that old. */
function missIt(draft: Draft, dimension: DimensionDefinition, { seconds, words }: LengthFilter): void {
  const late = { dimension: dimension.id, op: 'gt' as const, values: [seconds] };
  if (dimension.isOngoing === true) {
    draft.where.push({ any: [late] });
    return;
  }
  const age = dimensionsOf(draft.catalogue, draft.entity).find(
    (one) => one.entity === draft.entity && one.isOngoing === true && isLength(one),
  );
  const end = endDate(draft, dimension);
  if (age === undefined || end === undefined || end.event === 'planned')
    throw refuse('unclear', `“${words}” of what?`);
  draft.where.push({ any: [late, { dimension: end.id, op: 'is_null', values: [] }] });
  draft.where.push({ any: [{ dimension: age.id, op: 'gt', values: [seconds] }] });
}

/** "Idle time above two hours", "median first response over 4 hours": a column of the rows, or the figure of each group. */
function addMeasured(draft: Draft, { op, seconds, from }: LengthFilter): boolean {
  const { catalogue, understood } = draft;
  const span = understood.spans.findLast((one) => one.to <= from && from - one.to <= 1);
  if (!span) return false;
  const isDuration = (id: string): boolean => isLength(catalogue.dimensions.get(id));
  const twin = numericTwin(catalogue, span);
  const [column] = reachable(catalogue, draft.entity, twin !== null && isDuration(twin) ? [twin] : []);
  if (column && !draft.used.has(span)) {
    draft.used.add(span);
    draft.where.push({ any: [{ dimension: column.dimension.id, op, values: [seconds] }] });
    return true;
  }
  const metric = draft.metrics.find(
    (one) => one.format.kind === 'duration' && meaningsOf(span, 'metric').some(({ id }) => id === one.id),
  );
  const isOfRows = metric === undefined && figureOfRows(draft, span);
  const [figure] = isOfRows ? draft.metrics : [metric];
  if (figure && draft.groupBy.length === 0) groupByOwnNoun(draft, span);
  if (!figure || draft.groupBy.length === 0 || op === 'between' || op === 'in') return false;
  draft.having = [...draft.having, { metric: figure.id, op, value: seconds }];
  return true;
}

/** Kept as a length: from one date to another, or in seconds. */
export const isLength = (dimension: DimensionDefinition | undefined): boolean =>
  dimension?.type === 'number' && (dimension.format?.kind === 'duration' || /_seconds$/.test(dimension.path));

/** The rows' own length that leads up to this; without more the one from their beginning to their end. */
export function lengthOf(draft: Pick<Draft, 'catalogue' | 'entity'>, end: LengthEnd | null) {
  const own = dimensionsOf(draft.catalogue, draft.entity).filter(
    (one) => one.entity === draft.entity && isLength(one),
  );
  const [sole, further] = own;
  const fitting = own.filter((one) => {
    const { id, until, isOngoing } = one;
    if (end === null) return isOngoing === true || (until === undefined && /(?:^|_)duration$/.test(id));
    const { events, id: named } = endings[end];
    if (until === undefined) return named.test(id);
    const event = endDate(draft, one)?.event;
    return event !== undefined && events.includes(event);
  });
  const [only, another] = fitting;
  if (only === undefined && end === null && further === undefined) return sole ?? null;
  return only !== undefined && another === undefined ? only : null;
}

/** An end that is only planned is none: what took so long is decided. */
function decidedOnes({ catalogue, entity, metrics, where }: Draft): Draft['where'] {
  const said = new Set(
    [...where, ...metrics.flatMap((metric) => (metric.type === 'simple' ? filtersOf(metric) : []))]
      .flatMap(({ any }) => any)
      .filter(({ values }) => values.includes(true))
      .map(({ dimension }) => dimension),
  );
  if (said.size > 0) return [];
  return presentState(catalogue, entity).map(({ any }) => ({
    any: any.map(({ dimension, values }) => ({
      dimension,
      op: 'eq' as const,
      values: values.map((value) => (typeof value === 'boolean' ? !value : value)),
    })),
  }));
}

function endDate(
  { catalogue, entity }: Pick<Draft, 'catalogue' | 'entity'>,
  { until }: DimensionDefinition,
): DimensionDefinition | undefined {
  return dimensionsOf(catalogue, entity).find(
    (one) => one.entity === entity && one.path === until && isDate(one),
  );
}
