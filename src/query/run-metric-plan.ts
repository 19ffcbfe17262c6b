import type { DefaultTime, DimensionDefinition, SimpleMetric } from '../catalogue/catalogue.ts';
import { entityById, findWay, type Way } from '../catalogue/paths.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { upperFirst } from '../toolkit/letter-case.ts';
import type { AnswerColumn, ListTotals } from './answer-data.ts';
import { type Assembled, assemble, type PartResult } from './assemble.ts';
import { buildAggregation, timeType } from './build-aggregation.ts';
import { dimensionColumn } from './cells.ts';
import type { CheckedGroup, CheckedMetricPlan } from './check-metric-plan.ts';
import { alongTime } from './check-transform.ts';
import { compileAggregate, type Group, mostGroups } from './compile/compile-aggregate.ts';
import { currenciesIn, currencyWay, isCurrencyOf, strangeConstant } from './currencies.ts';
import { type EmptyGroups, fillPoints, findEmptyGroups } from './empty-groups.ts';
import { heldAgainstWords } from './held-against-words.ts';
import { courseByDates } from './history/by-dates.ts';
import { readCourse } from './history/read-course.ts';
import { type HistoryQuestion, readFlow } from './history/read-flow.ts';
import type { TimeRange, TimeUnit } from './metric-query.ts';
import { filterWords } from './metric-words.ts';
import { type PartOfWhole, partWords, preparePart } from './part-of-whole.ts';
import { shownRows } from './part-rows.ts';
import { bucketsOf, grainFor, mostBuckets, rangeOfBuckets } from './resolve/buckets.ts';
import { compareRange } from './resolve/compare-range.ts';
import type { LocalRange } from './resolve/edge.ts';
import { type AbsoluteRange, absoluteRange, resolveRange } from './resolve/time-range.ts';
import { type ResolvedRelated, resolveRelated } from './resolve-related.ts';
import { type ResolvedWhere, resolveWhere } from './resolve-where.ts';
import { subjectCondition } from './scope/row-scope.ts';
import { hideSmallGroups, type NamedWhere } from './scope/small-groups.ts';
import {
  alignPrevious,
  buildTimeline,
  nowBucket,
  onWeekdays,
  type Timeline,
  wholeIfSplit,
} from './timeline.ts';
import { transformSteps } from './transform-words.ts';
import { valueLookUp, type Work } from './work.ts';

/** What `runQuery` needs for the answer and its provenance. */
export interface Computed extends Omit<Assembled, 'against'> {
  readonly time: AbsoluteRange | null;
  readonly comparedTime: AbsoluteRange | null;
  readonly filters: readonly string[];
  readonly entityIds: readonly string[];
  /** Of a list that was asked for them. */
  readonly rowIds?: readonly string[];
  /** Of a list with more rows than are shown, or with amounts. */
  readonly totals?: ListTotals;
  readonly rowsRead: number;
  /** What of it comes from snapshots, in words. */
  readonly history: readonly string[];
  /** What was done with the figures after they were counted, in words. */
  readonly steps: readonly string[];
}

/** Everything that is decided before the first statement runs. */
interface Prepared {
  readonly checked: CheckedMetricPlan;
  readonly range: { readonly main: LocalRange; readonly compared: LocalRange | null } | null;
  readonly grains: readonly (TimeUnit | null)[];
  readonly where: ResolvedWhere;
  readonly related: ResolvedRelated;
  readonly partOf: PartOfWhole | null;
  /** States over time, which are known only from what was recorded. */
  readonly isCourse: boolean;
}

/** Computes a checked metric plan: one statement per simple metric and range, joined by group in code. */
export async function runMetricPlan(work: Work, checked: CheckedMetricPlan): Promise<Result<Computed>> {
  const prepared = await prepare(work, checked);
  if (!prepared.ok) return prepared;
  const results = await runParts(work, prepared.value);
  if (!results.ok) return results;
  const shown = await hideSmallGroups(work, checked, insideOf(prepared.value), results.value);
  if (!shown.ok) return shown;
  const computed = await finish(work, prepared.value, shown.value.parts);
  if (!computed.ok || shown.value.note === null) return computed;
  return ok({ ...computed.value, filters: [...computed.value.filters, shown.value.note] });
}

/** Every condition of a question, wherever it stands, with the entity that it is about. */
function insideOf({ checked, where, related, partOf }: Prepared): readonly NamedWhere[] {
  const own = (one: ResolvedWhere) => entitiesOf(checked.parts).map((entityId) => ({ entityId, where: one }));
  return [
    ...own(where),
    ...related.inside,
    ...(partOf ? [...own(partOf.where), ...partOf.related.inside] : []),
  ];
}

