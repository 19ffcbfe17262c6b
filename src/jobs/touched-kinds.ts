import { buildEscalationFindings } from '../analysis/escalation/escalation-findings.ts';
import { readCloseDateMoves } from '../analysis/pipeline/close-date-moves.ts';
import {
  buildSlippedFindings,
  findSlippedDeals,
  movesSinceDays,
} from '../analysis/pipeline/slipped-deals.ts';
import { saveHealthScores } from '../store/analysis-health.ts';
import { listCloseDateEvents, listOpenDeals } from '../store/analysis-store.ts';
import { loadOpenEscalations } from './analysis-escalation.ts';
import { lookAtHealth } from './analysis-health-look.ts';
import type { TouchedKind } from './touched-kind.ts';
import { buildTouchedSla } from './touched-sla.ts';

const escalations: TouchedKind = {
  kind: 'customer-escalation',
  idsOf: (touched) => touched.escalations,
  async look(ids, { trx, now, zone }) {
    // The others are read for the picture and the rows beside it.
    const open = await loadOpenEscalations(trx, now);
    return { findings: buildEscalationFindings(open, now, zone, new Set(ids)), subjectIds: ids };
  },
};

const health: TouchedKind = {
  kind: 'account-health',
  idsOf: (touched) => touched.accounts,
  async look(ids, look) {
    const { scoresBefore, scoresToday, findings } = await lookAtHealth(
      look.trx,
      { asOf: look.now, zone: look.zone, health: look.health },
      ids,
    );
    const save = () => saveHealthScores(look.trx, [...scoresBefore, ...scoresToday], look.now);
    return { findings, subjectIds: ids, save };
  },
};

const deals: TouchedKind = {
  kind: 'deal-slipped',
  idsOf: (touched) => touched.deals,
  async look(ids, { trx, now, zone }) {
    const since = new Date(now.getTime() - movesSinceDays * 86_400_000);
    const open = await listOpenDeals(trx, ids);
    const moves = readCloseDateMoves(await listCloseDateEvents(trx, since, ids));
    const slipped = findSlippedDeals(open, moves, now, zone);
    return { findings: buildSlippedFindings(slipped, now, zone, new Set(ids)), subjectIds: ids };
  },
};

/**
 * What an event can change by itself, most urgent first. How many tickets are usual for an hour cannot be judged by one
 * ticket: anomalies wait for the analyser.
 */
export function buildTouchedKinds(): readonly TouchedKind[] {
  return [escalations, buildTouchedSla(), health, deals];
}
