import { type ChurnReport, readChurnReport } from '../jobs/churn-report.ts';
import type { Heed } from './open-heed.ts';

export { writeChurnReport } from '../jobs/churn-report-text.ts';

/** What the churn model in use is worth; null before the analyser has run. */
export function churnReport({ store, settings }: Heed): Promise<ChurnReport | null> {
  return readChurnReport(store.db, settings.churn);
}
