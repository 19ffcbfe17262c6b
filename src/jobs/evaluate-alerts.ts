import type { Candidate, EvaluationContext } from '../alerting/candidate.ts';
import { type AlertChange, changeOf, needsDetail } from '../alerting/changes.ts';
import { subjectDimension } from '../alerting/fingerprint.ts';
import { byConversation, heldByBurst, worstFirst } from '../alerting/group/hold-burst.ts';
import { inhibitorsFirst } from '../alerting/inhibit/order-rules.ts';
import { evaluateAlertRule } from '../alerting/pipeline.ts';
import { withdrawAlerts } from '../alerting/state/withdraw.ts';
import type { AlertRoutes, AlertRule } from '../domain/alert-rule.ts';
import type { FindingKind } from '../domain/finding.ts';
import type { AlertView } from '../messages/alert-view.ts';
import type { BurstView } from '../messages/burst-message.ts';
import type { Message } from '../messages/message.ts';
import { type AnalysedRun, findLatestRun, listFindingHeads } from '../store/alert-findings.ts';
import { countPostedSince, hasAlertHistory, listOpenRuleIds, lockOpenAlerts } from '../store/alert-store.ts';
import type { Store } from '../store/database.ts';
import { lockFindings } from '../store/finding-guard.ts';
import type { Clock } from '../toolkit/clock.ts';
import { newId } from '../toolkit/ids.ts';
import { loadChangeFacts } from './alert-evaluation/load-change-facts.ts';
import { loadEvaluationContext } from './alert-evaluation/load-context.ts';
import { type WrittenAlerts, writeChanges } from './alert-evaluation/write-changes.ts';

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

export interface EvaluateAlertsDeps {
  readonly store: Store;
  readonly rules: readonly AlertRule[];
  readonly routes: AlertRoutes;
  readonly clock: Clock;
  /** IANA zone in which messages write times. */
  readonly zone: string;
  readonly platform: 'slack' | 'teams';
  readonly buildMessage: (view: AlertView) => Message;
  readonly buildReply: (view: AlertView, why: 'severity-raised' | 'snooze-elapsed') => Message;
  readonly buildBurst: (view: BurstView) => Message;
  /** New messages per rule, conversation and evaluation where the rule does not say; default 20. */
  readonly postAtMost?: number;
}

export interface RuleReport extends WrittenAlerts {
  readonly ruleId: string;
  /** `evaluated`, `no-data-of-this-kind`, `rule-removed`. */
  readonly reason: string;
  readonly findings: number;
  /** Fired without a message of their own. */
  readonly held: number;
}

export interface EvaluateAlertsReport {
  /** The analyser run that was evaluated; null: none has ended yet, and nothing was done. */
  readonly runId: string | null;
  readonly rules: readonly RuleReport[];
}

const defaultPostAtMost = 20;

/** Findings of one kind about some subjects, made by events between two runs. */
export interface AlertScope {
  readonly kind: FindingKind;
  readonly subjectIds: readonly string[];
}

/** Between two runs a rule posts no more than its share within this time; the rest waits for the next evaluation. */
const shareSeconds = 60;

/**
 * Turns what the analyser found into alerts and their messages. Each rule is one transaction that holds its alerts,
 * their history and the outbox together: killed at any point and run again, it ends as if it had run once. A run of
 * the analyser counts once, however often it is evaluated. Findings are read under their guard, so that no evaluation
 * decides by what another has taken back.
 */
export async function evaluateAlerts(deps: EvaluateAlertsDeps): Promise<EvaluateAlertsReport> {
  const run = await findLatestRun(deps.store.db);
  if (run === null) return { runId: null, rules: [] };
  const rules: RuleReport[] = [];
  for (const rule of inhibitorsFirst(deps.rules))
    rules.push(await deps.store.transaction((trx) => evaluateRule(trx, deps, rule, run)));
  const known = new Set(deps.rules.map(({ id }) => id));
  for (const ruleId of await listOpenRuleIds(deps.store.db)) {
    if (!known.has(ruleId))
      rules.push(await deps.store.transaction((trx) => withdrawRule(trx, deps, ruleId)));
  }
  return { runId: run.id, rules };
}

/**
 * Evaluates the rules over a few findings that an event has just changed; other alerts keep their state. It counts as
 * no run of its own: alerts begin, rise, are refreshed and end at once, while waits of several evaluations go on with
 * the analyser's runs. Rules that gather several subjects into one alert, and what would be a burst, are left to
 * `evaluateAlerts`.
 */
export async function evaluateTouchedAlerts(
  deps: EvaluateAlertsDeps,
  scope: AlertScope,
): Promise<EvaluateAlertsReport> {
  const run = await findLatestRun(deps.store.db);
  if (run === null) return { runId: null, rules: [] };
  const rules: RuleReport[] = [];
  for (const rule of inhibitorsFirst(deps.rules)) {
    if (rule.finding !== scope.kind || !rule.fingerprint.includes(subjectDimension)) continue;
    rules.push(await deps.store.transaction((trx) => evaluateRule(trx, deps, rule, run, scope)));
  }
  return { runId: run.id, rules };
}

