import { type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { simpleParts } from '../../../catalogue/lookup.ts';
import type { MetricPlan, TimeRange, TimeUnit } from '../../../query/metric-query.ts';
import { secondsPer } from '../time/seconds-per.ts';
import { type Draft, filtersOf, isCountOf, timeDimensionOf } from './draft.ts';
import { presentState, saysState } from './present-rows.ts';
import { namingDimension } from './reach.ts';

const daysIn = (unit: TimeUnit): number => secondsPer[unit] / secondsPer.day;

/** How many of a unit make a course, where nobody says how many. */
const usual: Partial<Readonly<Record<TimeUnit, number>>> = { week: 8, month: 12, quarter: 6, year: 3 };

/**
 * "Incidents per month", "revenue by quarter": a course needs more than the month that a figure covers by itself. What is
 * compared, and what a state was, keep their periods.
 */
export function settleUsualPeriod(draft: Draft): void {
  const recent = recentPart(draft);
  if (recent !== null) {
    draft.time = recent;
    return;
  }
  const grain = draft.groupBy.find(({ dimension }) => dimension === metricTime)?.grain;
  const n = grain === undefined ? undefined : usual[grain];
  if (grain === undefined || n === undefined || draft.time !== null || draft.compare !== 'none') return;
  const lengths = draft.metrics.map((metric) => lengthOf(draft, metric));
  if (lengths.length === 0 || lengths.some((length) => length === null)) return;
  const longest = Math.max(...lengths.map((length) => length ?? 0));
  if (longest >= daysIn(grain) * Math.min(n, 4)) return;
  const range: TimeRange = { kind: 'relative', unit: grain, n, completeOnly: false };
  draft.time = range;
}

/**
 * "Tickets per day", "is our first reply time getting better", "chats against the period before": of a figure that covers a
 * year by itself, the part that shows how it went lately, or that there is something to hold against.
 */
function recentPart(draft: Draft): TimeRange | null {
  const { catalogue, compare, groupBy, metrics, time, understood } = draft;
  if (time !== null || understood.time.range !== null || compare === 'target') return null;
  const course = groupBy.find(({ dimension }) => dimension === metricTime);
  if (course === undefined && compare !== 'previous_period') return null;
  const areLong = metrics.every((metric) => (lengthOf(draft, metric) ?? 0) >= daysIn('month') * 10);
  const areByMonth = metrics.some((metric) => /month/.test(timeDimensionOf(catalogue, metric) ?? ''));
  if (metrics.length === 0 || !areLong || areByMonth) return null;
  return course === undefined ? lately : (recently[course.grain ?? 'day'] ?? null);
}

const lately: TimeRange = { kind: 'relative', unit: 'day', n: 30, completeOnly: false };
const recently: Partial<Readonly<Record<TimeUnit, TimeRange>>> = {
  hour: lately,
  day: lately,
  week: { kind: 'relative', unit: 'week', n: 13, completeOnly: false },
};

/** Said of all that has ever been: the last month is no answer to it. */
const habit =
  /\b(?:so far|until now|ever|most often|usually|typically|normally|always|of all time|and when|and by whom)\b/;
/** "How many leads do I have", "how many orders does Acme have", "how many incidents did they have". */
const possession = /\b(?:do|does|did) (?:\S+ ){1,3}have\b|\bhave (?:i|we|you|they) got\b/;

/**
 * "Cancelled so far, and by whom", "which products do they order most often": a figure whose own period is short is asked
 * for over all time. A figure of the current month or quarter is "so far" of that.
 */
export function settleHabit(draft: Draft, isList: boolean): void {
  const { reading, time } = draft.understood;
  if (draft.time !== null || time.range !== null || draft.compare !== 'none') return;
  const text = reading.text.toLowerCase();
  if (!habit.test(text) && !possession.test(text) && !isRepeated(draft)) return;
  const isShort = draft.metrics.some(
    (metric) => simpleParts(draft.catalogue, metric)[0]?.defaultTime.kind === 'relative',
  );
  const isTimed = draft.metrics.every((metric) => lengthOf(draft, metric) !== null);
  if (draft.metrics.length > 0 && isTimed && (isShort || isList)) draft.time = { kind: 'all' };
}

/** "Whose close date was pushed more than once": what happened to a record again and again happened over all its time. */
function isRepeated({ catalogue, entity, groupBy, having, metrics }: Draft): boolean {
  // A share or a mean is that of its usual period, whatever it is compared with.
  const areCounts = metrics.every((metric) => isCountOf(catalogue, metric, entity));
  if (!areCounts) return false;
  const { parent = '', joins = {} } = catalogue.entities.get(entity) ?? {};
  const own = joins[parent]?.entity;
  const record = own === undefined ? null : namingDimension(catalogue, own);
  return having.length > 0 && groupBy.some(({ dimension }) => dimension === record);
}

/**
 * "How many tickets do I have": of what one wishes fewer of, what is still there. What else somebody has is all of it (see
 * `settleHabit`).
 */
export function settleBacklog(draft: Draft, isList: boolean): void {
  const { catalogue, entity, understood, metrics, where } = draft;
  const { time, reading } = understood;
  const [metric, another] = metrics;
  if (isList || !draft.isImplied || another || time.range !== null || draft.compare !== 'none') return;
  const text = reading.text.toLowerCase();
  if (!possession.test(text) || /\bdid\b/.test(text)) return;
  if (metric?.type !== 'simple' || metric.timeDimension === null || saysState(catalogue, where)) return;
  const open = JSON.stringify(presentState(catalogue, entity));
  const backlog = [...catalogue.metrics.values()].find(
    (one) =>
      one.type === 'simple' &&
      one.goodDirection === 'down' &&
      one.timeDimension === null &&
      isCountOf(catalogue, one, entity) &&
      JSON.stringify(filtersOf(one)) === open,
  );
  if (backlog) draft.metrics = [backlog];
}

/** "For each of the last four quarters": four whole ones, not parts of five. */
export function settleEach({ understood, groupBy, ...draft }: Draft): TimeRange | null {
  const { time } = draft;
  const grain = groupBy.find(({ dimension }) => dimension === metricTime)?.grain;
  const isEach = /\b(?:each|every) of (?:the |our )?(?:last|past|previous)\b/i.test(understood.reading.text);
  return isEach && time?.kind === 'relative' && time.unit === grain && grain !== 'day' && grain !== 'hour'
    ? { ...time, completeOnly: true }
    : time;
}

/** "How deep is the queue", "queue depth now": of what is looked at every few minutes the last hour, not a week of it. */
export function settleSampled({
  catalogue,
  metrics,
  understood,
  groupBy,
  ...draft
}: Draft): TimeRange | null {
  const { time, reading } = understood;
  const isNow = time.isNow || /\b(?:now|rn|atm|currently)\b/.test(reading.text.toLowerCase());
  const areSampled = metrics.every(
    (metric) =>
      metric.type === 'simple' && /_sample$/.test(catalogue.entities.get(metric.entity)?.table ?? ''),
  );
  if (draft.time !== null || time.range !== null || groupBy.length > 0 || !isNow) return draft.time;
  return metrics.length > 0 && areSampled
    ? { kind: 'relative', unit: 'hour', n: 1, completeOnly: false }
    : null;
}

/** The period of a course of which nothing was said. */
export function isUsualPeriod({ groupBy, time }: Pick<MetricPlan, 'groupBy' | 'time'>): boolean {
  const grain = groupBy.find(({ dimension }) => dimension === metricTime)?.grain;
  if (time?.kind !== 'relative' || time.completeOnly) return false;
  const recent = recently[grain ?? 'day'];
  return (
    (time.unit === grain && time.n === usual[grain]) ||
    (recent?.kind === 'relative' && time.unit === recent.unit && time.n === recent.n)
  );
}

/** Days that a figure covers by itself; null where it has no such period, or one that looks ahead. */
function lengthOf({ catalogue }: Draft, metric: MetricDefinition): number | null {
  const [part] = simpleParts(catalogue, metric);
  if (part === undefined || part.timeDimension === null) return null;
  const { defaultTime } = part;
  switch (defaultTime.kind) {
    case 'relative':
      return daysIn(defaultTime.unit) * defaultTime.n;
    case 'to_date':
      return daysIn(defaultTime.unit);
    case 'all':
    case 'calendar':
      return null;
  }
}
