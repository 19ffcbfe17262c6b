import type { Catalogue } from '../../../src/catalogue/catalogue.ts';
import type { AnswerData, CellValue } from '../../../src/query/answer-data.ts';
import {
  type ListPlan,
  listPlanSchema,
  type MetricPlan,
  metricPlanSchema,
} from '../../../src/query/metric-query.ts';
import { type QueryContext, runQuery } from '../../../src/query/run-query.ts';
import type { Store } from '../../../src/store/database.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import type { Issue } from '../../../src/toolkit/issue.ts';
import { shippedCatalogue } from '../../support/shipped-catalogue.ts';
import { asker, now } from './world.ts';

export const theCatalogue = shippedCatalogue;

type MetricWish = Partial<Omit<MetricPlan, 'kind' | 'metrics'>>;

/** A plan with every default filled in, as a planner would hand it over. */
export function metricPlan(metrics: string | readonly string[], more: MetricWish = {}): MetricPlan {
  const list = typeof metrics === 'string' ? [metrics] : [...metrics];
  return metricPlanSchema.parse({ kind: 'metric', metrics: list, ...more });
}

export function listPlan(entity: string, more: Partial<Omit<ListPlan, 'kind' | 'entity'>> = {}): ListPlan {
  return listPlanSchema.parse({ kind: 'list', entity, ...more });
}

/** Asks as somebody of the world; the manager sees everything. */
export function asking(
  store: Pick<Store, 'readOnly'>,
  catalogue: Catalogue,
  more: Partial<QueryContext> = {},
) {
  const context = (as: string): QueryContext => ({
    store,
    catalogue,
    asker: asker(as),
    clock: fixedClock(now),
    zone: 'UTC',
    ...more,
  });
  const run = (plan: MetricPlan | ListPlan, as = 'Max Manager') => runQuery(context(as), plan);
  return {
    run,
    answer: async (plan: MetricPlan | ListPlan, as?: string): Promise<AnswerData> => {
      const result = await run(plan, as);
      if (!result.ok) throw new Error(JSON.stringify(result.issues, null, 1));
      return result.value;
    },
    issues: async (plan: MetricPlan | ListPlan, as?: string): Promise<readonly Issue[]> => {
      const result = await run(plan, as);
      return result.ok ? [] : result.issues;
    },
  };
}

/** The one number of an answer without groups. */
export function figure(answer: AnswerData): CellValue {
  if (answer.rows.length !== 1) throw new Error(`expected one row, found ${answer.rows.length}`);
  return answer.rows[0]?.[0] ?? null;
}

/** Rows as `{column id: cell}`. */
export function records(answer: AnswerData): Record<string, CellValue>[] {
  return answer.rows.map((row) =>
    Object.fromEntries(answer.columns.map((column, index) => [column.id, row[index] ?? null])),
  );
}
