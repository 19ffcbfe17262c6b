import { type Catalogue, metricTime } from '../../../catalogue/catalogue.ts';
import { entityOf, namesOf, simpleParts } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { Filter, MetricPlan, QueryPlan, TimeRange } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import { applyPatch } from '../../followup/apply-patch.ts';
import { countOf, listBehind } from '../../followup/convert-plan.ts';
import type { PlanRequest } from '../../planner.ts';
import { entityOfSpan, meaningsOf, newDraft } from '../compose/draft.ts';
import { placeTime } from '../compose/place-time.ts';
import { type Composed, refuse, Unplannable } from '../compose/problem.ts';
import { isToldByMonth } from '../compose/state-course.ts';
import { tells, toCome } from '../date-events.ts';
import { civilDateIn } from '../time/civil-date.ts';
import { type Understanding, understand } from '../understand.ts';
import { wordsOf } from '../vocabulary.ts';
import { askedColumns, askedKeepers } from './asked-columns.ts';
import { comparison, rangeOf } from './comparison.ts';
import { withoutContradiction } from './contradiction.ts';
import { readCue } from './cue.ts';
import { allRows, type Cue, type MovedBack } from './cue-rule.ts';
import { askRecords, withNoChange } from './follow-up-problems.ts';
import { hear, readable } from './hear.ts';
import { insteadOf, isOwnMeasure } from './instead-of.ts';
import { moveBack } from './move-back.ts';
import { changeOf, nextRows } from './next-rows.ts';
import { ofThoseRows, withOthers } from './of-those-rows.ts';
import { openInstead } from './open-instead.ts';
import { amountBehind, countBehind, rateOver, shareOf, withAggregate } from './other-measure.ts';
import { entityOfPlan, patchFromWords } from './patch-from-words.ts';
import { ofTheChange, rankedMovement } from './ranked-movement.ts';
import { inSameDirection } from './same-direction.ts';
import { someGroups } from './shown-groups.ts';
import { sortByAll } from './sort-by.ts';
import { theRest } from './the-rest.ts';
import { turnedRank } from './turned-rank.ts';
import { bothRanges } from './wider-time.ts';

/** What a text makes of the plan before it; null: nothing, it is no follow-up. */
export interface FollowUp {
  readonly composed: Composed;
  readonly cue: Cue;
  readonly understood: Understanding | null;
}

/** Reads a text as a change of the plan before it, with the same slots as a whole question. */
export function readFollowUp(request: PlanRequest, previous: QueryPlan): FollowUp {
  const found = readOnce(request, previous, withRowsMeant(readCue(request.question), previous));
  const { cue, composed } = found;
  // "By Naomi only": nobody is split by a name.
  if (composed.kind !== 'refuse' || composed.reason !== 'unknown_word' || !/^by \S/i.test(cue.rest))
    return found;
  const again = readOnce(request, previous, { ...cue, rest: cue.rest.replace(/^by /i, 'of ') });
  return again.composed.kind === 'plan' ? again : found;
}

function readOnce(request: PlanRequest, previous: QueryPlan, cue: Cue): FollowUp {
  const understood = hear(request, previous, readable(cue, previous));
  try {
    return { cue, understood, composed: compose(request, previous, cue, understood) };
  } catch (error) {
    if (error instanceof Unplannable) return { cue, understood, composed: error.problem };
    throw error;
  }
}

/** "Total ARR", "average age" after a list: of the records that are listed. */
function withRowsMeant(cue: Cue, previous: QueryPlan): Cue {
  const isOfRows =
    previous.kind === 'list' &&
    !cue.isQuestion &&
    /^(?:the )?(?:total|combined|summed|sum of|average|avg|mean|median)\b(?! (?:of|for|in|by|per)\b)(?: [\p{L}-]+){1,4}$/iu.test(
      cue.rest,
    );
  return isOfRows ? { ...cue, isStrong: true, isOfThose: true } : cue;
}

