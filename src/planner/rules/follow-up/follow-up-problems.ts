import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import type { Result } from '../../../toolkit/issue.ts';
import { refuse, Unplannable } from '../compose/problem.ts';

/** "list them" after a rate or two figures: of which one? Null where there is no question. */
export function askRecords(
  catalogue: Catalogue,
  plan: QueryPlan,
  apply: (patch: PlanPatch) => Result<QueryPlan>,
): { readonly kind: 'plan'; readonly plan: QueryPlan } | null {
  if (plan.kind === 'list') return { kind: 'plan', plan };
  const metrics = plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const parts = [...new Set(metrics.flatMap((metric) => simpleParts(catalogue, metric)))];
  if (parts.length < 2 && metrics[0]?.type === 'simple') return null;
  const [first] = metrics;
  const rowsOf = (metric: (typeof metrics)[number]): string | null =>
    metric.type === 'simple' ? JSON.stringify([metric.entity, metric.filters, metric.timeDimension]) : null;
  // "Won deals and won amount by rep, list them": both are of the same records.
  if (
    first !== undefined &&
    rowsOf(first) !== null &&
    metrics.every((one) => rowsOf(one) === rowsOf(first))
  ) {
    const applied = apply({ kind: 'patch', to: 'list', metrics: { op: 'replace', ids: [first.id] } });
    if (applied.ok) return { kind: 'plan', plan: applied.value };
  }
  const options = parts.slice(0, 4).flatMap((part) => {
    const applied = apply({ kind: 'patch', to: 'list', metrics: { op: 'replace', ids: [part.id] } });
    return applied.ok ? [{ label: part.label.slice(0, 70), plan: applied.value }] : [];
  });
  if (options.length < 2) throw refuse('unclear', 'the records of which figure');
  throw new Unplannable({ kind: 'ask', question: 'The records of which figure?', options });
}

/** A patch that changes nothing was not understood. */
export function withNoChange(patch: PlanPatch): void {
  if (Object.keys(patch).length === 1) throw refuse('unclear', 'what to change about the last answer');
}
