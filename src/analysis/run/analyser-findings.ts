import type { Finding } from '../../domain/finding.ts';
import { writeDuration, writeInstant } from '../wording.ts';

/** What is known of a step that failed when it ran last. */
export interface FailingStep {
  readonly step: string;
  readonly failingSince: Date;
  /** In a row. */
  readonly failures: number;
  readonly error: string;
  /** When it last ended well, and what it said then still stands; null: never. */
  readonly doneAsOf: Date | null;
}

/** Subject of the finding that the analyser as a whole is late. */
export const lateSubject = 'analyser';

/**
 * The analyser's own health as `analyser-step` findings: one per step that fails, and one when no run has ended well
 * for `lateAfterSeconds`. Value = failures in a row, or the age of the newest run in units of that limit.
 */
export function buildAnalyserFindings(
  failing: readonly FailingStep[],
  newestRunAsOf: Date,
  { now, zone, lateAfterSeconds }: { now: Date; zone: string; lateAfterSeconds: number },
): readonly Finding[] {
  const ageSeconds = Math.round((now.getTime() - newestRunAsOf.getTime()) / 1000);
  const base = { accountId: null, ownerId: null, teamId: null, observedAt: now, chart: null } as const;
  const steps = failing.map(
    (step): Finding => ({
      ...base,
      kind: 'analyser-step',
      subject: { kind: 'analyser_step', id: step.step, label: `Analyser step ${step.step}` },
      value: step.failures,
      facts: {
        headline: `The analyser's step ${step.step} fails`,
        sentence: `It has failed ${step.failures === 1 ? 'once' : `${step.failures} times in a row`} since ${writeInstant(step.failingSince, zone)}; what it says is ${step.doneAsOf === null ? 'missing' : `as of ${writeInstant(step.doneAsOf, zone)}`}.`,
        over: `The analyser's step ${step.step} works again`,
        step: step.step,
        state: 'failing',
        since: step.failingSince.toISOString(),
        failures: step.failures,
        error: step.error.slice(0, 500),
        data_as_of: step.doneAsOf?.toISOString() ?? null,
      },
      evidence: {
        caption: 'Other steps go on; what this one said when it last ended well stays as it was.',
        columns: ['Step', 'Failing since', 'Failures', 'Last good', 'Error'],
        rows: [
          [
            step.step,
            writeInstant(step.failingSince, zone),
            step.failures,
            step.doneAsOf === null ? 'never' : writeInstant(step.doneAsOf, zone),
            step.error.slice(0, 300),
          ],
        ],
      },
    }),
  );
  if (ageSeconds <= lateAfterSeconds) return steps;
  const late: Finding = {
    ...base,
    kind: 'analyser-step',
    subject: { kind: 'analyser_step', id: lateSubject, label: 'Analyser' },
    value: ageSeconds / lateAfterSeconds,
    facts: {
      headline: 'The analyser is late',
      sentence: `No run has ended well for ${writeDuration(ageSeconds)}: alerts and scores are as of ${writeInstant(newestRunAsOf, zone)}.`,
      over: 'The analyser runs again',
      step: lateSubject,
      state: 'late',
      since: newestRunAsOf.toISOString(),
      failures: 0,
      error: `no run has ended well for ${writeDuration(ageSeconds)}`,
      data_as_of: newestRunAsOf.toISOString(),
    },
    evidence: {
      caption: `Alerts and answers are as old as the newest run; one is expected within ${writeDuration(lateAfterSeconds)}.`,
      columns: ['Newest run', 'Age'],
      rows: [[writeInstant(newestRunAsOf, zone), writeDuration(ageSeconds)]],
    },
  };
  return [...steps, late];
}
