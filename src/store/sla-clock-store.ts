import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

type Trx = Transaction<Schema>;

/** A computed clock, ready to be stored. */
export interface SlaClockRow {
  readonly id: string;
  readonly ticketId: string;
  readonly accountId: string | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly metric: Schema['sla_clock']['metric'];
  readonly cycle: number;
  readonly policy: string;
  readonly calendar: string;
  readonly calendarVersion: string;
  readonly priority: string;
  readonly targetSeconds: number;
  readonly startedAt: Date;
  readonly warnAt: Date | null;
  readonly urgentAt: Date | null;
  readonly dueAt: Date | null;
  readonly nextMarkAt: Date | null;
  readonly state: Schema['sla_clock']['state'];
  readonly stoppedAt: Date | null;
  readonly breachedAt: Date | null;
  readonly usedSeconds: number;
}

/** By which SLA file clocks were computed, and what becomes of those that stopped under another. */
export interface RulesOfClocks {
  readonly version: string;
  /** True: they stay as they were counted; false: everything is counted anew. */
  readonly keepsFinished: boolean;
}

/** Rows per statement: 23 columns each, and Postgres takes 65,535 parameters. */
const CHUNK = 1_000;

/**
 * Stores the clocks of some tickets. A clock that stopped under another SLA file keeps its hours, its target and its
 * count while its stop stays the same; clocks of these tickets that are not given have lost their policy and go.
 */
export async function saveSlaClocks(
  trx: Trx,
  ticketIds: readonly string[],
  clocks: readonly SlaClockRow[],
  rules: RulesOfClocks,
): Promise<void> {
  const stored = await readStored(trx, ticketIds);
  const storedById = new Map(stored.map((row) => [row.id, row]));
  const merged = new Map<string, Row>();
  for (const clock of clocks) {
    const before = storedById.get(clock.id);
    const row = toRow(clock, rules.version);
    merged.set(row.id, before && isKept(before, rules, clock.stoppedAt) ? withPeople(before, clock) : row);
  }
  for (const row of stored)
    if (!merged.has(row.id) && isKept(row, rules, row.stopped_at)) merged.set(row.id, row);
  const rows = markWorst([...merged.values()]);
  await deleteClocks(
    trx,
    stored.filter(({ id }) => !merged.has(id)).map(({ id }) => id),
  );
  await writeClocks(
    trx,
    rows.filter((row) => row.stopped_at === null || !isSame(storedById.get(row.id), row)),
  );
}

const readColumns = [
  'id',
  'ticket_id',
  'account_id',
  'assignee_id',
  'team_id',
  'metric',
  'cycle',
  'policy',
  'calendar',
  'calendar_version',
  'rules_version',
  'priority',
  'target_seconds',
  'started_at',
  'warn_at',
  'urgent_at',
  'due_at',
  'next_mark_at',
  'state',
  'stopped_at',
  'breached_at',
  'used_seconds',
  'is_worst',
] as const;

function readStored(trx: Trx, ticketIds: readonly string[]) {
  return trx
    .selectFrom('sla_clock')
    .select(readColumns)
    .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
    .execute();
}
type Row = Awaited<ReturnType<typeof readStored>>[number];

/** Clocks from before there were versions are counted by the present rules. */
function isKept(stored: Row, { version, keepsFinished }: RulesOfClocks, stoppedAt: Date | null): boolean {
  if (!keepsFinished || stored.stopped_at === null || stored.rules_version === null) return false;
  return stored.rules_version !== version && stored.stopped_at.getTime() === stoppedAt?.getTime();
}

function withPeople(row: Row, { accountId, assigneeId, teamId }: SlaClockRow): Row {
  return { ...row, account_id: accountId, assignee_id: assigneeId, team_id: teamId };
}

/** Of all cycles of a ticket's metric the one with the largest share used; of equals the first. */
function markWorst(rows: readonly Row[]): readonly Row[] {
  const worst = new Map<string, Row>();
  const share = (row: Row) => row.used_seconds / row.target_seconds;
  for (const row of rows) {
    const key = `${row.ticket_id}/${row.metric}`;
    const other = worst.get(key);
    const isWorse =
      other === undefined ||
      share(row) > share(other) ||
      (share(row) === share(other) && row.cycle < other.cycle);
    if (isWorse) worst.set(key, row);
  }
  return rows.map((row) => ({
    ...row,
    is_worst: worst.get(`${row.ticket_id}/${row.metric}`)?.id === row.id,
  }));
}

function isSame(stored: Row | undefined, row: Row): boolean {
  if (stored === undefined) return false;
  return readColumns.every((column) => plainValue(stored[column]) === plainValue(row[column]));
}

function plainValue(cell: Row[keyof Row]): string | number | boolean | null {
  return cell instanceof Date ? cell.getTime() : cell;
}

async function deleteClocks(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .deleteFrom('sla_clock')
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
}

/** The database's time, to be compared with `synced_at`. */
const writtenNow = sql<Date>`clock_timestamp()`;
const keptOnConflict: ReadonlySet<string> = new Set(['id', 'ticket_id', 'metric', 'cycle']);
const written = [...readColumns.filter((column) => !keptOnConflict.has(column)), 'computed_at' as const];

async function writeClocks(trx: Trx, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await trx
      .insertInto('sla_clock')
      .values(rows.slice(from, from + CHUNK).map((row) => ({ ...row, computed_at: writtenNow })))
      .onConflict((conflict) =>
        conflict
          .columns(['ticket_id', 'metric', 'cycle'])
          .doUpdateSet((eb) =>
            Object.fromEntries(written.map((column) => [column, eb.ref(`excluded.${column}`)])),
          ),
      )
      .execute();
  }
}

function toRow(clock: SlaClockRow, rulesVersion: string): Row {
  return {
    id: clock.id,
    ticket_id: clock.ticketId,
    account_id: clock.accountId,
    assignee_id: clock.assigneeId,
    team_id: clock.teamId,
    metric: clock.metric,
    cycle: clock.cycle,
    policy: clock.policy,
    calendar: clock.calendar,
    calendar_version: clock.calendarVersion,
    rules_version: rulesVersion,
    priority: clock.priority,
    target_seconds: clock.targetSeconds,
    started_at: clock.startedAt,
    warn_at: clock.warnAt,
    urgent_at: clock.urgentAt,
    due_at: clock.dueAt,
    next_mark_at: clock.nextMarkAt,
    state: clock.state,
    stopped_at: clock.stoppedAt,
    breached_at: clock.breachedAt,
    used_seconds: clock.usedSeconds,
    is_worst: true,
  };
}