async function prepare(work: Work, checked: CheckedMetricPlan): Promise<Result<Prepared>> {
  const { plan, parts } = checked;
  const timed = parts.find((part) => part.timeDimension !== null);
  const isCourse =
    !timed && checked.groups.some((group) => group.kind === 'time' && group.dimension === null);
  const standard = timed ? spokenRange(timed.defaultTime) : isCourse ? courseRange : null;
  const spoken = standard && (plan.time ?? standard);
  const issues: Issue[] = [];
  let range: Prepared['range'] = null;
  if (spoken) {
    const main = resolveRange(spoken, work.settings);
    if (!main.ok) return main;
    const whole = wholeIfSplit(main.value, checked.groups, spoken, work.settings);
    if (plan.compare === 'none' || plan.compare === 'target') range = { main: whole, compared: null };
    else {
      const compared = compareRange(spoken, whole, plan.compare, work.settings);
      if (!compared.ok) return compared;
      range = { main: whole, compared: compared.value };
    }
  }
  const grains = checked.groups.map((group) => {
    if (group.kind !== 'time') return null;
    const auto = range && group.dimension === null ? grainFor(range.main) : 'month';
    const ownsDays = ownTimeTypes(work, checked, group).includes('date');
    return group.grain ?? (auto === 'hour' && ownsDays ? 'day' : auto);
  });
  for (const [index, group] of checked.groups.entries()) {
    if (
      group.kind === 'time' &&
      grains[index] === 'hour' &&
      ownTimeTypes(work, checked, group).includes('date')
    ) {
      issues.push({
        code: 'grain-too-fine',
        path: `groupBy[${index}].grain`,
        message: 'These rows know their day but not their hour; ask by day.',
      });
    }
  }
  const entityIds = entitiesOf(parts);
  const where = await resolveWhere(work, checked.where, valueLookUp(work, entityIds));
  if (!where.ok) issues.push(...where.issues);
  const related = await resolveRelated(work, checked.related);
  if (!related.ok) issues.push(...related.issues);
  const partOf = await preparePart(work, checked, entityIds);
  if (!partOf.ok) issues.push(...partOf.issues);
  for (const id of entityIds) {
    const entity = entityById(work.catalogue, id);
    const subject = entity && subjectCondition(work.catalogue, entity, work.asker, plan.subject);
    if (subject && 'code' in subject) issues.push(subject);
  }
  if (issues.length > 0 || !where.ok || !related.ok || !partOf.ok) return fail(...issues);
  return ok({
    checked,
    range,
    grains,
    where: where.value,
    related: related.value,
    partOf: partOf.value,
    isCourse,
  });
}

/** Of a state that was asked for over time without a range. */
const courseRange: TimeRange = { kind: 'relative', unit: 'day', n: 30, completeOnly: false };

function spokenRange(time: DefaultTime): TimeRange {
  return time.kind === 'relative' ? { ...time, completeOnly: false } : time;
}

function ownTimeTypes(work: Work, { parts }: CheckedMetricPlan, group: CheckedGroup): readonly string[] {
  if (group.kind !== 'time') return [];
  if (group.dimension) return [group.dimension.type];
  return parts.map((part) => timeType(work, part));
}

function entitiesOf(parts: readonly SimpleMetric[]): readonly string[] {
  return [...new Set(parts.map((part) => part.entity))];
}

interface PartRun extends PartResult {
  readonly rowsRead: number;
  readonly history: string | null;
  /** Points of a course of states; null: every bucket of the range. */
  readonly buckets: readonly string[] | null;
}

/** Amounts first: only when they turn out to stand in several currencies are counts beside them split as well. */
async function runParts(work: Work, prepared: Prepared): Promise<Result<ReadonlyMap<string, PartRun>>> {
  const { checked } = prepared;
  const { parts, groups } = checked;
  const isGroupedByCurrency = groups.some(
    (group) =>
      group.kind === 'dimension' && parts.some((part) => isCurrencyOf(work, part, group.dimension.id)),
  );
  const runs = new Map<string, PartRun>();
  const money = parts.filter((part) => part.measure.currencyPath !== undefined);
  for (const part of money) {
    const currency = isGroupedByCurrency ? null : currencyWay(work, part);
    const run = await runPart(work, prepared, part, currency);
    if (!run.ok) return run;
    runs.set(part.id, run.value);
  }
  const strange = strangeConstant(checked, currenciesIn(runs));
  if (strange) return fail(strange);
  const isSplit = currenciesIn(runs).length > 1;
  for (const part of parts.filter((one) => one.measure.currencyPath === undefined)) {
    const beside = money.find((one) => one.entity === part.entity);
    if (isSplit && !beside) {
      return fail({
        code: 'several-currencies',
        path: 'metrics',
        message: `The amounts are in several currencies and ${part.label.toLowerCase()} have none, so they cannot share rows; ask for them separately.`,
      });
    }
    const run = await runPart(work, prepared, part, isSplit && beside ? currencyWay(work, beside) : null);
    if (!run.ok) return run;
    runs.set(part.id, run.value);
  }
  return ok(runs);
}

