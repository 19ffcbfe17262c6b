import { createHash } from 'node:crypto';
import { findAskerById } from '../access/find-asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ValueFormat } from '../domain/chart-data.ts';
import { buildOwnAlertMessage, type OwnAlertView } from '../messages/own-alert-message.ts';
import type { AnswerData } from '../query/answer-data.ts';
import { metricPlanSchema } from '../query/metric-query.ts';
import { runQuery } from '../query/run-query.ts';
import type { Store } from '../store/database.ts';
import { putMessage } from '../store/outbox-store.ts';
import {
  chatUserOf,
  listDueOwnAlerts,
  noteOwnAlert,
  type OwnAlert,
  takeDueOwnAlert,
} from '../store/own-alert-store.ts';
import type { Clock } from '../toolkit/clock.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

export interface OwnAlertsDeps {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly platform: 'slack' | 'teams';
  /** For people without a zone of their own. */
  readonly zone: string;
  readonly fiscalStartMonth?: number;
}

export interface OwnAlertsReport {
  readonly checked: number;
  /** Messages written or edited. */
  readonly told: number;
  readonly failed: number;
}

/** So many in one go; the rest waits for the next. */
const mostChecked = 200;

/**
 * Looks at every alert of a person whose time has come: runs its plan under that person's rights and tells them, and
 * nobody else, when a number or a group has gone beyond the threshold. One message an episode: a further group is a
 * new message, the end is an edit in place. Each alert is a transaction of its own, so that a crash tells nothing
 * twice.
 */
export async function evaluateOwnAlerts(deps: OwnAlertsDeps): Promise<OwnAlertsReport> {
  const now = deps.clock.now();
  const report = { checked: 0, told: 0, failed: 0 };
  for (const alert of await listDueOwnAlerts(deps.store.db, now, mostChecked)) {
    // Before the transaction: an embedded store serves one unit of work at a time.
    const look = await lookAt(deps, alert);
    const outcome = await deps.store.transaction((trx) => note(trx, deps, alert.id, look, now));
    if (outcome === 'taken-by-another') continue;
    report.checked += 1;
    if (outcome !== 'quiet') report[outcome] += 1;
  }
  return report;
}

async function note(
  trx: Transaction,
  deps: OwnAlertsDeps,
  id: string,
  look: Look,
  now: Date,
): Promise<'told' | 'failed' | 'quiet' | 'taken-by-another'> {
  const alert = await takeDueOwnAlert(trx, id, now);
  if (alert === null) return 'taken-by-another';
  const nextAt = new Date(now.getTime() + alert.everyMinutes * 60_000);
  if (look.kind === 'failed') {
    await noteOwnAlert(trx, id, { at: now, nextAt, failed: look.why });
    return 'failed';
  }
  const before = readMatched(alert.matched);
  const keys = look.matched.map(({ key }) => key);
  const isNew = keys.some((key) => !before.includes(key));
  const isOver = keys.length === 0 && before.length > 0;
  const episode = isNew ? alert.episode + 1 : alert.episode;
  await noteOwnAlert(trx, id, { at: now, nextAt, matched: keys, episode, failed: null });
  const user = await chatUserOf(trx, deps.platform, alert.personId);
  if (user === null || !(isNew || isOver)) return 'quiet';
  await putMessage(trx, {
    dedupeKey: `own-alert:${id}:${episode}`,
    platform: deps.platform,
    conversation: `@${user}`,
    lane: 'alert',
    body: buildOwnAlertMessage(viewOf(alert, look)),
  });
  return 'told';
}

type Look =
  | { readonly kind: 'failed'; readonly why: string }
  | {
      readonly kind: 'seen';
      readonly matched: readonly {
        readonly key: string;
        readonly name: string | null;
        readonly value: number;
      }[];
      readonly metric: string;
      readonly format: ValueFormat;
      readonly scope: string;
    };

async function lookAt(deps: OwnAlertsDeps, alert: OwnAlert): Promise<Look> {
  const asker = await findAskerById(deps.store, alert.personId, deps.zone);
  if (asker === null) return { kind: 'failed', why: 'the person has no role any more' };
  const plan = metricPlanSchema.safeParse(alert.plan);
  if (!plan.success) return { kind: 'failed', why: 'its plan is of an older version' };
  const { store, catalogue, clock, fiscalStartMonth } = deps;
  const context = { store, catalogue, clock, asker, zone: asker.zone };
  const result = await runQuery(
    { ...context, ...(fiscalStartMonth !== undefined && { fiscalStartMonth }) },
    plan.data,
  );
  if (!result.ok) return { kind: 'failed', why: result.issues.map(({ message }) => message).join(' ') };
  const metric = catalogue.metrics.get(plan.data.metrics[0] ?? '');
  return {
    kind: 'seen',
    matched: matchedRows(alert, result.value),
    metric: metric?.label ?? alert.question,
    format: metric?.format ?? { kind: 'number' },
    scope: result.value.provenance.scope,
  };
}

/** Rows whose first metric is beyond the threshold; an unknown number is beyond nothing. */
export function matchedRows(
  { id, op, threshold }: Pick<OwnAlert, 'id' | 'op' | 'threshold'>,
  { columns, rows }: Pick<AnswerData, 'columns' | 'rows'>,
): Extract<Look, { kind: 'seen' }>['matched'] {
  const at = columns.findIndex(({ role }) => role === 'metric');
  return rows.flatMap((row) => {
    const value = row[at];
    if (typeof value !== 'number' || !isBeyond[op](value, threshold)) return [];
    const groups = columns.flatMap((column, index) => {
      if (column.role !== 'dimension') return [];
      const cell = row[index] ?? null;
      return [cell === null ? '(none)' : (column.valueLabels?.[String(cell)] ?? String(cell))];
    });
    const key = createHash('sha256')
      .update(JSON.stringify([id, groups]))
      .digest('hex')
      .slice(0, 16);
    return [{ key, name: groups.length === 0 ? null : groups.join(' · '), value }];
  });
}

const isBeyond: Readonly<Record<OwnAlert['op'], (value: number, threshold: number) => boolean>> = {
  gt: (value, threshold) => value > threshold,
  gte: (value, threshold) => value >= threshold,
  lt: (value, threshold) => value < threshold,
  lte: (value, threshold) => value <= threshold,
};

function viewOf(alert: OwnAlert, look: Extract<Look, { kind: 'seen' }>): OwnAlertView {
  const { id, question, op, threshold, everyMinutes } = alert;
  const { metric, format, matched, scope } = look;
  return { id, question, op, threshold, everyMinutes, metric, format, matched, scope };
}

const readMatched = (stored: unknown): readonly string[] =>
  Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string') : [];
