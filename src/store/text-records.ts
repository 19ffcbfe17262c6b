import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

/** A record with words of a customer, as it is read for tone and topic. */
export interface TextRow {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly ticketId: string | null;
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly saidAt: Date;
  readonly text: string;
  readonly category: string | null;
  /** Tone that the source gives, -1 to 1. */
  readonly givenTone: number | null;
  /** Newest survey answer about it. */
  readonly surveyKind: 'csat' | 'nps' | 'ces' | null;
  readonly surveyScore: number | null;
}

export type TextKind = 'ticket' | 'customer_escalation' | 'survey_response';

/** Part of the records of a kind, in the order of their ids. */
export type TextPage =
  | { readonly kind: 'after'; readonly id: string | null; readonly limit: number }
  | { readonly kind: 'ids'; readonly ids: readonly string[] };

/** Of a ticket's messages the newest three of the customer are read, each up to so many characters. */
const MESSAGES = 3;
const MESSAGE_CHARACTERS = 1_000;

/**
 * What customers wrote, with what is known of it. A ticket's words are its subject and the newest messages that are not
 * a colleague's.
 */
export async function listTextRecords(
  db: Kysely<Schema>,
  kind: TextKind,
  page: TextPage,
): Promise<readonly TextRow[]> {
  const part =
    page.kind === 'ids'
      ? sql`r.id = any(${[...page.ids]}::uuid[])`
      : page.id === null
        ? sql`true`
        : sql`r.id > ${page.id}::uuid`;
  const limit = page.kind === 'ids' ? sql`` : sql`limit ${page.limit}`;
  const { rows } = await sql<TextRow>`${selectOf[kind]} where ${part} order by r.id ${limit}`.execute(db);
  return rows;
}

const ticketWords = sql`concat_ws(E'\n', r.subject, (
  select string_agg(left(said.body, ${MESSAGE_CHARACTERS}), E'\n' order by said.at desc)
    from (select e.body, e.at from ticket_event e
           where e.ticket_id = r.id and e.body is not null and e.actor_id is null and e.kind in ('created', 'comment')
             and e.public is distinct from false and e.deleted_at is null
           order by e.at desc limit ${MESSAGES}) said))`;

const selectOf = {
  ticket: sql`
    select r.id, r.deleted_at is not null as "isDeleted", r.id as "ticketId", r.account_id as "accountId",
           r.assignee_id as "ownerId", coalesce(r.team_id, owner.team_id) as "teamId", r.opened_at as "saidAt",
           ${ticketWords} as text, r.category, r.sentiment_score as "givenTone",
           survey.kind as "surveyKind", survey.score as "surveyScore"
      from ticket r
      left join person owner on owner.id = r.assignee_id
      left join lateral (
        select s.kind, s.score from survey_response s
         where s.ticket_id = r.id and s.kind = 'csat' and s.deleted_at is null
         order by s.responded_at desc, s.id desc limit 1) survey on true`,
  customer_escalation: sql`
    select r.id, r.deleted_at is not null as "isDeleted", r.ticket_id as "ticketId", r.account_id as "accountId",
           r.owner_id as "ownerId", owner.team_id as "teamId", r.opened_at as "saidAt",
           concat_ws(E'\n', r.title, left(r.sentiment, 500), left(r.issue, 2000), left(r.impact, 1000)) as text,
           r.category, r.sentiment_score as "givenTone", null::text as "surveyKind",
           null::double precision as "surveyScore"
      from customer_escalation r
      left join person owner on owner.id = r.owner_id`,
  survey_response: sql`
    select r.id, r.deleted_at is not null as "isDeleted", r.ticket_id as "ticketId",
           coalesce(r.account_id, t.account_id) as "accountId", t.assignee_id as "ownerId",
           coalesce(t.team_id, owner.team_id) as "teamId", r.responded_at as "saidAt",
           coalesce(r.comment, '') as text, t.category, null::double precision as "givenTone",
           r.kind as "surveyKind", r.score as "surveyScore"
      from survey_response r
      left join ticket t on t.id = r.ticket_id
      left join person owner on owner.id = t.assignee_id`,
};

