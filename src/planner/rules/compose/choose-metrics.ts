import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, entityOf } from '../../../catalogue/lookup.ts';
import { aggregateWords, siblingsOf } from '../siblings.ts';
import type { Span } from '../span.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { amountOf, bareEvents, eventsBeside, saysCurrency, saysHowMuch } from './bare-words.ts';
import {
  isAdjective,
  isGrouping,
  isMeasured,
  isNumberOf,
  meanOfColumn,
  rankedFigures,
  rankedFor,
  sumOfColumn,
  unownedFigure,
} from './column-figures.ts';
import { entityOfVerb } from './date-conditions.ts';
import {
  type Draft,
  entityOfSpan,
  filtersOf,
  isAfter,
  isCountOf,
  meaningsOf,
  onlyEvent,
  timeDimensionOf,
} from './draft.ts';
import { groupMarker } from './group-by.ts';
import { mergeCounts, tellRows } from './merge-counts.ts';
import { isImpliedBy, mergeStateAndEvent, narrowerOf, sayingMore } from './merge-figures.ts';
import { isWhose } from './own-accounts.ts';
import { refuse } from './problem.ts';
import { rankedColumn, rankRecords } from './ranked-column.ts';
import {
  entityOfDescription,
  entityOfValues,
  figureOfValues,
  isKindOfRecord,
  measureOfValues,
} from './value-nouns.ts';

/** What a question measures, before anything else of it is placed. */
export interface Choice {
  /** One list per figure asked for; more than one id in it is a tie that the reader must break. */
  readonly figures: readonly (readonly string[])[];
  readonly entity: string | null;
  readonly isImplied: boolean;
}

/** Finds the figures, or the entity whose rows are meant. Marks the spans it used. */
export function chooseMetrics(draft: Draft): Choice {
  const { understood, catalogue } = draft;
  const column = rankedColumn(draft);
  if (column !== null) return column;
  const isFigure = (span: Span): boolean =>
    meaningsOf(span, 'metric').length > 0 &&
    entityOfSpan(catalogue, span) === null &&
    !isAdjective(draft, span);
  const named = understood.spans.filter(
    (span) => isFigure(span) && !draft.used.has(span) && !isGrouping(draft, span) && !isNumberOf(draft, span),
  );
  // "tickets and CSAT by month": beside a figure the name of an entity is a figure as well.
  const isBeside = (span: Span): boolean =>
    named.some(
      (figure) =>
        figure.from === span.to + 1 &&
        /^(?:and|versus)$/.test(understood.reading.tokens[span.to]?.word ?? ''),
    );
  const figures = understood.spans.filter(
    (span) =>
      named.includes(span) ||
      (!draft.used.has(span) &&
        meaningsOf(span, 'metric').length > 0 &&
        !groupMarker(draft, span) &&
        isBeside(span)),
  );
  if (figures.length > 0) {
    const beside = eventsBeside(draft, figures, aboutRecords(draft, figures));
    const chosen = combineFigures(draft, rankedFigures(draft, figures));
    const ids = chosen.map((span) => ({ at: span.from, ids: breakTie(draft, span) }));
    const all = [...ids, ...beside].toSorted((left, right) => left.at - right.at);
    return { figures: all.map((one) => one.ids), entity: null, isImplied: false };
  }
  const heads = understood.spans.filter(
    (span) =>
      entityOfSpan(catalogue, span) !== null &&
      mayHaveCode(draft, entityOfSpan(catalogue, span) ?? '') &&
      !draft.used.has(span) &&
      !groupMarker(draft, span) &&
      !isWhose(draft, span),
  );
  const head =
    heads.find((span) => isMeasured(draft, span)) ?? rankedFor(draft, heads) ?? headOfCompound(draft, heads);
  if (isKindOfRecord(draft, heads) || !head) {
    const summed = head ? null : (sumOfColumn(draft) ?? meanOfColumn(draft));
    if (summed !== null) return summed;
    const health = healthOfName(draft);
    if (health !== null) return health;
    const money = saysHowMuch(draft) || saysCurrency(draft) ? bareEvents(draft) : null;
    if (money !== null) return money;
    const measured = measureOfValues(draft);
    if (measured !== null) return measured;
    const dated = entityOfVerb(draft);
    if (dated !== null) return { figures: [], entity: dated, isImplied: true };
    const unowned = unownedFigure(draft);
    if (unowned !== null) return unowned;
    const entity = entityOfValues(draft);
    if (entity !== null) return ofRecords(draft, entity);
    const events = bareEvents(draft);
    if (events !== null) return events;
    const described = entityOfDescription(draft);
    return described === null ? { figures: [], entity: null, isImplied: false } : ofRecords(draft, described);
  }
  draft.used.add(head);
  rankRecords(draft, head);
  return { figures: [], entity: entityOfSpan(catalogue, head), isImplied: true };
}

