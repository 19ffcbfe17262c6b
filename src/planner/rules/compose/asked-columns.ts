import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../span.ts';
import { datesAsked, takeTimeNoun, takeWhen, whenAt } from './asked-dates.ts';
import { dateOfVerb } from './date-conditions.ts';
import { columnOfMetric, type Draft, entityOfSpan, filtersOf, isCountOf, meaningsOf } from './draft.ts';
import { groupMarker, sameColumn } from './group-by.ts';
import { columnOf, isValued } from './list-columns.ts';
import { isAskedOf } from './name-neighbours.ts';
import { isNamed } from './ranked-nouns.ts';
import { reachable } from './reach.ts';

/**
 * "Deals closing this month, value and stage", "next step on the pilot deal", "Tessera Games: ARR, tier, owner": when
 * every condition has found its place, what is left and names a property of the records is asked to be shown of them.
 */
export function addAskedColumns(draft: Draft): void {
  const { kind, grain, ranking } = draft.understood;
  if (kind.countAt !== null || grain !== null || kind.isTrend || draft.compare !== 'none') return;
  if (draft.groupBy.length > 0 || draft.having.length > 0) return;
  // "Lost deals, count and value": a figure over them, which no column tells.
  const { reading } = draft.understood;
  if (reading.tokens.some(({ word, index }) => figureWords.test(word) && reading.isFree(index))) return;
  const when = whenAt(draft);
  const own = ownColumns(draft, when !== null);
  if (own === null) return;
  const left = draft.understood.spans.filter((span) => !draft.used.has(span));
  const asked = left.flatMap((span) => {
    const column = isAsked(draft, span) ? askedColumn(draft, span) : null;
    return column === null ? [] : [{ span, column }];
  });
  for (const span of draft.understood.spans) takeTimeNoun(draft, span);
  const dates =
    when === null
      ? []
      : datesAsked(
          draft,
          asked.map(({ column }) => column),
        );
  if (dates === null || (asked.length === 0 && when === null) || (own.length > 0 && ranking !== null)) return;
  if (when !== null) takeWhen(draft, when);
  for (const { span } of asked) {
    draft.used.add(span);
    takeArticle(draft, span);
  }
  showRecords(draft, own, when !== null);
  draft.columns = [...new Set([...draft.columns, ...own, ...asked.map(({ column }) => column), ...dates])];
}

const figureWords = /^(?:count|total|sum|average|median|percent|share)$/;

/** In place of figures the records that they are about, with the conditions of a state. */
function showRecords(draft: Draft, own: readonly string[], isWhen: boolean): void {
  const [metric] = draft.metrics;
  const isState = metric?.type === 'simple' && metric.timeDimension === null;
  if (draft.isImplied || (own.length === 0 && !isWhen && !isState)) return;
  // "ARR and tier of Halden": what is added up elsewhere is a property of the one record. "When was CE-101 solved" may be
  // asked of what is not; "when did we win the Halden deal" is of one that was won.
  const { names, reading } = draft.understood;
  const isOne = names.some(({ isCode }) => isCode);
  const isPast = reading.tokens.some(({ lower }) => /^(?:did|was|were)$/.test(lower));
  const isSaid = own.length === 0 && (isState ? dateOfVerb(draft) === null : isPast && !isOne);
  const filters = isSaid && metric?.type === 'simple' ? filtersOf(metric) : [];
  // Whoever asks for a date sees where there is none.
  draft.where = [
    ...filters.filter(({ any }) => isState || any.every(({ op }) => op !== 'is_not_null')),
    ...draft.where,
  ];
  draft.metrics = [];
  draft.isImplied = true;
}

/** The property that a span names; the rows' own column of that name where others are called so. */
function askedColumn(draft: Draft, span: Span): string | null {
  const column = columnOf(draft, draft.entity, span);
  if (column !== null) return column;
  const ids = meaningsOf(span, 'dimension').map(({ id }) => id);
  const [only, another] = sameColumn(draft, ids);
  return only !== undefined && another === undefined ? only.id : null;
}

/**
 * Columns that say the same of one record as the chosen figures say of many; empty where records are listed anyway, null
 * where the figures are something else.
 */
function ownColumns(draft: Draft, isWhen: boolean): readonly string[] | null {
  const { catalogue, metrics, entity, understood } = draft;
  const [metric, another] = metrics;
  if (metric === undefined || draft.isImplied) return [];
  const areCounts = metrics.every((one) => isCountOf(catalogue, one, entity));
  if (areCounts && (another === undefined || isWhen)) return [];
  if (understood.names.length !== 1) return null;
  const twins = metrics.map(({ id }) => columnOfMetric(catalogue, id));
  const areOwn = twins.every((id) => {
    const dimension = id === null ? undefined : catalogue.dimensions.get(id);
    return dimension !== undefined && findWay(catalogue, entity, dimension)?.distance === 0;
  });
  return areOwn ? twins.filter((id) => id !== null) : null;
}

