import { loadStepStates, noteStepDone, noteStepFailed, readableUntil } from '../store/analysis-step-store.ts';
import type { Store } from '../store/database.ts';
import type { Transaction } from './analysis-step.ts';

/** Notes what each step of a run has seen, so that the next run looks only at what changed since. */
export interface StepLedger {
  /** See `StepContext.changedSince`. */
  changedSince(step: string): Date | null;
  /** Call it before a step reads; its result belongs to `noteDone`. */
  readUntil(): Promise<Date>;
  noteDone(trx: Transaction, step: string, readUntil: Date): Promise<void>;
  noteFailed(step: string, failure: { readonly at: Date; readonly error: string }): Promise<void>;
}

/**
 * @param run.isLive a run that speaks of another moment than now sees everything and notes nothing
 */
export async function openStepLedger(
  { db }: Store,
  run: { readonly isLive: boolean; readonly asOf: Date; readonly settingsVersion: string },
): Promise<StepLedger> {
  const states = await loadStepStates(db);
  const { settingsVersion, asOf } = run;
  return {
    changedSince(step) {
      const state = states.get(step);
      return run.isLive && state?.settingsVersion === settingsVersion ? state.readUntil : null;
    },
    readUntil: () => readableUntil(db),
    async noteDone(trx, step, readUntil) {
      if (run.isLive) await noteStepDone(trx, step, { settingsVersion, readUntil, asOf });
    },
    async noteFailed(step, { at, error }) {
      if (run.isLive) await noteStepFailed(db, step, { settingsVersion, at, error });
    },
  };
}
