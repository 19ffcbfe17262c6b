import type { Related } from '../../../query/metric-query.ts';
import type { NumberFilter } from '../slots/number-filters.ts';
import type { Span } from '../span.ts';
import { type Draft, isCountOf, numericTwin } from './draft.ts';
import { kindOfFigure } from './score-kinds.ts';

/**
 * "ARR of customers with health below 50": the number is that of what is kept for each of the rows, of which the newest
 * counts. "Accounts that gave us an NPS of 9 or 10" have an answer with just this number.
 */
export function relatedNumber(draft: Draft, span: Span, number: NumberFilter): boolean {
  const { catalogue, entity, used } = draft;
  const id = numericTwin(catalogue, span);
  const column = id === null ? undefined : catalogue.dimensions.get(id);
  const records = column && catalogue.entities.get(column.entity);
  if (used.has(span) || !column || !records || number.isTimes === true || records.id === entity) return false;
  const isShare = column.format?.kind === 'percent';
  if (number.isPercent && !isShare) return false;
  const ties = Object.values(records.joins).filter((join) => join.entity === entity);
  // A single answer of many is meant where one is said exactly; below and above are said of the rows as a whole.
  const isEvent = (catalogue.entities.get(entity)?.defaultTime ?? null) !== null;
  const isGiven = records.snapshot === undefined && saysGiven(draft);
  const [metric, another] = draft.metrics;
  const isCounted = metric !== undefined && another === undefined && isCountOf(catalogue, metric, entity);
  const isKept =
    records.snapshot !== undefined ||
    isGiven ||
    number.op === 'in' ||
    number.op === 'eq' ||
    (isEvent && (draft.isImplied || isCounted));
  if (ties.length !== 1 || !isKept) return false;
  const kind = kindOfFigure(draft, span, column);
  const values = number.values.map((value) =>
    isShare && (number.isPercent || value > 1) ? value / 100 : value,
  );
  const where: Related['where'] = [
    { any: [{ dimension: column.id, op: number.op, values }] },
    ...(kind === null ? [] : [kind]),
  ];
  used.add(span);
  const isRange = number.op !== 'in' && number.op !== 'eq';
  // "Solved tickets with a score below 3": more is said of the tickets, so that they are listed themselves.
  const isOfRows = isCounted && !draft.isImplied;
  if (
    !isOfRows &&
    (isEvent || (isGiven && isRange)) &&
    records.snapshot === undefined &&
    draft.understood.kind.countAt === null
  ) {
    // "Tickets with a CSAT of 1 or 2 last week", "who gave us 6 or less": the answers, each with whose it is.
    draft.entity = records.id;
    draft.metrics = [];
    draft.isDated = true;
    draft.where.push(...where.map(({ any }) => ({ any: [...any] })));
    return true;
  }
  // Rows without a date of their own: the period is that of the answers.
  const isDateless = (catalogue.entities.get(entity)?.defaultTime ?? null) === null;
  const { range: time } = draft.understood.time;
  const isTimed = time !== null && isDateless && records.snapshot === undefined;
  if (isTimed) draft.isTimeOfRelated = true;
  draft.related.push({
    entity: records.id,
    has: 'some',
    atLeast: 1,
    where,
    time: isTimed ? time : null,
    subject: 'none',
  });
  return true;
}

/** "Gave us an NPS score of 6 or less": somebody gives one answer, never a mean of several. */
const saysGiven = ({ understood: { reading } }: Draft): boolean =>
  reading.tokens.some(({ lower }) => /^(?:gave|given|answered|scored|rated)$/.test(lower)) &&
  !reading.tokens.some(({ word }) => /^(?:average|median)$/.test(word));
