import type { Kysely } from 'kysely';
import { newId } from '../toolkit/ids.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

export interface AuditEntry {
  readonly at: Date;
  readonly actorId: string | null;
  /** For example `alert.acknowledge`. */
  readonly action: string;
  /** What was acted on, for example `alert:<id>`. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** One line of the audit trail, in the transaction of the change it speaks of. */
export async function insertAuditEntry(trx: Kysely<Schema>, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit_log')
    .values({
      id: newId(entry.at.getTime()),
      at: entry.at,
      actor_id: entry.actorId,
      action: entry.action,
      subject: entry.subject,
      detail: toJson(entry.detail),
    })
    .execute();
}
