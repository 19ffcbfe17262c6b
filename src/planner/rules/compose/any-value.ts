import type { Catalogue, MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { type Draft, isCountOf, meaningsOf } from './draft.ts';
import { customers } from './present-customers.ts';
import { presentState, usualCount } from './present-rows.ts';
import { reachable } from './reach.ts';

/**
 * "Deals per rep, any status", "subscriptions including cancelled ones" (see `condition-words`): all that there have ever
 * been, where the noun alone would count those that are open.
 */
export function settleAnyState(draft: Draft): void {
  const { catalogue, entity, isImplied, metrics, understood, used, usedTokens } = draft;
  const { tokens } = understood.reading;
  const at = tokens.findIndex(
    ({ lower }, index) => lower === 'any' && /^(?:status|state|stage)$/.test(tokens[index + 1]?.lower ?? ''),
  );
  const [metric, another] = metrics;
  // "Open deals in any stage" are open ones.
  if (/\b(?:open|active|current|running)\b/i.test(understood.reading.text)) return;
  const isUsual = isImplied || (metric !== undefined && usualCount(catalogue, entity)?.id === metric.id);
  const isOpenAlone = presentState(catalogue, entity).length > 0 || entity === customers;
  if (at === -1 || another || !isUsual || !isOpenAlone) return;
  const isState = metric?.type === 'simple' && metric.timeDimension === null && metric.filters.length > 0;
  const all = isState ? countOfAll(catalogue, entity) : undefined;
  if (isState && all === undefined) return;
  if (all !== undefined) draft.metrics = [all];
  draft.isOfAnyState = true;
  usedTokens.add(at).add(at + 1);
  for (const span of understood.spans) if (span.from >= at && span.to <= at + 2) used.add(span);
}

const countOfAll = (catalogue: Catalogue, entity: string): (MetricDefinition & SimpleMetric) | undefined =>
  [...catalogue.metrics.values()].find(
    (metric): metric is MetricDefinition & SimpleMetric =>
      metric.type === 'simple' && metric.filters.length === 0 && isCountOf(catalogue, metric, entity),
  );

/**
 * "My deals, any stage", "leads regardless of status": that a property may be whatever it is narrows nothing, as long as
 * no condition of the plan is about it.
 */
export function settleAnyValue(draft: Draft, isList: boolean): void {
  const { catalogue, entity, metrics, understood, used, usedTokens, where } = draft;
  const isOfAll = isList && draft.isImplied;
  if (!isOfAll && metrics.some((metric) => metric.type !== 'simple' || metric.filters.length > 0)) return;
  const { tokens } = understood.reading;
  for (const span of understood.spans) {
    if (used.has(span)) continue;
    const [reached] = reachable(
      catalogue,
      entity,
      meaningsOf(span, 'dimension').map(({ id }) => id),
    );
    const own = wordsOfAny(tokens.slice(0, span.from).map(({ lower }) => lower));
    if (own === 0 || reached === undefined || reached.dimension.type !== 'text') continue;
    const { path } = reached.dimension;
    const isSaid = where.some(({ any }) =>
      any.some((one) => catalogue.dimensions.get(one.dimension)?.path === path),
    );
    if (isSaid) continue;
    used.add(span);
    for (let index = span.from - own; index < span.from; index += 1) usedTokens.add(index);
  }
}

/** How many words right before a property say that it may be any. */
function wordsOfAny(before: readonly string[]): number {
  const text = before.join(' ');
  const said =
    / ?\b(?:(?:in|of|at|with) )?(?:any|all|whatever|whichever|regardless of(?: the)?|irrespective of(?: the)?|no matter (?:the|what|which))$/.exec(
      text,
    );
  return said === null ? 0 : said[0].trim().split(' ').length;
}