/** A property that stands by itself: no value, no name and no grouping goes with it, and nothing denies it. */
function isAsked(draft: Draft, span: Span): boolean {
  const { reading, names } = draft.understood;
  const { tokens } = reading;
  if (groupMarker(draft, span) || isNameOf(draft, span) || isSaidOf(draft, span)) return false;
  const values = meaningsOf(span, 'value').map(({ dimension }) => dimension);
  if (reachable(draft.catalogue, draft.entity, values).length > 0) return false;
  // "With owner and flavour": an unknown word among columns is nobody's name.
  const isList = tokens[span.to]?.kind === 'comma' || tokens[span.to]?.word === 'and';
  const isUnknown = (at: number): boolean => tokens[at]?.kind === 'word' && !tokens[at].capitalised;
  if (isList && names.some(({ from }) => from === span.to + 1 && isUnknown(from))) return false;
  const last = tokens[span.to - 1];
  // "From us customers": records in the plural are no property of others.
  const isRecords = entityOfSpan(draft.catalogue, span) !== null && last?.lower !== last?.word;
  if (isRecords || span.to - span.from !== span.indexes.length) return false;
  return isSetApart(draft, span) && isEnded(draft, span);
}

/** "Account Acme", "EMEA region": the property says what a name is. */
function isNameOf(draft: Draft, span: Span): boolean {
  const before = draft.understood.names.find(({ to }) => to === span.from);
  const isAfter = draft.understood.names.some(({ from }) => from === span.to);
  return isAfter ? isNamed(draft, span) : before !== undefined && !isAskedOf(draft, before, span);
}

/** "Stage of the deals" asks for it; "a score of 4" says what it should be. */
function isSaidOf(draft: Draft, span: Span): boolean {
  const { reading, spans } = draft.understood;
  const of = reading.tokens[span.to];
  if (of?.word !== 'of' || reading.tokens[span.to + 1]?.kind === 'number') return isValued(draft, span);
  return spans.some((one) => one.from === span.to + 1 && meaningsOf(one, 'value').length > 0);
}

const opens =
  /^(?:when|with|and|plus|slash|show|showing|give|tell|what|which|is|are|list|including|include|incl|get|need|want|me)$/;
const between =
  /^(?:it|did|does|do|should|will|was|were|is|are|they|the|a|an|their|its|his|her|all|each|also|both|s|my|our|current|exact)$/;

/** Behind a comma, a colon or a word that asks for it, or at the very beginning. */
function isSetApart(draft: Draft, span: Span): boolean {
  const { reading, spans } = draft.understood;
  const { tokens } = reading;
  let index = span.from - 1;
  while (between.test(tokens[index]?.lower ?? '')) index -= 1;
  const before = tokens[index];
  const first = tokens[index + 1];
  if (!before || !first) return true;
  if (before.kind === 'comma' || opens.test(before.word)) return true;
  if (/[:;.?!(-]|\n/.test(reading.text.slice(before.end, first.start))) return true;
  // "Yellowtail deal stage", "Foxglove Labs tier": behind what it is asked of.
  const isBehindName = draft.understood.names.some(({ to }) => to === index + 1);
  return isBehindName || spans.some(({ to }) => to === index + 1);
}

const ends = /^(?:and|plus|slash|of|on|for|from|at|please|pls|too|each|in|is|by|now|it)$/;

/** Nothing behind it makes a condition of it. */
function isEnded(draft: Draft, span: Span): boolean {
  const { reading, spans, names } = draft.understood;
  const after = reading.tokens[span.to];
  const last = reading.tokens[span.to - 1];
  if (!after || !last || after.kind === 'comma' || ends.test(after.word)) return true;
  if (/[:;.?!)(-]/.test(reading.text.slice(last.end, after.start))) return true;
  return spans.some(({ from }) => from === span.to) || names.some(({ from }) => from === span.to);
}

function takeArticle(draft: Draft, span: Span): void {
  const { tokens } = draft.understood.reading;
  for (let index = span.from - 1; index >= 0; index -= 1) {
    const word = tokens[index]?.lower ?? '';
    if (!between.test(word) && !/^(?:slash|plus)$/.test(tokens[index]?.word ?? '')) return;
    draft.usedTokens.add(index);
  }
}
