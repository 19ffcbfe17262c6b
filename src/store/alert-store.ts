import { type Kysely, type Selectable, sql, type Updateable } from 'kysely';
import { type Alert, type AlertEvent, type AlertEventKind, alertSnapshotSchema } from '../domain/alert.ts';
import { newId } from '../toolkit/ids.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Row = Selectable<Schema['alert']>;

/** Rows per statement; an alert has 27 columns and a statement takes 65,535 values. */
const chunkSize = 500;

/**
 * The open alerts of one rule, and those that were dismissed while their condition holds, locked until the
 * transaction ends, so that nobody's click is overwritten.
 *
 * @param only about these subjects; all without it
 */
export async function lockOpenAlerts(
  trx: Db,
  ruleId: string,
  only?: readonly string[],
): Promise<readonly Alert[]> {
  const rows = await trx
    .selectFrom('alert')
    .selectAll()
    .where('rule_id', '=', ruleId)
    .$if(only !== undefined, (query) =>
      query.where('subject_id', '=', sql<string>`any(${[...(only ?? [])]}::text[])`),
    )
    .where((eb) =>
      eb.or([
        eb('state', '<>', 'resolved'),
        eb.and([eb('resolve_reason', '=', 'expired'), eb('misses', '=', 0)]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toAlert);
}

/** Rules that have open alerts. */
export async function listOpenRuleIds(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('alert')
    .select('rule_id')
    .distinct()
    .where('state', '<>', 'resolved')
    .execute();
  return rows.map((row) => row.rule_id);
}

/** Whether the rule has ever made an alert. */
export async function hasAlertHistory(db: Db, ruleId: string): Promise<boolean> {
  const row = await db
    .selectFrom('alert')
    .select('id')
    .where('rule_id', '=', ruleId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many alerts of a rule have fired with a message of their own since an instant. */
export async function countPostedSince(db: Db, ruleId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('alert')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('rule_id', '=', ruleId)
    .where('fired_at', '>=', since)
    .where(sql<boolean>`snapshot #>> '{delivery,held}' is null`)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Subjects for which one of these rules is firing or recovering. */
export async function listOpenSubjects(
  db: Db,
  ruleIds: readonly string[],
): Promise<readonly { readonly ruleId: string; readonly kind: string; readonly id: string }[]> {
  if (ruleIds.length === 0) return [];
  const rows = await db
    .selectFrom('alert')
    .select(['rule_id', 'subject_kind', 'subject_id'])
    .where('rule_id', 'in', ruleIds)
    .where('state', 'in', ['firing', 'recovering'])
    .execute();
  return rows.map((row) => ({ ruleId: row.rule_id, kind: row.subject_kind, id: row.subject_id }));
}

/** How often each fingerprint of a rule fired or resolved since an instant, and the alert that resolved last. */
export interface RecentAlertChanges {
  readonly fingerprint: string;
  readonly changes: number;
  readonly lastResolved: Alert | null;
}

export async function listRecentAlertChanges(
  db: Db,
  ruleId: string,
  since: Date,
  enough: number,
): Promise<readonly RecentAlertChanges[]> {
  const rows = await db
    .selectFrom('alert_event as event')
    .innerJoin('alert', 'alert.id', 'event.alert_id')
    .select(['alert.fingerprint', (eb) => eb.fn.countAll<number>().as('changes')])
    .where('alert.rule_id', '=', ruleId)
    .where((eb) => eb.or([eb('alert.pending_at', '>=', since), eb('alert.state', '<>', 'resolved')]))
    .where('event.at', '>=', since)
    .where('event.kind', 'in', ['fired', 'resolved'])
    .groupBy('alert.fingerprint')
    .having((eb) => eb(eb.fn.countAll(), '>=', enough))
    .execute();
  if (rows.length === 0) return [];
  const resolved = await db
    .selectFrom('alert')
    .selectAll()
    .distinctOn('fingerprint')
    .where('rule_id', '=', ruleId)
    .where(
      'fingerprint',
      'in',
      rows.map((row) => row.fingerprint),
    )
    .where('state', '=', 'resolved')
    .orderBy('fingerprint')
    .orderBy('resolved_at', 'desc')
    .execute();
  const last = new Map(resolved.map((row) => [row.fingerprint, toAlert(row)]));
  return rows.map(({ fingerprint, changes }) => ({
    fingerprint,
    changes,
    lastResolved: last.get(fingerprint) ?? null,
  }));
}

/**
 * Adds alerts. An alert whose rule and fingerprint are open already, because somebody else evaluated at the same time,
 * is left out.
 *
 * @returns ids of those that were added
 */
export async function insertAlerts(trx: Db, alerts: readonly Alert[]): Promise<ReadonlySet<string>> {
  const added = new Set<string>();
  for (let start = 0; start < alerts.length; start += chunkSize) {
    const rows = await trx
      .insertInto('alert')
      .values(alerts.slice(start, start + chunkSize).map((alert) => ({ id: alert.id, ...toColumns(alert) })))
      .onConflict((conflict) =>
        conflict.columns(['rule_id', 'fingerprint']).where('state', '<>', 'resolved').doNothing(),
      )
      .returning('id')
      .execute();
    for (const { id } of rows) added.add(id);
  }
  return added;
}

/** Writes alerts that were locked in this transaction. */
export async function saveAlerts(trx: Db, alerts: readonly Alert[]): Promise<void> {
  for (const alert of alerts) {
    await trx
      .updateTable('alert')
      .set({ ...toColumns(alert), updated_at: sql`clock_timestamp()` })
      .where('id', '=', alert.id)
      .execute();
  }
}

/** Notes that alerts still hold, with their newest number; nothing that people see changes. */
export async function touchAlerts(
  trx: Db,
  seen: readonly { readonly id: string; readonly value: number; readonly runId: string }[],
  at: Date,
): Promise<void> {
  if (seen.length === 0) return;
  const rows = toJson(seen.map(({ id, value, runId }) => ({ id, value, run_id: runId })));
  await sql`
    update alert set
      value = seen.value,
      last_seen_at = ${at},
      snapshot = jsonb_set(alert.snapshot, '{evaluation,runId}', to_jsonb(seen.run_id))
    from jsonb_to_recordset(${rows}::jsonb) as seen(id uuid, value double precision, run_id text)
    where alert.id = seen.id
  `.execute(trx);
}

/** One alert, locked until the transaction ends. */
export async function lockAlert(trx: Db, id: string): Promise<Alert | null> {
  const row = await trx.selectFrom('alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? null : toAlert(row);
}

/** One alert as it is. */
export async function findAlert(db: Db, id: string): Promise<Alert | null> {
  const row = await db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toAlert(row);
}

export interface NewAlertEvent extends AlertEvent {
  readonly alertId: string;
}

export async function insertAlertEvents(trx: Db, events: readonly NewAlertEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += chunkSize) {
    const rows = events.slice(start, start + chunkSize).map((event) => ({
      id: newId(event.at.getTime()),
      alert_id: event.alertId,
      at: event.at,
      kind: event.kind,
      actor_id: event.actorId,
      reason: event.reason,
      detail: toJson(event.detail),
    }));
    await trx.insertInto('alert_event').values(rows).execute();
  }
}

/** What happened to an alert, oldest first. */
export async function listAlertEvents(db: Db, alertId: string): Promise<readonly AlertEvent[]> {
  const rows = await db
    .selectFrom('alert_event')
    .selectAll()
    .where('alert_id', '=', alertId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    at: row.at,
    // Written by this file alone.
    kind: row.kind as AlertEventKind,
    actorId: row.actor_id,
    reason: row.reason,
    detail: row.detail as Readonly<Record<string, unknown>>,
  }));
}

function toColumns(alert: Alert) {
  return {
    rule_id: alert.ruleId,
    fingerprint: alert.fingerprint,
    state: alert.state,
    severity: alert.severity,
    subject_kind: alert.subject.kind,
    subject_id: alert.subject.id,
    subject_label: alert.subject.label,
    account_id: alert.accountId,
    owner_id: alert.ownerId,
    team_id: alert.teamId,
    labels: toJson(alert.labels),
    value: alert.value,
    snapshot: toJson(alert.snapshot),
    pending_at: alert.pendingAt,
    fired_at: alert.firedAt,
    recovering_at: alert.recoveringAt,
    resolved_at: alert.resolvedAt,
    resolve_reason: alert.resolveReason,
    last_seen_at: alert.lastSeenAt,
    misses: alert.misses,
    acknowledged_at: alert.acknowledgedAt,
    acknowledged_by: alert.acknowledgedBy,
    assigned_to: alert.assignedTo,
    silenced_until: alert.silencedUntil,
    silenced_by: alert.silencedBy,
    version: alert.version,
  } satisfies Updateable<Schema['alert']>;
}

function toAlert(row: Row): Alert {
  const snapshot = alertSnapshotSchema.safeParse(row.snapshot);
  if (!snapshot.success)
    throw new Error(`alert ${row.id} has a snapshot that cannot be read: ${snapshot.error.message}`);
  return {
    id: row.id,
    ruleId: row.rule_id,
    fingerprint: row.fingerprint,
    state: row.state,
    severity: row.severity,
    subject: {
      kind: row.subject_kind as Alert['subject']['kind'],
      id: row.subject_id,
      label: row.subject_label,
    },
    accountId: row.account_id,
    ownerId: row.owner_id,
    teamId: row.team_id,
    labels: row.labels as Alert['labels'],
    value: row.value,
    snapshot: snapshot.data,
    pendingAt: row.pending_at,
    firedAt: row.fired_at,
    recoveringAt: row.recovering_at,
    resolvedAt: row.resolved_at,
    resolveReason: row.resolve_reason,
    lastSeenAt: row.last_seen_at,
    misses: row.misses,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    assignedTo: row.assigned_to,
    silencedUntil: row.silenced_until,
    silencedBy: row.silenced_by,
    version: row.version,
  };
}
