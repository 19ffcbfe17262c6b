import { buildShareFindings } from '../analysis/anomaly/share-findings.ts';
import { findShareOutliers, type ShareOutlier } from '../analysis/anomaly/share-outliers.ts';
import { groupBy } from '../analysis/group-by.ts';
import type { Finding } from '../domain/finding.ts';
import {
  countNegativeTickets,
  countSlaBreaches,
  listBreachedTickets,
  listNegativeTickets,
  listOutlierAccounts,
  replaceShareOutliers,
  type ShareMeasure,
  type ShareOutlierRow,
} from '../store/analysis-share.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep, StepContext } from './analysis-step.ts';

const measures = [
  { measure: 'negative_tickets', count: countNegativeTickets, listBad: listNegativeTickets },
  { measure: 'sla_breaches', count: countSlaBreaches, listBad: listBreachedTickets },
] as const;

/** Findings are made for the surest; the others are in the table. */
const MOST_FINDINGS = 200;
const EVIDENCE_ROWS = 10;

/** Accounts whose share of negative tickets or of breached SLA clocks is far above that of all accounts. */
export const shareStep: AnalysisStep = {
  name: 'share-outliers',
  async run(context) {
    const { asOf } = context;
    const rule = context.settings.anomalies.shareOutliers;
    const since = new Date(asOf.getTime() - rule.days * 86_400_000);
    const findings: Finding[] = [];
    const rows: ShareOutlierRow[] = [];
    const notes: string[] = [];
    let rowsRead = 0;
    for (const { measure, count, listBad } of measures) {
      const accounts = await count(context.store.db, { since, until: asOf });
      rowsRead += accounts.length;
      const enough = accounts.filter(({ cases }) => cases >= rule.leastCases).length;
      if (enough === 0)
        notes.push(`${measure.replaceAll('_', ' ')}: no account has ${rule.leastCases} cases`);
      const outliers = findShareOutliers(accounts, rule);
      rows.push(...outliers.map((one) => ({ ...one, measure })));
      const shown = outliers.slice(0, MOST_FINDINGS);
      const ids = shown.map(({ accountId }) => accountId);
      const bad =
        ids.length === 0
          ? []
          : await listBad(context.store.db, ids, { since, until: asOf, most: EVIDENCE_ROWS });
      findings.push(...(await explain(context, { measure, shown, ids, bad })));
    }
    await context.write(async (trx) => {
      await replaceShareOutliers(trx, rows, { since, computedAt: asOf });
      await replaceFindings(trx, 'share-outlier', findings, context.run);
    });
    return { rowsRead, rowsWritten: rows.length + findings.length, findings: findings.length, notes };
  },
};

async function explain(
  { store, settings, asOf, zone }: StepContext,
  found: {
    readonly measure: ShareMeasure;
    readonly shown: readonly ShareOutlier[];
    readonly ids: readonly string[];
    readonly bad: Awaited<ReturnType<typeof listNegativeTickets>>;
  },
): Promise<readonly Finding[]> {
  if (found.shown.length === 0) return [];
  const accounts = await listOutlierAccounts(store.db, found.ids);
  return buildShareFindings({
    measure: found.measure,
    outliers: found.shown,
    accounts: new Map(accounts.map((account) => [account.id, account])),
    badCases: groupBy(found.bad, ({ accountId }) => accountId),
    days: settings.anomalies.shareOutliers.days,
    factor: settings.anomalies.shareOutliers.factor,
    now: asOf,
    zone,
  });
}
