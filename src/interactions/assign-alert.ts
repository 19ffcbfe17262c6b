import {
  type AlertInteractionDeps,
  type AlertOutcome,
  type AlertRequest,
  actOnAlert,
} from './act-on-alert.ts';

export interface AssignAlertRequest extends AlertRequest {
  /** Person to give it to; absent: the asker takes it, which also acknowledges it. */
  readonly toPersonId?: string;
}

/** Gives an alert to a person. */
export async function assignAlert(
  deps: AlertInteractionDeps,
  request: AssignAlertRequest,
): Promise<AlertOutcome> {
  return actOnAlert(deps, request, (asker) => ({
    kind: 'assign',
    by: asker.personId,
    to: request.toPersonId ?? asker.personId,
  }));
}
