import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { isFormerCustomer } from './customer-spans.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** Which accounts to read; all without it. */
export type OnlyAccounts = readonly string[] | undefined;

const among = (only: readonly string[]) => sql<string>`any(${[...only]}::uuid[])`;

/**
 * Accounts that have not left by a day, with the day of their first usage. Who left uses nothing any more, which says
 * nothing of their health.
 */
export async function listHealthAccounts(db: Kysely<Schema>, day: string, only?: OnlyAccounts) {
  return db
    .selectFrom('account')
    .leftJoin('person as owner', 'owner.id', 'account.owner_id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('usage_daily')
          .select(({ fn }) => ['account_id', fn.min('day').as('first_day')])
          .where('deleted_at', 'is', null)
          .$if(only !== undefined, (query) => query.where('account_id', '=', among(only ?? [])))
          .groupBy('account_id')
          .as('usage'),
      (join) => join.onRef('usage.account_id', '=', 'account.id'),
    )
    .select([
      'account.id',
      'account.source_id as sourceId',
      'account.name',
      'account.owner_id as ownerId',
      'owner.team_id as teamId',
      'account.arr',
      'account.currency',
      'usage.first_day as firstUsageDay',
    ])
    .where('account.deleted_at', 'is', null)
    .where(sql<boolean>`not ${isFormerCustomer('account', day)}`)
    .$if(only !== undefined, (query) => query.where('account.id', '=', among(only ?? [])))
    .orderBy('account.id')
    .execute();
}

/** Ids of the accounts that have not left by a day, ascending. */
export async function listHealthAccountIds(db: Kysely<Schema>, day: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`not ${isFormerCustomer('account', day)}`)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Usage of all accounts since a day, ascending by day. */
export async function listUsageSince(db: Kysely<Schema>, day: string, only?: OnlyAccounts) {
  return db
    .selectFrom('usage_daily')
    .select([
      'account_id as accountId',
      'day',
      'api_calls as apiCalls',
      'logins',
      'active_users as activeUsers',
      'seats_entitled as seatsEntitled',
      'features_used as featuresUsed',
      'features_available as featuresAvailable',
      'created_at as recordedAt',
    ])
    .where('deleted_at', 'is', null)
    .where('day', '>=', day)
    .$if(only !== undefined, (query) => query.where('account_id', '=', among(only ?? [])))
    .orderBy('day')
    .execute();
}

/** Those of the days for which any account has usage; in their order. */
export async function listUsageDays(db: Kysely<Schema>, days: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ day: string }>`
    select day from unnest(${[...days]}::date[]) with ordinality as given(day, place)
    where exists (select 1 from usage_daily u where u.day = given.day and u.deleted_at is null)
    order by place
  `.execute(db);
  return rows.map(({ day }) => day);
}

/** Incidents that began since a moment, or that were open then. */
export async function listIncidentsSince(db: Kysely<Schema>, since: Date, only?: OnlyAccounts) {
  return db
    .selectFrom('incident')
    .select([
      'account_id as accountId',
      'severity',
      'started_at as startedAt',
      'created_at as recordedAt',
      // A resolved incident without a date was over when it began, as far as anybody can tell.
      sql<Date | null>`case when status = 'resolved' then coalesce(resolved_at, started_at) else resolved_at end`.as(
        'resolvedAt',
      ),
    ])
    .where('deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('started_at', '>=', since),
        eb('resolved_at', '>=', since),
        eb.and([eb('resolved_at', 'is', null), eb('status', '=', 'open')]),
      ]),
    )
    .$if(only !== undefined, (query) => query.where('account_id', '=', among(only ?? [])))
    .execute();
}

export async function listSurveysSince(db: Kysely<Schema>, since: Date, only?: OnlyAccounts) {
  return db
    .selectFrom('survey_response')
    .select([
      'account_id as accountId',
      'kind',
      'score',
      'responded_at as respondedAt',
      'created_at as recordedAt',
    ])
    .where('deleted_at', 'is', null)
    .where('responded_at', '>=', since)
    .$if(only !== undefined, (query) => query.where('account_id', '=', among(only ?? [])))
    .execute();
}

