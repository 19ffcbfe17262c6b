import type { SlaMetric } from '../../domain/sla-policy.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { isStopped, type TicketHistory } from './ticket-history.ts';

/** One run of a clock: replies and updates are promised anew again and again, the others once. */
export interface ClockCycle {
  /** 1-based, in order of their beginnings. */
  readonly number: number;
  /** Whole seconds since 1970. */
  readonly startsAt: number;
  /** What ended it; null: still open. */
  readonly stop: ClockStop | null;
}

export interface ClockStop {
  readonly at: number;
  /**
   * `solved-without-reply`: there never was a first response, and then there was nothing left to respond to: neither met
   * nor missed. For a later message or update the solution is the answer.
   */
  readonly reason: 'replied' | 'solved' | 'solved-without-reply';
}

/** The cycles of a metric up to the moment the history was read at; a ticket may have none. */
export function cyclesOf(history: TicketHistory, metric: SlaMetric): readonly ClockCycle[] {
  switch (metric) {
    case 'first_response': {
      const { repliedAt } = history;
      if (repliedAt === null) return [once(history, solvedForGood(history, 'solved-without-reply'))];
      return [once(history, { at: repliedAt, reason: 'replied' })];
    }
    case 'resolution':
      return [once(history, solvedForGood(history, 'solved'))];
    case 'next_response':
      return history.customerMessages.length === 0 ? [] : walk(history, 'message');
    case 'update':
      return walk(history, 'reply');
    default:
      return exhaustive(metric);
  }
}

function once({ openedAt }: TicketHistory, stop: ClockStop | null): ClockCycle {
  return { number: 1, startsAt: openedAt, stop };
}

/** Solved and opened again, a ticket runs on, and the time between is left out. */
function solvedForGood({ statuses }: TicketHistory, reason: ClockStop['reason']): ClockStop | null {
  if (!isStopped(statuses.at(-1)!.status)) return null;
  const lastRunning = statuses.findLastIndex(({ status }) => !isStopped(status));
  return { at: statuses[lastRunning + 1]!.at, reason };
}

interface Happening {
  readonly at: number;
  readonly what: 'opened-again' | 'message' | 'reply' | 'solved';
}

/** In one second: a mail opens the ticket again and then counts; an answer that solves the ticket is an answer. */
const order: readonly Happening['what'][] = ['opened-again', 'message', 'reply', 'solved'];

/**
 * Lives through a ticket from its first reply on. A cycle begins with what the promise is counted from, or, if that came
 * while the ticket was solved, when the ticket is opened again; it ends with the next reply or the solution.
 */
function walk(history: TicketHistory, beginsWith: 'message' | 'reply'): readonly ClockCycle[] {
  const cycles: ClockCycle[] = [];
  let startsAt: number | null = null;
  let isSolved = false;
  let isOwed = false;
  const end = (at: number, reason: ClockStop['reason']) => {
    // What began and ended in one second (an answer that solves the ticket) asked nothing of anybody.
    if (startsAt !== null && at > startsAt)
      cycles.push({ number: cycles.length + 1, startsAt, stop: { at, reason } });
    startsAt = null;
  };
  for (const { at, what } of happenings(history)) {
    if (what === 'reply') {
      end(at, 'replied');
      isOwed = false;
    }
    if (what === beginsWith) isOwed = true;
    if (what === 'solved') {
      end(at, 'solved');
      // Updates are owed again when the ticket is opened again; a message was left unanswered for good.
      if (beginsWith === 'message') isOwed = false;
    }
    if (what === 'solved' || what === 'opened-again') isSolved = what === 'solved';
    if (isOwed && !isSolved) startsAt ??= at;
  }
  if (startsAt !== null) cycles.push({ number: cycles.length + 1, startsAt, stop: null });
  return cycles;
}

/** What happened after the first reply; before it, the first response is what is owed. */
function happenings({ repliedAt, replies, customerMessages, statuses }: TicketHistory): readonly Happening[] {
  if (repliedAt === null) return [];
  const changes = statuses.flatMap(({ at, status }, index): readonly Happening[] => {
    const before = statuses[index - 1];
    if (isStopped(status) === (before !== undefined && isStopped(before.status))) return [];
    return [{ at, what: isStopped(status) ? 'solved' : 'opened-again' }];
  });
  return [
    ...changes,
    ...customerMessages.filter((at) => at > repliedAt).map((at): Happening => ({ at, what: 'message' })),
    ...replies.map((at): Happening => ({ at, what: 'reply' })),
  ].sort((a, b) => a.at - b.at || order.indexOf(a.what) - order.indexOf(b.what));
}
