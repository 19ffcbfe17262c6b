import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { DateEvent } from '../../../catalogue/date-event.ts';
import { tells } from '../date-events.ts';
import type { Span } from '../span.ts';
import { type Draft, filtersOf, isCountOf, meaningsOf } from './draft.ts';
import { presentState } from './present-rows.ts';

/** Words behind "and" that go on about the rows before, where a second figure would begin with a noun. */
const goesOn =
  /^(?:already|still|now|later|then|since|subsequently|eventually|yet|not|never|is|are|was|were|has|have|had|that|which)$/;

/**
 * "Won deals created this year", "leads created in September that were converted", "open tickets that are escalated": two
 * counts of the same records in one noun phrase are one. What stands with the period says when; the other is a condition.
 *
 * @returns the span of the count that is left, once the other one is a condition; null where they are two figures
 */
export function mergeCounts(draft: Draft, left: Span, right: Span, isJoined: boolean): Span | null {
  const [one, other] = [countOf(draft, left), countOf(draft, right)];
  if (one === null || other === null || one.id === other.id || one.entity !== other.entity) return null;
  if (draft.compare !== 'none' || (isJoined && !isGoneOnWith(draft, left, right))) return null;
  const isLeft = timedFirst(draft, left, right, one, other);
  const [kept, told] = isLeft ? [one, other] : [other, one];
  if (contradicts(kept, told)) return null;
  if (isOpenAndOver(draft, kept, told) || isOpenAndOver(draft, told, kept))
    return overWith(draft, left, right);
  takeBetween(draft, left, right);
  const own = new Set(filtersOf(kept).map((group) => JSON.stringify(group)));
  draft.where.push(...filtersOf(told).filter((group) => !own.has(JSON.stringify(group))));
  return isLeft ? left : right;
}

/**
 * "Average resolution time for high priority tickets opened by email": rows of a figure that are told by a count of theirs. A
 * period behind the count is that of the count, which other rules read.
 *
 * @returns whether the count is a condition now
 */
export function tellRows(draft: Draft, figure: Span, told: Span): boolean {
  const [metric, another] = meaningsOf(figure, 'metric').map(({ id }) => draft.catalogue.metrics.get(id));
  const count = countOf(draft, told);
  if (metric?.type !== 'simple' || another || count === null || count.entity !== metric.entity) return false;
  if (isCountOf(draft.catalogue, metric, metric.entity) || figure.to > told.from) return false;
  const { at } = draft.understood.time;
  if ((at !== null && at >= told.to) || draft.compare !== 'none') return false;
  const own = new Set(filtersOf(metric).map((group) => JSON.stringify(group)));
  draft.where.push(...filtersOf(count).filter((group) => !own.has(JSON.stringify(group))));
  return true;
}

/** "But already lost", "and later won". */
function takeBetween({ understood: { reading }, usedTokens }: Draft, left: Span, right: Span): void {
  const places = [ownWord(left, right), ownWord(right, left)].toSorted((one, other) => one - other);
  for (const { index, lower } of reading.tokens.slice(...places))
    if (/^(?:and|but|later|then|subsequently|eventually|afterwards)$/.test(lower)) usedTokens.add(index);
}

function countOf({ catalogue }: Draft, span: Span): SimpleMetric | null {
  const metrics = meaningsOf(span, 'metric').map(({ id }) => catalogue.metrics.get(id));
  const [only, another] = metrics.filter(
    (metric): metric is SimpleMetric =>
      metric?.type === 'simple' && isCountOf(catalogue, metric, metric.entity),
  );
  return only !== undefined && another === undefined ? only : null;
}

/** The word of a span that the other one does not share: what happened, or how they are. */
function ownWord(span: Span, other: Span): number {
  return span.indexes.find((index) => !other.indexes.includes(index)) ?? span.from;
}

/** "Created in October and already lost", "which were created in October and lost": no second figure begins. */
function isGoneOnWith({ understood }: Draft, left: Span, right: Span): boolean {
  const { reading, time, kind } = understood;
  const [said, next] = [ownWord(left, right), ownWord(right, left)];
  const joiner = reading.tokens
    .slice(Math.min(said, next), next)
    .findLast(({ word, kind: sign }) => sign === 'comma' || /^(?:and|but)$/.test(word));
  if (joiner === undefined) return false;
  const after = reading.tokens[joiner.index + 1]?.lower ?? '';
  // "Of my open deals, which were created before June": those among them.
  if (joiner.kind === 'comma') return /^(?:which|who|that)$/.test(after);
  if (goesOn.test(after) || joiner.word === 'but') return true;
  const isApart = time.at !== null && time.at > said && time.at < next;
  return isApart && kind.countAt === null && next === joiner.index + 1;
}

/** Whether the period is that of the first: it stands right behind its own word, or the other has no moment. */
function timedFirst(
  { understood }: Draft,
  left: Span,
  right: Span,
  one: SimpleMetric,
  other: SimpleMetric,
): boolean {
  const { at } = understood.time;
  // "Which of the open ones are escalated": as they stand, whenever that came.
  if (one.timeDimension === null || other.timeDimension === null)
    return (one.timeDimension === null) === (at === null);
  if (at === null) return one.filters.length < other.filters.length;
  const [first, second] = [ownWord(left, right), ownWord(right, left)];
  const behind = (word: number): number => (at >= word ? at - word : Number.MAX_SAFE_INTEGER);
  return behind(first) <= behind(second);
}

/** "Open last week and now closed": what is over is none of those that are open. */
function isOpenAndOver(
  { catalogue }: Draft,
  state: SimpleMetric,
  { entity: rows, filters }: SimpleMetric,
): boolean {
  const open = new Set(presentState(catalogue, rows).map((group) => JSON.stringify(group)));
  const isOpen = filtersOf(state).some((group) => open.has(JSON.stringify(group)));
  return (
    isOpen &&
    filters.some(({ dimension, op }) => op === 'is_not_null' && tells(catalogue, dimension, endings))
  );
}

/** "Closed without any reply": what else a state tells is said of those that are over. */
function overWith(draft: Draft, left: Span, right: Span): Span | null {
  const [one, other] = [countOf(draft, left), countOf(draft, right)];
  if (one === null || other === null) return null;
  const isFirst = isOpenAndOver(draft, one, other);
  const [state, over] = isFirst ? [one, right] : [other, left];
  const open = new Set(presentState(draft.catalogue, state.entity).map((group) => JSON.stringify(group)));
  const more = filtersOf(state).filter((group) => !open.has(JSON.stringify(group)));
  if (more.length === 0) return null;
  draft.where.push(...more);
  takeBetween(draft, left, right);
  return over;
}

const endings: ReadonlySet<DateEvent> = new Set(['solved', 'closed', 'ends', 'cancelled']);

/** "Won and lost": nothing is both, so that they are two figures. */
const contradicts = (one: MetricDefinition & SimpleMetric, other: SimpleMetric): boolean =>
  one.filters.some((filter) =>
    other.filters.some(
      ({ dimension, op, values }) =>
        dimension === filter.dimension &&
        op === 'eq' &&
        filter.op === 'eq' &&
        JSON.stringify(values) !== JSON.stringify(filter.values),
    ),
  );
