import { type AlertView, nameOf } from '../messages/alert-view.ts';
import { formatInstant, severityWord } from '../messages/format.ts';

/** For somebody that Heed cannot place. */
export const refusalWords =
  'Heed does not know who you are here, or you have no role yet, so nothing was changed. Ask an administrator of Heed to link your chat account to your person.';

/** What a person hears when nothing was changed. */
export function outcomeWords(view: AlertView, reason: string): string {
  const { alert, zone } = view;
  switch (reason) {
    case 'already-resolved':
      return `This alert is over${alert.resolvedAt === null ? '' : ` since ${formatInstant(alert.resolvedAt, zone)}`}; nothing was changed.`;
    case 'already-acknowledged':
      return `${nameOf(view, alert.acknowledgedBy)} has acknowledged this already${whenAcknowledged(view)}.`;
    case 'already-acknowledged-by-you':
      return `You have acknowledged this already${whenAcknowledged(view)}.`;
    case 'severity-raised-since-seen':
      return `It was raised to ${severityWord(alert.severity)} after the message that you clicked on. Look at the message as it is now, and acknowledge it there.`;
    case 'already-snoozed':
      return `This is snoozed until then already, by ${nameOf(view, alert.silencedBy)}.`;
    case 'not-snoozed':
      return 'This alert is not snoozed; nothing was changed.';
    case 'snooze-in-the-past':
      return 'That time has passed already; choose a later one.';
    case 'already-assigned':
      return `This is assigned to ${nameOf(view, alert.assignedTo)} already.`;
    case 'not-firing-yet':
      return 'This alert has not fired yet; there is nothing to change.';
    default:
      return 'Nothing was changed.';
  }
}

function whenAcknowledged({ alert, zone }: AlertView): string {
  return alert.acknowledgedAt === null ? '' : `, ${formatInstant(alert.acknowledgedAt, zone)}`;
}
