import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Filter, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import { chooseMetrics, impliedMetric } from '../compose/choose-metrics.ts';
import { settleQualifiers } from '../compose/compose-plan.ts';
import { type Draft, entityOfSpan, meaningsOf, newDraft, timeDimensionOf } from '../compose/draft.ts';
import { addFilters } from '../compose/filters.ts';
import { addGroupings, groupMarker } from '../compose/group-by.ts';
import { directionOf } from '../compose/lanes.ts';
import { leftovers } from '../compose/leftovers.ts';
import { refuse } from '../compose/problem.ts';
import { namingDimension } from '../compose/reach.ts';
import type { Span } from '../match-vocabulary.ts';
import type { Understanding } from '../understand.ts';
import type { Cue } from './cue.ts';

type Changes = Omit<PlanPatch, 'kind'>;

/**
 * What the words of a follow-up change: figures, groups, conditions, range, ranking, whose rows.
 *
 * @throws Unplannable for a word that found no place, and where the reader must choose
 */
export function patchFromWords(
  catalogue: Catalogue,
  previous: QueryPlan,
  cue: Cue,
  read: Understanding,
): Changes {
  const own = ownMetrics(catalogue, previous);
  const entity =
    previous.kind === 'list' ? previous.entity : (entityOf(catalogue, own[0] as MetricDefinition)?.id ?? '');
  const understood = { ...read, spans: read.spans.map((span) => asValue(catalogue, entity, span)) };
  const draft = newDraft(catalogue, understood, {
    metrics: own,
    isImplied: previous.kind === 'list',
    entity,
  });
  const dropped = previous.kind === 'metric' || previous.where.length > 0 ? dropNamed(draft, previous) : {};
  const figures = readFigures(draft, previous, cue);
  addGroupings(draft);
  const groups = draft.groupBy;
  if (previous.kind === 'metric') draft.groupBy = [...groups, ...previous.groupBy];
  addFilters(draft);
  settleQualifiers(draft);
  const others = figures.metrics || figures.entity ? {} : readOtherRows(draft, previous, cue);
  settleOwnerVerbs(draft);
  const left = leftovers(draft);
  if (left.length > 0)
    throw refuse(
      'unknown_word',
      left.join(', '),
      own.map(({ id }) => id),
    );
  // Words that only a whole question can place.
  if (read.both !== null || read.past !== null) throw refuse('unclear', 'ask this as a question of its own');
  const splits = [...groups, ...(previous.kind === 'metric' ? previous.groupBy : [])];
  if (read.kind.isWho && splits.length === 0)
    throw refuse('unclear', 'ask this as a question of its own, with “by” and what to split by');
  if (understood.time.conflict !== null)
    throw refuse('unclear', `two periods at once: ${understood.time.conflict}`);
  return {
    ...dropped,
    ...(previous.kind === 'metric' && isAskedForRecords(read) && { to: 'list' as const }),
    ...figures,
    ...others,
    ...groupChange(groups, cue, understood),
    ...whereChange(draft.where, cue),
    ...(draft.having.length > 0 && { having: draft.having }),
    ...(understood.subject !== 'none' && { subject: understood.subject }),
    ...timeChange(understood),
    ...rankingChange(draft, previous, groups),
  };
}

/** "Only critical ones, list them". */
function isAskedForRecords({ reading }: Understanding): boolean {
  return reading.tokens.some(
    ({ word, index }) =>
      word === 'list' && /^(?:them|those|the|these|all|which|)$/.test(reading.tokens[index + 1]?.word ?? ''),
  );
}

/** "assigned to Ada": the name says it all, even where a figure has "assigned" in its name. */
function settleOwnerVerbs(draft: Draft): void {
  const { reading, spans, names } = draft.understood;
  for (const span of spans) {
    const isVerb = /^(?:owned|handled|assigned|managed|worked|led|run)$/.test(
      reading.tokens[span.from]?.word ?? '',
    );
    const isFollowed = names.some(({ from }) => from >= span.to && from - span.to <= 1);
    if (isVerb && span.indexes.length === 1 && isFollowed) draft.used.add(span);
  }
}

