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
  /** Every ticket that is not done: no clock yet, a clock still open, or changed since its clocks were computed. */
  | { readonly kind: 'unsettled' }
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
  if (scope.kind === 'unsettled') query = query.where(isUnsettled);
  return query.execute();
}

const isUnsettled = sql<boolean>`(
  not exists (select 1 from sla_clock c where c.ticket_id = ticket.id)
  or exists (
    select 1 from sla_clock c
     where c.ticket_id = ticket.id
       and (c.stopped_at is null or ticket.synced_at > c.computed_at - ${LONGEST_IMPORT}))
  or exists (
    select 1 from ticket_event e join sla_clock c on c.ticket_id = e.ticket_id
     where e.ticket_id = ticket.id and e.synced_at > c.computed_at - ${LONGEST_IMPORT}))`;

/** Events of tickets that can move an SLA clock, in any order. */
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
      'at',
    ])
    .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
    .where('kind', 'in', ['status', 'priority', 'reply', 'reopened'])
    .where('deleted_at', 'is', null)
    .execute();
}

/** With this many solved tickets and not one reply, a source does not tell of replies. */
const SOLVED_WITHOUT_REPLY = 50;

/** Sources that never tell when a ticket was answered: a first response cannot be measured there. */
export async function listSourcesWithoutReplies(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('ticket')
    .select('source')
    .where('deleted_at', 'is', null)
    .groupBy('source')
    .having(({ fn }) => fn.count('solved_at'), '>=', SOLVED_WITHOUT_REPLY)
    .having(({ fn }) => fn.count('first_replied_at'), '=', 0)
    .having((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ticket_event')
            .select('ticket_event.id')
            .whereRef('ticket_event.source', '=', 'ticket.source')
            .where('ticket_event.kind', '=', 'reply'),
        ),
      ),
    )
    .execute();
  return rows.map(({ source }) => source);
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

/** A computed clock, ready to be stored. */
export interface SlaClockRow {
  readonly id: string;
  readonly ticketId: string;
  readonly accountId: string | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly metric: 'first_response' | 'resolution';
  readonly policy: string;
  readonly calendar: string;
  readonly calendarVersion: string;
  readonly priority: string;
  readonly targetSeconds: number;
  readonly startedAt: Date;
  readonly warnAt: Date | null;
  readonly urgentAt: Date | null;
  readonly dueAt: Date | null;
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
  readonly stoppedAt: Date | null;
  readonly breachedAt: Date | null;
  readonly usedSeconds: number;
}

/** Rows per statement: 20 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 1_000;

/** Stores the clocks of some tickets; clocks of these tickets that are not given have lost their policy and go. */
export async function saveSlaClocks(
  trx: Transaction<Schema>,
  ticketIds: readonly string[],
  clocks: readonly SlaClockRow[],
): Promise<void> {
  const kept = new Set(clocks.map((clock) => clock.id));
  const stored = await trx
    .selectFrom('sla_clock')
    .select('id')
    .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
    .execute();
  const gone = stored.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) {
    await trx.deleteFrom('sla_clock').where('id', '=', sql<string>`any(${gone}::uuid[])`).execute();
  }
  for (let from = 0; from < clocks.length; from += CHUNK) {
    await trx
      .insertInto('sla_clock')
      .values(clocks.slice(from, from + CHUNK).map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['ticket_id', 'metric', 'cycle']).doUpdateSet((eb) => ({
          account_id: eb.ref('excluded.account_id'),
          assignee_id: eb.ref('excluded.assignee_id'),
          team_id: eb.ref('excluded.team_id'),
          policy: eb.ref('excluded.policy'),
          calendar: eb.ref('excluded.calendar'),
          calendar_version: eb.ref('excluded.calendar_version'),
          priority: eb.ref('excluded.priority'),
          target_seconds: eb.ref('excluded.target_seconds'),
          started_at: eb.ref('excluded.started_at'),
          warn_at: eb.ref('excluded.warn_at'),
          urgent_at: eb.ref('excluded.urgent_at'),
          due_at: eb.ref('excluded.due_at'),
          state: eb.ref('excluded.state'),
          stopped_at: eb.ref('excluded.stopped_at'),
          breached_at: eb.ref('excluded.breached_at'),
          used_seconds: eb.ref('excluded.used_seconds'),
          computed_at: eb.ref('excluded.computed_at'),
        })),
      )
      .execute();
  }
}

function toRow(clock: SlaClockRow) {
  return {
    id: clock.id,
    ticket_id: clock.ticketId,
    account_id: clock.accountId,
    assignee_id: clock.assigneeId,
    team_id: clock.teamId,
    metric: clock.metric,
    cycle: 1,
    policy: clock.policy,
    calendar: clock.calendar,
    calendar_version: clock.calendarVersion,
    priority: clock.priority,
    target_seconds: clock.targetSeconds,
    started_at: clock.startedAt,
    warn_at: clock.warnAt,
    urgent_at: clock.urgentAt,
    due_at: clock.dueAt,
    state: clock.state,
    stopped_at: clock.stoppedAt,
    breached_at: clock.breachedAt,
    used_seconds: clock.usedSeconds,
    // The database's time, to be compared with `synced_at`.
    computed_at: sql<Date>`clock_timestamp()`,
  };
}

/**
 * Clocks of tickets that were deleted at their source stop counting. Returns how many.
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
    .set({ state: 'cancelled', stopped_at: now, computed_at: sql<Date>`clock_timestamp()` })
    .whereRef('ticket.id', '=', 'sla_clock.ticket_id')
    .where('ticket.deleted_at', 'is not', null)
    .where('sla_clock.stopped_at', 'is', null)
    .$if(only !== undefined, (query) =>
      query.where('ticket.id', '=', sql<string>`any(${[...(only ?? [])]}::uuid[])`),
    )
    .executeTakeFirst();
  return Number(cancelled.numUpdatedRows);
}

/** Tickets with a running clock whose warning or due instant has passed: what a minute tick has to look at. */
export async function listTicketsPastWarning(
  db: Kysely<Schema>,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sla_clock')
    .select('ticket_id')
    .where('stopped_at', 'is', null)
    .where('state', '=', 'running')
    .where('warn_at', '<=', now)
    .groupBy('ticket_id')
    // Where there are too many, those that are due come first, then those that have just come at risk.
    .orderBy(sql`bool_or(due_at <= ${now})`, 'desc')
    .orderBy(({ fn }) => fn.max('warn_at'), 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.ticket_id);
}
