import { slotOf, slotSeconds } from '../analysis/anomaly/hour-buckets.ts';
import { dayNumber } from '../analysis/anomaly/series-buckets.ts';
import { findSeriesAnomalies, type SeriesAnomaly } from '../analysis/anomaly/series-findings.ts';
import { type SeriesRow, seriesHistoryStart } from '../analysis/anomaly/series-segments.ts';
import { usualFor } from '../analysis/anomaly/series-wording.ts';
import { startOfDay } from '../analysis/local-days.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import type { AnomalySeries } from '../domain/anomaly-settings.ts';
import type { Finding } from '../domain/finding.ts';
import {
  type AnomalyRow,
  countSeries,
  findNewestOfSeries,
  findSeriesHistory,
  keepSeriesHistory,
  saveAnomalies,
} from '../store/analysis-anomaly.ts';
import { replaceFindings } from '../store/finding-store.ts';
import { stableId } from '../toolkit/ids.ts';
import type { AnalysisStep, StepContext } from './analysis-step.ts';
import { readKeptRows, writeKeptRows } from './anomaly-history.ts';

/** Local days before today that an incremental run counts anew; what is older changes with the first run of a day. */
const COUNTED_ANEW_DAYS = 3;

/** Every watched series against what is usual for its hour or day, in all and by segment. */
export const anomalyStep: AnalysisStep = {
  name: 'anomalies',
  async run(context) {
    const { asOf, zone } = context;
    const findings: Finding[] = [];
    const anomalies: AnomalyRow[] = [];
    const notes: string[] = [];
    let rowsRead = 0;
    for (const series of context.settings.anomalies.series) {
      context.say(series.label);
      const newestAt = await findNewestOfSeries(context.store.db, series, { until: asOf, zone });
      const rows = newestAt === null ? [] : await countHistory(context, series);
      rowsRead += rows.length;
      const settings = context.settings.anomalies;
      const result = findSeriesAnomalies({ series, settings, rows, newestAt, now: asOf, zone });
      findings.push(...result.findings);
      anomalies.push(...result.anomalies.map((one) => toRow(one, series, asOf)));
      notes.push(...result.notes);
    }
    await context.write(async (trx) => {
      await saveAnomalies(trx, anomalies);
      for (const kind of ['volume-anomaly', 'metric-anomaly'] as const) {
        const own = findings.filter((finding) => finding.kind === kind);
        await replaceFindings(trx, kind, own, context.run);
      }
    });
    return { rowsRead, rowsWritten: anomalies.length + findings.length, findings: findings.length, notes };
  },
};

/**
 * The rows of a series over its history. An incremental run counts the last days and takes the older ones as they were
 * counted by the first run of the day.
 */
async function countHistory(context: StepContext, series: AnomalySeries): Promise<readonly SeriesRow[]> {
  const { store, asOf, zone, settings, changedSince } = context;
  const today = localDay(asOf, zone);
  const from = seriesHistoryStart(settings.anomalies, asOf);
  const recentDay = addDays(today, -COUNTED_ANEW_DAYS);
  const recentFrom = startOfDay(recentDay, zone);
  const kept = changedSince === null ? null : await findSeriesHistory(store.db, series.id);
  const isFresh =
    kept !== null &&
    kept.settingsVersion === settings.version &&
    localDay(kept.countedAt, zone) === today &&
    kept.countedAt <= asOf;
  const span = { until: asOf, zone, slotSeconds };
  if (isFresh) {
    const recent = await countSeries(store.db, series, { ...span, since: recentFrom });
    const first = series.grain === 'hour' ? slotOf(recentFrom) : dayNumber(recentDay);
    return [...readKeptRows(kept.buckets).filter(({ bucket }) => bucket < first), ...recent];
  }
  const rows = await countSeries(store.db, series, { ...span, since: from });
  if (context.isLive) {
    const buckets = writeKeptRows(rows);
    const history = { settingsVersion: settings.version, countedFrom: from, countedAt: asOf, buckets };
    await context.write((trx) => keepSeriesHistory(trx, series.id, history));
  }
  return rows;
}

function toRow(
  { segment, bucket, point }: SeriesAnomaly,
  series: AnomalySeries,
  detectedAt: Date,
): AnomalyRow {
  return {
    id: stableId('anomaly', series.id, segment, series.grain, bucket.start.toISOString()),
    series: series.id,
    label: series.label,
    segment,
    segmentLabel: segment === '' ? `all ${series.noun}` : segment.replace('=', ' ').replaceAll('_', ' '),
    grain: series.grain,
    bucketStart: bucket.start,
    observed: point.observed,
    expected: point.expected,
    lower: point.lower,
    upper: point.upper,
    usual: usualFor(bucket, point, series),
    score: point.score,
    opensEpisode: point.opensEpisode,
    detectedAt,
  };
}
