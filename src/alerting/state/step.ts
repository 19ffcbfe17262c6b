import { compareSeverity } from '../../domain/alert.ts';
import type { Wait } from '../../domain/alert-timing.ts';
import type { Severity } from '../../domain/priority.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { AlertCore } from './alert-core.ts';
import { type Decision, stay } from './decision.ts';
import type { Observation } from './observation.ts';

export interface StepContext {
  readonly now: Date;
  readonly runId: string;
  readonly for: Wait;
  readonly keepFiringFor: Wait;
  readonly ttlSeconds: number | null;
  /** The finding was made between two runs, by an event: it may turn an alert, and counts as no further run. */
  readonly isBetweenRuns?: boolean;
}

/** Why an alert ended although its condition holds; it stays dismissed until the condition clears. */
export const expiredReason = 'expired';

/**
 * One evaluation of one alert: ok -> pending -> firing -> recovering -> resolved. Acknowledgement, assignment and
 * silence survive every step but a rise of severity, which takes the acknowledgement back.
 *
 * @param current null while all is well
 */
export function step(current: AlertCore | null, observation: Observation, context: StepContext): Decision {
  if (observation.kind === 'no-data') return stay(current, 'no-data-keeps-last-state');
  if (current === null) return begin(observation, context);
  if (current.state === 'resolved') return stayResolved(current, observation, context);
  if (observation.kind === 'withdrawn') return resolve(current, 'rule-removed', context);
  if (observation.kind === 'superseded') return resolve(current, `superseded-by-${observation.by}`, context);
  if (isExpired(current, context)) return resolve(current, expiredReason, context);
  if (current.runId === context.runId && !(context.isBetweenRuns === true && turns(current, observation)))
    return stay(current, 'run-already-counted');
  switch (current.state) {
    case 'pending':
      return stepPending(current, observation, context);
    case 'firing':
      return stepFiring(current, observation, context);
    case 'recovering':
      return stepRecovering(current, observation, context);
    default:
      return exhaustive(current.state);
  }
}

type Seen = Exclude<Observation, { kind: 'no-data' | 'withdrawn' | 'superseded' }>;

/** Whether an observation takes an alert elsewhere, rather than saying once more what its state says already. */
function turns({ state }: AlertCore, { kind }: Seen): boolean {
  const holds = kind === 'matched';
  return state === 'firing' || (state === 'pending' ? !holds : holds);
}

function begin(observation: Exclude<Observation, { kind: 'no-data' }>, context: StepContext): Decision {
  if (observation.kind === 'superseded') return stay(null, `inhibited-by-${observation.by}`);
  if (observation.kind !== 'matched') return stay(null, 'condition-not-met');
  const isDue = hasWaited(context.for, context.now, context.now, 1);
  const next: AlertCore = {
    state: isDue ? 'firing' : 'pending',
    severity: observation.severity,
    pendingAt: context.now,
    firedAt: isDue ? context.now : null,
    recoveringAt: null,
    resolvedAt: null,
    resolveReason: null,
    hits: 1,
    misses: 0,
    runId: context.runId,
    raisedFrom: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    assignedTo: null,
    silencedUntil: null,
    silencedBy: null,
    version: 1,
  };
  return isDue
    ? { next, transition: 'fired', notify: 'post', reason: 'condition-met' }
    : { next, transition: 'pending', notify: 'none', reason: 'condition-met-waiting' };
}

function stepPending(current: AlertCore, observation: Seen, context: StepContext): Decision {
  if (observation.kind !== 'matched') {
    const next = { ...closed(current, 'cleared-while-pending', context), runId: context.runId };
    return { next, transition: 'resolved', notify: 'none', reason: 'cleared-while-pending' };
  }
  const hits = current.hits + 1;
  const seen = { ...current, hits, runId: context.runId, severity: observation.severity };
  if (!hasWaited(context.for, current.pendingAt, context.now, hits)) return stay(seen, 'still-waiting');
  const next: AlertCore = { ...seen, state: 'firing', firedAt: context.now, version: current.version + 1 };
  return { next, transition: 'fired', notify: 'post', reason: 'condition-held' };
}