function ownMetrics(catalogue: Catalogue, plan: QueryPlan): readonly MetricDefinition[] {
  return plan.kind === 'list' ? [] : plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []);
}

/** "only open ones": beside a plan, a word that is a value of its rows is that value, even if a figure is called so. */
function asValue(catalogue: Catalogue, entity: string, span: Span): Span {
  const values = meaningsOf(span, 'value').filter((one) => {
    const dimension = catalogue.dimensions.get(one.dimension);
    return dimension !== undefined && findWay(catalogue, entity, dimension) !== null;
  });
  return values.length === 0
    ? span
    : { ...span, meanings: span.meanings.filter(({ kind }) => kind !== 'metric') };
}

/** "without the region filter", "drop the split by team": names of what is in the plan. */
function dropNamed(draft: Draft, previous: QueryPlan): Changes {
  const { reading, spans } = draft.understood;
  const [first] = reading.tokens;
  if (!first || !/^(?:without|no|all|any)$/.test(first.word)) return {};
  const filtered = previous.where.flatMap(({ any }) => any.map(({ dimension }) => dimension));
  const grouped = previous.kind === 'metric' ? previous.groupBy.map(({ dimension }) => dimension) : [];
  const groups: string[] = [];
  const conditions: string[] = [];
  for (const span of spans) {
    const ids = meaningsOf(span, 'dimension').map(({ id }) => id);
    const naming = meaningsOf(span, 'entity').flatMap(({ id }) => namingDimension(draft.catalogue, id) ?? []);
    const named = [...ids, ...naming];
    const group = named.find((id) => grouped.includes(id));
    const condition = named.find((id) => filtered.includes(id));
    if (group === undefined && condition === undefined) continue;
    if (condition !== undefined) conditions.push(condition);
    else if (group !== undefined) groups.push(group);
    draft.used.add(span);
    draft.usedTokens.add(0);
  }
  for (const token of reading.tokens)
    if (draft.usedTokens.has(0) && /^(?:filter|condition|grouping|restriction)$/.test(token.word))
      draft.usedTokens.add(token.index);
  return {
    ...(groups.length > 0 && {
      groupBy: { op: 'remove' as const, groups: groups.map((dimension) => ({ dimension })) },
    }),
    ...(conditions.length > 0 && { dropWhere: conditions }),
  };
}

/** "same for csat", "and escalations raised": other figures, or one more. */
function readFigures(draft: Draft, previous: QueryPlan, cue: Cue): Changes {
  const { catalogue, understood } = draft;
  const isFigure = (span: Span) =>
    meaningsOf(span, 'metric').length > 0 &&
    entityOfSpan(catalogue, span) === null &&
    !groupMarker(draft, span);
  if (!understood.spans.some(isFigure)) return {};
  const own = draft.metrics;
  const { figures, isImplied } = chooseMetrics(draft);
  if (isImplied || figures.length === 0) return {};
  // "over 50k ARR" and "by open tickets" leave the figures alone when they are there already.
  const named = new Set(own.map(({ id }) => id));
  const ids = figures.map((candidates) => pickLike(catalogue, own, candidates));
  const tie = ids.find((candidates) => candidates.length > 1);
  if (tie) throw refuse('unclear', `these words fit several figures: ${labels(catalogue, tie)}`, tie);
  const chosen = ids.flatMap(([id]) => id ?? []);
  if (chosen.every((id) => named.has(id))) return {};
  const [first] = chosen.flatMap((id) => catalogue.metrics.get(id) ?? []);
  draft.metrics = [...own, ...chosen.flatMap((id) => catalogue.metrics.get(id) ?? [])];
  if (first) draft.entity = entityOf(catalogue, first)?.id ?? draft.entity;
  const op = cue.isWider && previous.kind === 'metric' ? 'add' : 'replace';
  return { metrics: { op, ids: chosen.slice(0, 4) } };
}

/** Of several figures with one name those of the same kind as before: events after events, states after states. */
function pickLike(
  catalogue: Catalogue,
  own: readonly MetricDefinition[],
  candidates: readonly string[],
): readonly string[] {
  const [first] = own;
  if (candidates.length < 2 || !first) return candidates;
  const isTimed = timeDimensionOf(catalogue, first) !== null;
  const alike = candidates.filter((id) => {
    const metric = catalogue.metrics.get(id);
    return metric !== undefined && (timeDimensionOf(catalogue, metric) !== null) === isTimed;
  });
  return alike.length > 0 ? alike : candidates;
}