function compose(
  request: PlanRequest,
  asked: QueryPlan,
  cue: Cue,
  understood: Understanding | null,
): Composed {
  const { catalogue } = request;
  const rest = cue.restOf === null ? null : theRest(catalogue, asked, cue.restOf);
  const before = rest?.plan ?? asked;
  if (cue.isExport) throw refuse('action', 'as a file; press Export under the answer');
  // A part is told as a share of its whole already.
  if (
    before.kind === 'metric' &&
    before.part !== undefined &&
    cue.transform === 'share' &&
    understood === null
  )
    return { kind: 'plan', plan: before };
  const turned = turnedRank(catalogue, before, request.question);
  if (turned) return { kind: 'plan', plan: turned };
  const columns = askedColumns(request, before, cue);
  if (columns !== null && columns.length > 0) return shownWith(catalogue, before, { columns: [...columns] });
  const groupBy = askedKeepers(request, before);
  if (groupBy) return shownWith(catalogue, before, { groupBy });
  const movement = rankedMovement(request, before);
  if (movement) return patched(catalogue, before, movement);
  const isOfCount = cue.insteadOf !== null && isOwnMeasure(cue.insteadOf);
  const asksCount =
    cue.toCount ||
    (isOfCount && understood !== null && understood.kind.countAt !== null) ||
    (cue.isPointing && understood !== null && understood.kind.countAt !== null);
  const counted =
    asksCount && countsOwn(catalogue, before, understood) ? countBehind(catalogue, before) : null;
  const moved = counted ?? otherForm(catalogue, before, cue) ?? movedTo(catalogue, before, cue);
  const previous = moved ?? before;
  if (cue.asksStanding) return standing(catalogue, before, rest?.dimension ?? null);
  if (cue.toList && understood === null && cue.sortedBy === null) {
    const asked = askRecords(catalogue, previous, (patch) => applyPatch(catalogue, previous, patch));
    if (asked) return asked;
  }
  const patch: PlanPatch = { kind: 'patch', ...patchFromCue(request, previous, cue) };
  const said = understood
    ? patchFromWords({
        catalogue,
        previous,
        cue,
        read: understood,
        isCounting: counted !== null,
        moment: request,
      })
    : {};
  const isPercent = understood?.numbers.every((one) => one.isPercent) === true;
  const having = ofTheChange(previous, said.having, isPercent);
  const words = having ? { ...said, having } : said;
  const changes: PlanPatch = {
    ...patch,
    ...words,
    ...insteadPatch(request, previous, cue, { ...patch, ...words }),
  };
  const shown = figuresOfShown(request, previous, changes);
  const { base, patch: kept } =
    shown ?? onThoseRows(request, previous, cue, withoutOwnPart(catalogue, previous, changes));
  const { time: range, ...others } = kept;
  const time = range === undefined ? undefined : withWider(request, base, cue, range, understood);
  const skip = rest?.plan.skip;
  const all: PlanPatch = {
    ...others,
    ...(base.kind === 'list' && time && { time }),
    ...(skip !== undefined && { skip }),
  };
  if (cue.sortedBy === null && time === undefined && moved === null && base === previous && rest === null)
    withNoChange(all);
  const applied = applyPatch(catalogue, base, all);
  if (!applied.ok) throw unfit(applied.issues.map(({ code, message }) => ({ code, message })));
  const plan = placed(request, applied.value, time, understood);
  const sorted = cue.sortedBy === null ? null : sortByAll(catalogue, plan, cue.sortedBy);
  if (cue.sortedBy !== null && sorted === null) throw refuse('no_field', cue.sortedBy);
  const ordered = sorted ? applyPatch(catalogue, plan, { kind: 'patch', orderBy: [...sorted] }) : null;
  if (ordered && !ordered.ok) throw unfit(ordered.issues);
  const found = withoutContradiction(catalogue, ordered?.value ?? plan, howMany.test(request.question));
  const isSwap = cue.mode === 'swap' && found.kind === 'list';
  if (shown !== null) return { kind: 'plan', plan: found, ofGroups: shown.groups };
  const swapped = isSwap ? openInstead(catalogue, before, found) : found;
  const counts = ofEach.test(request.question) ? ofGroupsShown(before, swapped, request.question) : null;
  return counts ?? withGroupsShown(before, swapped);
}

