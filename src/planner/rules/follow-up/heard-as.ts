import type { Catalogue, MetricFilter, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Filter, QueryPlan } from '../../../query/metric-query.ts';
import { isCountOf, meaningsOf } from '../compose/draft.ts';
import { isDate } from '../date-events.ts';
import type { Span } from '../span.ts';
import type { Cue } from './cue-rule.ts';

/**
 * What a word such as "lost", "open" or "handled by the bot" is beside an answer.
 *
 * - `words`: read on, with fewer meanings
 * - `condition`: of the rows before, those of which the figure with that name counts
 * - `same`: the rows before are such already
 */
export type Heard =
  | { readonly kind: 'words'; readonly span: Span }
  | { readonly kind: 'condition'; readonly all: readonly { readonly any: Filter[] }[] }
  | { readonly kind: 'same' };

const eventWords =
  /^(?:opened|closed|solved|resolved|reopened|escalated|won|lost|created|breached|missed|met|slipped|renewed|canceled|churned|converted|delivered|failed|sent|read|open)$/;

/** "And lost?" after won deals is another figure; "only lost ones" and "how many of those were lost" are conditions. */
export function heardAs(
  catalogue: Catalogue,
  previous: QueryPlan,
  {
    entity,
    cue,
    asksWho,
    isGrouped,
  }: { readonly entity: string; readonly cue: Cue; readonly asksWho: boolean; readonly isGrouped: boolean },
  span: Span,
): Heard {
  const values = meaningsOf(span, 'value').filter((one) => isReached(catalogue, entity, one.dimension));
  const counts = meaningsOf(span, 'metric').flatMap(({ id }) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' && isCountOf(catalogue, metric, entity) ? [metric] : [];
  });
  // "Only pending" of tickets by status: the row of that name, and not all that wait.
  const shown = values.filter(
    (one) =>
      isCalled(one, span) && (isShown(previous, one) || isNarrowerThan(counts, one) || saysNothing(counts)),
  );
  if (shown.length > 0 && isCondition(previous, cue) && !isGrouped)
    return { kind: 'words', span: { ...span, meanings: shown } };
  const held = heldBy(catalogue, previous);
  const isOwn = previous.kind === 'metric' && counts.some(({ id }) => previous.metrics.includes(id));
  if (isOwn && (asksWho || cue.isPointing) && meaningsOf(span, 'entity').length === 0)
    return { kind: 'same' };
  // "And NPS" after CSAT: the answers of one kind are never those of the other.
  const isOtherKind = values.some(({ dimension, value }) =>
    ownConditions(catalogue, previous).some((one) => one.dimension === dimension && excludes(one, value)),
  );
  if (isOtherKind && meaningsOf(span, 'metric').length > 0) return { kind: 'words', span: onlyFigures(span) };
  const count = counts.find((one) => isCondition(previous, cue) || !holds(held, one)) ?? counts[0];
  const isEntityNoun = meaningsOf(span, 'entity').length > 0;
  // "From campaigns" after leads: their origin, where other records are not spoken of.
  if (isEntityNoun && values.length > 0 && isCondition(previous, cue) && !isGrouped)
    return { kind: 'words', span: onlyValues(span) };
  if (isEntityNoun) return { kind: 'words', span };
  if (count === undefined) return { kind: 'words', span: values.length > 0 ? onlyWords(span) : span };
  const isHeld = count.filters.length > 0 && holds(held, count);
  // "With NPS responses" after the NPS: the number of those that it is made of.
  const isNumberOfThem =
    isHeld && cue.mode !== 'only' && !cue.isPointing && !isOwn && span.indexes.length > 1;
  if (isNumberOfThem && previous.kind === 'metric') return { kind: 'words', span: onlyFigures(span) };
  if (isHeld && (cue.isPointing || values.length === 0)) return { kind: 'same' };
  const isOpposite = contradicts(held, count);
  const isNext = previous.kind === 'metric' && (asksWho || (/^(?:add|swap)$/.test(cue.mode) && !cue.isWider));
  if (isOpposite || (isNext && eventWords.test(span.words.toLowerCase())))
    return { kind: 'words', span: onlyFigures(span) };
  // "How many of those are solved": a ticket that was closed after that is so as well, though its status is another.
  const isDeed = eventWords.test(span.words.toLowerCase()) && happened(catalogue, count).length > 0;
  const isSaidByValue =
    values.length > 0 &&
    !count.filters.every((one) => isSame(values, one)) &&
    !(isDeed && isCondition(previous, cue));
  if (isSaidByValue || isHeld) return { kind: 'words', span: onlyWords(span) };
  if (!isCondition(previous, cue)) return { kind: 'words', span: values.length > 0 ? onlyWords(span) : span };
  const all = conditionsOf(catalogue, previous, count);
  return all.length === 0 ? { kind: 'words', span } : { kind: 'condition', all };
}

