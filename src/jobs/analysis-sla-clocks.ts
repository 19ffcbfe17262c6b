import { groupBy } from '../analysis/group-by.ts';
import { type BusinessAxis, buildBusinessAxis } from '../analysis/sla/business-axis.ts';
import { cyclesOf } from '../analysis/sla/clock-cycles.ts';
import { explainClock } from '../analysis/sla/explain-clock.ts';
import { computeClocks, type SlaClock } from '../analysis/sla/sla-clock.ts';
import { buildSlaFinding, isReportable, slaSubjectId } from '../analysis/sla/sla-findings.ts';
import { readTicketHistory } from '../analysis/sla/ticket-history.ts';
import { computeTicketTimes } from '../analysis/sla/ticket-times.ts';
import type { Finding } from '../domain/finding.ts';
import type { BusinessCalendar, SlaPolicies, SlaPolicy } from '../domain/sla-policy.ts';
import { listSlaEvents, type listSlaTickets } from '../store/analysis-sla.ts';
import type { Store } from '../store/database.ts';
import { type SlaClockRow, saveSlaClocks } from '../store/sla-clock-store.ts';
import { saveTicketTimes, type TicketTimeRow } from '../store/ticket-time-store.ts';
import { stableId } from '../toolkit/ids.ts';
import type { Transaction } from './analysis-step.ts';

export type SlaTicketRow = Awaited<ReturnType<typeof listSlaTickets>>[number];

export interface ComputedTickets {
  readonly ticketIds: readonly string[];
  readonly clocks: readonly SlaClockRow[];
  readonly times: readonly TicketTimeRow[];
  /** Of every clock, whether it is reported or not. */
  readonly subjectIds: readonly string[];
  readonly findings: readonly Finding[];
  readonly eventsRead: number;
}

export interface ClockSettings {
  readonly policies: SlaPolicies;
  readonly axisOf: (policy: SlaPolicy) => BusinessAxis;
  readonly now: Date;
  readonly zone: string;
  /** See `listSourcesWithoutReplies`. */
  readonly sourcesWithoutReplies: readonly string[];
}

/** Reads the events of some tickets and computes their clocks and the findings of those that are reported. */
export async function computeTicketClocks(
  { db }: Pick<Store, 'db'>,
  tickets: readonly SlaTicketRow[],
  { policies, axisOf, now, zone, sourcesWithoutReplies }: ClockSettings,
): Promise<ComputedTickets> {
  const events = await listSlaEvents(
    db,
    tickets.map(({ id }) => id),
  );
  const eventsOf = groupBy(events, (event) => event.ticketId);
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const clocks: SlaClockRow[] = [];
  const times: TicketTimeRow[] = [];
  const findings: Finding[] = [];
  for (const ticket of tickets) {
    const history = readTicketHistory(ticket, eventsOf.get(ticket.id) ?? [], nowSeconds);
    const input = { ticket, history, policies, axisOf, now: nowSeconds };
    times.push({ ...peopleOf(ticket), openedAt: ticket.openedAt, ...computeTicketTimes(input) });
    const isSilent = sourcesWithoutReplies.includes(ticket.source);
    for (const clock of computeClocks(input)) {
      if (isSilent && clock.metric === 'first_response') continue;
      clocks.push(toRow(ticket, clock));
      const cycle = cyclesOf(history, clock.metric)[clock.cycle - 1];
      if (cycle !== undefined && isReportable(clock, policies))
        findings.push(buildSlaFinding(clock, ticket, explainClock(input, clock.metric, cycle), now, zone));
    }
  }
  return {
    ticketIds: tickets.map(({ id }) => id),
    clocks,
    times,
    subjectIds: clocks.map((clock) => slaSubjectId(clock.ticketId, clock)),
    findings,
    eventsRead: events.length,
  };
}

/**
 * Stores what was computed. What stopped under other policies stays as it was counted then.
 *
 * @param keepsFinished false where nothing that is stored may be taken for settled
 */
export async function saveComputed(
  trx: Transaction,
  computed: ComputedTickets,
  policies: SlaPolicies,
  keepsFinished = true,
): Promise<void> {
  const rules = { version: policies.version, keepsFinished };
  await saveSlaClocks(trx, computed.ticketIds, computed.clocks, rules);
  await saveTicketTimes(trx, computed.times, rules);
}

function toRow(ticket: SlaTicketRow, clock: SlaClock): SlaClockRow {
  return {
    ...clock,
    ...peopleOf(ticket),
    id: stableId('sla_clock', ticket.id, clock.metric, String(clock.cycle)),
  };
}

function peopleOf({ id, accountId, assigneeId, teamId }: SlaTicketRow) {
  return { ticketId: id, accountId, assigneeId, teamId };
}

const DAY_MS = 86_400_000;
/** Due dates further ahead than this are not known: no target is that long. */
const AHEAD_DAYS = 400;

/** Business hours of every calendar from the first ticket on, built when they are first asked for. */
export function axesFrom(oldest: Date, now: Date): (policy: SlaPolicy) => BusinessAxis {
  const range = {
    from: new Date(oldest.getTime() - DAY_MS),
    to: new Date(now.getTime() + AHEAD_DAYS * DAY_MS),
  };
  const axes = new Map<BusinessCalendar, BusinessAxis>();
  return ({ calendar }) => {
    const axis = axes.get(calendar) ?? buildBusinessAxis(calendar, range);
    axes.set(calendar, axis);
    return axis;
  };
}
