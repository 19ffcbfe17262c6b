import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { newId } from '../toolkit/ids.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** Notes that a run has begun; its findings count only once it is `done`. */
export async function startAnalysisRun(
  db: Kysely<Schema>,
  times: { readonly startedAt: Date; readonly asOf: Date },
): Promise<string> {
  const id = newId(times.startedAt.getTime());
  await db
    .insertInto('analysis_run')
    .values({ id, started_at: times.startedAt, state: 'running', as_of: times.asOf })
    .execute();
  return id;
}

export async function finishAnalysisRun(
  db: Kysely<Schema>,
  id: string,
  result: { readonly state: 'done' | 'failed'; readonly finishedAt: Date; readonly report: unknown },
): Promise<void> {
  await db
    .updateTable('analysis_run')
    .set({ state: result.state, finished_at: result.finishedAt, report: toJson(result.report) })
    .where('id', '=', id)
    .execute();
}

/** Runs that never ended (their process was killed) are failed; call it while holding the analyser's lease. */
export async function failAbandonedRuns(trx: Transaction<Schema>, now: Date): Promise<void> {
  await trx
    .updateTable('analysis_run')
    .set({ state: 'failed', finished_at: now, report: toJson({ error: 'the process ended during the run' }) })
    .where('state', '=', 'running')
    .execute();
}

/** The newest run that is done; null before the first. */
export async function findLastDoneRun(db: Kysely<Schema>): Promise<string | null> {
  const row = await db
    .selectFrom('analysis_run')
    .select('id')
    .where('state', '=', 'done')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Customer escalations that were open at a moment, with the names of their people. */
export async function listOpenEscalations(db: Kysely<Schema>, asOf: Date) {
  const rows = await db
    .selectFrom('customer_escalation as ce')
    .leftJoin('account', 'account.id', 'ce.account_id')
    .leftJoin('person as owner', 'owner.id', 'ce.owner_id')
    .leftJoin('text_score as read', 'read.id', 'ce.id')
    .select([
      'ce.id',
      'ce.ce_number as ceNumber',
      'ce.title',
      'ce.account_id as accountId',
      'account.name as account',
      'ce.owner_id as ownerId',
      'owner.name as owner',
      'owner.team_id as teamId',
      'ce.priority',
      'ce.status',
      'ce.impact',
      'ce.root_cause as rootCause',
      'ce.action_plan as actionPlan',
      // Where the file says nothing of the mood, the words do.
      sql<string | null>`coalesce(ce.sentiment, nullif(read.tone, 'not scored'))`.as('sentiment'),
      sql<number | null>`coalesce(ce.sentiment_score, read.sentiment)`.as('sentimentScore'),
      sql<string | null>`coalesce(ce.category, read.topic)`.as('category'),
      'ce.opened_at as openedAt',
      'ce.hot_shard as hotShard',
    ])
    .where('ce.deleted_at', 'is', null)
    .where('ce.opened_at', '<=', asOf)
    .where((eb) =>
      eb.or([eb('ce.status', 'not in', ['resolved', 'closed']), eb('ce.resolved_at', '>', asOf)]),
    )
    .execute();
  return rows;
}

/**
 * Deals that are not closed, with the names of their people.
 *
 * @param besides ids of deals: these, and the others of their owners; all without it
 */
export async function listOpenDeals(db: Kysely<Schema>, besides?: readonly string[]) {
  return db
    .selectFrom('opportunity as deal')
    .leftJoin('account', 'account.id', 'deal.account_id')
    .leftJoin('person as owner', 'owner.id', 'deal.owner_id')
    .select([
      'deal.id',
      'deal.name',
      'deal.account_id as accountId',
      'account.name as account',
      'deal.owner_id as ownerId',
      'owner.name as owner',
      'owner.team_id as teamId',
      'deal.amount',
      'deal.currency',
      'deal.stage',
      'deal.close_date as closeDate',
    ])
    .where('deal.deleted_at', 'is', null)
    .where('deal.is_closed', '=', false)
    .$if(besides !== undefined, (query) => query.where(isBeside(besides ?? [])))
    .execute();
}

const isBeside = (ids: readonly string[]) => sql<boolean>`exists (
  select 1 from opportunity one
  where one.id = any(${[...ids]}::uuid[]) and one.owner_id is not distinct from deal.owner_id)`;

/**
 * What the histories of open deals say about close dates: everything since a moment, and for each deal the last word
 * before it, so that a history without previous dates can be compared.
 *
 * @param besides as for `listOpenDeals`
 */
export async function listCloseDateEvents(db: Kysely<Schema>, since: Date, besides?: readonly string[]) {
  return db
    .selectFrom('opportunity_stage_event as event')
    .innerJoin('opportunity as deal', 'deal.id', 'event.opportunity_id')
    .select([
      'event.opportunity_id as opportunityId',
      'event.close_date as closeDate',
      'event.prev_close_date as prevCloseDate',
      'event.at',
    ])
    .where('deal.is_closed', '=', false)
    .where('deal.deleted_at', 'is', null)
    .where('event.deleted_at', 'is', null)
    .$if(besides !== undefined, (query) => query.where(isBeside(besides ?? [])))
    .where((eb) =>
      eb.or([eb('event.close_date', 'is not', null), eb('event.prev_close_date', 'is not', null)]),
    )
    .where(
      'event.at',
      '>=',
      sql<Date>`coalesce(
        (select max(earlier.at) from opportunity_stage_event earlier
          where earlier.opportunity_id = event.opportunity_id and earlier.at < ${since}
            and earlier.close_date is not null and earlier.deleted_at is null),
        ${since})`,
    )
    .execute();
}
