import { type Kysely, type Selectable, sql } from 'kysely';
import { cleanText, toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** What somebody asked to be told about. */
export interface OwnAlert {
  readonly id: string;
  readonly personId: string;
  readonly answerId: string | null;
  readonly question: string;
  readonly plan: unknown;
  readonly op: Selectable<Schema['own_alert']>['op'];
  readonly threshold: number;
  readonly everyMinutes: number;
  /** Hashes of the groups beyond the threshold. */
  readonly matched: unknown;
  readonly episode: number;
  readonly checkedAt: Date | null;
  readonly failed: string | null;
}

export type NewOwnAlert = Pick<
  OwnAlert,
  'id' | 'personId' | 'answerId' | 'question' | 'plan' | 'op' | 'threshold' | 'everyMinutes'
>;

/** Keeps an alert, to be looked at first at once. */
export async function insertOwnAlert(db: Db, alert: NewOwnAlert, now: Date): Promise<void> {
  await db
    .insertInto('own_alert')
    .values({
      id: alert.id,
      person_id: alert.personId,
      answer_id: alert.answerId,
      question: cleanText(alert.question),
      plan: toJson(alert.plan),
      op: alert.op,
      threshold: alert.threshold,
      every_minutes: alert.everyMinutes,
      next_at: now,
      created_at: now,
    })
    .execute();
}

/** Alerts of a person, the oldest first. */
export async function listOwnAlerts(db: Db, personId: string): Promise<readonly OwnAlert[]> {
  const rows = await db
    .selectFrom('own_alert')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(alertOf);
}

/** @returns the deleted alert; null: the person has none with this id (whole, or its last eight characters) */
export async function deleteOwnAlert(db: Db, personId: string, id: string): Promise<OwnAlert | null> {
  const row = await db
    .deleteFrom('own_alert')
    .where('person_id', '=', personId)
    .where(sql<boolean>`${id.toLowerCase()} in (own_alert.id::text, right(own_alert.id::text, 8))`)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : alertOf(row);
}

/** Alerts whose time has come, the longest waiting first. */
export async function listDueOwnAlerts(db: Db, now: Date, limit: number): Promise<readonly OwnAlert[]> {
  const rows = await db
    .selectFrom('own_alert')
    .selectAll()
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(alertOf);
}

/** Takes a due alert for this transaction alone; null: another process has it, or it was deleted since. */
export async function takeDueOwnAlert(trx: Db, id: string, now: Date): Promise<OwnAlert | null> {
  const row = await trx
    .selectFrom('own_alert')
    .selectAll()
    .where('id', '=', id)
    .where('next_at', '<=', now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row === undefined ? null : alertOf(row);
}

/** Notes what a look found, and when the next one is. */
export async function noteOwnAlert(
  trx: Db,
  id: string,
  look: {
    readonly at: Date;
    readonly nextAt: Date;
    readonly matched?: readonly string[];
    readonly episode?: number;
    readonly failed: string | null;
  },
): Promise<void> {
  await trx
    .updateTable('own_alert')
    .set({
      checked_at: look.at,
      next_at: look.nextAt,
      failed: look.failed === null ? null : cleanText(look.failed),
      ...(look.matched === undefined ? {} : { matched: toJson(look.matched) }),
      ...(look.episode === undefined ? {} : { episode: look.episode }),
    })
    .where('id', '=', id)
    .execute();
}

/** Id by which the platform knows a person; null when nobody linked them. */
export async function chatUserOf(
  db: Db,
  platform: 'slack' | 'teams',
  personId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('chat_identity')
    .select('chat_user_id')
    .where('platform', '=', platform)
    .where('person_id', '=', personId)
    .orderBy('linked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.chat_user_id ?? null;
}

function alertOf(row: Selectable<Schema['own_alert']>): OwnAlert {
  return {
    id: row.id,
    personId: row.person_id,
    answerId: row.answer_id,
    question: row.question,
    plan: row.plan,
    op: row.op,
    threshold: row.threshold,
    everyMinutes: row.every_minutes,
    matched: row.matched,
    episode: row.episode,
    checkedAt: row.checked_at,
    failed: row.failed,
  };
}
