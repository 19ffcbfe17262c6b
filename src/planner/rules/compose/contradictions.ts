import type { SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Filter } from '../../../query/metric-query.ts';
import type { Span } from '../span.ts';
import { type Draft, meaningsOf } from './draft.ts';
import { refuse } from './problem.ts';

/**
 * "How many subscriptions are on trial": of records that are counted in one state by themselves, those in another one are
 * told by the list of them.
 */
export function listOtherStates(draft: Draft): void {
  const [metric, another] = draft.metrics;
  if (!draft.isImplied || metric?.type !== 'simple' || another || draft.groupBy.length > 0) return;
  if (!conditionAgainst(draft, metric) || draft.understood.time.range !== null) return;
  draft.metrics = [];
  draft.isDated = true;
}

/**
 * "Plays: how many open, done, cancelled" heard as cancelled ones among the open: a condition that the figure's own rules
 * out would always give nought. Two counts of which one found no figure are no answer either.
 */
export function refuseContradictions(draft: Draft): void {
  const { metrics, where, understood } = draft;
  for (const metric of metrics) {
    const against = metric.type === 'simple' && conditionAgainst(draft, metric);
    if (against)
      throw refuse('unclear', `“${against.values.join(' or ')}” is nothing that ${metric.label} can be`, [
        metric.id,
      ]);
  }
  refuseTwoStates(draft);
  const { tokens, text } = understood.reading;
  // "Sold of Vault and of the storage stuff": one and the other, which no row can both be.
  if (where.length > 1 && /\band of (?:the|our|my)\b/i.test(text))
    throw refuse('unclear', '“and of” between different properties');
  refuseEarlierState(draft);
  const counts = tokens.filter(({ word, index }) => word === 'how' && tokens[index + 1]?.lower === 'many');
  if (counts.length > 1 && metrics.length === 1) throw refuse('unclear', 'two counts at once');
}

/** "Resolved" and "not resolved" of the same rows: what no row can be would be told as none. */
function refuseTwoStates({ catalogue, where, metrics }: Draft): void {
  const own = metrics.flatMap((one) => (one.type === 'simple' ? one.filters : []));
  const all: readonly {
    readonly dimension: string;
    readonly op: string;
    readonly values: readonly (string | number | boolean)[];
  }[] = [...where.flatMap(({ any }) => (any.length === 1 ? any : [])), ...own];
  const states = all.filter(({ dimension }) => catalogue.dimensions.get(dimension)?.path === 'status');
  for (const one of states)
    for (const other of states) {
      const isOut = other.op === 'not_in' || other.op === 'neq';
      if (one.dimension !== other.dimension || !isOneOf(one.op) || !isOut) continue;
      if (one.values.every((value) => other.values.includes(value)))
        throw refuse('unclear', `both ${one.values.join(' or ')} and not`);
    }
}

/** "Accounts that fell from good to warning": what they were before they changed, where nothing keeps that. */
function refuseEarlierState({ where, metrics, groupBy, understood: { spans, reading } }: Draft): void {
  const valuesOf = (span: Span): readonly string[] =>
    meaningsOf(span, 'value').map(({ dimension }) => dimension);
  const said = (at: number): string => reading.tokens[at]?.lower ?? '';
  const grouped = groupBy.flatMap((one) => ('dimension' in one ? [one.dimension] : []));
  for (const [at, span] of spans.entries()) {
    // "Which accounts fell a health band": from which one, nobody can tell.
    const before = /^(?:a|an|one|their|its|the|of)$/.test(said(span.from - 1))
      ? said(span.from - 2)
      : said(span.from - 1);
    const isMoved =
      grouped.includes('time') &&
      /^(?:fell|fallen|changed|dropped|moved|slipped|rose|risen|climbed|switched)$/.test(before);
    if (isMoved && meaningsOf(span, 'dimension').some(({ id }) => grouped.includes(id)))
      throw refuse(
        'no_field',
        `the ${span.words} before it changed`,
        metrics.map(({ id }) => id),
      );
    const next = spans[at + 1];
    if (next === undefined || said(span.from - 1) !== 'from' || !/^(?:to|into)$/.test(said(next.from - 1)))
      continue;
    const shared = valuesOf(span).filter((id) => valuesOf(next).includes(id));
    if (
      where.some(({ any }) =>
        any.some(({ dimension, values }) => shared.includes(dimension) && values.length > 1),
      )
    )
      throw refuse(
        'no_field',
        `what was ${span.words} and became ${next.words}`,
        metrics.map(({ id }) => id),
      );
  }
}

/** What was said that no row of the figure can be, by the rules that are its own. */
function conditionAgainst({ where }: Draft, { filters }: SimpleMetric): Filter | undefined {
  const fixed = filters.filter(({ replaceable, op }) => !replaceable && isOneOf(op));
  return where
    .flatMap(({ any }) => (any.length === 1 ? any : []))
    .find((one) => fixed.some((own) => one.dimension === own.dimension && excludes(one, own.values)));
}

const isOneOf = (op: string): boolean => op === 'eq' || op === 'in';

const excludes = ({ op, values }: Filter, kept: readonly (string | number | boolean)[]): boolean =>
  isOneOf(op) && values.every((value) => !kept.includes(value));
