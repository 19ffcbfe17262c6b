import type { Span } from '../span.ts';
import { wordsOf } from '../vocabulary.ts';
import type { Choice } from './choose-metrics.ts';
import { columnOfMetric, type Draft, entityOfSpan, isAfter, meaningsOf, numericTwin } from './draft.ts';
import { groupMarker } from './group-by.ts';
import { refuse } from './problem.ts';
import { isCountToRankBy } from './ranked-by.ts';
import { namingDimension } from './reach.ts';

/**
 * "Which customers bought the most orders": what there is most of is the figure, and the words before it must find
 * another place. Where that is no figure, nothing else may stand in for it.
 */
export function rankedFigures(draft: Draft, figures: readonly Span[]): readonly Span[] {
  const measured = draft.understood.spans.find(
    (span) =>
      isMost(draft, span) && !draft.used.has(span) && meaningsOf(span, 'value').length < span.meanings.length,
  );
  if (!measured || figures.every((span) => span.from >= measured.from)) return figures;
  const isOne = figures.some((span) => span.indexes.includes(measured.from));
  if (!isOne) throw refuse('unclear', `the most ${measured.words}, by which figure`);
  return figures.filter((span) => span.indexes.includes(measured.from) || span.from > measured.from);
}

/** "What is still unassigned": the one figure that says so by its name. */
export function unownedFigure({ catalogue, understood: { reading }, usedTokens }: Draft): Choice | null {
  const said = reading.tokens.find(({ word, index }) => word === 'unassigned' && reading.isFree(index));
  const [only, another] = [...catalogue.metrics.values()].filter(
    ({ label, hidden }) => hidden !== true && wordsOf(label).includes('unassigned'),
  );
  if (!said || !only || another) return null;
  usedTokens.add(said.index);
  return { figures: [[only.id]], entity: null, isImplied: false };
}

/** "The most tickets", "fewest orders". */
function isMost({ understood: { ranking, reading } }: Draft, span: Span): boolean {
  if (ranking === null || span.from <= ranking.at || span.from - ranking.at > 2) return false;
  return /^(?:most|fewest|least)$/.test(reading.tokens[ranking.at]?.word ?? '');
}

/** "customers with churn risk": beside the records that have it a value is a property, unless it is what ranks them. */
export function isAdjective(draft: Draft, span: Span): boolean {
  const { spans, ranking } = draft.understood;
  if (meaningsOf(span, 'value').length === 0 || ranking !== null) return false;
  if (isAfter(draft, span, /^(?:by|per|of|average|total)$/)) return false;
  return spans.some(
    (other) =>
      !draft.used.has(other) &&
      entityOfSpan(draft.catalogue, other) !== null &&
      (other.from === span.to || (other.to === span.from - 1 && isAfter(draft, span, /^(?:with|in|at)$/, 1))),
  );
}

/** "the most tickets", "more than 5 tickets", "how many tickets": these are counted, whatever else is named. */
export function isMeasured(draft: Draft, span: Span): boolean {
  const { numbers, kind } = draft.understood;
  const follows = (at: number | null): boolean => at !== null && span.from > at && span.from - at <= 2;
  return follows(kind.countAt) || isMost(draft, span) || numbers.some((number) => follows(number.to - 1));
}

/** "top 3 accounts for urgent tickets": the second noun is counted, the first is what is ranked. */
export function rankedFor(draft: Draft, heads: readonly Span[]): Span | null {
  const { ranking, reading } = draft.understood;
  const said = heads.find((span) => isCountToRankBy(draft, span));
  if (said !== undefined) return said;
  const [ranked, counted] = heads;
  if (ranking === null || !ranked || !counted || heads.length > 2 || ranked.from < ranking.at) return null;
  const own = entityOfSpan(draft.catalogue, ranked);
  if (own === null || namingDimension(draft.catalogue, own) === null || ranked.from - ranking.at > 2)
    return null;
  const joiner = reading.tokens[ranked.to];
  return joiner !== undefined && /^(?:for|by|with)$/.test(joiner.word) ? counted : null;
}