/** "How many tickets is that each" after the five worst of something: of those five. */
function ofGroupsShown(before: QueryPlan, plan: QueryPlan, question: string): Composed | null {
  const groups = someGroups(before);
  if (groups === null || plan.kind !== 'metric') return null;
  const isSameFigure = plan.metrics.some((id) => groups.metrics.includes(id));
  // "Their urgent tickets": fewer of the same records, and still theirs.
  const isTheirs = /^(?:and )?(?:only )?their\b/i.test(question) && plan.where.length > groups.where.length;
  if (isSameFigure && !isTheirs) return null;
  const isSame = JSON.stringify(plan.groupBy) === JSON.stringify(groups.groupBy);
  return isSame
    ? { kind: 'plan', plan: { ...plan, orderBy: [], having: [], limit: 20 }, ofGroups: groups }
    : null;
}

const ofEach = /\b(?:each|their|theirs|for (?:them|those|these))\b/i;

/**
 * "Their win rates", "how many tickets is that each" after the five largest of something: another figure of those five, in
 * their place among all by nothing but their names.
 */
function figuresOfShown(
  { catalogue, question }: PlanRequest,
  previous: QueryPlan,
  changes: PlanPatch,
): { readonly base: QueryPlan; readonly patch: PlanPatch; readonly groups: MetricPlan } | null {
  const groups = someGroups(previous);
  const [id, another] = changes.metrics?.op === 'replace' ? changes.metrics.ids : [];
  const metric = another === undefined ? catalogue.metrics.get(id ?? '') : undefined;
  const isOther = changes.groupBy !== undefined || changes.limit !== undefined || changes.to !== undefined;
  if (groups === null || metric === undefined || isOther || !ofEach.test(question)) return null;
  const entity = entityOf(catalogue, metric)?.id;
  const isReached = groups.groupBy.every(({ dimension }) => {
    const known = catalogue.dimensions.get(dimension);
    return entity !== undefined && known !== undefined && findWay(catalogue, entity, known) !== null;
  });
  if (!isReached || groups.metrics.includes(metric.id)) return null;
  // What is open now is so whatever the period before was.
  const isState = simpleParts(catalogue, metric).every(({ timeDimension }) => timeDimension === null);
  const time = isState ? null : groups.time;
  const base: MetricPlan = { ...groups, time, orderBy: [], having: [], limit: 20 };
  return { base, patch: changes, groups };
}

const howMany = /^(?:and |so |but )?how many\b/i;

/** Records of a ranking are those of its groups that were shown. */
function withGroupsShown(before: QueryPlan, plan: QueryPlan): Composed {
  const groups = plan.kind === 'list' ? someGroups(before) : null;
  return { kind: 'plan', plan, ...(groups && { ofGroups: groups }) };
}

/** Months that a date of the rows may still lie in; and both periods, where one more is asked for. */
function withWider(
  { catalogue, now, zone, fiscalStartMonth = 1 }: PlanRequest,
  before: QueryPlan,
  cue: Cue,
  said: TimeRange,
  understood: Understanding | null,
): TimeRange {
  const today = { ...civilDateIn(zone, now), fiscalStartMonth };
  const isAhead =
    before.kind === 'list' && before.time !== null && tells(catalogue, before.timeDimension, toCome);
  const read = isAhead ? (understood?.time.coming ?? said) : said;
  const time = inSameDirection(before.time, read, today);
  if (!cue.isWider || before.time === null) return time;
  const both = bothRanges(before.time, time, today);
  if (both === null) throw refuse('unclear', 'two periods apart; ask for each by itself');
  return both;
}