/** "Ticket surveys", "deal activities": of two nouns in a row the last one is what is meant, the other says of which. */
function headOfCompound({ catalogue, understood }: Draft, heads: readonly Span[]): Span | undefined {
  const [first, second] = heads;
  const noun = first && understood.reading.tokens[first.to - 1];
  if (!first || !second || !noun || second.from !== first.to || noun.lower !== noun.word) return first;
  const whole = entityOfSpan(catalogue, first);
  const part = catalogue.entities.get(entityOfSpan(catalogue, second) ?? '');
  const isPart = Object.values(part?.joins ?? {}).some(({ entity }) => entity === whole);
  return isPart ? second : first;
}

/** "00011846, product": one record is asked about, which a product is not. */
function mayHaveCode({ catalogue, understood }: Draft, entity: string): boolean {
  const isCoded = understood.names.some(
    ({ isCode, from }) => isCode && understood.reading.tokens[from]?.kind !== 'quoted',
  );
  return !isCoded || dimensionsOf(catalogue, entity).some(({ id }) => /number$/i.test(id));
}

/** Records that are told by their properties, and a state or event of them that is named beside. */
function ofRecords(draft: Draft, entity: string): Choice {
  const figure = figureOfValues(draft, entity);
  if (figure !== null) return { figures: [[figure.id]], entity: null, isImplied: false };
  if (draft.isDescribed) draft.where.push(...openOnes(draft, entity));
  return { figures: [], entity, isImplied: true };
}

/** "Anything urgent", "urgent ones": those that are open, where neither a state nor a time says otherwise. */
function openOnes({ catalogue, understood }: Draft, entity: string): Draft['where'] {
  // One that is asked for by its number may be closed.
  if (understood.time.range !== null || understood.names.some(({ isCode }) => isCode)) return [];
  const [open] = (vocabularyOf(catalogue).phrases.get(`open @${entity}`)?.meanings ?? []).flatMap((one) => {
    const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
    const isState = metric?.type === 'simple' && metric.timeDimension === null;
    return isState && isCountOf(catalogue, metric, entity) ? [metric] : [];
  });
  const states = new Set(open?.filters.map(({ dimension }) => dimension));
  const saysState = understood.spans.some((span) =>
    meaningsOf(span, 'value').some(({ dimension }) => states.has(dimension)),
  );
  return open === undefined || saysState ? [] : filtersOf(open);
}

/** Kinds of records that figures are about: their own, and those that these are parts of. */
function aboutRecords({ catalogue }: Draft, figures: readonly Span[]): readonly string[] {
  const own = figures.flatMap((span) =>
    meaningsOf(span, 'metric').flatMap(({ id }) => {
      const metric = catalogue.metrics.get(id);
      return metric === undefined ? [] : (entityOf(catalogue, metric)?.id ?? []);
    }),
  );
  const owners = own.flatMap((id) => {
    const { joins = {}, parent = '' } = catalogue.entities.get(id) ?? {};
    return joins[parent]?.entity ?? joins['ticket']?.entity ?? [];
  });
  return [...new Set([...own, ...owners])];
}

/** "how is Acme doing?" asks for the health of a customer. */
function healthOfName(draft: Draft): Choice | null {
  const { reading, names } = draft.understood;
  const words = reading.tokens.map((token) => token.word).join(' ');
  if (names.length !== 1 || !/^how (?:is|are) .*\b(?:doing|feeling|going)\b/.test(words)) return null;
  const phrase = [...vocabularyOf(draft.catalogue).phrases.values()].find(
    ({ words: parts, meanings }) =>
      parts.length === 1 && /health/.test(parts[0] ?? '') && meanings.some((one) => one.kind === 'metric'),
  );
  const ids = phrase?.meanings.flatMap((one) => (one.kind === 'metric' ? [one.id] : [])) ?? [];
  for (const token of reading.tokens)
    if (/^(?:feeling|going)$/.test(token.word)) draft.usedTokens.add(token.index);
  return ids.length === 0 ? null : { figures: [ids], entity: null, isImplied: false };
}

