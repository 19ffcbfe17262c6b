import type { SimpleMetric } from '../../catalogue/catalogue.ts';
import type { Way } from '../../catalogue/paths.ts';
import type { HistoryState } from '../../store/metric-history-store.ts';
import type { CheckedMetricPlan } from '../check-metric-plan.ts';
import { type AggregateRow, type Aggregation, compileAggregate } from '../compile/compile-aggregate.ts';
import {
  compileFromHistory,
  type HistoryPiece,
  type HistoryReading,
} from '../compile/compile-from-history.ts';
import { withinSpans } from '../compile/compile-history.ts';
import type { TimeUnit } from '../metric-query.ts';
import type { ResolvedWhere } from '../resolve-where.ts';
import type { Work } from '../work.ts';
import { type Cover, coverRange, dayAt, type Piece } from './cover-range.ts';
import { type HistoryDefinition, historyDefinition } from './history-definition.ts';
import { coverWords } from './history-words.ts';
import { touchedDays } from './take-history.ts';

/** The question behind an aggregation, as far as history must know it. */
export interface HistoryQuestion {
  readonly part: SimpleMetric;
  readonly checked: CheckedMetricPlan;
  readonly grains: readonly (TimeUnit | null)[];
  readonly where: ResolvedWhere;
}

/** More changed days than this make the records the shorter way. */
const MOST_CHANGED_DAYS = 60;

/**
 * Answers an aggregation from what is kept, the rest from the records; null where that could give another number than
 * the records alone: a narrower scope, filters or groups beyond one kept segment, another zone, another definition.
 */
export async function readFlow(
  work: Work,
  question: HistoryQuestion,
  aggregation: Aggregation,
): Promise<{ readonly rows: readonly AggregateRow[]; readonly words: string } | null> {
  const { part } = question;
  const { time } = aggregation;
  if (time === null || (time.range.start === null && time.range.end === null)) return null;
  const found = await keptFor(work, question, aggregation.entity);
  if (found === null) return null;
  const { definition, state, segment } = found;
  const ownWay = definition.time;
  if (ownWay === null) return null;
  if (!sameWay(definition.currency, aggregation.currency)) return null;
  const ownTime = question.checked.groups.every(
    (group) => group.kind !== 'time' || group.dimension === null || group.dimension.id === part.timeDimension,
  );
  const asked = question.grains.filter((grain) => grain !== null);
  if (!ownTime || asked.length > 1) return null;
  const touched = touchedDays(
    { catalogue: work.catalogue, definition, zone: state.zone },
    state.readUntil,
    MOST_CHANGED_DAYS,
  );
  const days = (await work.read(touched)).map(({ day }) => day);
  if (days.length > MOST_CHANGED_DAYS) return null;
  const span = {
    from: time.range.start === null ? Date.UTC(1, 0, 1) : Date.parse(time.range.start),
    to: time.range.end === null ? Date.UTC(9999, 0, 1) : Date.parse(time.range.end),
  };
  const kept = keptSpan(state, ownWay.type);
  const cover = coverRange(span, asked[0] ?? 'none', kept, days);
  if (cover.pieces.length === 0) return null;
  const statement = compileFromHistory(
    readingOf(work, question, aggregation, segment),
    cover.pieces.map((piece) => pieceOf(piece, kept.zone)),
    liveRows(work, aggregation, ownWay, cover),
  );
  const rows = await work.answer(statement);
  return { rows, words: coverWords(cover, span, { days, asOf: state.asOf, now: work.settings.now, kept }) };
}

export interface KeptMetric {
  readonly definition: HistoryDefinition;
  readonly state: HistoryState;
  /** The one segment that the question groups or filters by; empty: none. */
  readonly segment: string;
}

/** What is kept of a metric, if all of the asker's question can be read from it. */
export async function keptFor(
  work: Work,
  { part, checked, where }: HistoryQuestion,
  entity: Aggregation['entity'],
): Promise<KeptMetric | null> {
  if (work.scope(entity).reason !== 'all-rows' || checked.plan.subject !== 'none') return null;
  if (checked.plan.related !== undefined || checked.plan.part !== undefined) return null;
  const cuts = new Set(where.dimensionIds);
  for (const group of checked.groups) if (group.kind === 'dimension') cuts.add(group.dimension.id);
  // A filter of the question would take the place of the metric's own.
  if (part.filters.some((own) => own.replaceable === true && where.dimensionIds.has(own.dimension)))
    return null;
  const [segment = '', ...more] = cuts;
  if (more.length > 0) return null;
  const state = (await work.history()).get(part.id);
  if (!state || state.zone !== work.settings.zone) return null;
  const definition = historyDefinition(work.catalogue, part, state.segments, state.zone);
  if (typeof definition === 'string' || definition.hash !== state.definition) return null;
  if (segment !== '' && !state.segments.includes(segment)) return null;
  return { definition, state, segment };
}

export function readingOf(
  work: Work,
  { part, checked, grains, where }: HistoryQuestion,
  aggregation: Pick<Aggregation, 'currency' | 'fiscalStartMonth'>,
  segment: string,
): HistoryReading {
  return {
    metric: part.id,
    segment,
    conditions: where.conditionsFor(() => segmentWay),
    groups: checked.groups.map((group, index) =>
      group.kind === 'time' ? { kind: 'time', grain: grains[index] ?? 'month' } : { kind: 'value' },
    ),
    hasCurrency: aggregation.currency !== null,
    zone: work.settings.zone,
    fiscalStartMonth: aggregation.fiscalStartMonth,
  };
}

/** Every condition of a reading is about the one segment, so the way is never followed. */
const segmentWay: Way = { joins: [], entity: '', column: '', type: 'text' };

function keptSpan({ zone, from, asOf }: HistoryState, type: 'date' | 'instant') {
  if (type === 'instant') return { zone, from, asOf: asOf.getTime() };
  // Days of a date column have no zone; today, in the company's zone, is open.
  return {
    zone: 'UTC',
    from: { day: from.day, week: from.week },
    asOf: Date.parse(dayAt(asOf.getTime(), zone)),
  };
}

function pieceOf({ grain, from, to }: Piece, zone: string): HistoryPiece {
  const write = (at: number) => (grain === 'hour' ? new Date(at).toISOString() : dayAt(at, zone));
  return { grain, from: write(from), to: write(to) };
}

function liveRows(
  work: Work,
  aggregation: Aggregation,
  { way, type }: NonNullable<HistoryDefinition['time']>,
  { live }: Cover,
) {
  if (live.length === 0) return null;
  const write = (at: number) => new Date(at).toISOString().slice(0, type === 'date' ? 10 : undefined);
  const spans = live.map(({ from, to }) => ({ from: write(from), to: write(to) }));
  const conditions = [...aggregation.conditions, withinSpans(way, spans)];
  return compileAggregate(work.catalogue, { ...aggregation, time: null, conditions, isUnlimited: true });
}

function sameWay(a: Way | null, b: Way | null): boolean {
  return a?.column === b?.column && a?.joins.join() === b?.joins.join();
}
