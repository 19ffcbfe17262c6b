import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { LengthEnd, LengthFilter } from '../slots/lengths.ts';
import type { Draft } from './draft.ts';
import { refuse } from './problem.ts';

/** Columns at which a length of each kind ends. */
const endings: Readonly<Record<LengthEnd, RegExp>> = {
  reply: /repl|response|answer/,
  solution: /solved|resolved|closed|ended|cancelled/,
  conversion: /converted/,
};

/** "Resolved within an hour", "lasted more than a day": conditions on the lengths that the rows have. */
export function addLengths(draft: Draft): void {
  for (const length of draft.understood.lengths) addLength(draft, length);
}

function addLength(draft: Draft, { op, seconds, end, words }: LengthFilter): void {
  const dimension = lengthOf(draft, end);
  if (dimension === null)
    throw refuse(
      'unclear',
      `“${words}” of what?`,
      draft.metrics.map(({ id }) => id),
    );
  draft.where.push({ any: [{ dimension: dimension.id, op, values: [seconds] }] });
  // "Took more than a day to be resolved" is not said of what still goes on.
  const closing = end !== null && dimension.isOngoing ? endDate(draft, dimension) : null;
  if (closing !== null) draft.where.push({ any: [{ dimension: closing, op: 'is_not_null', values: [] }] });
}

/** The rows' own length that leads up to this; without more the one from their beginning to their end. */
export function lengthOf(draft: Pick<Draft, 'catalogue' | 'entity'>, end: LengthEnd | null) {
  const own = dimensionsOf(draft.catalogue, draft.entity).filter(
    ({ entity, type, format, until }) =>
      entity === draft.entity && type === 'number' && format?.kind === 'duration' && until !== undefined,
  );
  const [only, another] = own.filter(({ until = '', isOngoing }) =>
    end === null ? isOngoing === true : endings[end].test(until),
  );
  return only !== undefined && another === undefined ? only : null;
}

function endDate({ catalogue, entity }: Draft, { until }: DimensionDefinition): string | null {
  const found = dimensionsOf(catalogue, entity).find(
    (one) => one.entity === entity && one.path === until && one.until === undefined,
  );
  return found?.id ?? null;
}