/** "And the rest, where do they stand": split by what they are told apart by. */
function standing(catalogue: Catalogue, before: QueryPlan, known: string | null): Composed {
  const dimension = known ?? before.where.at(-1)?.any[0]?.dimension ?? null;
  if (dimension === null) throw refuse('unclear', 'by what to tell where they stand');
  const groupBy = { op: 'replace' as const, groups: [{ dimension }] };
  const applied = applyPatch(catalogue, before, { kind: 'patch', groupBy });
  if (!applied.ok) throw unfit(applied.issues);
  return { kind: 'plan', plan: applied.value };
}

function shownWith(
  catalogue: Catalogue,
  before: QueryPlan,
  added: Pick<PlanPatch, 'columns' | 'groupBy'>,
): Composed {
  return patched(catalogue, before, { kind: 'patch', ...added });
}

function patched(catalogue: Catalogue, before: QueryPlan, patch: PlanPatch): Composed {
  const applied = applyPatch(catalogue, before, patch);
  if (!applied.ok) throw unfit(applied.issues);
  return { kind: 'plan', plan: applied.value };
}

/** "How many deals is that" after their amount; "how many tickets is that" asks for other records. */
function countsOwn(catalogue: Catalogue, before: QueryPlan, understood: Understanding | null): boolean {
  const entity = entityOfPlan(catalogue, before);
  const heads = (understood?.spans ?? []).filter(
    (span) =>
      meaningsOf(span, 'metric').length + meaningsOf(span, 'entity').length > 0 &&
      !/^(?:by|per|each|every)$/.test(understood?.reading.tokens[span.from - 1]?.word ?? ''),
  );
  return heads.every(
    (span) =>
      entityOfSpan(catalogue, span) === entity ||
      meaningsOf(span, 'value').length > 0 ||
      meaningsOf(span, 'metric').some(({ id }) => {
        const metric = catalogue.metrics.get(id);
        return metric !== undefined && entityOf(catalogue, metric)?.id === entity;
      }),
  );
}

/** Records are compared by their number, and a number is sorted as the records that it counts. */
function otherForm(catalogue: Catalogue, before: QueryPlan, cue: Cue): QueryPlan | null {
  const isCompared = before.kind === 'list' && cue.comparedWith !== null && before.time !== null;
  const isSorted =
    before.kind === 'metric' &&
    before.groupBy.length === 0 &&
    cue.sortedBy !== null &&
    before.part === undefined;
  const found = isCompared ? countOf(catalogue, before) : isSorted ? listBehind(catalogue, before) : null;
  return found?.ok ? found.value : null;
}

/** The plan before as its amounts, or as the part of a whole. */
function movedTo(catalogue: Catalogue, before: QueryPlan, cue: Cue): QueryPlan | null {
  if (cue.toAmount) return amountBehind(catalogue, before);
  if (cue.rateOf === null || rateOver(catalogue, before, cue.rateOf)) return null;
  return shareOf(catalogue, before, cue.rateOf);
}

/** "How much ARR is that": a figure of those rows starts from them, not from the figure before. */
function onThoseRows(
  request: PlanRequest,
  previous: QueryPlan,
  cue: Cue,
  changes: PlanPatch,
): { readonly base: QueryPlan; readonly patch: PlanPatch } {
  const { metrics: wish, to: _, ...patch } = changes;
  const metric =
    wish?.op === 'replace' && wish.ids.length === 1
      ? request.catalogue.metrics.get(wish.ids[0] ?? '')
      : undefined;
  if (!metric || !(cue.isOfThose || cue.isCounted)) return { base: previous, patch: changes };
  // "How many of those have open tickets": they, not their tickets.
  if (cue.isCounted) return { base: withOthers(request.catalogue, previous, metric), patch };
  return { base: ofThoseRows(request.catalogue, previous, metric, request), patch };
}