function stepFiring(current: AlertCore, observation: Seen, context: StepContext): Decision {
  const counted = { ...current, runId: context.runId };
  switch (observation.kind) {
    case 'matched':
      if (compareSeverity(observation.severity, current.severity) > 0)
        return raise(counted, observation.severity);
      return observation.changed.length > 0
        ? refresh(counted, observation.changed)
        : stay(counted, 'still-firing');
    case 'undecided':
      return observation.changed.length > 0
        ? refresh(counted, observation.changed)
        : stay(counted, 'hysteresis-holds');
    case 'cleared':
    case 'gone': {
      if (hasWaited(context.keepFiringFor, context.now, context.now, 1))
        return resolve(counted, clearReason(observation), context);
      const next: AlertCore = {
        ...counted,
        state: 'recovering',
        recoveringAt: context.now,
        misses: 1,
        version: current.version + 1,
      };
      return {
        next,
        transition: 'recovering',
        notify: 'edit',
        reason: `${clearReason(observation)}-waiting`,
      };
    }
    default:
      return exhaustive(observation);
  }
}

function stepRecovering(current: AlertCore, observation: Seen, context: StepContext): Decision {
  const counted = { ...current, runId: context.runId };
  switch (observation.kind) {
    case 'matched': {
      const firing: AlertCore = { ...counted, state: 'firing', recoveringAt: null, misses: 0 };
      if (compareSeverity(observation.severity, current.severity) > 0)
        return raise(firing, observation.severity);
      const next = { ...firing, version: current.version + 1 };
      return { next, transition: 'fired', notify: 'edit', reason: 'condition-returned' };
    }
    case 'undecided':
      return stay(counted, 'hysteresis-holds');
    case 'cleared':
    case 'gone': {
      const misses = current.misses + 1;
      const since = current.recoveringAt ?? context.now;
      const seen = { ...counted, misses };
      return hasWaited(context.keepFiringFor, since, context.now, misses)
        ? resolve(seen, clearReason(observation), context)
        : stay(seen, 'still-recovering');
    }
    default:
      return exhaustive(observation);
  }
}

/** A resolved alert is history. One that expired holds its place until the condition clears, and says nothing. */
function stayResolved(current: AlertCore, observation: Observation, context: StepContext): Decision {
  const isClear = observation.kind === 'cleared' || observation.kind === 'gone';
  if (current.resolveReason === expiredReason && current.misses === 0 && isClear)
    return stay({ ...current, misses: 1, runId: context.runId }, 'dismissal-ends');
  return stay(current, 'already-resolved');
}

function raise(current: AlertCore, severity: Severity): Decision {
  const next: AlertCore = {
    ...current,
    severity,
    raisedFrom: current.severity,
    acknowledgedAt: null,
    acknowledgedBy: null,
    version: current.version + 1,
  };
  const reason = current.acknowledgedAt ? 'severity-raised-past-acknowledgement' : 'severity-raised';
  return { next, transition: 'severity-raised', notify: 'edit-and-reply', reason };
}

function refresh(current: AlertCore, changed: readonly string[]): Decision {
  const next = { ...current, version: current.version + 1 };
  return { next, transition: 'refreshed', notify: 'edit', reason: `changed-${changed.join('-')}` };
}

function resolve(current: AlertCore, reason: string, context: StepContext): Decision {
  const wasVisible = current.state !== 'pending';
  return {
    next: closed(current, reason, context),
    transition: 'resolved',
    notify: wasVisible ? 'edit' : 'none',
    reason,
  };
}

function closed(current: AlertCore, reason: string, context: StepContext): AlertCore {
  return {
    ...current,
    state: 'resolved',
    resolvedAt: context.now,
    resolveReason: reason,
    misses: reason === expiredReason ? 0 : current.misses,
    version: current.version + 1,
  };
}

function clearReason(observation: { readonly kind: 'cleared' | 'gone' }): string {
  return observation.kind === 'gone' ? 'subject-left' : 'condition-cleared';
}

function isExpired(current: AlertCore, { ttlSeconds, now }: StepContext): boolean {
  if (ttlSeconds === null || current.firedAt === null) return false;
  return now.getTime() - current.firedAt.getTime() >= ttlSeconds * 1000;
}

/** `2 evaluations` is reached by the second one in a row; a duration when it has passed since the first. */
function hasWaited(wait: Wait, since: Date, now: Date, evaluations: number): boolean {
  return wait.kind === 'evaluations'
    ? evaluations >= wait.count
    : now.getTime() - since.getTime() >= wait.seconds * 1000;
}
