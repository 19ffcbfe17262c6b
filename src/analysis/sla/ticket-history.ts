import { type Priority, priorities } from '../../domain/priority.ts';
import type { TicketStatus } from '../../domain/records.ts';

/** A ticket as far as SLA clocks care, with the words that policies ask about. */
export interface SlaTicket {
  readonly id: string;
  readonly status: TicketStatus;
  readonly priority: Priority | null;
  readonly openedAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly solvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly updatedAt: Date | null;
  readonly tier: string | null;
  readonly region: string | null;
  readonly segment: string | null;
  readonly category: string | null;
  readonly channel: string | null;
  readonly type: string | null;
  readonly team: string | null;
  readonly source: string;
}

export interface SlaTicketEvent {
  readonly kind: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly public: boolean | null;
  /** Who of us did it; null: the customer, or nobody knows. */
  readonly actorId: string | null;
  readonly at: Date;
}

/** What happened to a ticket up to a moment, in whole seconds since 1970; both lists begin at `openedAt` and ascend. */
export interface TicketHistory {
  readonly openedAt: number;
  /** First public reply; null: none yet. */
  readonly repliedAt: number | null;
  /** Every public reply of ours, the first included; ascending. */
  readonly replies: readonly number[];
  /** Messages of the customer after the opening; ascending. */
  readonly customerMessages: readonly number[];
  readonly statuses: readonly { readonly at: number; readonly status: TicketStatus }[];
  readonly priorities: readonly { readonly at: number; readonly priority: Priority | null }[];
}

const statusWords = new Set<string>(['new', 'open', 'pending', 'hold', 'solved', 'closed']);
const priorityWords = new Set<string>(priorities);

/**
 * Reads the history of a ticket from its events, filled up from its own fields where events are missing (many
 * sources export none). What lies after `now`, or has not happened by its own date, is not known yet.
 *
 * @param events in any order
 */
export function readTicketHistory(
  ticket: SlaTicket,
  events: readonly SlaTicketEvent[],
  now: number,
): TicketHistory {
  const openedAt = toSeconds(ticket.openedAt);
  const known = events
    .map((event) => ({ event, at: Math.max(toSeconds(event.at), openedAt) }))
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at);
  const replies = readReplies(ticket, known, openedAt, now);
  return {
    openedAt,
    repliedAt: replies[0] ?? null,
    replies,
    customerMessages: known.filter(({ event }) => isCustomerMessage(event)).map(({ at }) => at),
    statuses: settle(readStatuses(ticket, known, openedAt, now)),
    priorities: readPriorities(ticket, events, known, openedAt),
  };
}

interface KnownEvent {
  readonly event: SlaTicketEvent;
  readonly at: number;
}

/** Sources round the time of the first reply, so what lies this close before the first event is that event. */
const SAME_REPLY_SECONDS = 60;

function readReplies(ticket: SlaTicket, known: readonly KnownEvent[], openedAt: number, now: number) {
  const replies = known
    .filter(({ event }) => event.kind === 'reply' && event.public !== false)
    .map(({ at }) => at);
  const field = secondsOf(ticket.firstRepliedAt, openedAt, now);
  const first = replies[0];
  if (field === null || (first !== undefined && field >= first)) return replies;
  const isSame = first !== undefined && first - field < SAME_REPLY_SECONDS;
  return [field, ...replies.slice(isSame ? 1 : 0)];
}

/** Only what says that it is public: what no source calls so may be a note among colleagues. */
function isCustomerMessage({ kind, public: isPublic, actorId }: SlaTicketEvent): boolean {
  return kind === 'comment' && isPublic === true && actorId === null;
}

