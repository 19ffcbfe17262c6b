import { type Kysely, sql } from 'kysely';
import { cleanText, toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** A question that somebody wants to see again, on their own board. */
export interface SavedQuestion {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly question: string;
  readonly plan: unknown;
}

/** A name that the person has already gets the new question. */
export async function saveQuestion(db: Db, saved: SavedQuestion, now: Date): Promise<void> {
  const changed = {
    name: cleanText(saved.name),
    question: cleanText(saved.question),
    plan: toJson(saved.plan),
  };
  const replaced = await db
    .updateTable('saved_question')
    .set(changed)
    .where('person_id', '=', saved.personId)
    .where(sql<boolean>`lower(name) = lower(${changed.name})`)
    .executeTakeFirst();
  if (replaced.numUpdatedRows > 0n) return;
  await db
    .insertInto('saved_question')
    .values({ id: saved.id, person_id: saved.personId, ...changed, created_at: now })
    .execute();
}

/** In the order in which they were added. */
export async function listSavedQuestions(db: Db, personId: string): Promise<readonly SavedQuestion[]> {
  const rows = await db
    .selectFrom('saved_question')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    name: row.name,
    question: row.question,
    plan: row.plan,
  }));
}

/** @returns false when the person has none of this name */
export async function removeSavedQuestion(db: Db, personId: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_question')
    .where('person_id', '=', personId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
