import { z } from 'zod';
import { buildEscalationFindings } from '../analysis/escalation/escalation-findings.ts';
import { listOpenEscalations } from '../store/analysis-store.ts';
import type { Store } from '../store/database.ts';
import { refreshHotShards, replaceEscalationPatterns } from '../store/escalation-store.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep } from './analysis-step.ts';
import { findEscalationPatterns } from './escalation-patterns.ts';

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

/** Customer escalations that are open, the hot shards that they speak of, and where they pile up. */
export const escalationStep: AnalysisStep = {
  name: 'customer-escalation',
  async run(context) {
    const { store, asOf, zone, changedSince, run } = context;
    const open = await loadOpenEscalations(store.db, asOf);
    const findings = buildEscalationFindings(open, asOf, zone);
    const shards = await context.write((trx) => refreshHotShards(trx, changedSince, asOf));
    const patterns = await findEscalationPatterns(context);
    await context.write(async (trx) => {
      await replaceFindings(trx, 'customer-escalation', findings, run);
      await replaceEscalationPatterns(trx, patterns.rows);
      await replaceFindings(trx, 'escalation-pattern', patterns.findings, run);
    });
    const told = findings.length + patterns.findings.length;
    return {
      rowsRead: open.length + patterns.read,
      rowsWritten: told + shards + patterns.rows.length,
      findings: told,
      notes: patterns.notes,
    };
  },
};
