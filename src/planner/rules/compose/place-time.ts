import { type MetricDefinition, metricTime, type SimpleMetric } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import { plainMetricPlan, type QueryPlan, type TimeRange } from '../../../query/metric-query.ts';
import { mayLieAhead, renewals, success, tells } from '../date-events.ts';
import { speaksOfAhead } from '../slots/time-slot.ts';
import { type CivilDate, isoDay } from '../time/civil-date.ts';
import { type Draft, filtersOf, isCountOf, onlyEvent, timeDimensionOf } from './draft.ts';
import { refuseLeftovers } from './leftovers.ts';
import { beginningDate } from './list-order.ts';
import { isState as isStanding } from './present-rows.ts';
import { refuse, Unplannable } from './problem.ts';
import {
  areDaily,
  closingCourse,
  closingFigure,
  saysOver,
  settleCourse,
  settleMonths,
} from './state-course.ts';

/** Puts the range where it belongs, or says why the figure has none. */
export function placeTime(draft: Draft): void {
  const { time, reading } = draft.understood;
  if (time.conflict !== null) throw refuse('unclear', `two periods at once: ${time.conflict}`);
  const course = closingCourse(draft);
  if (course !== null) {
    Object.assign(draft, course);
    return;
  }
  if (time.since && draft.metrics.length > 0 && draft.metrics.every(isState)) {
    draft.time = time.since;
    draft.compare = 'none';
    if (!draft.groupBy.some(({ dimension }) => dimension === metricTime))
      draft.groupBy = [...draft.groupBy, { dimension: metricTime }];
    return;
  }
  if (time.range === null) return;
  if (time.since && time.compare === 'none' && draft.metrics.length > 0) {
    // Two moments of what is scored every day are told by all that lie between; what happened has no moment.
    if (!areDaily(draft) || draft.groupBy.length > 0)
      throw refuse('unclear', 'which period is compared with which one before it');
    draft.time = time.since;
    draft.groupBy = [{ dimension: metricTime }];
    return;
  }
  // "What was it worth on the 1st of October" is never said of an October to come.
  const isPast = saysPast(draft);
  const isAhead = !isPast && (speaksOfAhead(reading) || draft.metrics.some(isWhole));
  const coming = wholeUnit((isPast ? null : time.coming) ?? time.range);
  draft.time = isAhead ? comingPeriod(coming, draft.understood.today) : time.range;
  // "Closing before Christmas": what should have closed long ago does not.
  const isComing =
    !isPast && speaksOfAhead(reading) && draft.metrics.length > 0 && draft.metrics.every(isWhole);
  if (draft.isAhead || isComing) draft.time = fromToday(draft.time, draft.understood.today);
  if (draft.metrics.length === 0) return;
  if (draft.metrics.every((metric) => timeDimensionOf(draft.catalogue, metric) !== null)) {
    if (time.isAsOf) throw refuse('unclear', 'what happened by then, or on that day? Say from when to when');
    refuseFuture(draft, time.range);
    settleCourse(draft);
    settleMonths(draft);
    return;
  }
  const { range } = time;
  refuseOtherWindow(draft, range);
  const isOwn = draft.metrics.some(({ window }) => window !== undefined);
  if (isOwn || meansNow(range) || draft.metrics.every((metric) => isOfUnit(metric, range))) {
    draft.time = null;
    reading.note('time', 'a state as of now');
    return;
  }
  const hasBeen = areStates(draft) && !draft.isImplied && saysPast(draft);
  const isStood =
    areStates(draft) && (time.isAsOf === true || (hasBeen && isPastDay(time.range, draft.understood.today)));
  const closing = isStood ? closingFigure(draft, time.range) : null;
  if (closing !== null) {
    exchange(draft, [closing.metric]);
    draft.time = closing.time;
    return;
  }
  const moved = changeOfState(draft);
  if (moved !== null) {
    Object.assign(draft, moved);
    return;
  }
  if (isStood || asksForCourse(draft)) {
    draft.time = time.range;
    if (isStood) draft.groupBy = [...draft.groupBy, { dimension: metricTime, grain: 'day' }];
    else if (!draft.groupBy.some(({ dimension }) => dimension === metricTime))
      draft.groupBy = [...draft.groupBy, { dimension: metricTime }];
    return;
  }
  const event = time.isAge === true ? beginningCount(draft) : onlyEvent(draft.catalogue, draft.entity);
  if (draft.isImplied && event) {
    exchange(draft, [event]);
    return;
  }
  const [state] = draft.metrics;
  if (
    time.isAge &&
    event &&
    draft.metrics.length === 1 &&
    state?.type === 'simple' &&
    isCountOf(draft.catalogue, state, draft.entity)
  ) {
    exchange(draft, [event]);
    draft.where.push(...filtersOf(state));
    return;
  }
  const said = draft.isImplied ? eventSaid(draft) : null;
  if (said !== null) {
    exchange(draft, [said]);
    return;
  }
  if (draft.isImplied) throw askEvent(draft, time.range);
  if (time.isAge) throw stateInPast(draft, time.range);
  // "What was our pipeline in October" is none of deals that close in an October to come.
  if (hasBeen) throw stateInPast(draft, time.range);
  // "MRR by product this month versus last month" is none of what renews then: what it was at that time is meant.
  if (draft.compare === 'previous_period' && areStates(draft) && draft.timeDimension === null)
    throw stateInPast(draft, time.range);
  // "Our ARR this quarter": what comes back every year is a state; what it is now is what it is this quarter.
  const areStanding = draft.metrics.every((metric) => standsOn(draft, metric));
  if (range.kind === 'to_date' && !isPast && draft.compare === 'none' && areStanding) {
    draft.time = null;
    reading.note('time', 'a state as of now');
    return;
  }
  const timed = draft.metrics.map((metric) => timedSibling(draft, metric));
  if (timed.every((metric) => metric !== null)) {
    exchange(draft, timed);
    const { today } = draft.understood;
    draft.time = !isPast && draft.metrics.some(isWhole) ? comingPeriod(coming, today) : time.range;
    return;
  }
  throw stateInPast(draft, time.range);
}

