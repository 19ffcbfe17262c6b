import { slotSeconds } from '../analysis/anomaly/hour-buckets.ts';
import {
  findVolumeAnomalies,
  type VolumeAnomaly,
  volumeHistoryStart,
} from '../analysis/anomaly/volume-findings.ts';
import {
  type AnomalyRow,
  countTicketsPerSlot,
  findNewestTicketAt,
  saveAnomalies,
} from '../store/analysis-store.ts';
import { replaceFindings } from '../store/finding-store.ts';
import { stableId } from '../toolkit/ids.ts';
import type { AnalysisStep } from './analysis-step.ts';

/** Tickets opened per hour, in all and by priority and category, against what is usual for the hour. */
export const volumeStep: AnalysisStep = {
  name: 'ticket-volume',
  async run(context) {
    const { store, asOf, zone } = context;
    const counts = await countTicketsPerSlot(store.db, volumeHistoryStart(asOf), asOf, slotSeconds);
    const newestAt = await findNewestTicketAt(store.db, asOf);
    const { findings, anomalies, notes } = findVolumeAnomalies({ counts, newestAt, now: asOf, zone });
    await context.write(async (trx) => {
      await saveAnomalies(
        trx,
        anomalies.map((one) => toRow(one, asOf)),
      );
      await replaceFindings(trx, 'volume-anomaly', findings, context.run);
    });
    return {
      rowsRead: counts.length,
      rowsWritten: anomalies.length + findings.length,
      findings: findings.length,
      notes,
    };
  },
};

function toRow({ series, segment, bucket, point }: VolumeAnomaly, detectedAt: Date): AnomalyRow {
  return {
    id: stableId('anomaly', series, segment, 'hour', bucket.start.toISOString()),
    series,
    segment,
    grain: 'hour',
    bucketStart: bucket.start,
    observed: point.observed,
    expected: point.expected,
    lower: point.lower,
    upper: point.upper,
    score: point.score,
    detectedAt,
  };
}