/** "ARR of customers by industry": the column of the rows is named, and added up it is a figure. */
export function sumOfColumn(draft: Draft): Choice | null {
  const { catalogue, understood } = draft;
  for (const span of understood.spans) {
    if (draft.used.has(span) || groupMarker(draft, span) || isNumberOf(draft, span)) continue;
    const column = meaningsOf(span, 'dimension').find(
      ({ id }) => catalogue.dimensions.get(id)?.type === 'number',
    );
    const sums = [...catalogue.metrics.values()].filter(
      (metric) =>
        metric.type === 'simple' &&
        metric.hidden !== true &&
        metric.measure.aggregate === 'sum' &&
        metric.filters.length === 0 &&
        columnOfMetric(catalogue, metric.id) === column?.id,
    );
    const [only, another] = sums;
    if (!column || !only || another) continue;
    draft.used.add(span);
    return { figures: [[only.id]], entity: null, isImplied: false };
  }
  return null;
}

/** "Sentiment by category": a column that is never added up is averaged; the rows that lack it are left out anyway. */
export function meanOfColumn(draft: Draft): Choice | null {
  const { catalogue, understood } = draft;
  const isOverRows =
    understood.time.range !== null || understood.kind.isTrend || understood.grain !== null || isSplit(draft);
  if (!isOverRows || understood.kind.countAt !== null) return null;
  for (const span of understood.spans) {
    if (draft.used.has(span) || groupMarker(draft, span) || isNumberOf(draft, span)) continue;
    const columns = new Set(
      meaningsOf(span, 'dimension').flatMap(({ id }) =>
        catalogue.dimensions.get(id)?.type === 'number' ? [id] : [],
      ),
    );
    const means = [...catalogue.metrics.values()].filter(
      (metric) =>
        metric.type === 'simple' &&
        metric.hidden !== true &&
        columns.has(columnOfMetric(catalogue, metric.id) ?? '') &&
        metric.filters.every(({ op }) => op === 'is_not_null'),
    );
    const [only, another] = means;
    if (only?.type !== 'simple' || another || only.measure.aggregate !== 'avg') continue;
    draft.used.add(span);
    return { figures: [[only.id]], entity: null, isImplied: false };
  }
  return null;
}

const isSplit = (draft: Draft): boolean => draft.understood.spans.some((span) => groupMarker(draft, span));

/** "accounts with ARR over 50k": a property with a number beside what is asked for. */
export function isNumberOf(draft: Draft, span: Span): boolean {
  const { spans, numbers, reading } = draft.understood;
  const isGlue = (from: number, to: number): boolean =>
    to - from <= 2 &&
    reading.tokens.slice(from, to).every(({ word }) => /^(?:of|is|are|was|were|at|a|an)$/.test(word));
  const isBeside = numbers.some(
    ({ from, to }) => to === span.from || (from >= span.to && isGlue(span.to, from)),
  );
  return (
    isBeside &&
    numericTwin(draft.catalogue, span) !== null &&
    spans.some(
      (other) =>
        other !== span &&
        (meaningsOf(other, 'entity').length + meaningsOf(other, 'metric').length > 0 ||
          meaningsOf(other, 'dimension').some(
            ({ id }) => draft.catalogue.dimensions.get(id)?.type === 'number',
          )),
    )
  );
}

/** "by priority" groups even if a metric shares the word; "accounts by ARR" has ARR as its only figure. */
export function isGrouping(draft: Draft, span: Span): boolean {
  if (!groupMarker(draft, span) || meaningsOf(span, 'dimension').length === 0) return false;
  const others = draft.understood.spans.filter(
    (other) => other !== span && meaningsOf(other, 'metric').length > 0,
  );
  const { ranking } = draft.understood;
  const isRanked = ranking !== null && ranking.isOrder !== true;
  const groupable = meaningsOf(span, 'dimension').some(
    (one) => draft.catalogue.dimensions.get(one.id)?.groupable,
  );
  return groupable && others.length > 0 && !isRanked;
}