interface Named {
  readonly dimension: string;
  readonly value: string;
}

const isCalled = ({ value }: Named, { words }: Span): boolean => value.toLowerCase() === words.toLowerCase();

/** Whether a value has a row of its own in what is shown. */
const isShown = (previous: QueryPlan, { dimension }: Named): boolean =>
  previous.kind === 'metric' && previous.groupBy.some((group) => group.dimension === dimension);

/** "Pending" is one of the states that pending work may be in; "open" is what people call all of them. */
const isNarrowerThan = (counts: readonly SimpleMetric[], { dimension, value }: Named): boolean =>
  value !== 'open' &&
  counts.length > 0 &&
  counts.every(({ filters }) => filters.some((one) => one.dimension === dimension && one.values.length > 1));

/** "Only new" of leads: that they are counted as new ones says nothing of any of them. */
const saysNothing = (counts: readonly SimpleMetric[]): boolean =>
  counts.length > 0 && counts.every(({ filters }) => filters.length === 0);

/** Dates that a figure's rows all have. */
const happened = (catalogue: Catalogue, { filters }: SimpleMetric): readonly string[] =>
  filters
    .filter(({ dimension, op }) => op === 'is_not_null' && isDate(catalogue.dimensions.get(dimension)))
    .map(({ dimension }) => dimension);

const isReached = (catalogue: Catalogue, entity: string, id: string): boolean => {
  const dimension = catalogue.dimensions.get(id);
  return dimension !== undefined && findWay(catalogue, entity, dimension) !== null;
};

const isSame = (values: readonly { readonly dimension: string }[], { dimension }: MetricFilter): boolean =>
  values.some((one) => one.dimension === dimension);

const onlyWords = (span: Span): Span => ({
  ...span,
  meanings: span.meanings.filter(({ kind }) => kind !== 'metric'),
});

const onlyValues = (span: Span): Span => ({
  ...span,
  meanings: span.meanings.filter(({ kind }) => kind === 'value'),
});

const onlyFigures = (span: Span): Span => ({
  ...span,
  meanings: span.meanings.filter(({ kind }) => kind === 'metric'),
});

/** Of the very rows before, not of others like them. */
const isCondition = (previous: QueryPlan, cue: Cue): boolean =>
  previous.kind === 'list' || cue.mode === 'only' || cue.isPointing;

type Condition = Pick<Filter, 'dimension' | 'op'> & { readonly values: readonly unknown[] };

/** Everything that the rows before have in common: the figure's own conditions and those of the question. */
function heldBy(catalogue: Catalogue, plan: QueryPlan): readonly Condition[] {
  const said = plan.where.flatMap(({ any }) => (any.length === 1 ? any : []));
  return [...ownConditions(catalogue, plan), ...said];
}

function ownConditions(catalogue: Catalogue, plan: QueryPlan): readonly Condition[] {
  if (plan.kind === 'list') return [];
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  return metric?.type === 'simple' ? metric.filters : [];
}

const excludes = ({ op, values }: Condition, value: string): boolean =>
  (op === 'eq' || op === 'in') && !values.includes(value);

const keyOf = ({ dimension, op, values }: Condition): string => JSON.stringify([dimension, op, values]);

function holds(held: readonly Condition[], { filters }: SimpleMetric): boolean {
  const keys = new Set(held.map(keyOf));
  return filters.every((one) => keys.has(keyOf(one)));
}

const chosen = ({ op }: Condition): boolean => op === 'eq' || op === 'in';

/** No row can be both: then the other figure is meant, not none of these rows. */
function contradicts(held: readonly Condition[], { filters }: SimpleMetric): boolean {
  return filters.some((one) =>
    held.some(
      (other) =>
        other.dimension === one.dimension &&
        ((chosen(one) && chosen(other) && !one.values.some((value) => other.values.includes(value))) ||
          (one.op === 'is_null' && other.op === 'is_not_null') ||
          (one.op === 'is_not_null' && other.op === 'is_null')),
    ),
  );
}

/** What makes a row one of those that a figure counts. */
function conditionsOf(
  catalogue: Catalogue,
  previous: QueryPlan,
  { filters, timeDimension }: SimpleMetric,
): readonly { readonly any: Filter[] }[] {
  if (filters.length > 0)
    return filters.map(({ dimension, op, values }) => ({ any: [{ dimension, op, values: [...values] }] }));
  const own = timeOf(catalogue, previous);
  // "How many of those were solved": those that have such a date.
  return timeDimension === null || timeDimension === own
    ? []
    : [{ any: [{ dimension: timeDimension, op: 'is_not_null', values: [] }] }];
}

function timeOf(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list')
    return plan.timeDimension ?? catalogue.entities.get(plan.entity)?.defaultTime ?? null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  return metric?.type === 'simple' ? metric.timeDimension : null;
}