const labels = (catalogue: Catalogue, ids: readonly string[]): string =>
  ids.map((id) => catalogue.metrics.get(id)?.label ?? id).join(', ');

/** "what about escalations" speaks of other rows; "which customers" splits the figure by them. */
function readOtherRows(draft: Draft, previous: QueryPlan, cue: Cue): Changes {
  const { catalogue, understood } = draft;
  const span = understood.spans.find(
    (one) => !draft.used.has(one) && entityOfSpan(catalogue, one) !== null && !groupMarker(draft, one),
  );
  const entity = span ? entityOfSpan(catalogue, span) : null;
  if (!span || entity === null) return {};
  const asksWhich = /^(?:which|who|whose)$/.test(
    understood.reading.tokens.find(({ word }) => word !== 'for')?.word ?? '',
  );
  if (asksWhich) {
    draft.used.add(span);
    if (entity === draft.entity) return { to: 'list' };
    const dimension = namingDimension(catalogue, entity);
    if (dimension === null) throw refuse('no_field', span.words);
    return { groupBy: { op: 'add', groups: [{ dimension }] } };
  }
  if (cue.mode !== 'swap' && cue.mode !== 'add') return {};
  draft.used.add(span);
  if (previous.kind === 'list') return { entity };
  const metric = impliedMetric(draft, entity);
  if (!metric) throw refuse('no_metric', span.words);
  return { metrics: { op: cue.isWider ? 'add' : 'replace', ids: [metric.id] } };
}

function groupChange(groups: MetricPlan['groupBy'], cue: Cue, understood: Understanding): Changes {
  if (groups.length === 0) return {};
  // A course goes beside the groups, and groups go beside a course said as a trend.
  const isTrend = understood.kind.isTrend && groups.every(({ dimension }) => dimension === metricTime);
  const op = (cue.mode === 'add' || isTrend) && !cue.toCount ? 'add' : 'replace';
  return { groupBy: { op, groups } };
}

function whereChange(where: readonly { readonly any: Filter[] }[], cue: Cue): Changes {
  if (where.length === 0) return {};
  return {
    where: { op: cue.isWider ? 'widen' : 'replace', all: where.map(({ any }) => ({ any: [...any] })) },
  };
}

function timeChange({ time }: Understanding): Changes {
  return {
    ...(time.range !== null && { time: time.range }),
    ...(time.compare !== 'none' && { compare: time.compare }),
  };
}

/** "top 5", "the worst three": needs groups, said now or before. */
function rankingChange(draft: Draft, previous: QueryPlan, groups: MetricPlan['groupBy']): Changes {
  const { ranking, reading } = draft.understood;
  if (!ranking) return {};
  const limit = ranking.n ?? 10;
  const words = reading.tokens[ranking.at]?.text ?? '';
  if (previous.kind === 'list' && groups.length === 0) {
    const isByTime = ranking.direction === 'newest' || ranking.direction === 'oldest';
    const by = previous.timeDimension ?? draft.catalogue.entities.get(previous.entity)?.defaultTime;
    // "The longest" of a list needs a field to order by; "top 5" keeps the order there is.
    if (!isByTime && ranking.n === null) throw refuse('unclear', `“${words}” by what?`);
    if (!isByTime || !by) return { limit: Math.min(25, limit) };
    return {
      limit: Math.min(25, limit),
      orderBy: [{ by, direction: ranking.direction === 'newest' ? 'desc' : 'asc' }],
    };
  }
  const grouped = groups.length > 0 || (previous.kind === 'metric' && previous.groupBy.length > 0);
  const metric = draft.metrics.at(-1);
  if (!grouped || !metric)
    throw refuse('unclear', `“${words}” of what? Say by what to split, for example “top 5 customers”`);
  if (ranking.direction === 'newest' || ranking.direction === 'oldest')
    throw refuse('unclear', `“${words}” can only order records`);
  return { limit, orderBy: [{ by: metric.id, direction: directionOf(ranking.direction, metric) }] };
}
