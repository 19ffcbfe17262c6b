import { type Draft, meaningsOf } from './draft.ts';
import { reachable } from './reach.ts';

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
