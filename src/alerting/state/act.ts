import type { AlertCore } from './alert-core.ts';
import { type Decision, stay } from './decision.ts';

/** What a person does to an alert. The first acknowledgement wins; nothing reopens a resolved alert. */
export type AlertAct =
  | { readonly kind: 'acknowledge'; readonly by: string }
  | { readonly kind: 'snooze'; readonly by: string; readonly until: Date }
  | { readonly kind: 'unsnooze'; readonly by: string }
  /** Taking it oneself also acknowledges it. */
  | { readonly kind: 'assign'; readonly by: string; readonly to: string };

export interface ActContext {
  readonly now: Date;
  /** Version of the message that was clicked. */
  readonly seenVersion: number;
  /** Version at which the severity rose last; null: it never did. */
  readonly raisedAtVersion: number | null;
}

export function act(
  current: AlertCore,
  { now, seenVersion, raisedAtVersion }: ActContext,
  done: AlertAct,
): Decision {
  if (current.state === 'resolved') return stay(current, 'already-resolved');
  if (current.state === 'pending') return stay(current, 'not-firing-yet');
  const changed = { ...current, version: current.version + 1 };
  switch (done.kind) {
    case 'acknowledge': {
      if (current.acknowledgedAt !== null) {
        const isOwn = current.acknowledgedBy === done.by;
        return stay(current, isOwn ? 'already-acknowledged-by-you' : 'already-acknowledged');
      }
      // Whoever clicks on the old message has not seen how bad it is now.
      if (raisedAtVersion !== null && seenVersion < raisedAtVersion)
        return stay(current, 'severity-raised-since-seen');
      const next = { ...changed, acknowledgedAt: now, acknowledgedBy: done.by };
      return { next, transition: 'acknowledged', notify: 'edit', reason: 'acknowledged-by-person' };
    }
    case 'snooze': {
      if (done.until.getTime() <= now.getTime()) return stay(current, 'snooze-in-the-past');
      if (current.silencedUntil?.getTime() === done.until.getTime()) return stay(current, 'already-snoozed');
      const next = { ...changed, silencedUntil: done.until, silencedBy: done.by };
      return { next, transition: 'snoozed', notify: 'edit', reason: 'snoozed-by-person' };
    }
    case 'unsnooze': {
      if (current.silencedUntil === null) return stay(current, 'not-snoozed');
      const next = { ...changed, silencedUntil: null, silencedBy: null };
      return { next, transition: 'unsnoozed', notify: 'edit', reason: 'unsnoozed-by-person' };
    }
    case 'assign': {
      if (current.assignedTo === done.to) return stay(current, 'already-assigned');
      const isClaim = done.to === done.by && current.acknowledgedAt === null;
      const next = {
        ...changed,
        assignedTo: done.to,
        ...(isClaim ? { acknowledgedAt: now, acknowledgedBy: done.by } : {}),
      };
      return {
        next,
        transition: 'assigned',
        notify: 'edit',
        reason: isClaim ? 'claimed' : 'assigned-by-person',
      };
    }
  }
}
