import type { Span } from '../span.ts';
import { type Draft, entityOfSpan, isCountOf, meaningsOf, numericTwin } from './draft.ts';
import { groupMarker, ownColumn } from './group-by.ts';
import { refuse } from './problem.ts';
import { isNamed } from './ranked-nouns.ts';
import { namingDimension, reachable } from './reach.ts';

const opensColumns = /^(?:with|including|include|showing|incl)$/;
const between = /^(?:the|their|its|all|each|also|both|s)$/;

/**
 * "Open deals with account, amount and owner": what follows "with" are columns when every part of it is a property of
 * the rows named before and nothing behind them makes one a condition. A list shows them; no row is left out for them.
 */
export function findColumns(draft: Draft): void {
  const { kind, grain, numbers, reading } = draft.understood;
  if (kind.countAt !== null || grain !== null || kind.isTrend || draft.understood.measures !== null) return;
  for (const opener of reading.tokens) {
    if (!opensColumns.test(opener.word) || !reading.isFree(opener.index)) continue;
    const entity = entityBefore(draft, opener.index);
    const found = entity === null ? null : columnsFrom(draft, entity, opener.index + 1);
    if (found === null || numbers.some(({ from }) => from === found.end)) continue;
    for (const span of found.spans) draft.used.add(span);
    for (const index of [opener.index, ...found.joiners]) draft.usedTokens.add(index);
    draft.columns = [...new Set(found.columns)];
    return;
  }
}

/** The only rows named before a word: by their own name, or by a figure that counts them. A grouped figure has none. */
function entityBefore(draft: Draft, at: number): string | null {
  const { catalogue, understood } = draft;
  const before = understood.spans.filter((span) => span.to <= at);
  if (before.some((span) => groupMarker(draft, span))) return null;
  const entities = before.flatMap((span) => {
    const own = entityOfSpan(catalogue, span);
    if (own !== null) return [own];
    return meaningsOf(span, 'metric').map(({ id }) => {
      const metric = catalogue.metrics.get(id);
      return metric?.type === 'simple' && isCountOf(catalogue, metric, metric.entity) ? metric.entity : null;
    });
  });
  const [only, ...others] = new Set(entities);
  return others.length > 0 ? null : (only ?? null);
}

/** The rows turned out to be others than those whose columns were found: nothing may be shown beside them. */
export function settleColumns(draft: Draft): void {
  const isLost = draft.columns.some((id) => reachable(draft.catalogue, draft.entity, [id]).length === 0);
  if (isLost || (draft.columns.length > 0 && draft.groupBy.length > 0))
    throw refuse('unclear', 'which records these columns are of');
}

interface Columns {
  readonly columns: readonly string[];
  readonly spans: readonly Span[];
  readonly joiners: readonly number[];
  /** First token behind them. */
  readonly end: number;
}

/** Properties joined by commas and "and", up to the first other word; null when one of them is something else. */
function columnsFrom(draft: Draft, entity: string, from: number): Columns | null {
  const { tokens } = draft.understood.reading;
  const columns: string[] = [];
  const spans: Span[] = [];
  const joiners: number[] = [];
  let isOpen = true;
  let index = from;
  for (; index < tokens.length; ) {
    const token = tokens[index];
    if (!token) break;
    const isJoiner = token.kind === 'comma' || token.word === 'and';
    if (isJoiner || between.test(token.word)) {
      if (isJoiner) joiners.push(index);
      isOpen ||= isJoiner;
      index += 1;
      continue;
    }
    const span = draft.understood.spans.find((one) => one.from === index && isAdjacent(one));
    const column = span && isOpen ? columnOf(draft, entity, span) : null;
    if (!span || column === null) break;
    columns.push(column);
    spans.push(span);
    index = span.to;
    isOpen = false;
  }
  // "with priority and over 50k" or "with account Acme": a condition stands there, and must be read as one.
  const isCondition = isOpen || spans.some((span) => isNamed(draft, span) || isValued(draft, span));
  return columns.length === 0 || isCondition ? null : { columns, spans, joiners, end: index };
}

const isAdjacent = (span: Span): boolean => span.to - span.from === span.indexes.length;

/** The property of the rows that a span names; null: it names something else. */
export function columnOf(draft: Draft, entity: string, span: Span): string | null {
  const ids = [
    ...meaningsOf(span, 'dimension').map(({ id }) => id),
    ...meaningsOf(span, 'entity').flatMap(({ id }) => namingDimension(draft.catalogue, id) ?? []),
  ];
  const twin = numericTwin(draft.catalogue, span);
  const all = [...ids, ...(twin === null ? [] : [twin])];
  // "Accounts with health score": a score that each of them has one of is shown in the list of the scores.
  // "Customers with churn risk" asks for those in that band.
  const scores = meaningsOf(span, 'value').length > 0 ? [] : scoresOf(draft, entity);
  const [best] = [entity, ...scores].flatMap((rows) => reachable(draft.catalogue, rows, all));
  // "Subscriptions with plan": their own, where that of their customer is called so as well.
  const own =
    best !== undefined && best.distance > 0
      ? ownColumn({ catalogue: draft.catalogue, entity }, span)
      : undefined;
  if (own !== undefined) return own.id;
  // "with an escalation flag" asks for those that have it.
  return best && best.dimension.type !== 'boolean' ? best.dimension.id : null;
}

const scoresOf = ({ catalogue }: Draft, entity: string): readonly string[] =>
  [...catalogue.entities.values()]
    .filter(({ parent, joins, snapshot }) => snapshot !== undefined && joins[parent ?? '']?.entity === entity)
    .map(({ id }) => id);

/** "with status open", "with a score of 4": the next word is what the property should be. */
export function isValued(draft: Draft, span: Span): boolean {
  const { reading, spans, numbers } = draft.understood;
  const after = reading.tokens[span.to]?.word ?? '';
  const next = /^(?:of|is|=|than)$/.test(after) ? span.to + 1 : span.to;
  return (
    /^(?:of|is|than|between|in|before|after|contain|contains|containing|mention|mentions|mentioning)$/.test(
      after,
    ) ||
    reading.tokens[next]?.kind === 'number' ||
    numbers.some(({ from }) => from === next) ||
    spans.some((one) => one.from === next && meaningsOf(one, 'value').length > 0)
  );
}
