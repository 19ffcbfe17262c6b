import {
  type AlertInteractionDeps,
  type AlertOutcome,
  type AlertRequest,
  actOnAlert,
} from './act-on-alert.ts';

/**
 * Somebody has seen the alert and takes care of it. The first one wins, the second hears who it was; an alert that is
 * over stays over; one that became worse since the message was drawn must be looked at again.
 */
export async function acknowledgeAlert(
  deps: AlertInteractionDeps,
  request: AlertRequest,
): Promise<AlertOutcome> {
  return actOnAlert(deps, request, (asker) => ({ kind: 'acknowledge', by: asker.personId }));
}
