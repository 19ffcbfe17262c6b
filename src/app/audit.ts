import { type AuditVerdict, verifyAudit } from '../access/verify-audit.ts';
import type { Heed } from './open-heed.ts';

/**
 * Walks the audit trail on one snapshot.
 *
 * @param noted hash of an entry that was noted somewhere else
 */
export function checkAudit(heed: Pick<Heed, 'store'>, noted?: string): Promise<AuditVerdict> {
  return heed.store.readOnly(walkLimitMs, (trx) => verifyAudit(trx, noted));
}

/** A trail of millions takes minutes; it is a command of an administrator, not an answer. */
const walkLimitMs = 600_000;
