import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { QueryPlan } from '../query/metric-query.ts';
import type { Result } from '../toolkit/issue.ts';

/**
 * "Who lost the most health in 60 days" where health is known for 30: nothing changed as far as is known, which is not
 * "nobody".
 *
 * @param run runs a plan for the same asker
 * @returns why there is no answer; null where some change is known, or none was asked for
 */
export async function noChangeKnown(
  catalogue: Catalogue,
  plan: QueryPlan,
  { rows }: AnswerData,
  run: (plan: QueryPlan) => Promise<Result<AnswerData>>,
): Promise<string | null> {
  if (plan.kind !== 'metric' || rows.length > 0 || !/^(?:previous_period|last_year)$/.test(plan.compare))
    return null;
  const changes = plan.having.filter(({ metric }) => metric.endsWith('__change'));
  const [first] = changes;
  if (first === undefined) return null;
  const whole = await run({ ...plan, having: plan.having.filter((one) => !changes.includes(one)) });
  if (!whole.ok || whole.value.rows.length === 0) return null;
  const id = first.metric.replace(/__change$/, '');
  const at = whole.value.columns.findIndex((column) => column.id === `${id}__previous`);
  const isKnown = at < 0 || whole.value.rows.some((row) => row[at] !== null);
  const label = catalogue.metrics.get(id)?.label ?? id;
  return isKnown
    ? null
    : `“${label}” is not known for the time before, so no change of it can be told; ask for a shorter time`;
}
