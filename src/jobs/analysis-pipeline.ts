import { readCloseDateMoves } from '../analysis/pipeline/close-date-moves.ts';
import {
  buildSlippedFindings,
  findSlippedDeals,
  movesSinceDays,
} from '../analysis/pipeline/slipped-deals.ts';
import { listCloseDateEvents, listOpenDeals } from '../store/analysis-store.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep } from './analysis-step.ts';

/** Open deals that are past their close date or were put off into a later quarter. */
export const pipelineStep: AnalysisStep = {
  name: 'pipeline',
  async run(context) {
    const { store, asOf, zone } = context;
    const deals = await listOpenDeals(store.db);
    const since = new Date(asOf.getTime() - movesSinceDays * 86_400_000);
    const events = await listCloseDateEvents(store.db, since);
    const slipped = findSlippedDeals(deals, readCloseDateMoves(events), asOf, zone);
    const findings = buildSlippedFindings(slipped, asOf, zone);
    await context.write((trx) => replaceFindings(trx, 'deal-slipped', findings, context.run));
    const undated = deals.filter(({ closeDate }) => closeDate === null).length;
    return {
      rowsRead: deals.length + events.length,
      rowsWritten: findings.length,
      findings: findings.length,
      notes: undated > 0 ? [`pipeline: ${undated} open deals have no close date and cannot slip`] : [],
    };
  },
};
