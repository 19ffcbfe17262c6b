import { entityById } from '../../../catalogue/paths.ts';
import type { Filter, ListPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { Draft } from '../compose/draft.ts';

/** "At least 10" alone compares the figure of each group, or the one number that the records are shown with. */
export function compareAlone(draft: Draft, previous: QueryPlan): Draft {
  const { numbers, spans } = draft.understood;
  if (numbers.length === 0) return draft;
  const isAlone = numbers.every(
    ({ from, to }) => !spans.some((span) => Math.abs(span.from - to) < 2 || Math.abs(from - span.to) < 3),
  );
  if (!isAlone) return draft;
  if (previous.kind === 'list') return compareColumn(draft, previous);
  const metric = draft.metrics.at(-1);
  const isFit = numbers.every(
    ({ op, isMoney }) => op !== 'between' && op !== 'in' && (!isMoney || metric?.format.kind === 'money'),
  );
  if (draft.groupBy.length === 0 || !metric || !isFit) return draft;
  const isShare = metric.format.kind === 'percent';
  return {
    ...draft,
    understood: { ...draft.understood, numbers: [] },
    having: numbers.map(({ op, values: [value = 0], isPercent }) => ({
      metric: metric.id,
      op: op === 'between' || op === 'in' ? 'eq' : op,
      value: isShare && (isPercent || value > 1) ? value / 100 : value,
    })),
  };
}

/** "Only those under 80" after accounts with their health: of the number that was asked for, or the only one shown. */
function compareColumn(draft: Draft, { entity, columns }: ListPlan): Draft {
  const { catalogue, understood } = draft;
  const usual = entityById(catalogue, entity)?.listColumns ?? [];
  const numbersAmong = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const dimension = catalogue.dimensions.get(id);
      return dimension?.type === 'number' && dimension.filterable ? [dimension] : [];
    });
  const asked = numbersAmong(columns.filter((id) => !usual.includes(id)));
  const shown = numbersAmong(columns.length > 0 ? columns : usual);
  const own = shown.filter((one) => one.entity === entity);
  const [only, another] = asked.length > 0 ? asked : own.length === 1 ? own : shown;
  const isMoney = only?.format?.kind === 'money';
  const isFit = understood.numbers.every((one) => !one.isPercent && (!one.isMoney || isMoney));
  if (!only || another || !isFit) return draft;
  const conditions = understood.numbers.map(
    ({ op, values }): Filter => ({ dimension: only.id, op, values: [...values] }),
  );
  draft.where.push(...conditions.map((one) => ({ any: [one] })));
  return { ...draft, understood: { ...understood, numbers: [] } };
}
