import { z } from 'zod';
import { buildEscalationFindings } from '../analysis/escalation/escalation-findings.ts';
import { listOpenEscalations } from '../store/analysis-store.ts';
import type { Store } from '../store/database.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep } from './analysis-step.ts';

const hotShard = z
  .object({
    cluster: z.string().nullable(),
    table: z.string().nullable(),
    shard: z.string().nullable(),
    skewRatio: z.number().nullable(),
  })
  .nullable()
  .catch(null);

export async function loadOpenEscalations(db: Store['db'], asOf: Date) {
  const rows = await listOpenEscalations(db, asOf);
  return rows.map((row) => ({ ...row, hotShard: hotShard.parse(row.hotShard) }));
}

/** Customer escalations that are open. */
export const escalationStep: AnalysisStep = {
  name: 'customer-escalation',
  async run(context) {
    const open = await loadOpenEscalations(context.store.db, context.asOf);
    const findings = buildEscalationFindings(open, context.asOf, context.zone);
    await context.write((trx) => replaceFindings(trx, 'customer-escalation', findings, context.run));
    return { rowsRead: open.length, rowsWritten: findings.length, findings: findings.length, notes: [] };
  },
};
