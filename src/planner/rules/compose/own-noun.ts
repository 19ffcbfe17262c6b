import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, entityOfSpan } from './draft.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';

const follows = /^(?:with|whose|have|has|had|that|who|where|having)$/;

/** "Campaigns with a response rate over 5 %", "agents had idle time above": the figure of each of those that its name speaks of. */
export function groupByOwnNoun(draft: Draft, { indexes }: Span): void {
  const { catalogue, entity, understood } = draft;
  const { tokens } = understood.reading;
  const { keyOf, phrases } = vocabularyOf(catalogue);
  for (const index of indexes) {
    const { word, lower } = tokens[index] ?? { word: '', lower: '' };
    if (lower === word || !follows.test(tokens[index + 1]?.lower ?? '')) continue;
    const key = keyOf(word);
    const named = key.startsWith('@') ? namingDimension(catalogue, key.slice(1)) : null;
    const isPerson = (phrases.get(key)?.meanings ?? []).some(
      (one) => one.kind === 'value' && catalogue.dimensions.get(one.dimension)?.entity === 'person',
    );
    const id = isPerson ? personDimensions(catalogue, entity)[0] : named;
    const [reached] = id === null || id === undefined ? [] : reachable(catalogue, entity, [id]);
    if (reached?.dimension.groupable) draft.groupBy = [{ dimension: reached.dimension.id }];
  }
}

/**
 * "Which deals moved into another stage", "deals whose close date was pushed": what happened to them is counted, and they
 * are asked for, so that each is named.
 */
export function groupByAskedNoun(draft: Draft): void {
  if (draft.groupBy.length > 0) return;
  const id = askedNoun(draft);
  if (id !== null) draft.groupBy = [{ dimension: id }];
}

function askedNoun({ catalogue, entity, metrics, understood, used }: Draft): string | null {
  const [metric, another] = metrics;
  if (metric?.type !== 'simple' || another || understood.kind.countAt !== null) return null;
  // What is counted is listed, if it is asked for; an amount is told of each of those that have it.
  const isCounted = /^count/.test(metric.measure.aggregate);
  const { parent = '', joins = {}, onePerParent } = catalogue.entities.get(entity) ?? {};
  // What happened to a record is not the record itself, which would be listed.
  const own = isCounted ? joins[parent]?.entity : entity;
  if (own === undefined || (isCounted && onePerParent !== undefined)) return null;
  const { tokens } = understood.reading;
  const { keyOf } = vocabularyOf(catalogue);
  const named = understood.spans.filter((span) => used.has(span) || entityOfSpan(catalogue, span) === own);
  for (const span of named)
    for (const index of span.indexes) {
      const { word, lower } = tokens[index] ?? { word: '', lower: '' };
      const key = keyOf(word);
      if (lower === word || key !== `@${own}`) continue;
      const before = tokens
        .slice(0, index)
        .findLast(({ lower: one }) => !/^(?:of|my|our|the|all|team)$/.test(one));
      const isAsked = /^(?:which|what|list|show|name)$/.test(before?.word ?? '');
      const isDescribed =
        before === undefined && /^(?:whose|that|which|who)$/.test(tokens[index + 1]?.lower ?? '');
      if (!isAsked && !isDescribed) continue;
      const id = namingDimension(catalogue, own);
      const [reached] = id === null ? [] : reachable(catalogue, entity, [id]);
      if (!reached?.dimension.groupable) continue;
      used.add(span);
      return reached.dimension.id;
    }
  return null;
}
