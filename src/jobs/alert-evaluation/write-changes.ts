import type { AlertChange } from '../../alerting/changes.ts';
import type { Alert } from '../../domain/alert.ts';
import type { AlertView } from '../../messages/alert-view.ts';
import type { BurstView } from '../../messages/burst-message.ts';
import type { Message } from '../../messages/message.ts';
import { listPersonBriefs } from '../../store/alert-findings.ts';
import { putAlertMessages } from '../../store/alert-outbox.ts';
import { insertAlertEvents, insertAlerts, saveAlerts, touchAlerts } from '../../store/alert-store.ts';
import type { Store } from '../../store/database.ts';
import { putMessage } from '../../store/outbox-store.ts';
import type { Clock } from '../../toolkit/clock.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];
type Written = Extract<AlertChange, { kind: 'insert' | 'update' }>;

interface WriteDeps {
  readonly clock: Clock;
  readonly zone: string;
  readonly platform: 'slack' | 'teams';
  readonly buildMessage: (view: AlertView) => Message;
  readonly buildReply: (view: AlertView, why: 'severity-raised' | 'snooze-elapsed') => Message;
  readonly buildBurst: (view: BurstView) => Message;
}

export interface WrittenAlerts {
  readonly fired: number;
  readonly raised: number;
  readonly resolved: number;
  /** Messages that were added or changed. */
  readonly messages: number;
  /** Reason -> how many alerts it changed. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Writes alerts, their history and what conversations should show; all of it in the caller's transaction. */
export async function writeChanges(
  trx: Transaction,
  deps: WriteDeps,
  changes: readonly AlertChange[],
  bursts: readonly { readonly conversations: readonly string[]; readonly view: BurstView }[],
  runId: string,
): Promise<WrittenAlerts> {
  const inserts = changes.filter((change): change is Written => change.kind === 'insert');
  const updates = changes.filter((change): change is Written => change.kind === 'update');
  const touches = changes.filter((change) => change.kind === 'touch');
  const added = await insertAlerts(
    trx,
    inserts.map(({ alert }) => alert),
  );
  const written = [...inserts.filter(({ alert }) => added.has(alert.id)), ...updates];
  await saveAlerts(
    trx,
    updates.map(({ alert }) => alert),
  );
  await touchAlerts(trx, touches, deps.clock.now());
  await insertAlertEvents(
    trx,
    written.flatMap(({ alert, events }) => events.map((event) => ({ ...event, alertId: alert.id }))),
  );
  // Nothing was added although something was to be: another evaluation was faster, and has said so.
  const isLate = inserts.length > 0 && added.size === 0;
  const messages =
    (await putMessages(trx, deps, written)) + (isLate ? 0 : await putBursts(trx, deps, bursts, runId));
  return { ...countOf(written), messages };
}

async function putMessages(trx: Transaction, deps: WriteDeps, written: readonly Written[]): Promise<number> {
  const visible = written.filter(({ notify }) => notify !== 'none');
  const ids = visible.flatMap(({ alert }) => peopleOf(alert));
  const people = await listPersonBriefs(trx, deps.platform, [...new Set(ids)]);
  let count = 0;
  // What is new goes before what only changes, because a conversation is served in this order.
  const inOrder = [...visible].sort((a, b) => Number(a.notify !== 'post') - Number(b.notify !== 'post'));
  for (const { alert, notify, events } of inOrder) {
    const view = { alert, people, zone: deps.zone };
    const why = events.some(({ kind }) => kind === 'severity-raised') ? 'severity-raised' : 'snooze-elapsed';
    const body = deps.buildMessage(view);
    const reply = notify === 'edit-and-reply' ? { reply: deps.buildReply(view, why) } : {};
    count += await putAlertMessages(trx, alert, { platform: deps.platform, body, ...reply });
  }
  return count;
}

function peopleOf({ acknowledgedBy, assignedTo, silencedBy }: Alert): readonly string[] {
  return [acknowledgedBy, assignedTo, silencedBy].filter((id) => id !== null);
}

async function putBursts(
  trx: Transaction,
  deps: WriteDeps,
  bursts: readonly { readonly conversations: readonly string[]; readonly view: BurstView }[],
  runId: string,
): Promise<number> {
  let count = 0;
  for (const { conversations, view } of bursts) {
    const body = deps.buildBurst(view);
    for (const conversation of conversations) {
      const dedupeKey = `alert-burst:${view.ruleId}:${conversation}:${runId}`;
      await putMessage(trx, { dedupeKey, platform: deps.platform, conversation, lane: 'alert', body });
      count += 1;
    }
  }
  return count;
}

function countOf(written: readonly Written[]): Omit<WrittenAlerts, 'messages'> {
  const events = written.flatMap((change) => change.events.map(({ kind }) => kind));
  const count = (wanted: string) => events.filter((kind) => kind === wanted).length;
  const reasons: Record<string, number> = {};
  for (const { reason } of written) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    fired: count('fired'),
    raised: count('severity-raised'),
    resolved: count('resolved'),
    reasons,
  };
}
