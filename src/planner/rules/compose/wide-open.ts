import type { MetricPlan } from '../../../query/metric-query.ts';
import { type Draft, filtersOf } from './draft.ts';
import { presentState } from './present-rows.ts';

/**
 * "Open tickets that were answered": those in every state that is open, though one of these states is called so as well.
 * Whoever speaks of a status means that one state.
 */
export function widenOpen(draft: Draft): void {
  const { catalogue, entity, understood } = draft;
  const present = presentState(catalogue, entity);
  const [state] = present[0]?.any ?? [];
  if (state?.op !== 'in') return;
  const dimension = catalogue.dimensions.get(state.dimension);
  const isNamed = understood.spans.some(({ meanings }) =>
    meanings.some((one) => one.kind === 'dimension' && one.id === state.dimension),
  );
  if (isNamed || !dimension) return;
  const namesake = dimension.values.find(
    ({ value, label }) => state.values.includes(value) && callsAll(draft, present, label),
  );
  const at = draft.where.findIndex(({ any: [only, another] }) => {
    const isOne = only?.dimension === state.dimension && only.op === 'eq' && another === undefined;
    return isOne && only.values.length === 1 && only.values[0] === namesake?.value;
  });
  if (at < 0) return;
  const said = JSON.stringify(present[0]);
  const isSaid =
    draft.where.some((group) => JSON.stringify(group) === said) ||
    draft.metrics.some(
      (metric) =>
        metric.type === 'simple' && filtersOf(metric).some((group) => JSON.stringify(group) === said),
    );
  draft.where.splice(at, 1, ...(isSaid ? [] : present));
}

/** Whether the count of these rows has its name from the state: "Open tickets". */
function callsAll({ catalogue }: Draft, present: MetricPlan['where'], label: string): boolean {
  const said = JSON.stringify(present);
  return [...catalogue.metrics.values()].some(
    (metric) =>
      metric.type === 'simple' &&
      metric.label.toLowerCase().startsWith(`${label.toLowerCase()} `) &&
      JSON.stringify(filtersOf(metric)) === said,
  );
}