/** "Conversion rate" after "how many converted": of all of them, as the rate itself counts those that did. */
function withoutOwnPart(catalogue: Catalogue, previous: QueryPlan, changes: PlanPatch): PlanPatch {
  const [id, another] = changes.metrics?.op === 'replace' ? changes.metrics.ids : [];
  const metric = catalogue.metrics.get(id ?? '');
  if (metric?.type !== 'ratio' || another !== undefined || changes.dropWhere !== undefined) return changes;
  const part = catalogue.metrics.get(metric.numerator);
  const own = new Set(part?.type === 'simple' ? part.filters.map(keyOf) : []);
  const names = new Set(part ? namesOf(part).flatMap((name) => wordsOf(name)) : []);
  const isOwn = (filter: Filter): boolean =>
    own.has(keyOf(filter)) ||
    (filter.op === 'eq' && filter.values.every((value) => typeof value === 'string' && names.has(value)));
  const dropped = previous.where.flatMap(({ any: [filter, more] }) =>
    filter && !more && isOwn(filter) ? [filter.dimension] : [],
  );
  return dropped.length === 0 ? changes : { ...changes, dropWhere: dropped };
}

const keyOf = ({
  dimension,
  op,
  values,
}: Pick<Filter, 'dimension' | 'op'> & { readonly values: readonly unknown[] }) =>
  JSON.stringify([dimension, op, values]);

function unfit(issues: readonly { readonly code: string; readonly message: string }[]): Unplannable {
  const detail = issues.map(({ message }) => message.replace(/[.]$/, '')).join('; ');
  const isField = issues.some(({ code }) => /dimension|groupable|filterable/.test(code));
  return refuse(isField ? 'no_field' : 'unclear', detail);
}

function patchFromCue(request: PlanRequest, previous: QueryPlan, cue: Cue): Omit<PlanPatch, 'kind'> {
  // "Everything again" after "only EMEA": without it; of records, as many as can be shown.
  const isEverything = cue.limit === allRows && previous.kind === 'metric' && previous.where.length > 0;
  const patch: Omit<PlanPatch, 'kind'> = {
    ...(cue.toList && { to: 'list' as const }),
    ...(cue.subject !== null && { subject: cue.subject }),
    ...(cue.transform !== null && { transform: cue.transform }),
    ...(cue.window !== null && cue.window >= 2 && { window: cue.window }),
    ...(cue.includeEmpty !== null && { includeEmpty: cue.includeEmpty }),
    ...(cue.includeEmpty === true &&
      cue.mode === 'only' &&
      previous.kind === 'metric' && {
        having: previous.metrics.slice(0, 1).map((metric) => ({ metric, op: 'eq' as const, value: 0 })),
      }),
    ...(cue.limit !== null && !isEverything && { limit: Math.min(100, Math.max(1, cue.limit)) }),
    ...(cue.anyTime && { time: { kind: 'all' as const } }),
    ...((cue.unfiltered || isEverything) && { dropWhere: 'all' as const }),
    ...((cue.ungrouped || (cue.toCount && previous.kind === 'metric')) && {
      groupBy: { op: 'remove' as const, groups: [] },
    }),
    ...(cue.toCount && previous.kind === 'list' && { to: 'metric' as const }),
    ...chartPatch(request.catalogue, previous, cue),
    ...measurePatch(request.catalogue, previous, cue),
  };
  if (cue.nextRows !== null || cue.place !== null)
    return { ...patch, ...nextRows(request.catalogue, previous, cue) };
  if (cue.asksChange) {
    const { catalogue } = request;
    const apply = (one: PlanPatch): QueryPlan | null => {
      const applied = applyPatch(catalogue, previous, one);
      return applied.ok ? applied.value : null;
    };
    return { ...patch, ...changeOf(catalogue, previous, apply) };
  }
  if (cue.comparedWith !== null) return { ...patch, ...comparison(request, previous, cue.comparedWith) };
  if (cue.movedBack !== null)
    return { ...patch, time: earlier(request, previous, cue.movedBack), compare: 'none' };
  return patch;
}

