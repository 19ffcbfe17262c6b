import {
  type FeedSpan,
  followAccounts,
  forgetEvents,
  writeAlertEvents,
  writeRecordEvents,
  writeStageChanges,
} from '../store/activity-store.ts';
import type { AnalysisStep } from './analysis-step.ts';

const FEED_DAYS = 90;

/**
 * What happened, across all records: customer escalations, alerts, deals, incidents, interventions and changes of an
 * account's lifecycle stage, of the last 90 days.
 */
export const activityStep: AnalysisStep = {
  name: 'activity-feed',
  async run(context) {
    const { asOf, isLive, changedSince, zone } = context;
    if (!isLive) return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
    const from = new Date(asOf.getTime() - FEED_DAYS * 86_400_000);
    const span: FeedSpan = { from, until: asOf, changedSince, zone };
    const rowsWritten = await context.write(async (trx) => {
      await followAccounts(trx, changedSince);
      const records = await writeRecordEvents(trx, span);
      const alerts = await writeAlertEvents(trx, span);
      const stages = await writeStageChanges(trx, span);
      await forgetEvents(trx, from);
      return records + alerts + stages;
    });
    return { rowsRead: 0, rowsWritten, findings: 0, notes: [] };
  },
};