/**
 * "Did our pipeline grow this month", "open tickets this week versus last week": a state by the dates of its records is what
 * it was at the end of the period before, and what it is now.
 */
function changeOfState(draft: Draft): Pick<Draft, 'time' | 'groupBy' | 'compare'> | null {
  const { catalogue, metrics, compare, groupBy, understood } = draft;
  const { range } = understood.time;
  // Where a record stood then is not told by where it stands now.
  const isTimed = groupBy.some(
    ({ dimension }) => dimension === metricTime || isStanding(catalogue, { dimension, op: 'eq', values: [] }),
  );
  const lasting = metrics.every((metric) => metric.type === 'simple' && metric.lasts !== undefined);
  if (!lasting || compare !== 'previous_period' || isTimed || range === null) return null;
  // "Which teams got more escalations": those that came.
  if (draft.isImplied && groupBy.length > 0) return null;
  const isNow = range.kind === 'to_date';
  const isLast = range.kind === 'relative' && range.completeOnly && range.n === 1;
  if (!isNow && !isLast) return null;
  const { unit } = range;
  if (unit === 'hour' || unit === 'minute') return null;
  const time: TimeRange = { kind: 'relative', unit, n: isNow ? 2 : 3, completeOnly: false };
  return { time, groupBy: [...groupBy, { dimension: metricTime, grain: unit }], compare: 'none' };
}

/** An age is from the beginning of a record, whatever other dates it is counted by. */
function beginningCount(draft: Draft): SimpleMetric | null {
  const date = beginningDate(draft);
  const counts = [...draft.catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.timeDimension !== null &&
      metric.timeDimension === date &&
      metric.filters.every(({ dimension, op }) => dimension === date && op === 'is_not_null') &&
      isCountOf(draft.catalogue, metric, draft.entity),
  );
  return counts[0] ?? onlyEvent(draft.catalogue, draft.entity);
}

/** Conditions on a figure go with it. */
function exchange(draft: Draft, metrics: readonly MetricDefinition[]): void {
  const before = draft.metrics.map(({ id }) => id);
  draft.having = draft.having.map((one) => ({
    ...one,
    metric: metrics[before.indexOf(one.metric)]?.id ?? one.metric,
  }));
  draft.metrics = metrics;
}

/** "Open tickets over the last 30 days", "backlog per day this month": the course of a state, as it was recorded. */
function asksForCourse(draft: Draft): boolean {
  const isTimed = draft.groupBy.some(({ dimension }) => dimension === metricTime);
  return !draft.isImplied && areStates(draft) && (saysOver(draft) || isTimed);
}

const isState = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && metric.timeDimension === null && metric.additive;

/** Figures whose course is recorded. */
const areStates = ({ metrics }: Draft): boolean => metrics.every(isState);

