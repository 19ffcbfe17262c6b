import type { Arrival, ConversationPlan } from './conversations-arrivals.ts';
import type { Course, Turn } from './conversations-course.ts';
import { deliver, maskRecipient } from './conversations-delivery.ts';
import { measureTurns } from './conversations-metrics.ts';
import type { Random } from './random.ts';
import type { Cell } from './world.ts';

export const conversationHeader = [
  'conversation_id',
  'account_id',
  'contact_id',
  'agent_id',
  'channel',
  'status',
  'opened_at',
  'first_response_seconds',
  'avg_response_seconds',
  'resolved_at',
  'resolution_seconds',
  'message_count',
  'handled_by_bot',
  'escalated_to_human',
  'csat',
] as const;

export const messageHeader = [
  'message_id',
  'conversation_id',
  'account_id',
  'author_id',
  'direction',
  'author_kind',
  'channel',
  'at',
  'delivery_status',
  'delivered_at',
  'read_at',
  'failed_reason',
  'recipient',
  'broadcast_id',
  'campaign_id',
  'text',
] as const;

export const botEventHeader = ['event_id', 'conversation_id', 'intent', 'outcome', 'success', 'at'] as const;

/** What was so at the end of the world. */
export interface ConversationSoFar {
  readonly id: string;
  readonly arrival: Arrival;
  readonly course: Course;
  readonly turns: readonly Turn[];
}

/** Solved conversations are closed after so long. */
const closesAfterMs = 3 * 86_400_000;
/** Somebody who has gone away without a word is waited for so long. */
const givesUpMs = 30 * 60_000;

/** @param end of the world, epoch milliseconds */
export function conversationRow(one: ConversationSoFar, end: number): readonly Cell[] {
  const { arrival, course, turns, id } = one;
  const resolvedAt = course.resolvedAt !== null && course.resolvedAt < end ? course.resolvedAt : null;
  const figures = measureTurns(turns);
  const events = course.botEvents.filter(({ at }) => at < end);
  const isHandedOver = events.some(({ outcome }) => outcome === 'handed_over');
  return [
    id,
    arrival.account.id,
    arrival.account.contact.id,
    turns.some(({ author }) => author === 'agent') ? (course.agent?.id ?? null) : null,
    course.channel,
    statusOf(one, resolvedAt, end),
    iso(arrival.at),
    figures.firstResponseSeconds,
    figures.avgResponseSeconds,
    isoOrNothing(resolvedAt),
    resolvedAt === null ? null : (resolvedAt - arrival.at) / 1000,
    turns.length,
    events.length > 0,
    isHandedOver,
    resolvedAt === null ? null : course.csat,
  ];
}

function hasDropped({ course, turns }: ConversationSoFar, end: number): boolean {
  const isDropped = course.botEvents.some(({ outcome, at }) => outcome === 'dropped' && at < end);
  return isDropped && (turns.at(-1)?.at ?? 0) + givesUpMs < end;
}

function statusOf(one: ConversationSoFar, resolvedAt: number | null, end: number): string {
  if (resolvedAt !== null) return resolvedAt + closesAfterMs < end ? 'closed' : 'resolved';
  if (hasDropped(one, end)) return 'closed';
  const last = one.turns.at(-1);
  // Nobody waits for an answer for weeks: such conversations are closed without a solution.
  if (last !== undefined && last.at + closesAfterMs < end) return 'closed';
  return last?.author === 'customer' ? 'open' : 'pending';
}

export interface MessageContext {
  readonly random: Random;
  readonly plan: ConversationPlan;
  readonly end: number;
  nextId(): string;
  /** Told what became of every outgoing message. */
  onDelivery(channel: string, at: number, status: string): void;
}

export function messageRow(one: ConversationSoFar, turn: Turn, context: MessageContext): readonly Cell[] {
  const { course, arrival } = one;
  const { account } = arrival;
  const author = turn.author === 'agent' ? (course.agent?.id ?? null) : null;
  const head = [context.nextId(), one.id, account.id, author] as const;
  if (turn.author === 'customer') {
    return [
      ...head,
      'in',
      'customer',
      course.channel,
      iso(turn.at),
      ...nothingKnown,
      null,
      null,
      null,
      turn.text,
    ];
  }
  const { failures } = context.plan;
  const isBad = turn.at >= failures.from && turn.at < failures.to;
  const delivery = deliver(context.random, course.channel, turn.at, isBad, context.end);
  context.onDelivery(course.channel, turn.at, delivery.status);
  const address =
    course.channel === 'WhatsApp'
      ? account.contact.phone
      : course.channel === 'E-mail'
        ? account.contact.email
        : null;
  return [
    ...head,
    'out',
    turn.author,
    course.channel,
    iso(turn.at),
    delivery.status,
    isoOrNothing(delivery.deliveredAt),
    isoOrNothing(delivery.readAt),
    delivery.reason,
    address === null ? null : maskRecipient(address),
    null,
    null,
    turn.text,
  ];
}

/** Delivery of what came in is the customer's affair. */
const nothingKnown = [null, null, null, null] as const;

export const iso = (epochMs: number): string => new Date(epochMs).toISOString();
export const isoOrNothing = (epochMs: number | null): string | null =>
  epochMs === null ? null : iso(epochMs);
