import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { ListPlan } from '../../../query/metric-query.ts';
import { beginning, deadline, done, hasEvent, isDate, tells } from '../date-events.ts';
import type { LengthEnd } from '../slots/lengths.ts';
import type { Ranking } from '../slots/ranking.ts';
import { columnOfMetric, type Draft, meaningsOf } from './draft.ts';
import { lengthOf } from './length-conditions.ts';
import { refuse } from './problem.ts';

/** The column by which records are the newest, the largest, the longest, the worst. */
export function orderOfList(draft: Draft, direction: Ranking['direction']): ListPlan['orderBy'][number] {
  const entity = draft.catalogue.entities.get(draft.entity);
  if (direction === 'newest' || direction === 'oldest') {
    const by = dateNamed(draft) ?? dateOfAge(draft) ?? entity?.defaultTime;
    if (by && by === entity?.defaultTime && tells(draft.catalogue, by, deadline))
      throw refuse('unclear', `since when they exist is not kept; ask for the next due ${entity.label.many}`);
    if (!by) throw refuse('no_field', 'a date to order by');
    return { by, direction: direction === 'newest' ? 'desc' : 'asc' };
  }
  const isLong = saysDuration(draft);
  if (isLong && isOfStay(draft)) throw refuse('unclear', 'how long they have been in that state is not kept');
  const length = isLong ? lengthOf(draft, endSaid(draft)) : null;
  const since = isLong && length === null ? beginningOf(draft) : null;
  if (since !== null || length !== null) settleGoingOn(draft);
  if (length !== null) return { by: length.id, direction: direction === 'asc' ? 'asc' : 'desc' };
  if (since !== null) return { by: since, direction: direction === 'asc' ? 'desc' : 'asc' };
  const numbers = dimensionsOf(draft.catalogue, draft.entity).filter(
    (one) =>
      one.type === 'number' &&
      one.entity === draft.entity &&
      (isLong ? one.format?.kind === 'duration' : one.until === undefined),
  );
  const asked = numbers.filter((one) => draft.columns.includes(one.id));
  const shown = asked.length === 1 ? asked : numbers.filter((one) => entity?.listColumns.includes(one.id));
  const [only, another] = shown.length > 0 ? shown : numbers;
  if (!only || another) throw refuse('unclear', 'ordered by what?');
  const by = listDirection(draft, only.id, direction);
  return { by: only.id, direction: isLoss(draft, only) ? (by === 'desc' ? 'asc' : 'desc') : by };
}

/** "The deal with the earliest close date": the date that the word stands before. */
function dateNamed(draft: Draft): string | null {
  const { ranking, spans } = draft.understood;
  const span = spans.find(({ from }) => from === (ranking?.at ?? -2) + 1);
  const own =
    span === undefined
      ? []
      : meaningsOf(span, 'dimension').map(({ id }) => draft.catalogue.dimensions.get(id));
  const [only, another] = own.filter((one) => isDate(one) && one?.entity === draft.entity);
  if (span === undefined || only === undefined || another !== undefined) return null;
  draft.used.add(span);
  return only.id;
}

/**
 * How old a record is counts from its beginning, whatever date a list goes by; what has been decided is the latest by the
 * date of that.
 */
function dateOfAge(draft: Draft): string | null {
  const [metric] = draft.metrics;
  if (!draft.isImplied && metric?.type === 'simple' && metric.timeDimension !== null)
    return metric.timeDimension;
  const isDecided = draft.where.some(({ any }) =>
    any.some(({ dimension, op, values }) => {
      const known = draft.catalogue.dimensions.get(dimension);
      return (values[0] === true && hasEvent(known, done)) || (op === 'is_not_null' && isDate(known));
    }),
  );
  return isDecided ? null : beginningDate(draft);
}

/** Amounts of what went down are kept below zero: the biggest contraction is the lowest of them. */
function isLoss(
  { catalogue, where }: Draft,
  { entity, path }: { readonly entity: string; readonly path: string },
): boolean {
  if (catalogue.entities.get(entity)?.table !== 'mrr_movement' || path !== 'amount') return false;
  return where.some(({ any }) =>
    any.every(
      ({ op, values }) =>
        /^(?:eq|in)$/.test(op) && values.every((one) => one === 'contraction' || one === 'churn'),
    ),
  );
}

/** "Longest", "shortest": a time is compared, never an amount. */
export const saysDuration = ({ understood: { ranking, reading } }: Pick<Draft, 'understood'>): boolean =>
  ranking !== null &&
  /^(?:longest|shortest|slowest|fastest|quickest)$/.test(reading.tokens[ranking.at]?.word ?? '');

