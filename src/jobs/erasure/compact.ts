import {
  compactTable,
  endCompaction,
  listTables,
  waitForOlderTransactions,
} from '../../store/privacy-compact.ts';
import type { ErasureStep } from './erasure-step.ts';

const DEFAULT_WAIT_SECONDS = 120;

/**
 * Takes what was erased out of the database's files: tables are rewritten, statistics made anew, and the embedded
 * engine's log used up. Every table, because an earlier change may have left an old version anywhere.
 */
export const compact: ErasureStep = {
  kind: 'outside',
  name: 'compact',
  run: async ({ deps, counts }) => {
    const { db, engine } = deps.store;
    const limitMs = (deps.waitSeconds ?? DEFAULT_WAIT_SECONDS) * 1000;
    if (engine === 'server') {
      deps.onProgress?.({ step: 'compact', detail: 'waiting for older transactions' });
      await waitForOlderTransactions(db, limitMs);
    }
    const skipped: Record<string, string> = {};
    for (const table of await listTables(db)) {
      deps.onProgress?.({ step: 'compact', detail: table });
      const reason = await compactTable(db, table);
      if (reason !== null) skipped[table] = reason;
    }
    const report = await endCompaction(db, engine, skipped, limitMs);
    counts.files('tables that could not be rewritten', Object.keys(report.skipped).length);
  },
};
