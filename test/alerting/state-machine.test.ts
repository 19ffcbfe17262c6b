import { describe, expect, it } from 'vitest';
import { act } from '../../src/alerting/state/act.ts';
import type { AlertCore } from '../../src/alerting/state/alert-core.ts';
import type { Decision } from '../../src/alerting/state/decision.ts';
import type { Observation } from '../../src/alerting/state/observation.ts';
import { type StepContext, step } from '../../src/alerting/state/step.ts';
import { noWait, type Wait } from '../../src/domain/alert-timing.ts';
import type { Severity } from '../../src/domain/priority.ts';
import { minutesAfter, noon } from './builders.ts';

const matched = (severity: Severity = 'medium', changed: readonly string[] = []): Observation => ({
  kind: 'matched',
  severity,
  changed,
});
const cleared: Observation = { kind: 'cleared' };
const gone: Observation = { kind: 'gone' };
const undecided: Observation = { kind: 'undecided', changed: [] };

interface Timing {
  readonly for?: Wait;
  readonly keepFiringFor?: Wait;
  readonly ttlSeconds?: number;
}

/** Steps through observations ten minutes apart, each from a new run. */
function run(observations: readonly Observation[], timing: Timing = {}): readonly Decision[] {
  let core: AlertCore | null = null;
  return observations.map((observation, index) => {
    const decision = step(core, observation, contextAt(index, timing));
    core = decision.next;
    return decision;
  });
}

function contextAt(index: number, timing: Timing = {}): StepContext {
  return {
    now: minutesAfter(noon, index * 10),
    runId: `run-${index}`,
    for: timing.for ?? noWait,
    keepFiringFor: timing.keepFiringFor ?? noWait,
    ttlSeconds: timing.ttlSeconds ?? null,
  };
}

const trace = (decisions: readonly Decision[]) =>
  decisions.map(({ next, notify, reason }) => `${next?.state ?? 'ok'} ${notify} ${reason}`);

const evaluations = (count: number): Wait => ({ kind: 'evaluations', count });
const seconds = (count: number): Wait => ({ kind: 'seconds', seconds: count });

describe('alert state machine', () => {
  it('posts at once when nothing has to be waited for, and edits when it is over', () => {
    expect(trace(run([matched(), matched(), cleared]))).toEqual([
      'firing post condition-met',
      'firing none still-firing',
      'resolved edit condition-cleared',
    ]);
  });

  it('waits for the second evaluation in a row', () => {
    expect(trace(run([matched(), matched()], { for: evaluations(2) }))).toEqual([
      'pending none condition-met-waiting',
      'firing post condition-held',
    ]);
  });

  it('waits by the clock', () => {
    expect(trace(run([matched(), matched(), matched()], { for: seconds(1200) }))).toEqual([
      'pending none condition-met-waiting',
      'pending none still-waiting',
      'firing post condition-held',
    ]);
  });

  it('says nothing about what cleared while it was pending', () => {
    expect(trace(run([matched(), cleared], { for: evaluations(2) })).at(-1)).toBe(
      'resolved none cleared-while-pending',
    );
  });

  it('drops a pending alert when only the hysteresis is left of the condition', () => {
    expect(trace(run([matched(), undecided], { for: evaluations(2) })).at(-1)).toBe(
      'resolved none cleared-while-pending',
    );
  });

  it('keeps firing between the condition and the clear condition', () => {
    expect(trace(run([matched(), undecided, undecided]))).toEqual([
      'firing post condition-met',
      'firing none hysteresis-holds',
      'firing none hysteresis-holds',
    ]);
  });

  it('recovers over two clear evaluations and comes back without a new message', () => {
    const timing = { keepFiringFor: evaluations(2) };
    expect(trace(run([matched(), cleared, matched(), cleared, gone], timing))).toEqual([
      'firing post condition-met',
      'recovering edit condition-cleared-waiting',
      'firing edit condition-returned',
      'recovering edit condition-cleared-waiting',
      'resolved edit subject-left',
    ]);
  });

  it('keeps its state without data', () => {
    const [first] = run([matched()]);
    const decision = step(first?.next ?? null, { kind: 'no-data' }, contextAt(50));
    expect(decision).toMatchObject({
      next: first?.next,
      transition: null,
      reason: 'no-data-keeps-last-state',
    });
  });

  it('counts a run of the analyser once, however often it is evaluated', () => {
    const [pending] = run([matched()], { for: evaluations(2) });
    const again = step(pending?.next ?? null, matched(), contextAt(0, { for: evaluations(2) }));
    expect(again).toMatchObject({ transition: null, reason: 'run-already-counted' });
  });

  it('passes an acknowledgement when the severity rises, and takes it back', () => {
    const [fired] = run([matched()]);
    const acknowledged = act(fired!.next!, { now: noon, seenVersion: 1, raisedAtVersion: null }, ada);
    const raised = step(acknowledged.next, matched('high'), contextAt(2));
    expect(raised).toMatchObject({
      notify: 'edit-and-reply',
      reason: 'severity-raised-past-acknowledgement',
      next: {
        severity: 'high',
        raisedFrom: 'medium',
        acknowledgedAt: null,
        acknowledgedBy: null,
        version: 3,
      },
    });
  });

  it('never lowers the severity while the alert is open', () => {
    const decisions = run([matched('critical'), matched('low')]);
    expect(decisions.at(-1)).toMatchObject({ next: { severity: 'critical' }, notify: 'none' });
  });

  it('edits the message when a watched fact changes', () => {
    expect(trace(run([matched(), matched('medium', ['assignee'])])).at(-1)).toBe(
      'firing edit changed-assignee',
    );
  });

  it('is superseded by a more important rule, and inhibited before it begins', () => {
    const superseded: Observation = { kind: 'superseded', by: 'sla-breached' };
    expect(trace(run([superseded, matched(), superseded]))).toEqual([
      'ok none inhibited-by-sla-breached',
      'firing post condition-met',
      'resolved edit superseded-by-sla-breached',
    ]);
  });

  it('dismisses itself after its time to live and stays quiet until the condition clears (S4-19)', () => {
    const decisions = run([matched(), matched(), matched(), matched(), cleared], { ttlSeconds: 1200 });
    expect(trace(decisions)).toEqual([
      'firing post condition-met',
      'firing none still-firing',
      'resolved edit expired',
      'resolved none already-resolved',
      'resolved none dismissal-ends',
    ]);
    expect(decisions.at(-1)?.next?.misses).toBe(1);
  });
});

