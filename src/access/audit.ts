import { type Kysely, sql } from 'kysely';
import { toJson } from '../store/json.ts';
import type { Schema } from '../store/schema.ts';
import { newId } from '../toolkit/ids.ts';

/** One line of the audit trail. */
export interface AuditEntry {
  /** Person who acted; null for the service itself. */
  readonly actorId: string | null;
  /** What was done, for example `answer`, `export`, `link-identity`. */
  readonly action: string;
  /** What it was done to: a record, an answer, a person. */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** When; the database's clock when absent. */
  readonly at?: Date;
}

/**
 * Lets the rest of a transaction rewrite what entries say of people (`erasure`) or remove the oldest ones (`retention`);
 * nothing else ever may. Both leave an entry of their own.
 */
export async function allowAuditChange(db: Kysely<Schema>, why: 'erasure' | 'retention'): Promise<void> {
  await sql`select set_config('heed.audit_change', ${why}, true)`.execute(db);
}

/** Writes an audit entry; inside a transaction it is kept exactly when the act itself is. */
export async function audit(db: Kysely<Schema>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      id: newId(),
      actor_id: entry.actorId,
      action: entry.action,
      subject: entry.subject,
      detail: toJson(entry.detail ?? {}),
      ...(entry.at && { at: entry.at }),
    })
    .execute();
}
