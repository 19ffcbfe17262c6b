import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { Filter, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import type { PlanRequest } from '../../planner.ts';
import { addCalendarParts } from '../compose/calendar-conditions.ts';
import { chooseMetrics, impliedMetric } from '../compose/choose-metrics.ts';
import {
  type Draft,
  entityOfSpan,
  isCountOf,
  meaningsOf,
  newDraft,
  numericTwin,
  timeDimensionOf,
} from '../compose/draft.ts';
import { addFilters } from '../compose/filters.ts';
import { addGroupings, groupMarker } from '../compose/group-by.ts';
import { leftovers } from '../compose/leftovers.ts';
import { refuse } from '../compose/problem.ts';
import { settleQualifiers } from '../compose/qualifiers.ts';
import { namingDimension, reachable } from '../compose/reach.ts';
import { isDate } from '../date-events.ts';
import { periodCondition } from '../period-condition.ts';
import type { Span } from '../span.ts';
import type { Understanding } from '../understand.ts';
import { timeChange } from './change-period.ts';
import { compareAlone } from './compare-alone.ts';
import type { Cue } from './cue-rule.ts';
import { heardAs } from './heard-as.ts';
import { withNamedKinds } from './named-kind.ts';
import { measureOf, sameMeasure } from './other-measure.ts';
import { rankingChange } from './ranking-change.ts';
import { settlePeople } from './settle-people.ts';

type Changes = Omit<PlanPatch, 'kind'>;

/** What a follow-up is read against. */
export interface Around {
  readonly catalogue: Catalogue;
  readonly previous: QueryPlan;
  readonly cue: Cue;
  readonly read: Understanding;
  /** The plan before is the number of rows that its figure was made of; their name says nothing new. */
  readonly isCounting: boolean;
  /** When it is asked, for periods that are conditions. */
  readonly moment: Pick<PlanRequest, 'now' | 'zone' | 'fiscalStartMonth'>;
}

/** Entity whose rows a plan counts or lists. */
export function entityOfPlan(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list') return plan.entity;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  return metric ? (entityOf(catalogue, metric)?.id ?? null) : null;
}

/**
 * What the words of a follow-up change: figures, groups, conditions, range, ranking, whose rows.
 *
 * @throws Unplannable for a word that found no place, and where the reader must choose
 */
export function patchFromWords(around: Around): Changes {
  const { catalogue, previous, cue, read } = around;
  const own = ownMetrics(catalogue, previous);
  const entity = entityOfPlan(catalogue, previous) ?? '';
  const isGrouped = ({ from }: Span): boolean =>
    /^(?:by|per|each|every|which)$/.test(read.reading.tokens[from - 1]?.word ?? '');
  const heard = read.spans.map((span) => ({
    span,
    heard: heardAs(
      catalogue,
      previous,
      { entity, cue, asksWho: read.kind.isWho, isGrouped: isGrouped(span) },
      span,
    ),
  }));
  const understood = withNamedKinds(catalogue, {
    ...read,
    spans: heard.map((one) => (one.heard.kind === 'words' ? one.heard.span : one.span)),
  });
  const draft = newDraft(catalogue, understood, {
    metrics: own,
    isImplied: previous.kind === 'list',
    entity,
  });
  for (const one of heard) {
    if (one.heard.kind === 'words') continue;
    draft.used.add(one.span);
    if (one.heard.kind === 'condition')
      draft.where.push(...one.heard.all.map(({ any }) => ({ any: [...any] })));
  }
  const isDeedDated = datedDeed(around, draft.where);
  // "Who solved how many" after a list of what was solved: they are it already.
  const by = previous.kind === 'list' ? previous.timeDimension : undefined;
  for (const span of understood.spans)
    if (by !== undefined && meaningsOf(span, 'dimension').some(({ id }) => id === by)) draft.used.add(span);
  if (around.isCounting) settleCounted(draft);
  const asksRecord = settleRecord(draft, previous);
  const dropped = previous.kind === 'metric' || previous.where.length > 0 ? dropNamed(draft, previous) : {};
  const figures = readFigures(draft, previous, cue);
  if (!settlePeople(draft, previous)) addGroupings(draft);
  const groups = draft.groupBy;
  if (previous.kind === 'metric') draft.groupBy = [...groups, ...previous.groupBy];
  const compared = compareAlone(draft, previous);
  addFilters(compared);
  addCalendarParts(draft);
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
  if (read.measures !== null || read.past !== null)
    throw refuse('unclear', 'ask this as a question of its own');
  if (understood.time.conflict !== null)
    throw refuse('unclear', `two periods at once: ${understood.time.conflict}`);
  const having = [...draft.having, ...(compared === draft ? [] : compared.having)];
  return {
    ...dropped,
    ...lane(around),
    ...(asksRecord && { to: 'list' as const }),
    ...figures,
    ...others,
    ...groupChange(withNamesApart(around, groups, draft.where), cue, understood),
    ...whereChange(draft.where, cue),
    ...(having.length > 0 && { having }),
    ...(understood.subject !== 'none' && { subject: understood.subject }),
    ...(!isDeedDated && timeChange(catalogue, previous, understood)),
    ...rankingChange(draft, previous, groups, { ...cue, toList: cue.toList || asksRecord }),
  };
}

/**
 * "Which were solved last month" after tickets that came in earlier: the period is that of the deed, and not of the date that
 * the rows go by.
 *
 * @returns whether the period has become a condition
 */
function datedDeed({ catalogue, previous, read, moment }: Around, where: { any: Filter[] }[]): boolean {
  const { range, compare } = read.time;
  const place = where.findIndex(({ any: [one, another] }) => {
    const isHappened = one?.op === 'is_not_null' && another === undefined;
    return isHappened && isDate(catalogue.dimensions.get(one.dimension));
  });
  const date = where[place]?.any[0]?.dimension;
  if (date === undefined && range !== null && compare === 'none' && isWholeTime(previous)) {
    // "And September" after a figure of the tickets opened in October.
    const [dated, another] = previous.where.filter(({ any: [one, more] }) => {
      const isPeriod = one?.op === 'between' && more === undefined;
      return isPeriod && isDate(catalogue.dimensions.get(one.dimension));
    });
    const of = another === undefined ? dated?.any[0]?.dimension : undefined;
    const other = of === undefined ? null : periodCondition(of, range, moment);
    if (other !== null) where.push({ any: [other] });
    return other !== null;
  }
  if (date === undefined || range === null || compare !== 'none') return false;
  const filter = periodCondition(date, range, moment);
  if (filter !== null) where[place] = { any: [filter] };
  return filter !== null;
}

const isWholeTime = ({ time }: QueryPlan): boolean => time === null || time.kind === 'all';

/** Records or their number. */
function lane({ previous, cue, read }: Around): Changes {
  if (previous.kind === 'list')
    return cue.isCounted || (cue.isPointing && read.kind.countAt !== null) ? { to: 'metric' } : {};
  if (isAskedForRecords(read)) return { to: 'list' };
  // "Which of them is the highest?" of groups is one of the groups.
  return cue.asksWhich !== null && !(read.ranking !== null && previous.groupBy.length > 0)
    ? { to: 'list' }
    : {};
}

/** "What is the largest deal in there": one of the records that the figure is made of. */
function settleRecord(draft: Draft, previous: QueryPlan): boolean {
  const { ranking, spans } = draft.understood;
  if (previous.kind === 'list' || ranking === null) return false;
  const noun = spans.find(
    (span) => span.from > ranking.at && span.from - ranking.at <= 3 && meaningsOf(span, 'value').length === 0,
  );
  const isOwn = noun !== undefined && entityOfSpan(draft.catalogue, noun) === draft.entity;
  const splits = noun !== undefined && meaningsOf(noun, 'dimension').length > 0 && draft.entity === 'account';
  if (!isOwn || splits) return false;
  draft.used.add(noun);
  return true;
}

/** "How many responses is that": the noun is what is counted already. */
function settleCounted(draft: Draft): void {
  for (const span of draft.understood.spans) {
    if (draft.used.has(span) || groupMarker(draft, span)) continue;
    const isNoun =
      entityOfSpan(draft.catalogue, span) === draft.entity ||
      meaningsOf(span, 'metric').some(({ id }) => {
        const metric = draft.catalogue.metrics.get(id);
        return metric !== undefined && isCountOf(draft.catalogue, metric, draft.entity);
      });
    if (isNoun && meaningsOf(span, 'value').length === 0) draft.used.add(span);
  }
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

/** "without the region filter", "drop the split by team": names of what is in the plan. */
function dropNamed(draft: Draft, previous: QueryPlan): Changes {
  const { reading, spans } = draft.understood;
  const first = reading.tokens.find(
    ({ word }) => !/^(?:for|in|from|of|across|over|to|back|show)$/.test(word),
  );
  if (!first || !/^(?:without|no|all|any|every)$/.test(first.word)) return {};
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
    draft.usedTokens.add(first.index);
  }
  for (const token of reading.tokens)
    if (draft.usedTokens.has(first.index) && /^(?:filter|condition|grouping|restriction)$/.test(token.word))
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
  const measured = readMeasure(draft, previous);
  if (measured) return measured;
  if (!understood.spans.some(isFigure)) return {};
  const own = draft.metrics;
  const { figures, isImplied } = chooseMetrics(draft);
  if (isImplied || figures.length === 0) return {};
  // "over 50k ARR" and "by open tickets" leave the figures alone when they are there already.
  const named = new Set(own.map(({ id }) => id));
  const ids = figures.map((candidates) => pickLike(catalogue, own, candidates));
  const tie = ids.find((candidates) => candidates.length > 1);
  if (tie) throw refuse('unclear', `these words fit several figures: ${labels(catalogue, tie)}`, tie);
  const chosen = ids.flatMap(([id]) => (id === undefined ? [] : [sameMeasure(catalogue, own, id)]));
  if (chosen.every((id) => named.has(id))) return {};
  const [first] = chosen.flatMap((id) => catalogue.metrics.get(id) ?? []);
  draft.metrics = [...own, ...chosen.flatMap((id) => catalogue.metrics.get(id) ?? [])];
  if (first) draft.entity = entityOf(catalogue, first)?.id ?? draft.entity;
  // "With margin": beside what is shown, where "same with logins" is of another figure.
  const isWith = cue.mode !== 'swap' && /^(?:and )?(?:with|plus)\b/i.test(understood.reading.text);
  const isBeside = cue.isWider || isWith;
  const op = isBeside && previous.kind === 'metric' ? 'add' : 'replace';
  return { metrics: { op, ids: chosen.slice(0, 4) }, ...ofEachRow(draft, previous, cue) };
}

/**
 * "Which of those have an open escalation" after a list of customers: how many each has, for those that have any. "Only the
 * ones opened this year" after a list of tickets: those of them.
 */
function ofEachRow(
  { catalogue, entity, metrics, understood: { kind } }: Draft,
  previous: QueryPlan,
  cue: Cue,
): Changes {
  const metric = metrics.at(-1);
  if (previous.kind !== 'list' || metric === undefined) return {};
  const isNarrower = entity === previous.entity && kind.countAt === null && !cue.isCounted;
  if (isNarrower && isCountOf(catalogue, metric, entity)) return { to: 'list' };
  const label = cue.asksWhich === null ? null : namingDimension(catalogue, previous.entity);
  if (label === null || !isCountOf(catalogue, metric, entity)) return {};
  return reachable(catalogue, entity, [label]).length === 0
    ? {}
    : { groupBy: { op: 'replace', groups: [{ dimension: label }] } };
}

/** "Average amount" after won deals: that number of the rows which the figure counts. */
function readMeasure(draft: Draft, previous: QueryPlan): Changes | null {
  const { reading, spans } = draft.understood;
  const spoken = reading.tokens.find(
    ({ word, index }) => /^(?:average|median|p90|maximum|minimum)$/.test(word) && reading.isFree(index),
  );
  if (!spoken) return null;
  for (const span of spans) {
    const id = numericTwin(draft.catalogue, span);
    const path = id === null ? undefined : draft.catalogue.dimensions.get(id)?.path;
    const metric = path === undefined ? null : measureOf(draft.catalogue, previous, path, spoken.word);
    if (!metric) continue;
    draft.used.add(span);
    draft.usedTokens.add(spoken.index);
    draft.metrics = [metric];
    return { metrics: { op: 'replace', ids: [metric.id] } };
  }
  return null;
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
  const entity = entityOf(catalogue, first)?.id;
  const narrowed = (ids: readonly string[], isFit: (metric: MetricDefinition) => boolean) => {
    const fit = ids.filter((id) => {
      const metric = catalogue.metrics.get(id);
      return metric !== undefined && isFit(metric);
    });
    return fit.length > 0 ? fit : ids;
  };
  const ofRows = narrowed(candidates, (metric) => entityOf(catalogue, metric)?.id === entity);
  return narrowed(ofRows, (metric) => (timeDimensionOf(catalogue, metric) !== null) === isTimed);
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

/** "And for Aisha as well" after Hannah's: each of them by name, not both in one number. */
function withNamesApart(
  { catalogue, previous, cue, read }: Around,
  groups: MetricPlan['groupBy'],
  where: readonly { readonly any: Filter[] }[],
): MetricPlan['groupBy'] {
  const isOne = previous.kind === 'metric' && previous.groupBy.length === 0 && groups.length === 0;
  if (!cue.isWider || !isOne || read.names.length === 0) return groups;
  const before = new Set(previous.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const [only, another] = where.flatMap(({ any }) => any.map(({ dimension }) => dimension));
  const isShown = only !== undefined && another === undefined && before.has(only);
  return isShown && catalogue.dimensions.get(only)?.groupable === true ? [{ dimension: only }] : groups;
}

function whereChange(where: readonly { readonly any: Filter[] }[], cue: Cue): Changes {
  if (where.length === 0) return {};
  return {
    where: { op: cue.isWider ? 'widen' : 'replace', all: where.map(({ any }) => ({ any: [...any] })) },
  };
}
