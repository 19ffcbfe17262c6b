import {
  bucketsAt,
  type DaySpan,
  historyStart,
  joinSpans,
  notBefore,
  spansOf,
  wholeWeeks,
} from '../analysis/snapshot/history-window.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { simpleParts } from '../catalogue/lookup.ts';
import type { SnapshotSettings } from '../domain/snapshot-settings.ts';
import { type HistoryDefinition, historyDefinition } from '../query/history/history-definition.ts';
import { takeFlow, takeState, touchedDays } from '../query/history/take-history.ts';
import { readableUntil } from '../store/analysis-step-store.ts';
import {
  deleteBuckets,
  deleteHistory,
  forgetMovedRecords,
  forgetOtherMetrics,
  type HistoryState,
  loadHistoryStates,
  readRows,
  saveHistoryState,
  touchHistoryStates,
  writeHistory,
} from '../store/metric-history-store.ts';
import type { AnalysisStep, StepContext, StepResult, Transaction } from './analysis-step.ts';

/** More changed days than this are counted as one span. */
const MOST_TOUCHED_DAYS = 200;

/**
 * Values of metrics per hour, day and week. The first run counts what is to be kept; later ones count only the buckets
 * that changed records lie in or have left, and record states as they are now.
 */
export const snapshotsStep: AnalysisStep = {
  name: 'snapshots',
  async run(context) {
    if (!context.isLive)
      return { ...nothing, notes: ['snapshots: a run that speaks of another moment keeps nothing'] };
    return await takeSnapshots(context, null);
  },
};

const nothing: StepResult = { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };

export type SnapshotContext = Pick<
  StepContext,
  'store' | 'catalogue' | 'settings' | 'zone' | 'asOf' | 'write' | 'say'
>;

/**
 * Brings the history of every kept metric up to date.
 *
 * @param since local day `YYYY-MM-DD` from which everything is counted anew; null: only what changed
 */
export async function takeSnapshots(context: SnapshotContext, since: string | null): Promise<StepResult> {
  const { store, catalogue, settings, zone } = context;
  const { definitions, notes } = definitionsOf(catalogue, settings.snapshots, zone);
  const states = await loadHistoryStates(store.db);
  // Before anything is read: what is stored from here on is looked at next time.
  const readUntil = await readableUntil(store.db);
  const taking: Taking = { readUntil, since, touched: new Map(), unchanged: [] };
  let rowsWritten = 0;
  for (const definition of definitions) {
    context.say(definition.metric.label.toLowerCase());
    rowsWritten += await takeMetric(context, definition, states.get(definition.metric.id), taking);
  }
  await context.write(async (trx) => {
    await forgetOtherMetrics(
      trx,
      definitions.map(({ metric }) => metric.id),
    );
    await touchHistoryStates(trx, taking.unchanged, { readUntil, asOf: context.asOf });
    await forgetMovedRecords(trx);
  });
  return { rowsRead: 0, rowsWritten, findings: 0, notes };
}

/** Every simple metric behind the listed ones, and a sentence about each that cannot be kept. */
export function definitionsOf(
  catalogue: Catalogue,
  { metrics }: SnapshotSettings,
  zone: string,
): { readonly definitions: readonly HistoryDefinition[]; readonly notes: readonly string[] } {
  const definitions = new Map<string, HistoryDefinition>();
  const notes: string[] = [];
  for (const [id, segments] of metrics) {
    const metric = catalogue.metrics.get(id);
    if (!metric) {
      notes.push(`snapshots.yml: there is no metric "${id}"`);
      continue;
    }
    for (const part of simpleParts(catalogue, metric)) {
      const definition = historyDefinition(catalogue, part, segments, zone);
      if (typeof definition === 'string') notes.push(`snapshots.yml: ${part.id} is not kept: ${definition}`);
      else definitions.set(part.id, definition);
    }
  }
  return { definitions: [...definitions.values()], notes };
}

interface Taking {
  readonly readUntil: Date;
  readonly since: string | null;
  /** Changed days by what they depend on, which many metrics have in common. */
  readonly touched: Map<string, Promise<readonly string[]>>;
  /** Metrics of which nothing has changed. */
  readonly unchanged: string[];
}

