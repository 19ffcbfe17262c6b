import { alertSnapshotSchema, shownFinding } from '../domain/alert.ts';
import type { ChartSpec } from '../domain/chart-data.ts';
import type { Severity } from '../domain/priority.ts';
import { parseMessage } from '../messages/message-schema.ts';
import type { Heed } from './open-heed.ts';

/** An alert as the command line lists it. */
export interface ListedAlert {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly state: string;
  readonly subject: string;
  readonly firedAt: string | null;
  /** Name of whoever has it. */
  readonly acknowledgedBy: string | null;
  /** Conversation that its message is in; null: held back, or not delivered yet. */
  readonly channel: string | null;
  /** What the message says. */
  readonly text: string | null;
}

/**
 * Alerts with their message, newest first.
 *
 * @param mostRows null: all of them
 */
export async function listAlerts(
  heed: Pick<Heed, 'store'>,
  which: 'open' | 'all',
  mostRows: number | null = 500,
): Promise<readonly (ListedAlert & { readonly spec: ChartSpec | null })[]> {
  const rows = await heed.store.db
    .selectFrom('alert')
    .leftJoin('outbox', (join) =>
      join.onRef('outbox.alert_id', '=', 'alert.id').on('outbox.parent_id', 'is', null),
    )
    .leftJoin('person', 'person.id', 'alert.acknowledged_by')
    .select('person.name as acknowledged_by')
    .select([
      'alert.id',
      'alert.rule_id',
      'alert.severity',
      'alert.state',
      'alert.subject_label',
      'alert.fired_at',
      'alert.snapshot',
    ])
    .select(['outbox.channel_id', 'outbox.body'])
    .where(
      'alert.state',
      'in',
      which === 'open'
        ? ['pending', 'firing', 'recovering']
        : ['pending', 'firing', 'recovering', 'resolved'],
    )
    .orderBy('alert.fired_at', 'desc')
    .orderBy('alert.id')
    .$if(mostRows !== null, (query) => query.limit(mostRows ?? 0))
    .execute();
  return rows.map((row) => {
    const snapshot = alertSnapshotSchema.safeParse(row.snapshot);
    return {
      id: row.id,
      rule: row.rule_id,
      severity: row.severity,
      state: row.state,
      subject: row.subject_label,
      firedAt: row.fired_at?.toISOString() ?? null,
      acknowledgedBy: row.acknowledged_by,
      channel: row.channel_id,
      text: row.body === null ? null : parseMessage(row.body).text,
      spec: snapshot.success ? shownFinding(snapshot.data).chart : null,
    };
  });
}