async function runPart(
  work: Work,
  prepared: Prepared,
  part: SimpleMetric,
  currency: Way | null,
): Promise<Result<PartRun>> {
  const question: HistoryQuestion = { ...prepared, part };
  const own = prepared.related.conditionsFor(part.entity);
  const { partOf } = prepared;
  const wayTo = (dimension: DimensionDefinition): Way => {
    const way = findWay(work.catalogue, part.entity, dimension);
    if (!way) throw new Error(`${part.entity} does not reach ${dimension.id}`);
    return way;
  };
  const narrowed = partOf
    ? [...own, ...partOf.where.conditionsFor(wayTo), ...partOf.related.conditionsFor(part.entity)]
    : own;
  const run = async (range: LocalRange | null, beside = narrowed) => {
    const aggregation = buildAggregation(work, prepared, part, currency, range, beside);
    const kept = await readFlow(work, question, aggregation);
    const rows = kept?.rows ?? (await work.answer(compileAggregate(work.catalogue, aggregation)));
    return { ...shownRows(rows, aggregation), history: kept?.words ?? null };
  };
  if (prepared.isCourse && prepared.range)
    return runCourse(work, prepared, question, prepared.range.main, currency);
  const main = await run(prepared.range?.main ?? null);
  const compared = prepared.range?.compared ? await run(prepared.range.compared) : null;
  const whole = partOf ? (await run(prepared.range?.main ?? null, own)).rows : null;
  if (main.rows.length > mostGroups || (compared?.rows.length ?? 0) > mostGroups) {
    return fail({
      code: 'too-many-groups',
      path: 'groupBy',
      message: `There are more than ${mostGroups} groups; filter the question or group it more coarsely.`,
    });
  }
  const previous = compared?.rows ?? null;
  return ok({
    part,
    rows: main.rows,
    previous,
    whole,
    rowsRead: main.read,
    history: main.history,
    buckets: null,
  });
}

async function runCourse(
  work: Work,
  prepared: Prepared,
  question: HistoryQuestion,
  range: LocalRange,
  currency: Way | null,
): Promise<Result<PartRun>> {
  const { part, grains, checked } = question;
  const now = buildAggregation(work, prepared, part, currency, null);
  const timeAt = checked.groups.findIndex(({ kind }) => kind === 'time');
  const present = nowBucket(work.settings, grains[timeAt] ?? 'day');
  const kept = await readCourse(work, question, now, range, present);
  // Not kept for whoever asks, or nothing of it yet: counted from the dates of the records, where these tell it.
  const isMissing = 'code' in kept || kept.buckets.length <= 1;
  const byDates = isMissing
    ? await courseByDates(work, question, range, { currency, nowBucket: present })
    : null;
  const course = byDates ?? kept;
  if ('code' in course) return fail(course);
  // One cell per group of the question; keys are the cells, since a kept segment has no ids.
  const groups = checked.groups.map((): Group => ({ kind: 'value', way: courseWay, key: null }));
  const { rows, read } = shownRows(course.rows, { groups, currency });
  const buckets = course.buckets.map(String);
  return ok({ part, rows, previous: null, rowsRead: read, history: course.words, buckets });
}

const courseWay: Way = { joins: [], entity: '', column: '', type: 'text' };

async function finish(
  work: Work,
  prepared: Prepared,
  runs: ReadonlyMap<string, PartRun>,
): Promise<Result<Computed>> {
  const { checked, range, grains, where } = prepared;
  const built = buildTimeline(work.settings, checked.groups, grains, range, runs);
  if (built === 'too-many') {
    return fail(tooManyPoints());
  }
  const known = prepared.isCourse
    ? new Set([...runs.values()].flatMap(({ buckets }) => buckets ?? []))
    : null;
  const counted = onCountedDays(built, prepared);
  const timeline =
    counted && known
      ? { ...counted, buckets: counted.buckets.filter((bucket) => known.has(bucket)) }
      : counted;
  const results = timeline?.previous
    ? alignPrevious(runs, timeline.group, timeline.buckets, timeline.previous)
    : runs;
  const currencies = currenciesIn(runs);
  const empty = await emptyGroups(work, prepared, runs, timeline);
  if (!empty.ok) return empty;
  const assembled = assemble({
    plan: checked.plan,
    metrics: checked.metrics,
    groupColumns: checked.groups.map((group, index) =>
      groupColumn(work, checked, group, index, grains[index] ?? null),
    ),
    results,
    currencies,
    timeline,
    emptyGroups: empty.value.groups,
  });
  const timed = prepared.isCourse
    ? checked.parts[0]
    : checked.parts.find((part) => part.timeDimension !== null);
  const type = timed ? timeType(work, timed) : 'date';
  return ok({
    columns: assembled.columns,
    rows: assembled.rows,
    truncated: assembled.truncated,
    time: range && timed ? absoluteRange(range.main, type, work.settings) : null,
    comparedTime: range?.compared ? absoluteRange(range.compared, type, work.settings) : null,
    filters: [...filterWords(work, checked, where, currencies), ...prepared.related.words],
    entityIds: [
      ...new Set([
        ...entitiesOf(checked.parts),
        ...prepared.related.entityIds,
        ...(prepared.partOf?.related.entityIds ?? []),
      ]),
    ],
    rowsRead: rowsRead(checked, runs),
    history: [...new Set([...runs.values()].flatMap(({ history }) => history ?? []))],
    steps: [
      ...transformSteps(checked, work.catalogue),
      ...heldAgainstWords(assembled.against),
      ...partWords(prepared.partOf),
      ...empty.value.words,
    ],
  });
}

