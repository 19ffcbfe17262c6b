import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import { vocabularyOf } from '../vocabulary.ts';
import type { Choice } from './choose-metrics.ts';
import { type Draft, isCountOf, meaningsOf } from './draft.ts';
import { entityOfCode } from './entity-of-properties.ts';
import { groupingOf, groupMarker } from './group-by.ts';
import { Unplannable } from './problem.ts';
import { reachable } from './reach.ts';

/**
 * "Solved per agent", "what did we lose", "who won the most": a verb that names no record. It is the event of the
 * records that have all the properties that are named; where several have them, the catalogue's first kind of record
 * counts if its event is called by this very word, and else the reader is asked.
 *
 * @param only the kind of record that is named already, by a value ("calls made") or a number ("when was CE-101 opened")
 */
export function bareEvents(draft: Draft, only: string | null = entityOfCode(draft)): Choice | null {
  const { reading, ranking, kind } = draft.understood;
  const isMoney = saysHowMuch(draft) || saysCurrency(draft);
  const figures: string[][] = [];
  for (const token of reading.tokens) {
    const span = freeSpanAt(draft, token);
    if (span === null) continue;
    const events = eventsOf(draft, token.word, span, only);
    if (events.length === 0) continue;
    const ids =
      isMoney || isTotal(draft, token) ? amountsOf(draft, token.word, events) : chosenEvents(token, events);
    if (ids.length === 0) continue;
    const isMost = ranking !== null && (kind.isWho || kind.whichAt !== null) && isLastWord(draft, ranking.at);
    figures.push([...new Set(isMost && !isMoney ? [...ids, ...amountsOf(draft, token.word, events)] : ids)]);
    draft.usedTokens.add(token.index);
    if (span !== undefined) draft.used.add(span);
  }
  if (figures.length === 0) return null;
  if (isMoney) takeHowMuch(draft);
  return { figures, entity: null, isImplied: false };
}

/** A verb in a list of figures, and where it stands among them. */
export interface EventBeside {
  readonly at: number;
  readonly ids: readonly string[];
}

/**
 * "Solved, reopened and median resolution time", "solved, CSAT, breaches": in a list of figures a verb is one of them, of
 * the records that the others are about.
 *
 * @param figures places of the figures, which the list must touch
 * @param entities kinds of records that they are about, nearest first
 */
export function eventsBeside(
  draft: Draft,
  figures: readonly { readonly from: number; readonly to: number }[],
  entities: readonly string[],
): readonly EventBeside[] {
  const { tokens } = draft.understood.reading;
  const isListed = (at: number): boolean =>
    [tokens[at - 1], tokens[at + 1]].some((token) => token?.kind === 'comma' || token?.word === 'and');
  const isEnd = (at: number): boolean => {
    const after = tokens[at + 1];
    return after === undefined || after.kind === 'comma' || /^(?:and|versus|per|by)$/.test(after.word);
  };
  const found: EventBeside[] = [];
  for (const token of tokens) {
    const span = freeSpanAt(draft, token);
    if (span === null || !isListed(token.index) || !isEnd(token.index)) continue;
    const event = entities
      .map((entity) => eventsOf(draft, token.word, span, entity)[0])
      .find((one) => one !== undefined);
    if (!event) continue;
    found.push({ at: token.index, ids: [event.metric.id] });
    draft.usedTokens.add(token.index);
    if (span !== undefined) draft.used.add(span);
  }
  const isNear = figures.some(({ from, to }) =>
    found.some(({ at }) => (at < from && from - at <= 3) || (at >= to && at - to <= 2)),
  );
  return isNear ? found : [];
}

/** "Won in dollars": nothing but money is counted in a currency. */
export const saysCurrency = ({ understood }: Draft): boolean =>
  understood.spans.some((span) =>
    meaningsOf(span, 'value').some(({ dimension }) => dimension === 'currency'),
  );

/** "Total won", "the total I have won". */
function saysTotal(tokens: readonly Token[], at: number): boolean {
  const said = tokens.slice(0, at).findLast(({ word }) => !/^(?:i|we|they|have|has|had|that)$/.test(word));
  return said?.word === 'total';
}

/** "total won": a total of deals is their money. */
const isTotal = (draft: Draft, token: Token): boolean =>
  saysTotal(draft.understood.reading.tokens, token.index) && amountsOf(draft, token.word, []).length > 0;

/** "Which rep won the most": nothing follows that is counted. */
function isLastWord(draft: Draft, at: number): boolean {
  const after = draft.understood.reading.tokens[at + 1];
  return (
    after === undefined ||
    !draft.understood.reading.isFree(after.index) ||
    /^(?:in|on|by|per|for|of)$/.test(after.word)
  );
}

/** The span of a single word, undefined for a word of no span, null for one that is spoken for. */
function freeSpanAt(draft: Draft, token: Token): Span | undefined | null {
  if (token.kind !== 'word') return null;
  const span = draft.understood.spans.find(({ indexes }) => indexes.includes(token.index));
  if (span === undefined) return draft.understood.reading.isFree(token.index) ? undefined : null;
  return span.indexes.length === 1 && !draft.used.has(span) ? span : null;
}

