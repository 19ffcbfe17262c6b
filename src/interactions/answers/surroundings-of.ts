import type { Asker } from '../../access/asker.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { simpleParts } from '../../catalogue/lookup.ts';
import type { AnswerActionsView, FurtherAction } from '../../messages/answer-actions.ts';
import { bucketInWords, formatCell, grainOf } from '../../messages/answer-cells.ts';
import type { AnswerView } from '../../messages/answer-view.ts';
import type { AnswerData } from '../../query/answer-data.ts';
import type { QueryPlan } from '../../query/metric-query.ts';
import type { SpreadBook } from '../../query/spread.ts';
import { drillDimensions } from './drill-dimensions.ts';
import { listedMetric, recordsPlan } from './records-plan.ts';
import { groupKey } from './result-digest.ts';

/** What can be done with an answer, as far as its plan, its rows and the asker's role allow. */
export function surroundingsOf(
  deps: { readonly catalogue: Catalogue; readonly spreads?: SpreadBook },
  asker: Asker,
  answer: {
    readonly id: string;
    readonly plan: QueryPlan;
    readonly data: AnswerData;
    readonly view: AnswerView;
  },
): AnswerActionsView {
  const { id: answerId, plan } = answer;
  const further: FurtherAction[] = ['again', 'explain', 'export'];
  if (plan.kind === 'list') return { answerId, drills: [], records: [], further: [...further, 'save'] };
  const mine = filterCatalogue(deps.catalogue, asker.role);
  const [metric] = plan.metrics.flatMap((id) => mine.metrics.get(id) ?? []);
  const entity = metric && simpleParts(mine, metric)[0]?.entity;
  const spreads = entity === undefined ? undefined : deps.spreads?.of(entity);
  return {
    answerId,
    drills: drillDimensions(deps.catalogue, asker.role, plan, spreads ?? new Map()),
    records: recordsOf(mine, answer, plan),
    further: [...further, 'alert', 'save'],
  };
}

function recordsOf(
  catalogue: Catalogue,
  { id, data, view }: { readonly id: string; readonly data: AnswerData; readonly view: AnswerView },
  plan: Extract<QueryPlan, { kind: 'metric' }>,
): AnswerActionsView['records'] {
  if (data.rows.length === 0 || !listedMetric(catalogue, plan)) return [];
  if (plan.groupBy.length === 0) {
    const isNothing = !data.rows[0]?.some((cell) => typeof cell === 'number' && cell !== 0);
    return isNothing || recordsPlan(catalogue, plan, data, null) === null ? [] : 'all';
  }
  return data.rows.flatMap((row) => {
    if (recordsPlan(catalogue, plan, data, row) === null) return [];
    return [{ key: groupKey(id, data.columns, row), label: labelOf(view, row) }];
  });
}

function labelOf(view: AnswerView, row: AnswerData['rows'][number]): string {
  return view.columns
    .flatMap((column, index) => {
      if (column.role !== 'dimension') return [];
      const cell = row[index] ?? null;
      if (cell === null) return ['(none)'];
      if (column.type !== 'date' && column.type !== 'instant') return [formatCell(view, cell, column, row)];
      const grain = grainOf(view.rows.map((one) => String(one[index] ?? '')));
      return [bucketInWords(String(cell), grain)];
    })
    .join(' · ');
}