const ada = { kind: 'acknowledge', by: 'ada' } as const;

describe('what people do', () => {
  const [fired] = run([matched()]);
  const firing = fired!.next!;
  const context = { now: minutesAfter(noon, 5), seenVersion: 1, raisedAtVersion: null };

  it('lets the first acknowledgement win', () => {
    const first = act(firing, context, ada);
    const second = act(first.next!, context, { kind: 'acknowledge', by: 'ben' });
    expect(first).toMatchObject({ transition: 'acknowledged', next: { acknowledgedBy: 'ada', version: 2 } });
    expect(second).toMatchObject({ transition: null, reason: 'already-acknowledged' });
    expect(act(first.next!, context, ada).reason).toBe('already-acknowledged-by-you');
  });

  it('does not take an acknowledgement of a message that showed a lower severity', () => {
    const decision = act(firing, { ...context, seenVersion: 1, raisedAtVersion: 2 }, ada);
    expect(decision).toMatchObject({ transition: null, reason: 'severity-raised-since-seen' });
  });

  it.each([
    ada,
    { kind: 'snooze', by: 'ada', until: minutesAfter(noon, 60) },
    { kind: 'unsnooze', by: 'ada' },
    { kind: 'assign', by: 'ada', to: 'ada' },
  ] as const)('does not reopen a resolved alert: $kind', (done) => {
    const resolved = run([matched(), cleared]).at(-1)!.next!;
    expect(act(resolved, context, done)).toEqual({
      next: resolved,
      transition: null,
      notify: 'none',
      reason: 'already-resolved',
    });
  });

  it('acknowledges what somebody takes, but not what somebody is given', () => {
    expect(act(firing, context, { kind: 'assign', by: 'ada', to: 'ada' }).next).toMatchObject({
      assignedTo: 'ada',
      acknowledgedBy: 'ada',
    });
    expect(act(firing, context, { kind: 'assign', by: 'ada', to: 'ben' }).next).toMatchObject({
      assignedTo: 'ben',
      acknowledgedBy: null,
    });
  });

  it('refuses a snooze that ends in the past', () => {
    expect(act(firing, context, { kind: 'snooze', by: 'ada', until: noon }).reason).toBe(
      'snooze-in-the-past',
    );
  });
});
