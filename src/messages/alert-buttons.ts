import type { Alert } from '../domain/alert.ts';
import {
  alertActions,
  type SnoozeChoice,
  snoozeChoices,
  writeAlertActionValue,
} from './alert-action-value.ts';
import { shorten } from './format.ts';
import type { Action } from './message.ts';

const snoozeLabels: Readonly<Record<SnoozeChoice, string>> = {
  '1h': 'for 1 h',
  '4h': 'for 4 h',
  tomorrow: 'until tomorrow 09:00',
};

/** What can be done with an open alert, in its present state. */
export function openActions(alert: Alert): readonly Action[] {
  const { buttons } = alert.snapshot.rule;
  const { id: alertId, version } = alert;
  const value = writeAlertActionValue({ alertId, version });
  const about = (verb: string) => shorten(`${verb}: ${alert.subject.label}`, 75);
  const actions: Action[] = [];
  if (buttons.includes('acknowledge') && alert.acknowledgedAt === null)
    actions.push({
      kind: 'button',
      action: alertActions.acknowledge,
      label: 'Acknowledge',
      value,
      style: 'primary',
      accessibilityLabel: about('Acknowledge'),
    });
  if (buttons.includes('assign') && alert.assignedTo === null)
    actions.push({
      kind: 'button',
      action: alertActions.assign,
      label: 'Assign to me',
      value,
      accessibilityLabel: about('Assign to me'),
    });
  if (buttons.includes('snooze'))
    actions.push(
      alert.silencedUntil === null
        ? {
            kind: 'menu',
            action: alertActions.snooze,
            placeholder: 'Snooze',
            options: snoozeChoices.map((until) => ({
              label: snoozeLabels[until],
              value: writeAlertActionValue({ alertId, version, until }),
            })),
          }
        : {
            kind: 'button',
            action: alertActions.unsnooze,
            label: 'End snooze',
            value,
            accessibilityLabel: about('End the snooze'),
          },
    );
  return [...actions, ...(buttons.includes('why') ? [explainButton(alert)] : [])];
}

/** Stays for good: an alert can be explained long after it is over. */
export function explainButton(alert: Alert): Action {
  return {
    kind: 'button',
    action: alertActions.explain,
    label: 'Why?',
    value: writeAlertActionValue({ alertId: alert.id, version: alert.version }),
    accessibilityLabel: shorten(`Why this alert: ${alert.subject.label}`, 75),
  };
}
