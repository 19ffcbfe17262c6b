import { metricTime } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import { ending, hasEvent } from '../date-events.ts';
import { type Draft, isCountOf, meaningsOf, onlyEvent } from './draft.ts';
import { presentState } from './present-rows.ts';
import { refuse } from './problem.ts';

/** "Who is offline", "since when are they away": of spans of a state those that go on, unless a time or the past is named. */
export function settleUnended(draft: Draft): void {
  const { time, reading } = draft.understood;
  const isPast = reading.tokens.some(({ lower }) => /^(?:was|were|had|did)$/.test(lower));
  if (time.range !== null || isPast || draft.where.length === 0) return;
  const ends = dimensionsOf(draft.catalogue, draft.entity).find(
    (one) => one.entity === draft.entity && one.type === 'instant' && hasEvent(one, ending),
  );
  const isSaid = draft.where.some(({ any }) => any.some(({ dimension }) => dimension === ends?.id));
  if (ends && !isSaid) draft.where.push({ any: [{ dimension: ends.id, op: 'is_null', values: [] }] });
}

/** A current state needs no range: "how many pending tickets" counts all of them, not those of the default range. */
export function settleStates(draft: Draft, isList: boolean): void {
  if (isList) listNewOnes(draft);
  else {
    countInEveryState(draft);
    leaveToItsTime(draft);
  }
  const { catalogue, understood } = draft;
  const [metric] = draft.metrics;
  if (isList || metric?.type !== 'simple' || understood.time.range !== null) return;
  if (draft.isOfAnyState && metric.timeDimension !== null) draft.time = { kind: 'all' };
  const isStatus = (id: string): boolean => catalogue.dimensions.get(id)?.path === 'status';
  // "How many of my leads are new": all of them are meant, though what comes in is called so as well.
  const isOfAll = metric.filters.length === 0 && isCountOf(catalogue, metric, draft.entity);
  const isSaidOfAll = isOfAll && draft.where.some(({ any }) => any.some((one) => isStatus(one.dimension)));
  if (!draft.isImplied && !isSaidOfAll) return;
  const states = new Set<string>();
  for (const metric of catalogue.metrics.values())
    if (metric.type === 'simple' && metric.timeDimension === null && metric.entity === draft.entity)
      for (const filter of metric.filters) states.add(filter.dimension);
  // "Leads by status" are those that stand there now.
  const isSplit = draft.groupBy.some(({ dimension }) => isStatus(dimension));
  const isStateAsked =
    (isSplit && !draft.groupBy.some(({ dimension }) => dimension === metricTime)) ||
    draft.where.some((group) =>
      group.any.some(
        (filter) =>
          isStatus(filter.dimension) ||
          (states.has(filter.dimension) && catalogue.dimensions.get(filter.dimension)?.values.length),
      ),
    );
  if (isStateAsked && metric.timeDimension !== null) draft.time = { kind: 'all' };
}

/** "New leads, oldest first": those in the state that is called so; in a period all that came in then are new. */
function listNewOnes(draft: Draft): void {
  const { catalogue, entity, metrics, understood, used, where } = draft;
  const [metric, another] = metrics;
  if (another || metric?.type !== 'simple' || metric.filters.length > 0 || understood.time.range !== null)
    return;
  const isSaid = [...used].some(
    ({ indexes, meanings }) =>
      meanings.some((one) => one.kind === 'metric' && one.id === metric.id) &&
      indexes.some((index) => understood.reading.tokens[index]?.lower === 'new'),
  );
  const state = dimensionsOf(catalogue, entity).find(
    (one) => one.entity === entity && one.path === 'status' && one.values.some(({ label }) => isNew(label)),
  );
  const value = state?.values.find(({ label }) => isNew(label))?.value;
  if (!isSaid || state === undefined || value === undefined) return;
  if (!where.some(({ any }) => any.some(({ dimension }) => dimension === state.id)))
    draft.where.push({ any: [{ dimension: state.id, op: 'eq', values: [value] }] });
}

const isNew = (label: string): boolean => label.toLowerCase() === 'new';

/**
 * "Escalations by status": all of them, those that are over as well, where the noun alone would count the open ones. What the
 * open ones are told by is the very property that is asked for.
 */
function countInEveryState(draft: Draft): void {
  const { catalogue, entity, groupBy, isImplied, metrics, understood } = draft;
  const [metric, another] = metrics;
  if (!isImplied || another || metric?.type !== 'simple' || metric.timeDimension !== null) return;
  if (understood.time.range !== null) return;
  const told = new Set(metric.filters.map(({ dimension }) => dimension));
  const isSplit = groupBy.some(
    ({ dimension }) => told.has(dimension) && catalogue.dimensions.get(dimension)?.path === 'status',
  );
  const all = isSplit ? onlyEvent(catalogue, entity) : null;
  if (all !== null) draft.metrics = [all];
}

/**
 * "Resolution time of escalations resolved in October": a figure that goes by when they were resolved has those alone, also
 * the ones that have been closed since.
 */
function leaveToItsTime(draft: Draft): void {
  const { catalogue, metrics, used } = draft;
  const times = new Set(metrics.map((metric) => (metric.type === 'simple' ? metric.timeDimension : null)));
  const [time] = times;
  if (times.size !== 1 || typeof time !== 'string') return;
  draft.where = draft.where.filter(({ any: [one, other] }) => {
    if (one === undefined || other !== undefined || one.op !== 'eq') return true;
    if (catalogue.dimensions.get(one.dimension)?.path !== 'status') return true;
    const isCalledSo = catalogue.dimensions.get(time)?.path === `${one.values[0] ?? ''}_at`;
    return ![...used].some(
      (span) =>
        (isCalledSo || meaningsOf(span, 'dimension').some(({ id }) => id === time)) &&
        meaningsOf(span, 'value').some(
          ({ dimension, value }) => dimension === one.dimension && value === one.values[0],
        ),
    );
  });
}

/** "Pending for more than 3 days", "in negotiation for a month": since when a record is in a state is not known. */
export function refuseStay({ catalogue, entity, understood, where }: Draft): void {
  if (understood.time.isStay !== true) return;
  const present = JSON.stringify(presentState(catalogue, entity));
  const state = where
    .filter((group) => !present.includes(JSON.stringify(group)))
    .flatMap(({ any }) => any)
    .find(({ dimension: id, op, values }) => {
      const path = catalogue.dimensions.get(id)?.path ?? '';
      return (
        /^(?:eq|in)$/.test(op) &&
        /^(?:status|stage|state)$/.test(path) &&
        !values.every((one) => one === 'open')
      );
    });
  if (state) throw refuse('unclear', `since when they have been ${state.values.join(' or ')} is not kept`);
}
