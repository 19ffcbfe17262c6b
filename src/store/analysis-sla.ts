import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * How far a row's import may lie before a clock's computation and still count as new: an import stamps its rows when
 * it begins and shows them when it commits.
 */
const LONGEST_IMPORT = sql<Date>`interval '1 hour'`;

/** Which tickets a pass over the clocks is about. */
export type SlaTicketScope =
  /** Every ticket, also those whose clocks are settled. */
  | { readonly kind: 'all' }
  /** These alone. */
  | { readonly kind: 'tickets'; readonly ids: readonly string[] };

/**
 * A page of tickets opened up to a moment, with what SLA policies and findings say about them. Ordered by id.
 *
 * @param afterId last id of the page before; null for the first page
 */
export async function listSlaTickets(
  db: Kysely<Schema>,
  scope: SlaTicketScope,
  page: { readonly asOf: Date; readonly afterId: string | null; readonly limit: number },
) {
  let query = db
    .selectFrom('ticket')
    .leftJoin('account', 'account.id', 'ticket.account_id')
    .leftJoin('person as assignee', 'assignee.id', 'ticket.assignee_id')
    .leftJoin('team', (join) =>
      join.on('team.id', '=', sql<string>`coalesce(ticket.team_id, assignee.team_id)`),
    )
    .select([
      'ticket.id',
      'ticket.number',
      'ticket.subject',
      'ticket.status',
      'ticket.priority',
      'ticket.category',
      'ticket.channel',
      'ticket.type',
      'ticket.source',
      'ticket.opened_at as openedAt',
      'ticket.first_replied_at as firstRepliedAt',
      'ticket.solved_at as solvedAt',
      'ticket.closed_at as closedAt',
      'ticket.updated_at as updatedAt',
      'ticket.account_id as accountId',
      'account.name as account',
      'account.tier',
      'account.region',
      'account.segment',
      'ticket.assignee_id as assigneeId',
      'assignee.name as assignee',
      'team.id as teamId',
      'team.name as team',
    ])
    .where('ticket.deleted_at', 'is', null)
    .where('ticket.opened_at', '<=', page.asOf)
    .orderBy('ticket.id')
    .limit(page.limit);
  if (page.afterId !== null) query = query.where('ticket.id', '>', page.afterId);
  if (scope.kind === 'tickets')
    query = query.where('ticket.id', '=', sql<string>`any(${[...scope.ids]}::uuid[])`);
  return query.execute();
}

/**
 * Looks at the next `limit` tickets by id and tells which of them are not done: not looked at yet, without a clock, with
 * an open one, or changed since their clocks were computed. Every condition is a look-up of its own: as joins or
 * `exists` they would be answered for all tickets at once, on every page.
 *
 * @returns the ids, and the id to go on from; null: that was the last page
 */
export async function listUnsettledTickets(
  db: Kysely<Schema>,
  page: { readonly asOf: Date; readonly afterId: string | null; readonly limit: number },
): Promise<{ readonly ids: readonly string[]; readonly lastId: string | null }> {
  const after = page.afterId === null ? sql`true` : sql`id > ${page.afterId}`;
  const { rows } = await sql<{ id: string; isUnsettled: boolean }>`
    with page as materialized (
      select id, synced_at, deleted_at, opened_at from ticket where ${after} order by id limit ${page.limit})
    select id, deleted_at is null and opened_at <= ${page.asOf} and (
        (select t.stopped_at is null
             or page.synced_at > t.computed_at - ${LONGEST_IMPORT}
             or (select true from ticket_event e
                  where e.ticket_id = page.id and e.synced_at > t.computed_at - ${LONGEST_IMPORT} limit 1) is not null
           from ticket_time t where t.ticket_id = page.id) is not false
        or (select bool_or(c.stopped_at is null) from sla_clock c where c.ticket_id = page.id) is not false
      ) as "isUnsettled"
      from page order by id
  `.execute(db);
  return {
    ids: rows.filter((row) => row.isUnsettled).map(({ id }) => id),
    lastId: rows.length < page.limit ? null : (rows.at(-1)?.id ?? null),
  };
}

/**
 * Tickets that were stored, or whose events were, since a moment of the database's clock, each once and in any order;
 * one more than `atMost` when there are more.
 */