/** Tone of tickets and customer escalations since a moment, -1 to 1. */
export async function listTonesSince(db: Kysely<Schema>, since: Date, only?: OnlyAccounts) {
  const tickets = db
    .selectFrom('ticket')
    .select(['account_id as accountId', 'sentiment_score as score', 'opened_at as at'])
    .where('deleted_at', 'is', null)
    .where('opened_at', '>=', since)
    .where('sentiment_score', 'is not', null)
    .$if(only !== undefined, (query) => query.where('account_id', '=', among(only ?? [])));
  const escalations = db
    .selectFrom('customer_escalation')
    .select(['account_id as accountId', 'sentiment_score as score', 'opened_at as at'])
    .where('deleted_at', 'is', null)
    .where('opened_at', '>=', since)
    .where('sentiment_score', 'is not', null)
    .$if(only !== undefined, (query) => query.where('account_id', '=', among(only ?? [])));
  return tickets.unionAll(escalations).execute();
}

/** Stored scores of a profile since a day. */
export async function listHealthScoresSince(
  db: Kysely<Schema>,
  profile: string,
  day: string,
  only: readonly string[],
) {
  return db
    .selectFrom('health_score')
    .select(['account_id as accountId', 'day', 'score', 'components'])
    .where('profile', '=', profile)
    .where('day', '>=', day)
    .where('score', 'is not', null)
    .where('account_id', '=', among(only))
    .execute();
}

/** Which profiles have scored which accounts within a range of days. */
export async function listScoredAccounts(
  db: Kysely<Schema>,
  { from, before }: { readonly from: string; readonly before: string },
  only: readonly string[],
) {
  return db
    .selectFrom('health_score')
    .select(['account_id as accountId', 'profile'])
    .distinct()
    .where('day', '>=', from)
    .where('day', '<', before)
    .where('score', 'is not', null)
    .where('account_id', '=', among(only))
    .execute();
}

/** Accounts that were scored by a profile on a day, with or without a result. */
export async function listScoredOn(
  db: Kysely<Schema>,
  profile: string,
  day: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('health_score')
    .select('account_id as accountId')
    .where('profile', '=', profile)
    .where('day', '=', day)
    .execute();
  return new Set(rows.map(({ accountId }) => accountId));
}

/** The newest score of every account by one profile, not older than a day. */
export async function listNewestScores(db: Kysely<Schema>, profile: string, since: string) {
  return db
    .selectFrom('health_score as s')
    .innerJoin('account', 'account.id', 's.account_id')
    .distinctOn('s.account_id')
    .select(['s.account_id as accountId', 's.score', 's.components'])
    .where('s.profile', '=', profile)
    .where('s.day', '>=', since)
    .where('account.deleted_at', 'is', null)
    .orderBy('s.account_id')
    .orderBy('s.day', 'desc')
    .execute();
}

export interface HealthScoreRow {
  readonly accountId: string;
  readonly profile: string;
  readonly day: string;
  readonly score: number | null;
  readonly band: string | null;
  readonly coverage: number;
  /** Stored as it is; read back through a check. */
  readonly components: unknown;
}

/** Rows per statement: 8 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 2_000;

/** Stores scores; one a day per account and profile, the last of the day stays. */
export async function saveHealthScores(
  trx: Transaction<Schema>,
  scores: readonly HealthScoreRow[],
  computedAt: Date,
): Promise<void> {
  for (let from = 0; from < scores.length; from += CHUNK) {
    await trx
      .insertInto('health_score')
      .values(
        scores.slice(from, from + CHUNK).map((one) => ({
          account_id: one.accountId,
          profile: one.profile,
          day: one.day,
          computed_at: computedAt,
          score: one.score,
          band: one.band,
          coverage: one.coverage,
          components: toJson(one.components),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'profile', 'day']).doUpdateSet((eb) => ({
          computed_at: eb.ref('excluded.computed_at'),
          score: eb.ref('excluded.score'),
          band: eb.ref('excluded.band'),
          coverage: eb.ref('excluded.coverage'),
          components: eb.ref('excluded.components'),
        })),
      )
      .execute();
  }
}