function readStatuses(ticket: SlaTicket, known: readonly KnownEvent[], openedAt: number, now: number) {
  const statuses: { at: number; status: TicketStatus }[] = [{ at: openedAt, status: firstStatus(known) }];
  for (const { event, at } of known) {
    const status = statusAfter(event);
    if (isReopening(event) && !isStopped(statuses.at(-1)!.status)) {
      // It was solved without an event saying so; its own date may still tell when.
      const solvedAt = secondsOf(ticket.solvedAt ?? ticket.closedAt, openedAt, at);
      if (solvedAt !== null && solvedAt >= statuses.at(-1)!.at)
        statuses.push({ at: solvedAt, status: 'solved' });
    }
    if (status !== null && status !== statuses.at(-1)!.status) statuses.push({ at, status });
  }
  const last = statuses.at(-1)!;
  if (sameStage(last.status, ticket.status)) return statuses;
  // The events do not lead to the ticket's status: they are incomplete, and its own dates fill the gap.
  const changedAt = statusDate(ticket, openedAt, now);
  if (changedAt !== null) statuses.push({ at: Math.max(changedAt, last.at), status: ticket.status });
  return statuses;
}

/** Of several changes in one second the last is what the ticket is; solved again in that second, it was never open. */
function settle(statuses: TicketHistory['statuses']): TicketHistory['statuses'] {
  const lasting = statuses.filter(({ at }, index) => at !== statuses[index + 1]?.at);
  return lasting.filter(({ status }, index) => status !== lasting[index - 1]?.status);
}

function statusAfter(event: SlaTicketEvent): TicketStatus | null {
  if (event.kind === 'reopened') return 'open';
  return event.kind === 'status' ? toStatus(event.newValue) : null;
}

/** What the first change of status says it was before; a ticket that begins solved has lost its beginning. */
function firstStatus(known: readonly KnownEvent[]): TicketStatus {
  const before = toStatus(known.find(({ event }) => event.kind === 'status')?.event.oldValue ?? null);
  return before === null || isStopped(before) ? 'new' : before;
}

function isReopening(event: SlaTicketEvent): boolean {
  if (event.kind === 'reopened') return true;
  const [before, after] = [toStatus(event.oldValue), toStatus(event.newValue)];
  return (
    event.kind === 'status' && before !== null && isStopped(before) && after !== null && !isStopped(after)
  );
}

function toStatus(word: string | null): TicketStatus | null {
  const lower = word?.toLowerCase() ?? '';
  return statusWords.has(lower) ? (lower as TicketStatus) : null;
}

/** `new` and `open` both run, `solved` and `closed` both stop. */
function sameStage(a: TicketStatus, b: TicketStatus): boolean {
  return stageOf(a) === stageOf(b);
}

function stageOf(status: TicketStatus): string {
  if (status === 'new' || status === 'open') return 'running';
  return isStopped(status) ? 'stopped' : status;
}

export function isStopped(status: TicketStatus): boolean {
  return status === 'solved' || status === 'closed';
}

/** When the ticket came into its present status, by its own dates; null: it was not in it yet. */
function statusDate(ticket: SlaTicket, openedAt: number, now: number): number | null {
  if (!isStopped(ticket.status)) return secondsOf(ticket.updatedAt ?? ticket.openedAt, openedAt, now);
  const stopped = ticket.solvedAt ?? ticket.closedAt ?? ticket.updatedAt ?? ticket.openedAt;
  return secondsOf(stopped, openedAt, now);
}

function readPriorities(
  ticket: SlaTicket,
  all: readonly SlaTicketEvent[],
  known: readonly KnownEvent[],
  openedAt: number,
) {
  const changes = known.filter(({ event }) => event.kind === 'priority');
  // A change after `now` still tells what the priority was before it.
  const first =
    changes[0]?.event ??
    all.filter((event) => event.kind === 'priority').sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  const initial = first && isPriority(first.oldValue) ? toPriority(first.oldValue) : ticket.priority;
  const phases: { at: number; priority: Priority | null }[] = [{ at: openedAt, priority: initial }];
  for (const { event, at } of changes) {
    if (!isPriority(event.newValue)) continue;
    const priority = toPriority(event.newValue);
    if (priority !== phases.at(-1)!.priority) phases.push({ at, priority });
  }
  return phases;
}

function isPriority(word: string | null): boolean {
  return word === null || word === '' || priorityWords.has(word.toLowerCase());
}

function toPriority(word: string | null): Priority | null {
  return word === null || word === '' ? null : (word.toLowerCase() as Priority);
}

function secondsOf(date: Date | null, earliest: number, now: number): number | null {
  if (date === null) return null;
  const at = toSeconds(date);
  return at > now ? null : Math.max(at, earliest);
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
