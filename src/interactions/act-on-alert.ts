import type { Asker } from '../access/asker.ts';
import { audit } from '../access/audit.ts';
import { eventOf } from '../alerting/changes.ts';
import { type AlertAct, act } from '../alerting/state/act.ts';
import { coreOf, withCore } from '../alerting/state/alert-core.ts';
import type { Alert, AlertEvent } from '../domain/alert.ts';
import { buildAlertMessage } from '../messages/alert-message.ts';
import type { Message } from '../messages/message.ts';
import { buildNotice } from '../messages/notice-message.ts';
import { listPersonBriefs } from '../store/alert-findings.ts';
import { putAlertMessages } from '../store/alert-outbox.ts';
import { insertAlertEvents, listAlertEvents, lockAlert, saveAlerts } from '../store/alert-store.ts';
import type { Store } from '../store/database.ts';
import type { Clock } from '../toolkit/clock.ts';
import { outcomeWords, refusalWords } from './alert-act-words.ts';

export interface AlertInteractionDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** IANA zone of the messages that everybody sees. */
  readonly zone: string;
  readonly platform: 'slack' | 'teams';
}

export interface AlertRequest {
  readonly alertId: string;
  /** Version of the alert on the message that was clicked. */
  readonly version: number;
  /** Who clicked, as the server knows it; null: nobody that Heed knows, or somebody without a role. */
  readonly asker: Asker | null;
}

export interface AlertOutcome {
  /** For the person alone; null where the changed message says it all. */
  readonly reply: Message | null;
  readonly changed: boolean;
  /** Kebab-case name of what was decided. */
  readonly reason: string;
}

/**
 * One act of a person on one alert: state, history, audit and the messages of all conversations change in one
 * transaction, or nothing does. Anybody with a role may act; the first one wins.
 */
export async function actOnAlert(
  deps: AlertInteractionDeps,
  request: AlertRequest,
  actOf: (asker: Asker, now: Date) => AlertAct,
): Promise<AlertOutcome> {
  const { asker } = request;
  if (asker === null) return { reply: buildNotice(refusalWords), changed: false, reason: 'person-unknown' };
  return deps.store.transaction(async (trx) => {
    const now = deps.clock.now();
    const alert = await lockAlert(trx, request.alertId);
    if (alert === null) return unknownAlert;
    const events = await listAlertEvents(trx, alert.id);
    const done = actOf(asker, now);
    const context = { now, seenVersion: request.version, raisedAtVersion: lastRaise(events) };
    const { next, transition, reason } = act(coreOf(alert), context, done);
    const people = await listPersonBriefs(trx, deps.platform, peopleOf(alert, done));
    if (next === null || transition === null || transition === 'refreshed') {
      const view = { alert, people, zone: asker.zone };
      return { reply: buildNotice(outcomeWords(view, reason)), changed: false, reason };
    }
    const changed = withCore(alert, next);
    await saveAlerts(trx, [changed]);
    const event = eventOf(changed, { at: now, kind: transition, actorId: asker.personId, reason });
    await insertAlertEvents(trx, [{ ...event, alertId: alert.id }]);
    await audit(trx, {
      at: now,
      actorId: asker.personId,
      action: `alert.${done.kind}`,
      subject: `alert:${alert.id}`,
      detail: {
        ruleId: alert.ruleId,
        reason,
        version: changed.version,
        seenVersion: request.version,
        act: done,
      },
    });
    const body = buildAlertMessage({ alert: changed, people, zone: deps.zone });
    await putAlertMessages(trx, changed, { platform: deps.platform, body });
    return { reply: null, changed: true, reason };
  });
}

export const unknownAlert: AlertOutcome = {
  reply: buildNotice('This alert is not kept any more, so there is nothing to change.'),
  changed: false,
  reason: 'alert-unknown',
};

/** Version at which the severity rose last. */
function lastRaise(events: readonly AlertEvent[]): number | null {
  const version = events.findLast(({ kind }) => kind === 'severity-raised')?.detail['version'];
  return typeof version === 'number' ? version : null;
}

function peopleOf(alert: Alert, done: AlertAct): readonly string[] {
  const ids = [
    alert.acknowledgedBy,
    alert.assignedTo,
    alert.silencedBy,
    done.by,
    done.kind === 'assign' ? done.to : null,
  ];
  return [...new Set(ids.filter((id) => id !== null))];
}
