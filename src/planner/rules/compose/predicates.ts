import { findWay } from '../../../catalogue/paths.ts';
import type { Filter } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, meaningsOf } from './draft.ts';

/**
 * "Leads that are still new": a figure that is called "new leads" and counts all that came in says nothing of how they
 * are now. What is said of the rows with "are" is a condition, unless the figure has one of its own.
 */
export function settlePredicates(draft: Draft): void {
  for (const span of draft.used) {
    const last = span.indexes.at(-1) ?? 0;
    const isSaid = span.to - span.from > span.indexes.length && isPredicate(draft, last);
    const at = isSaid ? last : isStanding(draft) ? span.from : null;
    if (at === null) continue;
    const isBare = draft.metrics.some(
      (metric) =>
        metric.type === 'simple' &&
        metric.filters.length === 0 &&
        meaningsOf(span, 'metric').some(({ id }) => id === metric.id),
    );
    const condition = isBare ? conditionAt(draft, span, at) : null;
    if (condition !== null) draft.where.push({ any: [condition] });
  }
}

/** "My new leads", "how many new leads do I have": with no time beside it, how they are and not when they came. */
function isStanding({ subject, compare, understood }: Draft): boolean {
  const { time, grain, kind, reading } = understood;
  if (subject !== 'me' || time.range !== null || compare !== 'none') return false;
  return grain === null && !kind.isTrend && !reading.tokens.some(({ word }) => /^(?:by|per)$/.test(word));
}

function isPredicate({ understood: { reading } }: Draft, at: number): boolean {
  // "Leads still sitting at new", "stuck in new".
  if (/^(?:in|at|as|still)$/.test(reading.tokens[at - 1]?.lower ?? '')) return true;
  const before = reading.tokens
    .slice(0, at)
    .findLast(({ lower }) => !/^(?:still|yet|already|currently|all|now)$/.test(lower));
  return (
    before !== undefined && /^(?:is|are|was|were|remain|remains|remained|stay|stayed)$/.test(before.lower)
  );
}

/** The one state of these very rows that the word is the name of. */
function conditionAt({ catalogue, entity, understood }: Draft, span: Span, at: number): Filter | null {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const word = understood.reading.tokens[at]?.word ?? '';
  const values = (phrases.get(keyOf(word))?.meanings ?? []).flatMap((one) => {
    if (one.kind !== 'value') return [];
    const dimension = catalogue.dimensions.get(one.dimension);
    return dimension && findWay(catalogue, entity, dimension)?.distance === 0 ? [one] : [];
  });
  const [only, another] = values;
  if (!only || another || span.indexes.length < 2) return null;
  return { dimension: only.dimension, op: 'eq', values: [only.value] };
}