/** "On hold the longest": the time in a state, where only that of being open counts from the beginning. */
function isOfStay({ catalogue, entity, understood: { spans, ranking, reading } }: Draft): boolean {
  const at = reading.tokens[(ranking?.at ?? 0) - 1]?.lower === 'the' ? (ranking?.at ?? 0) - 1 : ranking?.at;
  const before = spans.find(({ to }) => to === at);
  if (before === undefined || /^(?:open|active|unresolved|unsolved|running|ongoing)$/i.test(before.words))
    return false;
  // A span of being away is the stay itself; what gets solved goes through several states.
  const isWorkedOn = dimensionsOf(catalogue, entity).some(
    (one) => one.entity === entity && hasEvent(one, done),
  );
  if (!isWorkedOn) return false;
  return meaningsOf(before, 'value').some(({ dimension }) =>
    /(?:^|\.)status$/.test(catalogue.dimensions.get(dimension)?.path ?? ''),
  );
}

const ends: readonly (readonly [LengthEnd, RegExp])[] = [
  ['solution', /^(?:solve|solved|fix|close|closed|finish|end|clear|handle|resolution|solution)$/],
  ['reply', /^(?:answer|answered|response|respond|reply)$/],
  ['conversion', /^(?:convert|converted|conversion)$/],
];

/** "Took the longest to resolve", "slowest first reply": what the time leads up to; its words say nothing else. */
function endSaid(draft: Draft): LengthEnd | null {
  const { reading, ranking, spans } = draft.understood;
  const at = ranking?.at ?? 0;
  const took = reading.tokens.findLast(
    ({ index, word }) =>
      index < at && at - index <= 3 && /^(?:take|took|taken|taking|need|needed|require|required)$/.test(word),
  );
  const close = reading.tokens.slice(at + 1, at + 6);
  const isTo = close.some(({ word }) => word === 'to');
  const found = close.find(({ word }) => ends.some(([, words]) => words.test(word)));
  const end = found && ends.find(([, words]) => words.test(found.word))?.[0];
  const isReply = end === 'reply';
  if (took !== undefined) draft.usedTokens.add(took.index);
  if (!found || end === undefined || (!isReply && !isTo)) return null;
  const places = new Set(
    reading.tokens
      .filter(
        ({ index, word }) =>
          index === found.index || (index > at && index < found.index && /^(?:time|first|to|be)$/.test(word)),
      )
      .map(({ index }) => index),
  );
  for (const index of places) draft.usedTokens.add(index);
  for (const span of spans) if (span.indexes.every((index) => places.has(index))) draft.used.add(span);
  return end;
}

/** "Took the longest to resolve last quarter": resolved then, whenever it began. */
export function dateOfEnd(draft: Draft): string | null {
  const end = saysDuration(draft) ? endSaid(draft) : null;
  const length = end === null ? null : lengthOf(draft, end);
  const date = dimensionsOf(draft.catalogue, draft.entity).find(
    (one) => length !== null && one.entity === draft.entity && isDate(one) && one.path === length.until,
  );
  return date?.id ?? null;
}

/** "Longest running" and "longest" say the same of what is still open. */
function settleGoingOn(draft: Draft): void {
  const { reading, spans } = draft.understood;
  const places = new Set(
    reading.tokens
      .filter(({ word }) => /^(?:running|run|ongoing|lasted|lasting|last|duration|time)$/.test(word))
      .map(({ index }) => index),
  );
  for (const index of places) draft.usedTokens.add(index);
  for (const span of spans) if (span.indexes.every((index) => places.has(index))) draft.used.add(span);
}

/** What is still open lasts the longer the earlier it began; how long the rest took is in no column. */
function beginningOf(draft: Draft): string | null {
  const { tokens } = draft.understood.reading;
  return tokens.some(({ word }) => /^(?:open|running|ongoing|active|unresolved)$/.test(word))
    ? beginningDate(draft)
    : null;
}

/** The one date at which a record begins. */
export function beginningDate({ catalogue, entity }: Pick<Draft, 'catalogue' | 'entity'>): string | null {
  const [date, another] = dimensionsOf(catalogue, entity).filter(
    (one) => one.entity === entity && isDate(one) && hasEvent(one, beginning),
  );
  return date !== undefined && another === undefined ? date.id : null;
}

/** The worst rows by a column are those that figures over it call bad; a column that none calls good or bad has none. */
export function listDirection(
  draft: Draft,
  column: string,
  direction: Exclude<Ranking['direction'], 'newest' | 'oldest'>,
): 'asc' | 'desc' {
  if (direction === 'asc' || direction === 'desc') return direction;
  const good = new Set(
    [...draft.catalogue.metrics.values()]
      .filter(({ id }) => columnOfMetric(draft.catalogue, id) === column)
      .map(({ goodDirection }) => goodDirection),
  );
  const [only, another] = good;
  if (only === undefined || only === 'none' || another !== undefined)
    throw refuse('unclear', `which is the ${direction} of these`);
  return (direction === 'best') === (only === 'up') ? 'desc' : 'asc';
}