/** "Per working day": of days that are not asked for there is no point, so none lowers the mean of the others. */
function onCountedDays(built: Timeline | null, { checked, grains }: Prepared): Timeline | null {
  if (built === null || grains[built.group] !== 'day') return built;
  const [days, another] = checked.where.filter((any) =>
    any.some(({ dimension }) => dimension.calendar === 'weekday'),
  );
  const [one, other] = days ?? [];
  if (!one || other || another || !/^(?:eq|in)$/.test(one.filter.op)) return built;
  return onWeekdays(built, one.filter.values.map(String));
}

/** Groups without rows where they were asked for, and the points that a course by another time misses. */
async function emptyGroups(
  work: Work,
  { checked, grains, where, isCourse }: Prepared,
  runs: ReadonlyMap<string, PartRun>,
  timeline: Timeline | null,
): Promise<Result<EmptyGroups>> {
  const { plan, groups } = checked;
  const rows = [...runs.values()].flatMap((run) => [...run.rows, ...(run.previous ?? [])]);
  const points: (readonly string[] | null)[] = [];
  for (const [index, group] of groups.entries()) {
    const grain = grains[index] ?? 'month';
    if (group.kind !== 'time') points.push(null);
    else if (timeline?.group === index) points.push(timeline.buckets);
    else {
      const found = rows.flatMap(({ cells }) => (typeof cells[index] === 'string' ? [cells[index]] : []));
      const range = rangeOfBuckets(found, grain);
      const all = range && bucketsOf(range, grain, work.settings);
      if (range && !all) return fail(tooManyPoints());
      points.push(all ?? [...new Set(found)].sort());
    }
  }
  if (plan.includeEmpty) {
    const found = await findEmptyGroups(work, checked, where, points);
    if (!found.ok || !isCourse) return found;
    // What was recorded is known by its words alone.
    return ok({ ...found.value, groups: found.value.groups.map(({ cells }) => ({ cells, keys: cells })) });
  }
  const at =
    timeline === null && alongTime.has(plan.transform) ? points.findIndex((one) => one !== null) : -1;
  return ok({ groups: fillPoints(rows, at, points[at] ?? []), words: [] });
}

function tooManyPoints(): Issue {
  return {
    code: 'too-many-points',
    path: 'groupBy',
    message: `That are more than ${mostBuckets} points in time; take a coarser grain or a shorter range.`,
  };
}

function groupColumn(
  work: Work,
  { plan, parts }: CheckedMetricPlan,
  group: CheckedGroup,
  index: number,
  grain: TimeUnit | null,
): AnswerColumn {
  const id = plan.groupBy[index]?.dimension ?? '';
  if (group.kind === 'dimension') return dimensionColumn(group.dimension);
  const own = new Set(parts.map((part) => part.timeDimension ?? ''));
  const [only] = own;
  const named = group.dimension ?? (own.size === 1 ? work.catalogue.dimensions.get(only ?? '') : undefined);
  const unit = grain ?? 'month';
  const label = named ? `${named.label} (${unit})` : upperFirst(unit);
  return { id, label, role: 'dimension', type: unit === 'hour' ? 'instant' : 'date', format: null };
}

/** Rows behind the answer: per entity the largest of its statements, since a numerator is part of its denominator. */
function rowsRead({ parts }: CheckedMetricPlan, runs: ReadonlyMap<string, PartRun>): number {
  return sum(
    entitiesOf(parts).map((entity) =>
      Math.max(
        ...parts.filter((part) => part.entity === entity).map((part) => runs.get(part.id)?.rowsRead ?? 0),
      ),
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