interface Event {
  readonly entity: string;
  readonly metric: SimpleMetric;
}

/** Counts by date that are called "verb + records" or "records + verb". */
function eventsOf(draft: Draft, verb: string, own: Span | undefined, only: string | null): readonly Event[] {
  const { catalogue } = draft;
  if (!/(?:ed|won|lost|sold|left|sent|closing|renew|renewing|expire|expiring)$/.test(verb)) return [];
  const { phrases } = vocabularyOf(catalogue);
  const entities = only === null ? [...catalogue.entities.keys()] : [only];
  const events = entities.flatMap((entity) => {
    const meanings = [`${verb} @${entity}`, `@${entity} ${verb}`].flatMap(
      (key) => phrases.get(key)?.meanings ?? [],
    );
    for (const one of meanings) {
      const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
      if (metric?.type !== 'simple' || metric.timeDimension === null || !isCountOf(catalogue, metric, entity))
        continue;
      if (reachesNamed(draft, entity, own)) return [{ entity, metric }];
    }
    return [];
  });
  // "closed per agent": tickets have agents, deals only somebody who may pass for one.
  const exact = events.filter(({ entity }) => reachesExactly(draft, entity));
  return exact.length > 0 ? exact : events;
}

const reachesExactly = (draft: Draft, entity: string): boolean =>
  draft.understood.spans
    .filter((span) => meaningsOf(span, 'dimension').length > 0 && groupMarker(draft, span))
    .every(
      (span) =>
        reachable(
          draft.catalogue,
          entity,
          meaningsOf(span, 'dimension').map(({ id }) => id),
        ).length > 0,
    );

/** Whether records have every property that a grouping or a value of the question names. */
function reachesNamed(draft: Draft, entity: string, own: Span | undefined): boolean {
  const { catalogue, understood } = draft;
  return understood.spans
    .filter((span) => span !== own && !draft.used.has(span) && meaningsOf(span, 'metric').length === 0)
    .every((span) => {
      const ids = meaningsOf(span, 'value').map(({ dimension }) => dimension);
      if (meaningsOf(span, 'dimension').length > 0 && canGroup({ ...draft, entity }, span)) return true;
      return (
        (ids.length === 0 && meaningsOf(span, 'dimension').length === 0) ||
        ids.some((id) => {
          const dimension = catalogue.dimensions.get(id);
          return dimension !== undefined && findWay(catalogue, entity, dimension) !== null;
        })
      );
    });
}

function canGroup(draft: Draft, span: Span): boolean {
  try {
    return groupingOf(draft, span, () => true) !== null;
  } catch (error) {
    if (error instanceof Unplannable) return false;
    throw error;
  }
}

function chosenEvents(token: Token, events: readonly Event[]): string[] {
  const [first, another] = events;
  if (!first) return [];
  const isNamed = first.metric.label
    .toLowerCase()
    .split(/\W+/)
    .some((word) => isForm(word, token.word));
  return another === undefined || isNamed
    ? [first.metric.id]
    : events.slice(0, 4).map(({ metric }) => metric.id);
}

/** "Tickets opened", "Deals created": labels say it in one form, the question in another. */
const isForm = (word: string, verb: string): boolean =>
  word === verb || (verb === 'opened' && word === 'created');

/** The money of the rows that a verb speaks of. */
function amountsOf(draft: Draft, verb: string, events: readonly Event[]): string[] {
  const { phrases } = vocabularyOf(draft.catalogue);
  const named = [`amount ${verb}`, `${verb} amount`].flatMap((key) => phrases.get(key)?.meanings ?? []);
  const ids = named.flatMap((one) => (one.kind === 'metric' ? [one.id] : []));
  if (ids.length > 0) return [...new Set(ids)];
  return events.flatMap(({ metric }) => amountOf(draft, metric)?.id ?? []);
}

/** The sum of money over the rows that a count counts. */
export function amountOf(
  { catalogue }: Pick<Draft, 'catalogue'>,
  counted: MetricDefinition,
): MetricDefinition | null {
  if (counted.type !== 'simple') return null;
  const filters = JSON.stringify(counted.filters);
  for (const metric of catalogue.metrics.values())
    if (
      metric.type === 'simple' &&
      metric.entity === counted.entity &&
      metric.measure.aggregate === 'sum' &&
      metric.format.kind === 'money' &&
      metric.measure.times === undefined &&
      metric.timeDimension === counted.timeDimension &&
      JSON.stringify(metric.filters) === filters
    )
      return metric;
  return null;
}

/** "How much did we lose", "how much is in commit": money is asked for. */
export function saysHowMuch(draft: Draft): boolean {
  const { tokens } = draft.understood.reading;
  return tokens.some((token, index) => token.word === 'much' && tokens[index - 1]?.word === 'how');
}

/** "How much $", "how much money": the unit says nothing more. */
export function takeHowMuch(draft: Draft): void {
  for (const token of draft.understood.reading.tokens)
    if (/^(?:amount|money)$/.test(token.word) && draft.understood.reading.isFree(token.index))
      draft.usedTokens.add(token.index);
}