const saysPast = ({ understood }: Draft): boolean =>
  understood.reading.tokens.some(({ lower }) => /^(?:was|were|had|did)$/.test(lower));

/** One day before today. */
function isPastDay(range: TimeRange, today: CivilDate): boolean {
  if (range.kind === 'day') return range.offset < 0;
  return (
    range.kind === 'between' &&
    range.from !== undefined &&
    range.from === range.to &&
    range.from < isoDay(today)
  );
}

/** Figures of what is to come: of a whole unit unless another period is named. */
export const isWhole = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && metric.defaultTime.kind === 'calendar';

/** "closing this quarter" looks at the whole quarter, not at its part until now. */
export function wholeUnit(range: TimeRange): TimeRange {
  if (range.kind !== 'to_date') return range;
  const { unit } = range;
  if (unit === 'day') return { kind: 'day', offset: 0 };
  return unit === 'hour' ? range : { kind: 'calendar', unit };
}

/** "closing in December" means the coming one, where "opened in December" means the last. */
export function comingPeriod(range: TimeRange, today: CivilDate): TimeRange {
  if (range.kind !== 'calendar' || range.number === undefined || range.year !== undefined) return range;
  const current = {
    month: today.month,
    quarter: Math.ceil(today.month / 3),
    half: Math.ceil(today.month / 6),
  };
  if (range.unit === 'week' || range.unit === 'year') return range;
  return { ...range, year: range.number >= current[range.unit] ? today.year : today.year + 1 };
}

/** "Renews before March": those before today have renewed already. */
export function fromToday(range: TimeRange, today: CivilDate): TimeRange {
  const day = isoDay(today);
  return range.kind === 'between' && range.from === undefined && (range.to ?? '') >= day
    ? { ...range, from: day }
    : range;
}

const meansNow = (range: TimeRange): boolean =>
  (range.kind === 'day' && range.offset === 0) ||
  (range.kind === 'to_date' && (range.unit === 'hour' || range.unit === 'day')) ||
  range.kind === 'all';

/** "Deals lost by stage this year" of a figure that is always of the last twelve months. */
function refuseOtherWindow({ metrics }: Draft, range: TimeRange): void {
  const other = metrics.find(({ window }) => window !== undefined);
  // "Today" is a period for what eight weeks are told of; "now" is none.
  const isNow = range.kind === 'all' || (range.kind === 'to_date' && range.unit === 'hour');
  if (other?.window === undefined || isNow || isWindow(other.window, range)) return;
  const detail = `“${other.label}” is always of the ${other.window}, up to now; ask for it without a period`;
  throw refuse(
    'unclear',
    detail,
    metrics.map(({ id }) => id),
  );
}

const unitDays = { day: 1, week: 7, month: 30.4, quarter: 91, year: 365 } as const;

/** "The last 12 months" is the last year. */
function isWindow(window: string, range: TimeRange): boolean {
  const [, n = '1', unit = ''] = /^last (?:(\d+) )?(day|week|month|year)s?$/.exec(window) ?? [];
  if (range.kind !== 'relative' || !(unit in unitDays) || !(range.unit in unitDays)) return false;
  const days = Number(n) * unitDays[unit as keyof typeof unitDays];
  return (
    !range.completeOnly &&
    Math.abs(range.n * unitDays[range.unit as keyof typeof unitDays] - days) < days / 50
  );
}

/** "Quota attainment this year": the state of the unit that was asked for. */
const isOfUnit = ({ covers }: MetricDefinition, range: TimeRange): boolean =>
  covers !== undefined &&
  ((range.kind === 'to_date' && range.unit === covers) ||
    (range.kind === 'calendar' &&
      range.unit === covers &&
      range.number === undefined &&
      range.year === undefined));

/** An amount that stands, of records that are not planned to end on a day. */
const standsOn = (draft: Draft, metric: MetricDefinition): boolean =>
  metric.type === 'simple' &&
  metric.timeDimension === null &&
  metric.measure.aggregate === 'sum' &&
  timedSibling(draft, metric) === null;

/**
 * The same figure by a date: the open pipeline of next quarter is the open pipeline closing then. What renews by itself goes
 * on: MRR of next quarter is not the MRR that is up for renewal then.
 */
