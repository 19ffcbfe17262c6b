import type { Kysely } from 'kysely';
import type { Alert } from '../domain/alert.ts';
import { putMessage } from './outbox-store.ts';
import type { Schema } from './schema.ts';

export interface AlertMessages {
  readonly platform: 'slack' | 'teams';
  /** The message in its present form; the one that is there is replaced. */
  readonly body: unknown;
  /** A line for its thread, said once per version of the alert. */
  readonly reply?: unknown;
}

/**
 * Writes what every conversation of an alert should show, in the transaction that changes the alert. An alert has one
 * message per conversation for all its life; an equal body changes nothing.
 *
 * @returns how many messages were added or changed
 */
export async function putAlertMessages(
  trx: Kysely<Schema>,
  alert: Alert,
  { platform, body, reply }: AlertMessages,
): Promise<number> {
  const { conversations, held, messageOf } = alert.snapshot.delivery;
  if (held !== null) return 0;
  let changed = 0;
  for (const conversation of conversations) {
    const common = { platform, conversation, lane: 'alert' as const, alertId: alert.id };
    const key = `alert:${messageOf}:${conversation}`;
    const put = await putMessage(trx, { ...common, dedupeKey: key, body });
    changed += put.outcome === 'inserted' || put.outcome === 'revised' ? 1 : 0;
    if (reply === undefined) continue;
    const dedupeKey = `alert:${alert.id}:${conversation}:reply:${alert.version}`;
    await putMessage(trx, { ...common, dedupeKey, parentId: put.id, body: reply });
    changed += 1;
  }
  return changed;
}
