import type { AlertEventKind } from '../../domain/alert.ts';
import type { AlertCore } from './alert-core.ts';

/**
 * What people notice: `post` a new message; `edit` the message in place, silently; `edit-and-reply` edit it and say so
 * in its thread, which notifies.
 */
export type Notify = 'none' | 'edit' | 'edit-and-reply' | 'post';

/** What was decided and why; the reason goes to the event log, the audit and the "Why?". */
export interface Decision {
  readonly next: AlertCore | null;
  /** Event to record; `refreshed` changes the message but is no event. */
  readonly transition: AlertEventKind | 'refreshed' | null;
  readonly notify: Notify;
  /** Kebab-case. */
  readonly reason: string;
}

/** Nothing happens. */
export function stay(core: AlertCore | null, reason: string): Decision {
  return { next: core, transition: null, notify: 'none', reason };
}