/**
 * Several figures must be joined by "and", "vs" or a comma. A state and an event of the same rows without such a word
 * ("open tickets created last week") are one figure with the state as its filter.
 */
function combineFigures(draft: Draft, figures: readonly Span[]): readonly Span[] {
  const chosen: Span[] = [];
  for (const span of figures) {
    const [previous] = chosen.slice(-1);
    if (previous !== undefined) refuseTail(draft, previous, span);
    if (previous !== undefined && isPredicateOf(draft, previous, span)) {
      draft.used.add(span);
      continue;
    }
    if (previous === undefined) {
      draft.used.add(span);
      chosen.push(span);
      continue;
    }
    if (isJoined(draft, previous, span)) {
      draft.used.add(span);
      const one = mergeCounts(draft, previous, span, true);
      if (one === null) chosen.push(span);
      else chosen[chosen.length - 1] = one;
      continue;
    }
    const again = span.shared ? saidAgain(previous, span) : null;
    if (again) {
      draft.used.add(span);
      chosen[chosen.length - 1] = again;
      continue;
    }
    const both = [previous, span].map((one) =>
      draft.catalogue.metrics.get(meaningsOf(one, 'metric')[0]?.id ?? ''),
    );
    const narrower = span.shared || previous.shared ? narrowerOf(both[0], both[1]) : null;
    if (narrower !== null) {
      draft.used.add(span);
      chosen[chosen.length - 1] = narrower === both[0] ? previous : span;
      continue;
    }
    const merged = sayingMore(draft, both[0], both[1]) ?? mergeStateAndEvent(draft, both[0], both[1]);
    if (merged === null) {
      const isTold = tellRows(draft, previous, span);
      const one = isTold ? previous : mergeCounts(draft, previous, span, false);
      if (one === null) continue;
      draft.used.add(span);
      chosen[chosen.length - 1] = one;
      continue;
    }
    // "Backlog by age": the count would be lost for a figure that nothing can be split by.
    if (draft.understood.ranking === null && isAfter(draft, span, /^(?:by|per)$/, 1))
      throw refuse('unclear', `“by ${span.words}”: into which groups`, [
        both[0]?.id ?? '',
        both[1]?.id ?? '',
      ]);
    draft.used.add(span);
    chosen[chosen.length - 1] = merged === both[0] ? previous : span;
  }
  return chosen;
}

/** "… and are still open": what the figure before says anyway. */
function isPredicateOf(draft: Draft, left: Span, right: Span): boolean {
  const { tokens } = draft.understood.reading;
  const alone = right.indexes.filter((index) => !left.indexes.includes(index));
  const at = alone[0] ?? right.from;
  const [verb, still] = [tokens[at - 1], tokens[at - 2]].map((token) => token?.lower ?? '');
  const isSaid =
    /^(?:is|are)$/.test(verb ?? '') || (verb === 'still' && /^(?:is|are|and)$/.test(still ?? ''));
  const figure = (span: Span) => draft.catalogue.metrics.get(meaningsOf(span, 'metric')[0]?.id ?? '');
  if (!isSaid || !isImpliedBy(figure(left), figure(right))) return false;
  for (let index = at - 1; index >= at - 3 && index >= 0; index -= 1)
    if (/^(?:and|still|is|are)$/.test(tokens[index]?.lower ?? '')) draft.usedTokens.add(index);
  return true;
}

/** "Customer escalations that are open": one figure in two pieces, of which each leaves out what the other cannot be. */
function saidAgain(left: Span, right: Span): Span | null {
  const ids = new Set(meaningsOf(right, 'metric').map(({ id }) => id));
  const meanings = left.meanings.filter((one) => one.kind === 'metric' && ids.has(one.id));
  return meanings.length === 0 ? null : { ...left, meanings };
}

