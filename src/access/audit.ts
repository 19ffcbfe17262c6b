import type { Kysely } from 'kysely';
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
