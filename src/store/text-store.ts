import type { Insertable, Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';
import type { TextKind } from './text-records.ts';

/** Rows per statement: 18 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 2_000;

export type TextScoreRow = Insertable<Schema['text_score']>;

/** Stores what was read of records; what is stored of them already is overwritten. */
export async function saveTextScores(trx: Transaction<Schema>, rows: readonly TextScoreRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await trx
      .insertInto('text_score')
      .values(rows.slice(from, from + CHUNK))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          ticket_id: eb.ref('excluded.ticket_id'),
          account_id: eb.ref('excluded.account_id'),
          owner_id: eb.ref('excluded.owner_id'),
          team_id: eb.ref('excluded.team_id'),
          said_at: eb.ref('excluded.said_at'),
          sentiment: eb.ref('excluded.sentiment'),
          tone: eb.ref('excluded.tone'),
          sentiment_source: eb.ref('excluded.sentiment_source'),
          sentiment_version: eb.ref('excluded.sentiment_version'),
          topic: eb.ref('excluded.topic'),
          second_topic: eb.ref('excluded.second_topic'),
          third_topic: eb.ref('excluded.third_topic'),
          topic_source: eb.ref('excluded.topic_source'),
          topic_version: eb.ref('excluded.topic_version'),
          is_topic_sure: eb.ref('excluded.is_topic_sure'),
          computed_at: eb.ref('excluded.computed_at'),
        })),
      )
      .execute();
  }
}

/** Deletes what was read of these records. */
export async function deleteTextScores(trx: Transaction<Schema>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .deleteFrom('text_score')
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** Deletes what was read of records that are gone. @returns how many rows went */
export async function deleteOrphanedTextScores(trx: Transaction<Schema>, kind: TextKind): Promise<number> {
  const result = await sql`
    delete from text_score s where s.kind = ${kind} and not exists (
      select 1 from ${sql.table(kind)} r where r.id = s.id and r.deleted_at is null)`.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

export interface StoredTextModel {
  readonly version: string;
  readonly trainedAt: Date;
  readonly labels: number;
  readonly isAdopted: boolean;
  readonly topics: unknown;
  readonly model: unknown;
}

/** The model of a kind that was trained last, adopted or not; null before the first. */
export async function findNewestTextModel(
  db: Kysely<Schema>,
  kind: 'tone' | 'topic',
): Promise<StoredTextModel | null> {
  const row = await db
    .selectFrom('text_model')
    .select(['version', 'trained_at as trainedAt', 'labels', 'is_adopted as isAdopted', 'topics', 'model'])
    .where('kind', '=', kind)
    .orderBy('trained_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Older models of a kind go: scores name the version that made them, nobody scores by an old one. */
const MODELS_KEPT = 3;

/** Stores a model and forgets all but the newest three of its kind. */
export async function saveTextModel(
  trx: Transaction<Schema>,
  model: {
    readonly id: string;
    readonly kind: 'tone' | 'topic';
    readonly version: string;
    readonly trainedAt: Date;
    readonly labels: number;
    readonly isAdopted: boolean;
    readonly trial: unknown;
    readonly topics: readonly string[];
    readonly model: unknown;
  },
): Promise<void> {
  const row = {
    version: model.version,
    trained_at: model.trainedAt,
    labels: model.labels,
    is_adopted: model.isAdopted,
    trial: toJson(model.trial),
    topics: toJson(model.topics),
    model: model.model === null ? null : toJson(model.model),
  };
  await trx
    .insertInto('text_model')
    .values({ id: model.id, kind: model.kind, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await sql`
    delete from text_model where kind = ${model.kind} and id not in (
      select id from text_model where kind = ${model.kind} order by trained_at desc, id desc limit ${MODELS_KEPT})
  `.execute(trx);
}

export type FaqRow = Omit<Insertable<Schema['faq_candidate']>, 'examples'> & { readonly examples: unknown };

/** Makes these the only repeated questions. */
export async function replaceFaqCandidates(trx: Transaction<Schema>, rows: readonly FaqRow[]): Promise<void> {
  await trx.deleteFrom('faq_candidate').execute();
  if (rows.length === 0) return;
  await trx
    .insertInto('faq_candidate')
    .values(rows.map((row) => ({ ...row, examples: toJson(row.examples) })))
    .execute();
}
