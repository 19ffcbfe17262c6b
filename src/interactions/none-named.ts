import type { Catalogue } from '../catalogue/catalogue.ts';
import { metricTime } from '../catalogue/catalogue.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { QueryPlan } from '../query/metric-query.ts';

/**
 * "Tickets by product" where no ticket has a product: one row without a name looks like an answer to what was asked, and is
 * only the whole.
 *
 * @returns what is said of it; null where some group has a name
 */
export function noneNamed(
  catalogue: Catalogue,
  plan: QueryPlan,
  { columns, rows }: AnswerData,
): string | null {
  if (plan.kind !== 'metric' || rows.length === 0) return null;
  const unnamed = plan.groupBy.filter(({ dimension }) => {
    const at = columns.findIndex(({ id, role }) => id === dimension && role === 'dimension');
    return dimension !== metricTime && at >= 0 && rows.every((row) => row[at] === null);
  });
  const names = unnamed.map(
    ({ dimension }) => catalogue.dimensions.get(dimension)?.label.toLowerCase() ?? dimension,
  );
  return names.length === 0
    ? null
    : `No ${names.join(' and no ')} is recorded for any of these, so they are shown together.`;
}