async function takeMetric(
  context: SnapshotContext,
  definition: HistoryDefinition,
  known: HistoryState | undefined,
  taking: Taking,
): Promise<number> {
  const { settings, zone, asOf } = context;
  const { metric, hash: definitionHash, segments } = definition;
  const { readUntil } = taking;
  const from = historyStart(asOf, zone, settings.snapshots.keepDays);
  const changed =
    definition.time === null ? [] : await changedSpans(context, definition, known, from, taking);
  if (definition.time !== null && changed.length === 0 && known?.from.hour === from.hour) {
    taking.unchanged.push(metric.id);
    return 0;
  }
  return await context.write(async (trx) => {
    const written =
      definition.time === null
        ? await writeState(context, trx, definition)
        : await writeFlow(context, trx, definition, from, changed);
    if (known?.from.hour !== from.hour) {
      await deleteHistory(trx, metric.id, [
        { grains: ['hour'], from: null, to: from.hour, zone },
        { grains: ['day'], from: null, to: from.day, zone },
        { grains: ['week'], from: null, to: from.week, zone },
      ]);
    }
    const segmentIds = segments.map(({ dimension }) => dimension);
    const state = { metric: metric.id, definition: definitionHash, segments: segmentIds, zone, from };
    await saveHistoryState(trx, { ...state, readUntil, asOf });
    return written;
  });
}

type Starts = HistoryState['from'];

/** Later than any bucket. */
const END = '9999-01-01';

/** Local days to count anew: all that are kept at first and when the metric, or what is kept, was changed. */
async function changedSpans(
  context: SnapshotContext,
  definition: HistoryDefinition,
  known: HistoryState | undefined,
  from: Starts,
  { since, touched }: Taking,
): Promise<readonly DaySpan[]> {
  const first = from.week < from.day ? from.week : from.day;
  const isWider =
    known && (from.hour < known.from.hour || from.day < known.from.day || from.week < known.from.week);
  if (known?.definition !== definition.hash || isWider === true) return [{ from: first, to: END }];
  const { entity, time, joins } = definition;
  const key = JSON.stringify([entity.id, time?.way, joins, known.readUntil]);
  const look = touched.get(key) ?? listTouchedDays(context, definition, known.readUntil);
  touched.set(key, look);
  const days = await look;
  const spans = days.length > MOST_TOUCHED_DAYS ? [{ from: days[0]!, to: END }] : spansOf(days);
  return notBefore(since === null ? spans : joinSpans([...spans, { from: since, to: END }]), first);
}

async function listTouchedDays(
  { store, catalogue, zone }: SnapshotContext,
  definition: HistoryDefinition,
  since: Date,
): Promise<readonly string[]> {
  const statement = touchedDays({ catalogue, definition, zone }, since, MOST_TOUCHED_DAYS);
  return (await readRows(store.db, statement)).map(({ day }) => day).sort();
}

async function writeFlow(
  { catalogue, asOf, zone }: SnapshotContext,
  trx: Transaction,
  definition: HistoryDefinition,
  from: Starts,
  changed: readonly DaySpan[],
): Promise<number> {
  const taking = { catalogue, definition, now: asOf, zone };
  const { id } = definition.metric;
  const weeks = wholeWeeks(changed);
  const hours = notBefore(changed, from.hour);
  let written = 0;
  if (weeks.length > 0) {
    await deleteHistory(
      trx,
      id,
      weeks.map((span) => ({ ...span, grains: ['day', 'week'], zone })),
    );
    const grains = [
      { grain: 'day', from: from.day },
      { grain: 'week', from: from.week },
    ] as const;
    written += await writeHistory(trx, id, takeFlow(taking, weeks, grains));
  }
  if (hours.length > 0 && definition.time?.type === 'instant') {
    await deleteHistory(
      trx,
      id,
      hours.map((span) => ({ ...span, grains: ['hour'], zone })),
    );
    written += await writeHistory(trx, id, takeFlow(taking, hours, [{ grain: 'hour', from: from.hour }]));
  }
  return written;
}

/** A state cannot be counted for a past moment: the last look in a bucket is the bucket's value. */
async function writeState(
  { catalogue, asOf, zone }: SnapshotContext,
  trx: Transaction,
  definition: HistoryDefinition,
): Promise<number> {
  const buckets = bucketsAt(asOf, zone);
  await deleteBuckets(trx, definition.metric.id, buckets);
  const values = takeState({ catalogue, definition, now: asOf, zone }, buckets);
  return await writeHistory(trx, definition.metric.id, values);
}