async function evaluateRule(
  trx: Transaction,
  deps: EvaluateAlertsDeps,
  rule: AlertRule,
  run: AnalysedRun,
  scope?: AlertScope,
): Promise<RuleReport> {
  await lockFindings(trx, rule.finding);
  const found = await listFindingHeads(trx, rule.finding, scope?.subjectIds);
  const findings = scope === undefined ? found.filter(({ runId }) => runId === run.id) : found;
  // Findings of an older run only: the analyser did not get to this kind, which says nothing about the subjects.
  const hasData = scope !== undefined || findings.length > 0 || found.length === 0;
  const isFirstEvaluation = scope === undefined && !(await hasAlertHistory(trx, rule.id));
  const open = await lockOpenAlerts(trx, rule.id, scope?.subjectIds);
  const now = deps.clock.now();
  const most = rule.postAtMost ?? deps.postAtMost ?? defaultPostAtMost;
  const context = await loadEvaluationContext(trx, {
    rule,
    routes: deps.routes,
    platform: deps.platform,
    findings,
    now,
    runId: run.id,
    isBetweenRuns: scope !== undefined,
    hasData,
    postAtMost: scope === undefined ? most : await shareLeft(trx, rule, most, now),
  });
  const decided = evaluateAlertRule(findings, open, context);
  const candidates = scope === undefined ? decided : decided.filter((one) => !isHeldNow(one));
  const changes = await planChanges(trx, deps, rule, now, candidates);
  const bursts = burstsOf(candidates, context, isFirstEvaluation, deps.zone);
  const written = await writeChanges(trx, deps, changes, bursts, run.id);
  return {
    ruleId: rule.id,
    reason: hasData ? 'evaluated' : 'no-data-of-this-kind',
    findings: findings.length,
    held: decided.filter(isHeldNow).length,
    ...written,
  };
}

/** How many more messages a rule may post now, with those of the last minute counted. */
async function shareLeft(trx: Transaction, rule: AlertRule, most: number, now: Date): Promise<number> {
  const since = new Date(now.getTime() - shareSeconds * 1000);
  return Math.max(0, most - (await countPostedSince(trx, rule.id, since)));
}

function isHeldNow({ held, decisions }: Candidate): boolean {
  return held === heldByBurst && decisions.some(({ transition }) => transition === 'fired');
}

async function withdrawRule(trx: Transaction, deps: EvaluateAlertsDeps, ruleId: string): Promise<RuleReport> {
  const now = deps.clock.now();
  const open = (await lockOpenAlerts(trx, ruleId)).filter(({ state }) => state !== 'resolved');
  const changes = await planChanges(trx, deps, null, now, withdrawAlerts(open, now));
  const written = await writeChanges(trx, deps, changes, [], 'withdrawn');
  return { ruleId, reason: 'rule-removed', findings: 0, held: 0, ...written };
}

/** Worst first, so that what matters most is written, and therefore posted, first. */
async function planChanges(
  trx: Transaction,
  deps: EvaluateAlertsDeps,
  rule: AlertRule | null,
  now: Date,
  candidates: readonly Candidate[],
): Promise<readonly AlertChange[]> {
  const ordered =
    rule === null ? candidates : [...worstFirst(candidates, { rule }), ...candidates.filter(isGone)];
  const facts = await loadChangeFacts(trx, deps.platform, ordered.filter(needsDetail));
  const context = { now, rule, newAlertId: () => newId(now.getTime()), ...facts };
  return ordered.map((candidate) => changeOf(candidate, context));
}

function isGone({ finding, core }: Candidate): boolean {
  return finding === null && core !== null;
}

/** One line per conversation for what fired in this evaluation beyond what the conversation can take. */
function burstsOf(
  candidates: readonly Candidate[],
  context: EvaluationContext,
  isFirstEvaluation: boolean,
  zone: string,
): readonly { readonly conversations: readonly string[]; readonly view: BurstView }[] {
  const held = worstFirst(candidates, context).filter(isHeldNow);
  const groups = byConversation(held);
  return [...groups].map(([key, group]) => ({
    conversations: group[0]?.conversations ?? [],
    view: {
      ruleId: context.rule.id,
      ruleTitle: context.rule.title,
      postedCount: candidates.filter(
        ({ notify, conversations }) => notify === 'post' && conversations.join(' ') === key,
      ).length,
      held: group.map(({ finding, core }) => ({
        label: finding?.subject.label ?? '',
        severity: core?.severity ?? 'low',
      })),
      isFirstEvaluation,
      at: context.now,
      zone,
    },
  }));
}
