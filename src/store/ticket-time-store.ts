import type { RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { RulesOfClocks } from './sla-clock-store.ts';

/** How long a ticket kept its customer waiting and us working, ready to be stored. */
export interface TicketTimeRow {
  readonly ticketId: string;
  readonly accountId: string | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly openedAt: Date;
  readonly stoppedAt: Date | null;
  readonly requesterWaitSeconds: number;
  readonly requesterWaitBusinessSeconds: number | null;
  readonly agentWorkSeconds: number;
  readonly agentWorkBusinessSeconds: number | null;
  readonly calendar: string | null;
  readonly calendarVersion: string | null;
}

/** Rows per statement: 14 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 1_000;

/** What business hours say; of a ticket that was solved under another SLA file it stays. */
const byBusinessHours = [
  'requester_wait_business_seconds',
  'agent_work_business_seconds',
  'calendar',
  'calendar_version',
  'rules_version',
] as const;
const always = [
  'account_id',
  'assignee_id',
  'team_id',
  'opened_at',
  'stopped_at',
  'requester_wait_seconds',
  'agent_work_seconds',
  'computed_at',
] as const;

/** Stores the times of tickets over those that were stored before. */
export async function saveTicketTimes(
  trx: Transaction<Schema>,
  times: readonly TicketTimeRow[],
  { version, keepsFinished }: RulesOfClocks,
): Promise<void> {
  const isKept = sql<boolean>`(${keepsFinished} and ticket_time.stopped_at = excluded.stopped_at
    and ticket_time.rules_version <> excluded.rules_version)`;
  const given = (column: string): RawBuilder<unknown> => sql`${sql.ref(`excluded.${column}`)}`;
  const sets: Record<string, RawBuilder<unknown>> = Object.fromEntries([
    ...always.map((column) => [column, given(column)] as const),
    ...byBusinessHours.map((column) => {
      const stored = sql.ref(`ticket_time.${column}`);
      return [column, sql`case when ${isKept} then ${stored} else ${given(column)} end`] as const;
    }),
  ]);
  for (let from = 0; from < times.length; from += CHUNK) {
    await trx
      .insertInto('ticket_time')
      .values(times.slice(from, from + CHUNK).map((row) => toColumns(row, version)))
      .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet(sets))
      .execute();
  }
}

function toColumns(row: TicketTimeRow, rulesVersion: string) {
  return {
    ticket_id: row.ticketId,
    account_id: row.accountId,
    assignee_id: row.assigneeId,
    team_id: row.teamId,
    opened_at: row.openedAt,
    stopped_at: row.stoppedAt,
    requester_wait_seconds: row.requesterWaitSeconds,
    requester_wait_business_seconds: row.requesterWaitBusinessSeconds,
    agent_work_seconds: row.agentWorkSeconds,
    agent_work_business_seconds: row.agentWorkBusinessSeconds,
    calendar: row.calendar,
    calendar_version: row.calendarVersion,
    rules_version: rulesVersion,
    // The database's time, to be compared with `synced_at`.
    computed_at: sql<Date>`clock_timestamp()`,
  };
}