export async function listChangedTickets(
  db: Kysely<Schema>,
  since: Date,
  atMost: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ticket where synced_at >= ${since}
    union
    select ticket_id from ticket_event where synced_at >= ${since}
    limit ${atMost + 1}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** A page of tickets whose clocks or times are still open, ordered by id; null as `afterId` begins. */
export async function listOpenTicketIds(
  db: Kysely<Schema>,
  afterId: string | null,
  limit: number,
): Promise<readonly string[]> {
  const after = afterId === null ? sql`true` : sql`ticket_id > ${afterId}`;
  const { rows } = await sql<{ id: string }>`
    (select distinct ticket_id as id from sla_clock where stopped_at is null and ${after} order by 1 limit ${limit})
    union
    (select ticket_id from ticket_time where stopped_at is null and ${after} order by 1 limit ${limit})
    order by 1 limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Events of tickets that can move an SLA clock, messages of customers among them, in any order. */
export async function listSlaEvents(db: Kysely<Schema>, ticketIds: readonly string[]) {
  if (ticketIds.length === 0) return [];
  return db
    .selectFrom('ticket_event')
    .select([
      'ticket_id as ticketId',
      'kind',
      'old_value as oldValue',
      'new_value as newValue',
      'public',
      'actor_id as actorId',
      'at',
    ])
    .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
    .where(
      sql<boolean>`(kind in ('status', 'priority', 'reply', 'reopened') or (kind = 'comment' and public and actor_id is null))`,
    )
    .where('deleted_at', 'is', null)
    .execute();
}

/** With this many solved tickets and not one reply, a source does not tell of replies. */
const SOLVED_WITHOUT_REPLY = 50;

/**
 * Sources that never tell when a ticket was answered: replies cannot be measured there. Looks source by source and stops
 * at the first reply, so it costs next to nothing where there are replies.
 */
export async function listSourcesWithoutReplies(db: Kysely<Schema>): Promise<readonly string[]> {
  const silent: string[] = [];
  for (const source of await listTicketSources(db)) if (await isSilent(db, source)) silent.push(source);
  return silent;
}

async function listTicketSources(db: Kysely<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ source: string }>`
    with recursive known as (
      (select source from ticket order by source limit 1)
      union all
      select (select t.source from ticket t where t.source > known.source order by t.source limit 1)
        from known where known.source is not null
    )
    select source from known where source is not null
  `.execute(db);
  return rows.map(({ source }) => source);
}

async function isSilent(db: Kysely<Schema>, source: string): Promise<boolean> {
  const tickets = db.selectFrom('ticket').where('source', '=', source).where('deleted_at', 'is', null);
  const replied = await tickets.select('id').where('first_replied_at', 'is not', null).limit(1).execute();
  if (replied.length > 0) return false;
  const replies = await db
    .selectFrom('ticket_event')
    .select('id')
    .where('source', '=', source)
    .where('kind', '=', 'reply')
    .limit(1)
    .execute();
  if (replies.length > 0) return false;
  const solved = await tickets
    .select('id')
    .where('solved_at', 'is not', null)
    .limit(SOLVED_WITHOUT_REPLY)
    .execute();
  return solved.length >= SOLVED_WITHOUT_REPLY;
}

/** First day that any clock of an unsettled ticket may begin; null: there are no tickets. */
export async function findOldestTicketAt(db: Kysely<Schema>): Promise<Date | null> {
  const row = await db
    .selectFrom('ticket')
    .select(({ fn }) => fn.min('opened_at').as('oldest'))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.oldest ?? null;
}

/**
 * Clocks of tickets that were deleted at their source stop counting, and their times go. Returns how many clocks.
 *
 * @param only of these tickets; all without it
 */
export async function cancelClocksOfDeletedTickets(
  trx: Transaction<Schema>,
  now: Date,
  only?: readonly string[],
): Promise<number> {
  const cancelled = await trx
    .updateTable('sla_clock')
    .from('ticket')
    .set({
      state: 'cancelled',
      stopped_at: now,
      next_mark_at: null,
      computed_at: sql<Date>`clock_timestamp()`,
    })
    .whereRef('ticket.id', '=', 'sla_clock.ticket_id')
    .where('ticket.deleted_at', 'is not', null)
    .where('sla_clock.stopped_at', 'is', null)
    .$if(only !== undefined, (query) =>
      query.where('ticket.id', '=', sql<string>`any(${[...(only ?? [])]}::uuid[])`),
    )
    .executeTakeFirst();
  await trx
    .deleteFrom('ticket_time')
    .using('ticket')
    .whereRef('ticket.id', '=', 'ticket_time.ticket_id')
    .where('ticket.deleted_at', 'is not', null)
    .$if(only !== undefined, (query) =>
      query.where('ticket.id', '=', sql<string>`any(${[...(only ?? [])]}::uuid[])`),
    )
    .execute();
  return Number(cancelled.numUpdatedRows);
}

/**
 * What a minute's tick has to look at: tickets with a clock that has come at risk, become urgent or broken since it was
 * computed, and those at risk that were stored again since, because they may have been answered. Index scans over these
 * alone, whatever the number of open clocks.
 *
 * @returns those that are due first, then those that have come at risk last
 */
export async function listTicketsForTick(
  db: Kysely<Schema>,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await ticketsForTick(now, limit).execute(db);
  return rows.map(({ id }) => id);
}

/** Clocks at risk that a tick asks about changes; the older ones wait for the next run. */
const CHECKED_AT_MOST = 2_000;

/** The statement of `listTicketsForTick`, whose plan a test reads. */
export function ticketsForTick(now: Date, limit: number) {
  return sql<{ id: string }>`
    with passed as (
      select ticket_id, due_at, next_mark_at as at from sla_clock where next_mark_at <= ${now}
      union all
      select c.ticket_id, c.due_at, c.warn_at
        from (select * from sla_clock where state = 'running' and warn_at <= ${now}
               order by warn_at desc limit ${CHECKED_AT_MOST}) c
         -- No joins: with some thousand clocks the planner would read all tickets rather than look up these.
       where ((select t.synced_at from ticket t where t.id = c.ticket_id) > c.computed_at or exists (
           select 1 from ticket_event e where e.ticket_id = c.ticket_id and e.synced_at > c.computed_at))
    )
    select ticket_id as id from passed group by ticket_id
     order by bool_or(due_at <= ${now}) desc nulls last, max(at) desc
     limit ${limit}
  `;
}

/** Which cycles the stored clocks of some tickets count. */
export async function listSlaCycles(db: Kysely<Schema>, ticketIds: readonly string[]) {
  return db
    .selectFrom('sla_clock')
    .select(['ticket_id as ticketId', 'metric', 'cycle'])
    .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
    .execute();
}

/** Clocks of one ticket as they are stored, in the order of their beginnings. */
export async function listStoredClocks(db: Kysely<Schema>, ticketId: string) {
  return db
    .selectFrom('sla_clock')
    .select([
      'metric',
      'cycle',
      'policy',
      'calendar',
      'calendar_version as calendarVersion',
      'rules_version as rulesVersion',
      'priority',
      'target_seconds as targetSeconds',
      'used_seconds as usedSeconds',
      'state',
      'started_at as startedAt',
      'due_at as dueAt',
      'stopped_at as stoppedAt',
    ])
    .where('ticket_id', '=', ticketId)
    .orderBy('started_at')
    .orderBy('metric')
    .execute();
}

/** Tickets that people mean by a word: their number (with or without `#`), the source's id or ours. */
export async function findTicketsNamed(db: Kysely<Schema>, word: string) {
  const bare = word.trim().replace(/^#/, '');
  return db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject', 'source', 'source_id as sourceId'])
    .where('deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('number', 'in', [bare, `#${bare}`]),
        // Some sources fill numbers up with zeros that nobody types.
        eb(sql<string>`ltrim(number, '#0')`, '=', bare.replace(/^0+(?=.)/, '')),
        eb('source_id', '=', bare),
        eb(sql<string>`id::text`, '=', bare.toLowerCase()),
      ]),
    )
    .orderBy('opened_at', 'desc')
    .limit(10)
    .execute();
}

/** Numbers of tickets that begin or end like a word, else of the newest: what somebody may have meant. */
export async function listSimilarTickets(db: Kysely<Schema>, word: string): Promise<readonly string[]> {
  const bare = word
    .trim()
    .replace(/^#/, '')
    .replaceAll(/[%_\\]/g, '');
  const rows = await db
    .selectFrom('ticket')
    .select('number')
    .where('deleted_at', 'is', null)
    .where('number', 'is not', null)
    .orderBy(sql`(number like ${`${bare}%`} or number like ${`%${bare}`})`, 'desc')
    .orderBy('opened_at', 'desc')
    .limit(3)
    .execute();
  return rows.flatMap(({ number }) => number ?? []);
}
