import { type EvaluationContext, type RecentChanges, subjectKey } from '../../alerting/candidate.ts';
import { flappingChanges, flappingWindowSeconds } from '../../alerting/state/flapping.ts';
import { listPersonBriefs, type StoredFindingHead } from '../../store/alert-findings.ts';
import { listOpenSubjects, listRecentAlertChanges } from '../../store/alert-store.ts';
import type { Store } from '../../store/database.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

type Given = Omit<EvaluationContext, 'inhibitors' | 'recent' | 'ownerConversation'> & {
  readonly platform: 'slack' | 'teams';
  readonly findings: readonly StoredFindingHead[];
};

/** Everything the pipeline of one rule may know besides findings and open alerts. */
export async function loadEvaluationContext(trx: Transaction, given: Given): Promise<EvaluationContext> {
  const { platform, findings, ...known } = given;
  const inhibiting = await listOpenSubjects(trx, given.rule.inhibitedBy);
  const since = new Date(given.now.getTime() - flappingWindowSeconds * 1000);
  const recent = await listRecentAlertChanges(trx, given.rule.id, since, flappingChanges);
  const ownerIds = [...new Set(findings.flatMap(({ ownerId }) => ownerId ?? []))];
  const owners = await listPersonBriefs(trx, platform, ownerIds);
  return {
    ...known,
    inhibitors: new Map(inhibiting.map((subject) => [subjectKey(subject), subject.ruleId])),
    recent: new Map(
      recent.map(({ fingerprint, changes, lastResolved }): [string, RecentChanges] => [
        fingerprint,
        { changes, message: messageOf(lastResolved) },
      ]),
    ),
    ownerConversation: (ownerId) => {
      const chatUserId = owners.get(ownerId)?.chatUserId;
      return chatUserId ? `@${chatUserId}` : null;
    },
  };
}

function messageOf(
  last: Awaited<ReturnType<typeof listRecentAlertChanges>>[number]['lastResolved'],
): RecentChanges['message'] {
  if (last === null) return null;
  const { held, messageOf: alertId, conversations } = last.snapshot.delivery;
  return held === null && conversations.length > 0 ? { alertId, conversations } : null;
}