function timedSibling(draft: Draft, metric: MetricDefinition): SimpleMetric | null {
  if (metric.type !== 'simple') return null;
  if (metric.timeDimension !== null) return metric;
  const key = (one: SimpleMetric): string => JSON.stringify([one.entity, one.measure, one.filters]);
  for (const other of draft.catalogue.metrics.values())
    if (
      other.type === 'simple' &&
      other.timeDimension !== null &&
      key(other) === key(metric) &&
      !tells(draft.catalogue, other.timeDimension, renewals)
    )
      return other;
  return null;
}

/** "open tickets last week": open now, or opened then and still open. The reader decides. */
function stateInPast(draft: Draft, range: TimeRange): Unplannable {
  refuseLeftovers(draft);
  const [metric] = draft.metrics;
  if (
    draft.metrics.length === 1 &&
    metric?.type === 'simple' &&
    isCountOf(draft.catalogue, metric, draft.entity)
  ) {
    const event = onlyEvent(draft.catalogue, draft.entity);
    if (event) {
      const now = plan(draft, metric.id, null, []);
      const then = plan(draft, event.id, range, filtersOf(metric));
      return new Unplannable({
        kind: 'ask',
        question: `“${metric.label}” is a state as of now. Which of these do you mean?`,
        options: [
          { label: `${metric.label} now`.slice(0, 70), plan: now },
          { label: `${event.label} then and still open`.slice(0, 70), plan: then },
          { label: `${event.label} then`.slice(0, 70), plan: plan(draft, event.id, range, []) },
        ],
      });
    }
  }
  if (metric?.covers !== undefined)
    return refuse(
      'unclear',
      `“${metric.label}” is of the whole ${metric.covers} and is not kept for a part of it; ask for it this ${metric.covers}`,
      draft.metrics.map((one) => one.id),
    );
  return refuse(
    'unclear',
    `“${metric?.label ?? ''}” is a state as of now and is not kept for earlier periods`,
    draft.metrics.map((one) => one.id),
  );
}

const countsByDate = ({ catalogue, entity }: Draft): readonly SimpleMetric[] =>
  [...catalogue.metrics.values()].filter(
    (metric): metric is SimpleMetric =>
      metric.type === 'simple' &&
      metric.entity === entity &&
      metric.timeDimension !== null &&
      isCountOf(catalogue, metric, entity),
  );

/** "Deals that they won this quarter": the only event whose every condition was said. */
function eventSaid(draft: Draft): SimpleMetric | null {
  const said = new Set(draft.where.flatMap(({ any }) => (any.length === 1 ? [JSON.stringify(any[0])] : [])));
  const [only, another] = countsByDate(draft).filter((metric) => {
    const filters = filtersOf(metric).flatMap(({ any }) => any);
    return filters.length > 0 && filters.every((filter) => said.has(JSON.stringify(filter)));
  });
  return only !== undefined && another === undefined ? only : null;
}

/** "deals in Q3 2017": created, won or decided then? */
function askEvent(draft: Draft, range: TimeRange): Unplannable {
  // "deals moved into negotiation last month": a word that nobody understood may say which.
  refuseLeftovers(draft);
  const events = countsByDate(draft);
  if (events.length < 2)
    return refuse(
      'unclear',
      'which date of these records is meant',
      events.map((event) => event.id),
    );
  return new Unplannable({
    kind: 'ask',
    question: 'Which of these do you mean?',
    options: events
      .slice(0, 4)
      .map((event) => ({ label: event.label.slice(0, 70), plan: plan(draft, event.id, range, []) })),
  });
}

function plan(draft: Draft, metric: string, time: TimeRange | null, where: Draft['where']): QueryPlan {
  const { groupBy, subject } = draft;
  return plainMetricPlan([metric], { groupBy, time, where: [...draft.where, ...where], subject });
}

/** Events lie in the past; only due, close and renewal dates lie ahead. */
function refuseFuture(draft: Draft, range: TimeRange): void {
  const isAhead =
    range.kind === 'upcoming' || range.kind === 'ahead' || (range.kind === 'day' && range.offset > 0);
  if (!isAhead) return;
  for (const metric of draft.metrics) {
    const date = simpleParts(draft.catalogue, metric)[0]?.timeDimension;
    const isDecided =
      metric.type !== 'simple' ||
      metric.filters.some(
        ({ dimension, op }) => op !== 'is_null' && tells(draft.catalogue, dimension, success),
      );
    if (!tells(draft.catalogue, date, mayLieAhead) || isDecided)
      throw refuse('prediction', `${metric.label} of a time that has not come yet`, [metric.id]);
  }
}
