import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertAct, act } from '../../src/alerting/state/act.ts';
import type { AlertCore } from '../../src/alerting/state/alert-core.ts';
import type { Decision } from '../../src/alerting/state/decision.ts';
import type { Observation } from '../../src/alerting/state/observation.ts';
import { step } from '../../src/alerting/state/step.ts';
import { compareSeverity } from '../../src/domain/alert.ts';
import type { Wait } from '../../src/domain/alert-timing.ts';
import { severities } from '../../src/domain/priority.ts';
import { minutesAfter, noon } from './builders.ts';

const severity = fc.constantFrom(...severities);
const changed = fc.constantFrom<readonly string[]>([], [], ['assignee']);
const observation: fc.Arbitrary<Observation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('matched' as const), severity, changed }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undecided' as const), changed }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'cleared' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'gone' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'no-data' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'superseded' as const, by: 'other' }) },
);
const person = fc.constantFrom('ada', 'ben');
const action: fc.Arbitrary<AlertAct> = fc.oneof(
  fc.record({ kind: fc.constant('acknowledge' as const), by: person }),
  fc.record({
    kind: fc.constant('snooze' as const),
    by: person,
    until: fc.integer({ min: -100, max: 300 }).map((minutes) => minutesAfter(noon, minutes)),
  }),
  fc.record({ kind: fc.constant('unsnooze' as const), by: person }),
  fc.record({ kind: fc.constant('assign' as const), by: person, to: person }),
);
/** Either the analyser looks (`again`: the same run once more) or a person acts on a message of some version. */
const move = fc.oneof(
  { weight: 3, arbitrary: fc.record({ observation, again: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ action, seenVersion: fc.integer({ min: 1, max: 12 }) }) },
);
const wait: fc.Arbitrary<Wait> = fc.oneof(
  fc.constantFrom(0, 600, 1800).map((seconds): Wait => ({ kind: 'seconds', seconds })),
  fc.constantFrom(1, 2, 3).map((count): Wait => ({ kind: 'evaluations', count })),
);
const timing = fc.record({
  for: wait,
  keepFiringFor: wait,
  ttlSeconds: fc.constantFrom(null, null, 3600),
});

interface Moved {
  readonly before: AlertCore | null;
  readonly decision: Decision;
  readonly observation: Observation | null;
}

/** Plays moves, ten minutes apart, from an empty store; a resolved alert makes room for the next one. */
function play(
  moves: readonly (
    | { readonly observation: Observation; readonly again: boolean }
    | { readonly action: AlertAct; readonly seenVersion: number }
  )[],
  waits: { readonly for: Wait; readonly keepFiringFor: Wait; readonly ttlSeconds: number | null },
): { readonly moved: readonly Moved[]; readonly alerts: readonly AlertCore[][] } {
  const alerts: AlertCore[][] = [];
  const moved: Moved[] = [];
  let runNumber = 0;
  for (const [index, one] of moves.entries()) {
    const now = minutesAfter(noon, index * 10);
    const last = alerts.at(-1)?.at(-1) ?? null;
    const isHeld = last?.resolveReason === 'expired' && last.misses === 0;
    const before = last === null || (last.state === 'resolved' && !isHeld) ? null : last;
    let decision: Decision;
    if ('action' in one) {
      if (last === null) continue;
      const raisedAt = alerts
        .at(-1)!
        .findLast((core, at, all) => at > 0 && core.severity !== all[at - 1]!.severity);
      const raisedAtVersion = raisedAt === undefined ? null : raisedAt.version;
      decision = act(last, { now, seenVersion: one.seenVersion, raisedAtVersion }, one.action);
      moved.push({ before: last, decision, observation: null });
      if (decision.next !== last && decision.next !== null) alerts.at(-1)!.push(decision.next);
      continue;
    }
    runNumber += one.again ? 0 : 1;
    decision = step(before, one.observation, { now, runId: `run-${runNumber}`, ...waits });
    moved.push({ before, decision, observation: one.observation });
    if (decision.next === null || decision.next === before) continue;
    if (before === null) alerts.push([decision.next]);
    else alerts.at(-1)!.push(decision.next);
  }
  return { moved, alerts };
}

const plays = fc.tuple(fc.array(move, { maxLength: 60 }), timing);
const check = (assertion: (played: ReturnType<typeof play>) => void): void => {
  fc.assert(
    fc.property(plays, ([moves, waits]) => assertion(play(moves, waits))),
    { numRuns: 500 },
  );
};

describe('alert state machine, for every history', () => {
  it('gives a reason for everything and a transition for every notification', () => {
    check(({ moved }) => {
      for (const { decision } of moved) {
        expect(decision.reason).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        if (decision.notify !== 'none') expect(decision.transition).not.toBeNull();
      }
    });
  });

  it('says nothing about a resolved alert, ever again, and never reopens it', () => {
    check(({ moved }) => {
      for (const { before, decision } of moved) {
        if (before?.state !== 'resolved') continue;
        expect(decision.notify).toBe('none');
        expect(decision.transition).toBeNull();
        expect(decision.next?.state).toBe('resolved');
      }
    });
  });

  it('has at most one open alert', () => {
    check(({ alerts }) => {
      const open = alerts.filter((versions) => versions.at(-1)?.state !== 'resolved');
      expect(open.length).toBeLessThanOrEqual(1);
      for (const versions of alerts.slice(0, -1)) expect(versions.at(-1)?.state).toBe('resolved');
    });
  });

  it('counts the version up by one with every change people can see, and only then', () => {
    check(({ moved }) => {
      for (const { before, decision } of moved) {
        if (before === null) continue;
        expect(decision.next?.version).toBe(before.version + (decision.transition === null ? 0 : 1));
      }
    });
  });

  it('posts a message once per alert', () => {
    check(({ moved, alerts }) => {
      const posts = moved.filter(({ decision }) => decision.notify === 'post').length;
      const fired = alerts.filter((versions) => versions.some(({ firedAt }) => firedAt !== null)).length;
      expect(posts).toBe(fired);
    });
  });

  it('keeps an acknowledgement through every evaluation but a rise of severity', () => {
    check(({ moved }) => {
      for (const { before, decision, observation: seen } of moved) {
        if (before === null || seen === null || before.acknowledgedAt === null) continue;
        const isRise = decision.transition === 'severity-raised';
        expect(decision.next?.acknowledgedAt).toEqual(isRise ? null : before.acknowledgedAt);
        if (isRise) expect(compareSeverity(decision.next!.severity, before.severity)).toBeGreaterThan(0);
      }
    });
  });

  it('fires only after the waiting time, counted by an independent walk', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        (hits, count) => {
          const waits = {
            for: { kind: 'evaluations', count } as const,
            keepFiringFor: { kind: 'evaluations', count: 1 } as const,
            ttlSeconds: null,
          };
          const moves = hits.map((isHit) => ({
            again: false,
            observation: isHit
              ? ({ kind: 'matched', severity: 'low', changed: [] } as const)
              : ({ kind: 'cleared' } as const),
          }));
          let streak = 0;
          const expected = hits.map((isHit) => {
            streak = isHit ? streak + 1 : 0;
            return streak >= count;
          });
          const { moved } = play(moves, waits);
          expect(moved.map(({ decision }) => decision.next?.state === 'firing')).toEqual(expected);
        },
      ),
    );
  });
});
