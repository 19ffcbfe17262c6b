import { type Kysely, type Selectable, sql } from 'kysely';
import { cleanText } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;

/** An answer as it is kept; JSON is read as it was written and must be checked before use. */
export interface KeptAnswer {
  readonly id: string;
  readonly askedAt: Date;
  /** Null: asked from a terminal, or by somebody erased since. */
  readonly personId: string | null;
  readonly personName: string | null;
  readonly question: string;
  readonly outcome: string;
  readonly planner: string | null;
  readonly promptVersion: string | null;
  readonly plan: unknown;
  readonly sql: string | null;
  readonly parameters: unknown;
  readonly provenance: unknown;
  readonly dataVersion: string | null;
  readonly result: unknown;
  readonly rowCount: number | null;
  readonly reason: string | null;
  readonly latencyMs: number | null;
  readonly parentId: string | null;
}

const columns = [
  'answer.id',
  'answer.asked_at',
  'answer.person_id',
  'answer.question',
  'answer.outcome',
  'answer.planner',
  'answer.prompt_version',
  'answer.plan',
  'answer.sql_text',
  'answer.sql_parameters',
  'answer.provenance',
  'answer.data_version',
  'answer.result',
  'answer.row_count',
  'answer.reason',
  'answer.latency_ms',
  'answer.parent_id',
] as const;

const fullId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const shortId = /^[0-9a-f]{8}$/i;

/**
 * An answer by its id or by the last eight characters of it.
 *
 * @returns null when there is none (any more), or when the short form fits several
 */
export async function readAnswer(db: Db, id: string): Promise<KeptAnswer | null> {
  const wanted = id.trim().toLowerCase();
  const isFull = fullId.test(wanted);
  if (!isFull && !shortId.test(wanted)) return null;
  const rows = await answers(db)
    .where(
      isFull
        ? sql<boolean>`answer.id = ${wanted}::uuid`
        : sql<boolean>`right(answer.id::text, 8) = ${wanted}`,
    )
    .limit(2)
    .execute();
  const [only, second] = rows;
  return only === undefined || second !== undefined ? null : keptOf(only);
}

/** The newest answer with rows that somebody got, or null. */
export async function latestAnswerOf(db: Db, personId: string): Promise<KeptAnswer | null> {
  const row = await answers(db)
    .where('answer.person_id', '=', personId)
    .where('answer.outcome', '=', 'answered')
    .orderBy('answer.asked_at', 'desc')
    .orderBy('answer.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : keptOf(row);
}

function answers(db: Db) {
  return db
    .selectFrom('answer')
    .leftJoin('person', 'person.id', 'answer.person_id')
    .select(columns)
    .select('person.name as person_name');
}

type AnswerRow = Pick<
  Selectable<Schema['answer']>,
  (typeof columns)[number] extends `answer.${infer Name}` ? Name & keyof Schema['answer'] : never
> & { readonly person_name: string | null };

function keptOf(row: AnswerRow): KeptAnswer {
  return {
    id: row.id,
    askedAt: row.asked_at,
    personId: row.person_id,
    personName: row.person_name,
    question: row.question,
    outcome: row.outcome,
    planner: row.planner,
    promptVersion: row.prompt_version,
    plan: row.plan,
    sql: row.sql_text,
    parameters: row.sql_parameters,
    provenance: row.provenance,
    dataVersion: row.data_version,
    result: row.result,
    rowCount: row.row_count,
    reason: row.reason,
    latencyMs: row.latency_ms,
    parentId: row.parent_id,
  };
}

export type FeedbackReason = NonNullable<Selectable<Schema['feedback']>['reason']>;

export interface Feedback {
  readonly answerId: string;
  readonly personId: string;
  readonly at: Date;
  readonly helpful: boolean;
  readonly reason: FeedbackReason | null;
  readonly comment: string | null;
}

/** Keeps what somebody thinks of an answer; a later opinion of theirs replaces the earlier one. */
export async function saveFeedback(db: Db, feedback: Feedback): Promise<void> {
  const values = {
    at: feedback.at,
    helpful: feedback.helpful,
    reason: feedback.reason,
    comment: feedback.comment === null ? null : cleanText(feedback.comment),
  };
  await db
    .insertInto('feedback')
    .values({ answer_id: feedback.answerId, person_id: feedback.personId, ...values })
    .onConflict((conflict) => conflict.columns(['answer_id', 'person_id']).doUpdateSet(values))
    .execute();
}

export interface ListedFeedback extends Feedback {
  readonly personName: string | null;
  readonly question: string;
  readonly outcome: string;
  readonly planner: string | null;
  readonly promptVersion: string | null;
  readonly plan: unknown;
}

/** Opinions, newest first. */
export async function listFeedback(
  db: Db,
  { which, limit }: { readonly which: 'unhelpful' | 'all'; readonly limit: number },
): Promise<readonly ListedFeedback[]> {
  const rows = await db
    .selectFrom('feedback')
    .innerJoin('answer', 'answer.id', 'feedback.answer_id')
    .leftJoin('person', 'person.id', 'feedback.person_id')
    .select(['feedback.answer_id', 'feedback.person_id', 'feedback.at', 'feedback.helpful'])
    .select(['feedback.reason', 'feedback.comment', 'person.name'])
    .select(['answer.question', 'answer.outcome', 'answer.planner', 'answer.prompt_version', 'answer.plan'])
    .$if(which === 'unhelpful', (query) => query.where('feedback.helpful', '=', false))
    .orderBy('feedback.at', 'desc')
    .orderBy('feedback.answer_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    answerId: row.answer_id,
    personId: row.person_id,
    personName: row.name,
    at: row.at,
    helpful: row.helpful,
    reason: row.reason,
    comment: row.comment,
    question: row.question,
    outcome: row.outcome,
    planner: row.planner,
    promptVersion: row.prompt_version,
    plan: row.plan,
  }));
}

export interface FeedbackCount {
  readonly planner: string;
  readonly promptVersion: string | null;
  readonly answers: number;
  readonly helpful: number;
  readonly unhelpful: number;
  /** Of the unhelpful ones, by reason. */
  readonly reasons: Readonly<Record<FeedbackReason, number>>;
}

/** Answers and opinions per planner and version of its prompt, the most used first. */
export async function countFeedback(db: Db): Promise<readonly FeedbackCount[]> {
  const reason = (name: FeedbackReason) =>
    sql<number>`(count(*) filter (where feedback.reason = ${name}))::integer`;
  const rows = await db
    .selectFrom('answer')
    .leftJoin('feedback', 'feedback.answer_id', 'answer.id')
    .select([
      sql<string>`coalesce(answer.planner, 'unknown')`.as('planner'),
      'answer.prompt_version',
      sql<number>`count(distinct answer.id)::integer`.as('answers'),
      sql<number>`(count(*) filter (where feedback.helpful))::integer`.as('helpful'),
      sql<number>`(count(*) filter (where not feedback.helpful))::integer`.as('unhelpful'),
      reason('wrong-number').as('wrong_number'),
      reason('misunderstood').as('misunderstood'),
      reason('too-slow').as('too_slow'),
      reason('other').as('other'),
    ])
    .groupBy(['answer.planner', 'answer.prompt_version'])
    .orderBy('answers', 'desc')
    .execute();
  return rows.map((row) => ({
    planner: row.planner,
    promptVersion: row.prompt_version,
    answers: row.answers,
    helpful: row.helpful,
    unhelpful: row.unhelpful,
    reasons: {
      'wrong-number': row.wrong_number,
      misunderstood: row.misunderstood,
      'too-slow': row.too_slow,
      other: row.other,
    },
  }));
}