/** "SLA compliance per team, tickets opened last month": a second figure, or the rows of the first? */
function refuseTail(draft: Draft, left: Span, right: Span): void {
  const { spans, time, reading } = draft.understood;
  const comma = reading.tokens[right.from - 1];
  const isGroupedBefore = spans.some(
    (span) => span.from >= left.to && span.to <= right.from && groupMarker(draft, span),
  );
  const isEvent = meaningsOf(right, 'metric').some(({ id }) => {
    const metric = draft.catalogue.metrics.get(id);
    return metric !== undefined && isCountOf(draft.catalogue, metric, mainEntity(draft, [metric]) ?? '');
  });
  if (comma?.kind !== 'comma' || !isGroupedBefore || !isEvent || time.at === null || time.at - right.to > 1)
    return;
  throw refuse('unclear', `“${right.words}” may be a second figure or say which are meant`);
}

function isJoined(draft: Draft, left: Span, right: Span): boolean {
  const tokens = draft.understood.reading.tokens;
  const loneRight = right.indexes.find((index) => !left.indexes.includes(index)) ?? right.from;
  // "With critical health and a deal open": one of them is there, which is no figure beside the other.
  const article = tokens[loneRight - 1]?.lower ?? '';
  if (/^(?:a|an|no)$/.test(article) && /^(?:and|but|with)$/.test(tokens[loneRight - 2]?.word ?? ''))
    throw refuse('unclear', `“${article} ${right.words}” beside another figure`);
  // "Cancelled subscriptions, only active": a condition, and no second figure.
  if (/^(?:only|just)$/.test(article)) return false;
  // "Ticket inflow versus solved": the word of the first that is no part of the second may stand behind it.
  const loneLeft = left.indexes.find((index) => !right.indexes.includes(index) && index > loneRight);
  const last = loneLeft ?? loneRight;
  for (let index = last - 1; index >= 0 && index >= last - 5; index -= 1) {
    const token = tokens[index];
    if (!token) break;
    if (token.kind === 'comma' || /^(?:and|versus|plus|slash)$/.test(token.word)) {
      draft.usedTokens.add(index);
      return true;
    }
  }
  return false;
}

/** "median resolution time" and "average resolution time" are siblings: the word decides, never the default. */
function breakTie(draft: Draft, span: Span): readonly string[] {
  const { catalogue, understood } = draft;
  const ids = moneyOfRows(draft, rowsByName(draft, span));
  const spoken = understood.reading.tokens.find(
    (token) => aggregateWords[token.word] !== undefined && understood.reading.isFree(token.index),
  );
  const aggregate = spoken && aggregateWords[spoken.word];
  if (spoken && aggregate !== undefined) {
    const siblings = ids.flatMap((id) => siblingWith(draft, catalogue.metrics.get(id), aggregate));
    if (siblings.length > 0) {
      draft.usedTokens.add(spoken.index);
      return [...new Set(siblings)];
    }
    // "Average seat usage": what part of all seats is used is a mean of the parts already.
    const [id, another] = ids;
    const rate = id === undefined || another !== undefined ? undefined : catalogue.metrics.get(id);
    if (aggregate === 'avg' && rate?.type === 'ratio' && rate.format.kind === 'percent') {
      draft.usedTokens.add(spoken.index);
      return ids;
    }
    throw refuse('no_metric', `${spoken.text} ${span.words}`, ids);
  }
  const sums = sumOfLengths(draft, span, ids);
  if (sums !== null) return sums;
  if (understood.time.range === null) return ids;
  const [entity] = meaningsOf(span, 'entity');
  // The rows themselves by their time, where nothing but their name was said.
  const event = entity && onlyEvent(catalogue, entity.id);
  if (ids.length < 2 && !event) return ids;
  // With a range named, a state as of now cannot be meant.
  const timed = ids.filter((id) => {
    const metric = catalogue.metrics.get(id);
    return metric !== undefined && timeDimensionOf(catalogue, metric) !== null;
  });
  if (timed.length > 0) return timed;
  return event ? [event.id] : ids;
}

