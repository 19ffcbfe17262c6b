import { Temporal } from 'temporal-polyfill';
import type { SnoozeChoice } from '../messages/alert-action-value.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import {
  type AlertInteractionDeps,
  type AlertOutcome,
  type AlertRequest,
  actOnAlert,
} from './act-on-alert.ts';

export interface SnoozeAlertRequest extends AlertRequest {
  readonly until: SnoozeChoice | Date;
}

/** Keeps an alert quiet for a while: it changes in place, and calls again if it still holds when the time is over. */
export async function snoozeAlert(
  deps: AlertInteractionDeps,
  request: SnoozeAlertRequest,
): Promise<AlertOutcome> {
  return actOnAlert(deps, request, (asker, now) => ({
    kind: 'snooze',
    by: asker.personId,
    until: request.until instanceof Date ? request.until : snoozeEnd(request.until, now, asker.zone),
  }));
}

/** Ends a snooze early. */
export async function unsnoozeAlert(
  deps: AlertInteractionDeps,
  request: AlertRequest,
): Promise<AlertOutcome> {
  return actOnAlert(deps, request, (asker) => ({ kind: 'unsnooze', by: asker.personId }));
}

const hour = 3_600_000;

/** Tomorrow is 09:00 of the next calendar day where the person is, whatever the clocks do in the night. */
export function snoozeEnd(choice: SnoozeChoice, now: Date, zone: string): Date {
  switch (choice) {
    case '1h':
      return new Date(now.getTime() + hour);
    case '4h':
      return new Date(now.getTime() + 4 * hour);
    case 'tomorrow': {
      const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
      const morning = today
        .toPlainDate()
        .add({ days: 1 })
        .toZonedDateTime({ timeZone: zone, plainTime: '09:00' });
      return new Date(morning.epochMilliseconds);
    }
    default:
      return exhaustive(choice);
  }
}
