import type { Issue } from '../../toolkit/issue.ts';
import { type AggregateRow, type Aggregation, compileAggregate } from '../compile/compile-aggregate.ts';
import { compileLooked, compileStateCourse, type HistoryPiece } from '../compile/compile-from-history.ts';
import type { TimeUnit } from '../metric-query.ts';
import { timedMetricsLike } from '../require-names.ts';
import type { LocalRange } from '../resolve/edge.ts';
import { absoluteRange } from '../resolve/time-range.ts';
import type { Work } from '../work.ts';
import { dayAt } from './cover-range.ts';
import { courseWords } from './history-words.ts';
import { type HistoryQuestion, keptFor, readingOf } from './read-flow.ts';

/** The course of a state over time. */
export interface StateCourse {
  readonly rows: readonly AggregateRow[];
  /** The points there are: a bucket that the state was not looked at in is unknown, not zero. */
  readonly buckets: readonly unknown[];
  readonly words: string;
}

/**
 * Reads what a state was at the last look in each bucket; the bucket that now lies in is counted live.
 *
 * @param aggregation of the state as of now, without its time group
 * @param nowBucket name of the bucket that now lies in
 * @returns an issue when it is not kept, not so finely, or not for this asker
 */
export async function readCourse(
  work: Work,
  question: HistoryQuestion,
  aggregation: Aggregation,
  range: LocalRange,
  nowBucket: string,
): Promise<StateCourse | Issue> {
  const { part, checked, grains } = question;
  const kept = await keptFor(work, question, aggregation.entity);
  if (kept === null) return await whyNot(work, question, aggregation);
  const timeAt = checked.groups.findIndex(({ kind }) => kind === 'time');
  const grain = grains[timeAt] ?? 'day';
  const piece = pieceOf(range, grain, kept.state.from.day, work);
  const reading = readingOf(work, question, aggregation, kept.segment);
  const looked = await work.read(compileLooked(part.id, piece, grain, reading));
  const past = await work.answer(compileStateCourse(reading, piece, grain));
  const isNow = range.end === null || Date.parse(rangeEnd(range, work)) > work.settings.now.getTime() - 1;
  const live = isNow ? await work.answer(compileAggregate(work.catalogue, aggregation)) : [];
  const nameOf = (row: AggregateRow) => cellText(row[`g${timeAt}`]);
  const names = looked.map(({ at }) => cellText(at)).filter((name) => !isNow || name !== nowBucket);
  // Nobody looked: what it was is unknown, not nought.
  if (names.length === 0 && !isNow)
    return {
      code: 'time-not-applicable',
      path: 'time',
      message: `${part.label} is a state as of now, and was not recorded then; ask for it as of now.`,
      suggestions: timedMetricsLike({ mine: work.catalogue }, part),
    };
  const rows = [
    ...past.filter((row) => !isNow || nameOf(row) !== nowBucket),
    ...live.map((row) => withTime(row, checked.groups.length, timeAt, nowBucket)),
  ];
  const first = names.toSorted()[0];
  return {
    rows,
    buckets: isNow ? [...names, nowBucket] : names,
    words: courseWords(first === undefined ? null : new Date(first), work.settings.zone, work.settings.now),
  };
}

function rangeEnd(range: LocalRange, work: Work): string {
  return absoluteRange(range, 'instant', work.settings).end ?? '';
}

/** Hours by the hour, else days; weeks where the days do not reach back far enough. */
function pieceOf(range: LocalRange, grain: TimeUnit, firstDay: string, work: Work): HistoryPiece {
  const { start, end } = absoluteRange(range, 'date', work.settings);
  const { zone, now } = work.settings;
  const from = start ?? '0001-01-01';
  const to = end ?? dayAt(now.getTime() + 86_400_000, zone);
  if (grain === 'hour') return { grain: 'hour', from, to };
  return { grain: grain !== 'day' && from < firstDay ? 'week' : 'day', from, to };
}

/** Instants are named in full, days by their date. */
export function cellText(cell: unknown): string {
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

/** Puts the time group of a course into a row that was counted without one. */
export function withTime(
  row: AggregateRow,
  groups: number,
  timeAt: number,
  bucketName: string,
): AggregateRow {
  const shifted: Record<string, unknown> = { ...row };
  for (let index = 0, from = 0; index < groups; index += 1) {
    if (index === timeAt) shifted[`g${index}`] = bucketName;
    else {
      shifted[`g${index}`] = row[`g${from}`];
      from += 1;
    }
  }
  return shifted as unknown as AggregateRow;
}

async function whyNot(work: Work, { part }: HistoryQuestion, { entity }: Aggregation): Promise<Issue> {
  const suggestions = timedMetricsLike({ mine: work.catalogue }, part);
  const issue = (message: string): Issue => ({
    code: 'time-not-applicable',
    path: 'time',
    message,
    suggestions,
  });
  const state = (await work.history()).get(part.id);
  if (!state)
    return issue(`${part.label} is a state as of now; it has not been recorded for earlier times yet.`);
  if (work.scope(entity).reason !== 'all-rows')
    return issue(
      `${part.label} is recorded for the whole company only, and you see a part of it; ask for it as of now.`,
    );
  if (state.zone !== work.settings.zone)
    return issue(
      `${part.label} is recorded by days of ${state.zone}, and yours are of ${work.settings.zone}.`,
    );
  const cuts = state.segments.length > 0 ? `by ${state.segments.join(' or ')}` : 'as a whole';
  return issue(`${part.label} is recorded ${cuts} only; ask for it so, or as of now.`);
}