/** "Total incident duration": lengths are told by their median, which is no sum of them. */
function sumOfLengths(
  { catalogue, understood: { reading } }: Draft,
  span: Span,
  ids: readonly string[],
): readonly string[] | null {
  const [before, further] = [reading.tokens[span.from - 1], reading.tokens[span.from - 2]];
  const said = before?.word === 'of' || before?.word === 'the' ? further : before;
  if (said === undefined || !/^(?:total|sum|summed|combined|cumulative)$/.test(said.word)) return null;
  const metrics = ids.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const areLengths = metrics.every(
    (metric) =>
      metric.type === 'simple' &&
      metric.format.kind === 'duration' &&
      /^(?:avg|median|p\d+)$/.test(metric.measure.aggregate),
  );
  if (metrics.length === 0 || !areLengths) return null;
  const sums = metrics.flatMap((metric) =>
    metric.type === 'simple' ? siblingsOf(catalogue, metric, 'sum').map(({ id }) => id) : [],
  );
  if (sums.length > 0) return [...new Set(sums)];
  throw refuse('no_metric', `${said.text} ${span.words}`, ids);
}

/** "Sales" beside another figure of that name which is money: what the rows are worth, unless their number is asked for. */
function moneyOfRows(draft: Draft, ids: readonly string[]): readonly string[] {
  const { catalogue, understood } = draft;
  const metrics = ids.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const others = metrics.filter(({ format }) => format.kind !== 'money');
  if (others.length === 0 || others.length === metrics.length) return ids;
  if (understood.kind.countAt !== null) return others.map(({ id }) => id);
  return metrics.map((metric) => {
    const entity = metric.type === 'simple' ? metric.entity : '';
    const amount = isCountOf(catalogue, metric, entity) ? amountOf(draft, metric) : null;
    return (amount ?? metric).id;
  });
}

/** "Customer escalations that are open" are counted themselves, not the customers that have them. */
function rowsByName(draft: Draft, span: Span): readonly string[] {
  const ids = meaningsOf(span, 'metric').map(({ id }) => id);
  if (ids.length < 2) return ids;
  const said = ` ${draft.understood.reading.tokens.map(({ word }) => word).join(' ')} `;
  const counts = ids.filter((id) => {
    const metric = draft.catalogue.metrics.get(id);
    const entity = metric?.type === 'simple' ? draft.catalogue.entities.get(metric.entity) : undefined;
    const name = wordsOf(entity?.label.one ?? '').join(' ');
    return (
      metric !== undefined &&
      entity !== undefined &&
      name.includes(' ') &&
      said.includes(` ${name} `) &&
      isCountOf(draft.catalogue, metric, entity.id)
    );
  });
  return counts.length > 0 ? counts : ids;
}

function siblingWith(
  draft: Draft,
  metric: MetricDefinition | undefined,
  aggregate: SimpleMetric['measure']['aggregate'],
): readonly string[] {
  if (metric?.type !== 'simple') return [];
  if (metric.measure.aggregate === aggregate) return [metric.id];
  return siblingsOf(draft.catalogue, metric, aggregate).map((one) => one.id);
}

/** Count of an entity's rows for questions that only name the entity: the metric whose own name is the entity's. */
export function impliedMetric(draft: Draft, entityId: string): MetricDefinition | null {
  const { understood, catalogue } = draft;
  for (const span of understood.spans) {
    if (entityOfSpan(catalogue, span) !== entityId) continue;
    for (const { id } of meaningsOf(span, 'metric')) {
      const metric = catalogue.metrics.get(id);
      if (metric && isCountOf(catalogue, metric, entityId)) return metric;
    }
  }
  const named = vocabularyOf(catalogue).phrases.get(`@${entityId}`)?.meanings ?? [];
  for (const one of named) {
    const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
    const isState = metric !== undefined && timeDimensionOf(catalogue, metric) === null;
    if (metric && isCountOf(catalogue, metric, entityId) && understood.kind.countAt !== null && isState)
      return metric;
  }
  const counts = [...catalogue.metrics.values()].filter(
    (metric) =>
      isCountOf(catalogue, metric, entityId) &&
      metric.type === 'simple' &&
      metric.filters.length === 0 &&
      metric.hidden !== true,
  );
  return counts.length === 1 ? (counts[0] ?? null) : null;
}

export function mainEntity(draft: Draft, metrics: readonly MetricDefinition[]): string | null {
  const [first] = metrics;
  return first ? (entityOf(draft.catalogue, first)?.id ?? null) : null;
}
