import { buildCertificationFindings } from '../analysis/partner/certification-findings.ts';
import { judgePartners } from '../analysis/partner/partner-health.ts';
import { addDays } from '../analysis/wording.ts';
import { replaceFindings } from '../store/finding-store.ts';
import {
  listPartnerSignals,
  listPartnerWins,
  replacePartnerHealth,
  replacePartnerResults,
} from '../store/partner-store.ts';
import { viewOf } from './analysis-pipeline-deals.ts';
import type { AnalysisStep } from './analysis-step.ts';

const activityDays = 90;

/** Deals that partners have a part in, the health of each partner, and certifications that expire. */
export const partnerStep: AnalysisStep = {
  name: 'partners',
  async run(context) {
    const { asOf, zone, settings, run } = context;
    const view = viewOf(context);
    const since = addDays(view.today, -settings.pipeline.performanceDays);
    const { partners: rules } = settings.pipeline;
    // Read and written in one transaction, because the results are counted right after they are written.
    return context.write(async (trx) => {
      const results = await replacePartnerResults(trx, view, { now: asOf, computedAt: asOf });
      const partners = await listPartnerSignals(trx, { now: asOf, since, activityDays });
      const health = judgePartners(partners, await listPartnerWins(trx, since), rules, { now: asOf, zone });
      const judged = partners.flatMap((partner) => {
        const own = health.get(partner.id);
        return own === undefined ? [] : { ...partner, ...own, daysLeft: own.certificationDaysLeft };
      });
      await replacePartnerHealth(
        trx,
        judged.map((one) => ({ ...one, partnerId: one.id })),
        asOf,
      );
      const findings = buildCertificationFindings(judged, rules.certificationNoticeDays, { now: asOf, zone });
      await replaceFindings(trx, 'partner-certification', findings, run);
      return {
        rowsRead: partners.length,
        rowsWritten: results + judged.length + findings.length,
        findings: findings.length,
        notes: [],
      };
    });
  },
};