/** "And the week before": that week alone. */
function earlier(request: PlanRequest, previous: QueryPlan, by: MovedBack): TimeRange {
  const own = rangeOf(request.catalogue, previous);
  const moved = own === null ? null : moveBack(own, by, request);
  if (moved === null)
    throw refuse('unclear', 'the last answer has no period that another one could come before');
  return moved;
}

/** Another measure of the same rows: "median", "as a rate of sent". */
function measurePatch(catalogue: Catalogue, previous: QueryPlan, cue: Cue): Omit<PlanPatch, 'kind'> {
  if (cue.aggregate !== null)
    return { metrics: { op: 'replace', ids: [withAggregate(catalogue, previous, cue.aggregate)] } };
  if (cue.rateOf === null || (previous.kind === 'metric' && previous.part !== undefined)) return {};
  const rate = rateOver(catalogue, previous, cue.rateOf);
  if (rate) return { metrics: { op: 'replace', ids: [rate.id] } };
  const isOfAll = /^(?:the )?(?:all|total|whole|everything|)$/.test(cue.rateOf);
  if (isOfAll && previous.kind === 'metric' && previous.groupBy.length > 0 && previous.where.length === 0)
    return { transform: 'share' };
  throw refuse('no_metric', cue.rateOf === '' ? 'a rate of this' : `a share of ${cue.rateOf}`);
}

function insteadPatch(
  request: PlanRequest,
  previous: QueryPlan,
  cue: Cue,
  changes: Omit<PlanPatch, 'kind'>,
): Omit<PlanPatch, 'kind'> {
  const entity = entityOfPlan(request.catalogue, previous);
  const read = cue.insteadOf === null ? null : hear(request, previous, `by ${cue.insteadOf}`);
  if (cue.insteadOf === null || read === null || entity === null) return {};
  return insteadOf(request.catalogue, previous, { read, words: cue.insteadOf, entity }, changes);
}

/** A single figure has no chart; over time it has. */
function chartPatch(catalogue: Catalogue, previous: QueryPlan, { chart }: Cue): Omit<PlanPatch, 'kind'> {
  if (chart === null) return {};
  if (previous.kind === 'list')
    throw refuse('unclear', 'a list of records has no chart; ask for a number by something');
  if (previous.groupBy.length > 0 || chart === 'table') return { chart };
  if (rangeOf(catalogue, previous) === null)
    throw refuse('unclear', 'a single number has no chart; say by what to split it');
  const metrics = previous.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const group = {
    dimension: metricTime,
    ...(isToldByMonth(catalogue, metrics) && { grain: 'month' as const }),
  };
  return { chart, groupBy: { op: 'add', groups: [group] } };
}

/** Puts a new range where it belongs: a state becomes the event that has one, or the reader is asked. */
function placed(
  { catalogue, now, zone }: PlanRequest,
  plan: QueryPlan,
  range: TimeRange | undefined,
  read: Understanding | null,
): QueryPlan {
  if (range === undefined || (plan.kind === 'list' && plan.time === range)) return plan;
  if (plan.kind === 'list') return { ...plan, time: range };
  const words = read ?? understand('for now', catalogue, now, zone);
  const understood = { ...words, time: { ...words.time, range } };
  const metrics = plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []);
  const [first] = metrics;
  const draft = newDraft(
    catalogue,
    { ...understood, subject: plan.subject },
    {
      metrics,
      entity: first ? (entityOf(catalogue, first)?.id ?? '') : '',
      groupBy: plan.groupBy,
      where: plan.where.map(({ any }) => ({ any: [...any] })),
      having: plan.having,
      time: plan.time,
      compare: plan.compare,
    },
  );
  placeTime(draft);
  const ids = draft.metrics.map(({ id }) => id);
  const applied = applyPatch(
    catalogue,
    { ...plan, time: draft.time, where: draft.where },
    {
      kind: 'patch',
      ...(ids.join() === plan.metrics.join() ? {} : { metrics: { op: 'replace', ids } }),
      groupBy: { op: 'replace', groups: draft.groupBy },
    },
  );
  if (!applied.ok) throw unfit(applied.issues);
  return applied.value;
}