/**
 * Ids of records of a kind that changed since a moment, or whose messages, surveys or ticket did.
 *
 * @returns null when they are more than `most`: then everything is looked at
 */
export async function listChangedTexts(
  db: Kysely<Schema>,
  kind: TextKind,
  since: Date,
  most: number,
): Promise<readonly string[] | null> {
  const { rows } = await sql<{ id: string }>`
    select id from (${changedOf[kind](since)}) changed limit ${most + 1}`.execute(db);
  return rows.length > most ? null : rows.map(({ id }) => id).sort();
}

const changedOf = {
  ticket: (since: Date) => sql`
    select id from ticket where synced_at >= ${since}
    union select ticket_id from ticket_event where synced_at >= ${since} and body is not null
    union select ticket_id from survey_response where synced_at >= ${since} and ticket_id is not null`,
  customer_escalation: (since: Date) => sql`
    select id from customer_escalation where synced_at >= ${since}`,
  survey_response: (since: Date) => sql`
    select id from survey_response where synced_at >= ${since}
    union select s.id from survey_response s join ticket t on t.id = s.ticket_id where t.synced_at >= ${since}`,
};

/**
 * Newest tickets whose category is known, for a model of topics.
 *
 * @returns oldest first
 */
export async function listCategorised(db: Kysely<Schema>, until: Date, most: number) {
  const { rows } = await sql<{ text: string; topic: string }>`
    select ${ticketWords} as text, r.category as topic from ticket r
     where r.deleted_at is null and r.category is not null and r.subject is not null and r.opened_at <= ${until}
     order by r.opened_at desc, r.id desc limit ${most}`.execute(db);
  return rows.reverse();
}

/**
 * Newest tickets whose tone somebody else has named: the customer by a CSAT, else the source.
 *
 * @returns oldest first
 */
export async function listToned(db: Kysely<Schema>, until: Date, most: number) {
  const { rows } = await sql<{ text: string; givenTone: number | null; csat: number | null }>`
    select * from (
      select ${ticketWords} as text, r.opened_at, r.id, r.sentiment_score as "givenTone",
             (select s.score from survey_response s
               where s.ticket_id = r.id and s.kind = 'csat' and s.deleted_at is null
               order by s.responded_at desc, s.id desc limit 1) as csat
        from ticket r
       where r.deleted_at is null and r.subject is not null and r.opened_at <= ${until}
         and (r.sentiment_score is not null
              or exists (select 1 from survey_response s
                          where s.ticket_id = r.id and s.kind = 'csat' and s.deleted_at is null))
       order by r.opened_at desc, r.id desc limit ${most}) newest
    order by opened_at, id`.execute(db);
  return rows;
}

/** Newest tickets with a subject, for repeated questions. */
export async function listAskedTickets(db: Kysely<Schema>, from: Date, until: Date, most: number) {
  const { rows } = await sql<{
    id: string;
    number: string | null;
    subject: string;
    body: string | null;
    accountId: string | null;
    openedAt: Date;
    isAnswered: boolean;
  }>`
    select r.id, r.number, r.subject, r.account_id as "accountId", r.opened_at as "openedAt",
           (select left(e.body, 400) from ticket_event e
             where e.ticket_id = r.id and e.body is not null and e.actor_id is null
               and e.kind in ('created', 'comment') and e.public is distinct from false and e.deleted_at is null
             order by e.at limit 1) as body,
           r.status in ('solved', 'closed') and (r.first_replied_at is not null or exists (
             select 1 from ticket_event e where e.ticket_id = r.id and e.kind = 'reply' and e.deleted_at is null
                and e.public is distinct from false)) as "isAnswered"
      from ticket r
     where r.deleted_at is null and r.subject is not null and r.opened_at >= ${from} and r.opened_at <= ${until}
     order by r.opened_at desc, r.id desc limit ${most}`.execute(db);
  return rows;
}
