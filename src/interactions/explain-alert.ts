import { comparisonHolds } from '../alerting/rules/evaluate-condition.ts';
import { comparisonsOf } from '../domain/alert-condition.ts';
import { buildExplainMessage } from '../messages/explain-message.ts';
import { buildNotice } from '../messages/notice-message.ts';
import { listPersonBriefs } from '../store/alert-findings.ts';
import { findAlert, listAlertEvents } from '../store/alert-store.ts';
import {
  type AlertInteractionDeps,
  type AlertOutcome,
  type AlertRequest,
  unknownAlert,
} from './act-on-alert.ts';
import { refusalWords } from './alert-act-words.ts';

/**
 * "Why?": rule, values against limits, rows as of firing, history, what would end it. It reads what was stored when
 * the alert fired, so the answer stays true after the data has changed.
 */
export async function explainAlert(
  deps: AlertInteractionDeps,
  { alertId, asker }: AlertRequest,
): Promise<AlertOutcome> {
  if (asker === null) return { reply: buildNotice(refusalWords), changed: false, reason: 'person-unknown' };
  const { db } = deps.store;
  const alert = await findAlert(db, alertId);
  if (alert === null) return unknownAlert;
  const events = await listAlertEvents(db, alertId);
  const actors = [...new Set(events.flatMap(({ actorId }) => actorId ?? []))];
  const people = await listPersonBriefs(db, deps.platform, actors);
  const { fired, rule } = alert.snapshot;
  const judged = { value: fired.value, facts: fired.facts, observedAt: new Date(fired.observedAt) };
  const checks = comparisonsOf(rule.when).map(({ comparison }) => ({
    comparison,
    isMet: comparisonHolds(comparison, judged),
  }));
  const reply = buildExplainMessage({ alert, people, zone: asker.zone, events, checks });
  return { reply, changed: false, reason: 'explained' };
}
