import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';

const opener =
  /^(?:(?:please|can you|could you) )*(?:(?:show|give|tell)(?: me| us)? )?(?:(?:what|which)(?: is| was| are|'s)? |how (?:big|large|high) (?:is|was) )?(?:the |our |my )?(?:share|percentage|percent|%|pct|proportion|portion|fraction)s? of\b/i;

/** "What fraction of incidents was critical": a number of incidents is no answer to it. */
export const asksForShare = (question: string): boolean => opener.test(question.trim());

/** Whether a plan's answer holds a share: a part of a whole, shares beside figures, or a rate. */
export function tellsShare(catalogue: Catalogue, plan: QueryPlan): boolean {
  if (plan.kind !== 'metric') return false;
  if (plan.part !== undefined || plan.transform === 'share') return true;
  return plan.metrics.every((id) => catalogue.metrics.get(id)?.format.kind === 'percent');
}
