import type { Asker } from '../../access/asker.ts';
import { audit } from '../../access/audit.ts';
import { formatValue } from '../../charts/format-value.ts';
import type { Form, FormAnswers } from '../../messages/form.ts';
import { shorten } from '../../messages/format.ts';
import type { Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import {
  buildOwnAlertList,
  everyWords,
  type ThresholdOperator,
  thresholdWords,
} from '../../messages/own-alert-message.ts';
import { queryPlanSchema } from '../../query/metric-query.ts';
import { deleteOwnAlert, insertOwnAlert, listOwnAlerts } from '../../store/own-alert-store.ts';
import { newId } from '../../toolkit/ids.ts';
import { fail, ok, type Result } from '../../toolkit/issue.ts';
import type { AnswerDeps } from '../answer-deps.ts';
import { type FoundAnswer, findAnswer } from './find-answer.ts';

/** Name of the form that makes an alert of one's own. */
export const alertForm = 'alert-me-when';

const intervals = [15, 60, 240, 1440] as const;
/** Each costs a query as often as it is looked at. */
const mostAlerts = 20;

/** The dialog behind "Alert me when". */
export function buildAlertForm(deps: AnswerDeps, { kept, plan }: FoundAnswer): Form {
  const metric = plan.kind === 'metric' ? deps.catalogue.metrics.get(plan.metrics[0] ?? '') : undefined;
  const isGrouped = plan.kind === 'metric' && plan.groupBy.length > 0;
  return {
    form: alertForm,
    title: 'Alert me when …',
    submit: 'Make the alert',
    intro: [
      `${shorten(kept.question, 200)}\nYou alone are told, in a direct message, with the rows that you may see${isGrouped ? '; each group is compared for itself' : ''}.`,
    ],
    fields: [
      {
        kind: 'choice',
        id: 'op',
        label: `${metric?.label ?? 'The number'} is`,
        initial: 'gt',
        options: Object.entries(thresholdWords).map(([value, label]) => ({ value, label })),
      },
      {
        kind: 'number',
        id: 'threshold',
        label: 'this number',
        ...(metric === undefined ? {} : { hint: unitHint(metric.format.kind, metric.unit) }),
      },
      {
        kind: 'choice',
        id: 'every',
        label: 'Checked',
        initial: '60',
        options: intervals.map((minutes) => ({ value: String(minutes), label: everyWords(minutes) })),
      },
    ],
    state: kept.id,
  };
}

function unitHint(kind: 'number' | 'percent' | 'money' | 'duration', unit: string): string {
  switch (kind) {
    case 'percent':
      return 'In percent: 90 means 90 %.';
    case 'duration':
      return 'In hours: 1.5 means an hour and a half.';
    case 'money':
      return 'In the currency of the answer.';
    case 'number':
      return unit === '' ? 'A plain number.' : `In ${unit}.`;
  }
}

/** People write percent and hours; stored are shares and seconds. */
const scales = { percent: 0.01, duration: 3600, money: 1, number: 1 } as const;

export interface WantedAlert {
  readonly op: ThresholdOperator;
  readonly threshold: number;
  readonly everyMinutes: number;
}

/** @returns issues with the id of the field as their path */
export function readAlertAnswers(answers: FormAnswers, kind: keyof typeof scales): Result<WantedAlert> {
  const op = (Object.keys(thresholdWords) as ThresholdOperator[]).find((one) => one === answers['op']);
  const everyMinutes = intervals.find((minutes) => String(minutes) === answers['every']);
  const written = Number((answers['threshold'] ?? '').replaceAll(/[\s,_]/g, '') || 'none');
  if (op === undefined || everyMinutes === undefined)
    return fail({ code: 'choice-missing', path: op === undefined ? 'op' : 'every', message: 'Choose one.' });
  if (!Number.isFinite(written))
    return fail({ code: 'not-a-number', path: 'threshold', message: 'This must be a number.' });
  return ok({ op, threshold: written * scales[kind], everyMinutes });
}

/** How the numbers of an answer are written, which is how its threshold is read. */
export function formatKindOf(deps: Pick<AnswerDeps, 'catalogue'>, plan: unknown): keyof typeof scales {
  const parsed = queryPlanSchema.safeParse(plan);
  const id = parsed.success && parsed.data.kind === 'metric' ? parsed.data.metrics[0] : undefined;
  return deps.catalogue.metrics.get(id ?? '')?.format.kind ?? 'number';
}

/** Keeps an alert for the person who asked; it is looked at within a minute, and then as often as they said. */
export async function makeOwnAlert(
  deps: AnswerDeps,
  asker: Asker,
  answerId: string,
  wanted: WantedAlert,
): Promise<Message> {
  const found = await findAnswer(deps, asker, answerId);
  if (!found.ok) return found.message;
  const { kept, plan } = found.value;
  if (plan.kind !== 'metric')
    return buildNotice('A list has no number to compare; ask for a count of it first.');
  const now = deps.clock.now();
  if ((await listOwnAlerts(deps.store.db, asker.personId)).length >= mostAlerts)
    return buildNotice(`You have ${mostAlerts} alerts already; delete one first: /heed alerts mine`);
  const id = newId(now.getTime());
  const { op, threshold, everyMinutes } = wanted;
  await deps.store.transaction(async (trx) => {
    const alert = { id, personId: asker.personId, answerId: kept.id, question: kept.question, plan };
    await insertOwnAlert(trx, { ...alert, op, threshold, everyMinutes }, now);
    await audit(trx, {
      at: now,
      actorId: asker.personId,
      action: 'own-alert-made',
      subject: id,
      detail: { answer: kept.id, op, threshold, everyMinutes },
    });
  });
  const metric = deps.catalogue.metrics.get(plan.metrics[0] ?? '');
  return buildNotice(
    `You will be told here when ${metric?.label ?? 'the number'} is ${thresholdWords[op]} ${formatValue(threshold, metric?.format ?? { kind: 'number' })}; checked ${everyWords(everyMinutes)}. /heed alerts mine lists your alerts.`,
  );
}

/** `/heed alerts mine`. */
export async function showOwnAlerts(deps: AnswerDeps, asker: Asker): Promise<Message> {
  const alerts = await listOwnAlerts(deps.store.db, asker.personId);
  return buildOwnAlertList(
    alerts.map((alert) => {
      const parsed = queryPlanSchema.safeParse(alert.plan);
      const id = parsed.success && parsed.data.kind === 'metric' ? (parsed.data.metrics[0] ?? '') : '';
      const format = deps.catalogue.metrics.get(id)?.format ?? { kind: 'number' as const };
      return {
        id: alert.id,
        question: alert.question,
        op: alert.op,
        threshold: formatValue(alert.threshold, format),
        everyMinutes: alert.everyMinutes,
        isOn: Array.isArray(alert.matched) && alert.matched.length > 0,
        failed: alert.failed,
      };
    }),
  );
}

/** Only one's own can be deleted; somebody else's is not there. */
export async function removeOwnAlert(deps: AnswerDeps, asker: Asker, id: string): Promise<Message> {
  const removed = await deps.store.transaction(async (trx) => {
    const alert = await deleteOwnAlert(trx, asker.personId, id);
    if (alert !== null)
      await audit(trx, {
        at: deps.clock.now(),
        actorId: asker.personId,
        action: 'own-alert-deleted',
        subject: alert.id,
      });
    return alert;
  });
  return removed === null
    ? buildNotice('You have no such alert; it may be deleted already. /heed alerts mine lists yours.')
    : buildNotice(`Deleted your alert about “${shorten(removed.question, 200)}”.`);
}
