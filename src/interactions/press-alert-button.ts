import type { Asker } from '../access/asker.ts';
import { alertActions, readAlertActionValue } from '../messages/alert-action-value.ts';
import { buildNotice } from '../messages/notice-message.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import type { AlertInteractionDeps, AlertOutcome } from './act-on-alert.ts';
import { assignAlert } from './assign-alert.ts';
import { explainAlert } from './explain-alert.ts';
import { snoozeAlert, unsnoozeAlert } from './snooze-alert.ts';

export interface PressedButton {
  /** Name of the action as in `messages`. */
  readonly action: string;
  /** The button's value, or the chosen option's. */
  readonly value: string;
  readonly asker: Asker | null;
}

/** Every button of an alert message; null for an action that is none of them. */
export async function pressAlertButton(
  deps: AlertInteractionDeps,
  { action, value, asker }: PressedButton,
): Promise<AlertOutcome | null> {
  if (!(Object.values(alertActions) as readonly string[]).includes(action)) return null;
  const read = readAlertActionValue(value);
  if (read === null) return unreadable;
  const request = { alertId: read.alertId, version: read.version, asker };
  switch (action) {
    case alertActions.acknowledge:
      return acknowledgeAlert(deps, request);
    case alertActions.snooze:
      return read.until === undefined ? unreadable : snoozeAlert(deps, { ...request, until: read.until });
    case alertActions.unsnooze:
      return unsnoozeAlert(deps, request);
    case alertActions.assign:
      return assignAlert(deps, request);
    default:
      return explainAlert(deps, request);
  }
}

const unreadable: AlertOutcome = {
  reply: buildNotice(
    'This button is from an older version of Heed; use the newest message about this alert.',
  ),
  changed: false,
  reason: 'button-unreadable',
};
