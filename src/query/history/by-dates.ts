import { Temporal } from 'temporal-polyfill';
import type { DimensionDefinition, SimpleMetric } from '../../catalogue/catalogue.ts';
import { findWay, type Way } from '../../catalogue/paths.ts';
import { buildAggregation } from '../build-aggregation.ts';
import { compileAggregate } from '../compile/compile-aggregate.ts';
import { allOf, type Condition } from '../condition.ts';
import type { TimeUnit } from '../metric-query.ts';
import { ownFilters } from '../metric-words.ts';
import { bucketsOf } from '../resolve/buckets.ts';
import { addUnits } from '../resolve/calendar-units.ts';
import { dayEdge, type LocalRange } from '../resolve/edge.ts';
import { absoluteRange } from '../resolve/time-range.ts';
import type { Work } from '../work.ts';
import { cellText, type StateCourse, withTime } from './read-course.ts';
import type { HistoryQuestion } from './read-flow.ts';

/** More points than this take too many statements; the question must name a coarser grain. */
const mostPoints = 70;

/**
 * The course of a state that is not kept for this asker or under these conditions, counted from the dates between which
 * each record was in it. Null where the state has no such dates, or the question asks for what has changed meanwhile.
 *
 * @param nowBucket name of the bucket that now lies in
 */
export async function courseByDates(
  work: Work,
  question: HistoryQuestion,
  range: LocalRange,
  { currency, nowBucket }: { readonly currency: Way | null; readonly nowBucket: string },
): Promise<StateCourse | null> {
  const { part, checked, grains } = question;
  const timeAt = checked.groups.findIndex(({ kind }) => kind === 'time');
  const grain = grains[timeAt] ?? 'day';
  const { start, end } = range;
  if (checked.related.length > 0 || checked.part !== null) return null;
  if (part.lasts === undefined || !start || !end || grain === 'hour' || asksForChanged(question)) return null;
  const all = bucketsOf({ start, end }, grain, work.settings) ?? [];
  const buckets = all.filter((bucket) => bucket <= nowBucket);
  if (buckets.length === 0 || buckets.length > mostPoints) return null;
  const rows = [];
  for (const bucket of buckets) {
    const ends = bucket === nowBucket ? null : endOfBucket(work, bucket, grain);
    const state = ends === null ? part : { ...part, filters: [] };
    const beside = ends === null ? [] : thatDay(work, question, ends);
    const aggregation = buildAggregation(work, question, state, currency, null, beside);
    const counted = await work.answer(compileAggregate(work.catalogue, aggregation));
    rows.push(...counted.map((row) => withTime(row, checked.groups.length, timeAt, cellText(bucket))));
  }
  return { rows, buckets, words: words(work, part) };
}

/** A stage or a status is that of today: nobody was in it all the time. */
function asksForChanged({ part, checked }: HistoryQuestion): boolean {
  const own = new Set(part.filters.map(({ dimension }) => dimension));
  const asked: readonly DimensionDefinition[] = [
    ...checked.groups.flatMap(({ dimension }) => dimension ?? []),
    ...checked.where.flatMap((any) => any.map(({ dimension }) => dimension)),
  ];
  return asked.some(
    ({ id, path }) =>
      own.has(id) || /(?:^|\.)(?:status|stage|state|forecast_category|probability)$/.test(path),
  );
}

interface DayEnd {
  readonly date: string;
  readonly instant: string;
}

/** The first moment that no longer belongs to a bucket. */
function endOfBucket({ settings }: Work, bucket: string, grain: Exclude<TimeUnit, 'hour'>): DayEnd {
  const range = {
    start: null,
    end: dayEdge(addUnits(Temporal.PlainDate.from(bucket.slice(0, 10)), grain, 1)),
  };
  return {
    date: absoluteRange(range, 'date', settings).end ?? '',
    instant: absoluteRange(range, 'instant', settings).end ?? '',
  };
}

/** Begun by then, and in the state still now or left only later. */
function thatDay(work: Work, { part, where }: HistoryQuestion, end: DayEnd): readonly Condition[] {
  const wayTo = (id: string): Way => {
    const dimension = work.catalogue.dimensions.get(id);
    const way = dimension && findWay(work.catalogue, part.entity, dimension);
    if (!way) throw new Error(`${part.entity} does not reach ${id}`);
    return way;
  };
  const valueFor = (id: string): string =>
    work.catalogue.dimensions.get(id)?.type === 'date' ? end.date : end.instant;
  const { from = '', until = '' } = part.lasts ?? {};
  const isIn = ownFilters(work, part, where).map((one) => one.toCondition(wayTo(one.dimension.id)));
  return [
    { kind: 'compare', way: wayTo(from), op: 'lt', value: valueFor(from) },
    {
      kind: 'any-of',
      conditions: [allOf(...isIn), { kind: 'compare', way: wayTo(until), op: 'gte', value: valueFor(until) }],
    },
  ];
}

function words({ catalogue }: Work, part: SimpleMetric): string {
  const label = (id: string | undefined) => catalogue.dimensions.get(id ?? '')?.label ?? '';
  const [from, until] = [label(part.lasts?.from), label(part.lasts?.until)];
  return `the end of each period, counted from the dates of the records (${from}, ${until}); everything else about them is as it stands today`;
}
