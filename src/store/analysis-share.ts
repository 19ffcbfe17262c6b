import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { CLEAR_TONE } from '../domain/tone.ts';
import type { Schema } from './schema.ts';

export type ShareMeasure = 'negative_tickets' | 'sla_breaches';

/** Span of time of the cases. */
interface Span {
  readonly since: Date;
  readonly until: Date;
}

/** A ticket with a known sentiment is a case; one with a negative tone is bad. One row per account. */
export async function countNegativeTickets(db: Kysely<Schema>, { since, until }: Span) {
  return db
    .selectFrom('ticket')
    .innerJoin('account', 'account.id', 'ticket.account_id')
    .select(({ fn }) => [
      'account.id as accountId',
      fn.countAll<number>().as('cases'),
      sql<number>`count(*) filter (where ticket.sentiment_score <= ${-CLEAR_TONE}::double precision)`.as(
        'hits',
      ),
    ])
    .where('ticket.deleted_at', 'is', null)
    .where('account.deleted_at', 'is', null)
    .where('ticket.sentiment_score', 'is not', null)
    .where('ticket.opened_at', '>=', since)
    .where('ticket.opened_at', '<=', until)
    .groupBy('account.id')
    .execute();
}

/** A clock that has ended or is breached is a case; a breached one is bad. One row per account. */
export async function countSlaBreaches(db: Kysely<Schema>, { since, until }: Span) {
  return db
    .selectFrom('sla_clock as clock')
    .innerJoin('account', 'account.id', 'clock.account_id')
    .select(({ fn }) => [
      'account.id as accountId',
      fn.countAll<number>().as('cases'),
      sql<number>`count(*) filter (where clock.breached_at <= ${until})`.as('hits'),
    ])
    .where('account.deleted_at', 'is', null)
    .where('clock.state', '<>', 'cancelled')
    .where('clock.started_at', '>=', since)
    .where('clock.started_at', '<=', until)
    .where((eb) => eb.or([eb('clock.stopped_at', '<=', until), eb('clock.breached_at', '<=', until)]))
    .groupBy('account.id')
    .execute();
}

/** Names and people of accounts. */
export async function listOutlierAccounts(db: Kysely<Schema>, ids: readonly string[]) {
  return db
    .selectFrom('account')
    .leftJoin('person as owner', 'owner.id', 'account.owner_id')
    .select(['account.id', 'account.name', 'account.owner_id as ownerId', 'owner.team_id as teamId'])
    .where('account.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** The newest negative tickets of accounts, at most `most` of each. */
export async function listNegativeTickets(
  db: Kysely<Schema>,
  ids: readonly string[],
  { since, until, most }: Span & { readonly most: number },
) {
  const { rows } = await sql<BadCaseRow>`
    select account_id as "accountId", number as ticket, subject, opened_at as at from (
      select account_id, number, subject, opened_at,
        row_number() over (partition by account_id order by opened_at desc, id) as place
      from ticket
      where account_id = any(${[...ids]}::uuid[]) and deleted_at is null and sentiment_score <= ${-CLEAR_TONE}::double precision
        and opened_at >= ${since} and opened_at <= ${until}
    ) newest where place <= ${most}::int order by account_id, place
  `.execute(db);
  return rows;
}

/** The tickets of the newest breached clocks of accounts, at most `most` of each. */
export async function listBreachedTickets(
  db: Kysely<Schema>,
  ids: readonly string[],
  { since, until, most }: Span & { readonly most: number },
) {
  const { rows } = await sql<BadCaseRow>`
    select "accountId", ticket, subject, at from (
      select clock.account_id as "accountId", ticket.number as ticket, ticket.subject, clock.breached_at as at,
        row_number() over (partition by clock.account_id order by clock.breached_at desc, clock.id) as place
      from sla_clock clock left join ticket on ticket.id = clock.ticket_id
      where clock.account_id = any(${[...ids]}::uuid[]) and clock.state <> 'cancelled'
        and clock.started_at >= ${since} and clock.started_at <= ${until} and clock.breached_at <= ${until}
    ) newest where place <= ${most}::int order by "accountId", place
  `.execute(db);
  return rows;
}

interface BadCaseRow {
  readonly accountId: string;
  readonly ticket: string | null;
  readonly subject: string | null;
  readonly at: Date;
}

export interface ShareOutlierRow {
  readonly accountId: string;
  readonly measure: ShareMeasure;
  readonly cases: number;
  readonly hits: number;
  readonly share: number;
  readonly lower: number;
  readonly portfolioShare: number;
  readonly pValue: number;
  readonly qValue: number;
}

/** Rows per statement: 11 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 2_000;

/** Makes these the only ones. */
export async function replaceShareOutliers(
  trx: Transaction<Schema>,
  outliers: readonly ShareOutlierRow[],
  times: { readonly since: Date; readonly computedAt: Date },
): Promise<void> {
  await trx.deleteFrom('share_outlier').execute();
  for (let from = 0; from < outliers.length; from += CHUNK) {
    const rows = outliers.slice(from, from + CHUNK).map((one) => ({
      account_id: one.accountId,
      measure: one.measure,
      cases: one.cases,
      hits: one.hits,
      share: one.share,
      lower_bound: one.lower,
      portfolio_share: one.portfolioShare,
      p_value: one.pValue,
      q_value: one.qValue,
      since: times.since,
      computed_at: times.computedAt,
    }));
    await trx.insertInto('share_outlier').values(rows).execute();
  }
}
