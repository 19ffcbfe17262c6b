/**
 * Door of the fast path. In: requests of the webhook that are stored. Out: alerts and messages within moments, without
 * waiting for a tick. It never loses work: what it did not finish stays noted beside the request.
 */
import type { Store } from '../store/database.ts';
import { listUnanalysed, markAnalysed, type TouchedIds } from '../store/ingest-store.ts';
import type { Clock } from '../toolkit/clock.ts';
import type { Log } from '../toolkit/log.ts';
import type { TouchedReport } from './analyse-touched.ts';
import { countTouched, mergeTouched, parseTouched } from './touched.ts';

export interface FastPathDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly analyse: (touched: TouchedIds) => Promise<TouchedReport>;
  /** Wakes the relay. */
  readonly kick: () => void;
}

interface TouchedRequest {
  readonly source: string;
  readonly key: string;
  readonly touched: TouchedIds;
}

export type FastPathResult =
  | ({ readonly kind: 'analysed' } & TouchedReport)
  /** The analyser has not run yet; its first run sees everything. */
  | { readonly kind: 'no-run-yet' }
  /** It broke; the next tick does it again. */
  | { readonly kind: 'left-to-the-tick' };

export interface FastPath {
  /** Resolves when alerts that follow from the request are rows; never rejects. */
  submit(request: TouchedRequest): Promise<FastPathResult>;
  /**
   * Does what a process that ended, or this one, has left undone; for every evaluation tick.
   *
   * @returns how many requests there were
   */
  takeUpLeftOver(): Promise<number>;
  /** Resolves when nothing is in hand any more. */
  idle(): Promise<void>;
}

/** Subjects of one look; more of them wait for the next. */
const MOST_SUBJECTS = 500;
/** Younger requests are in the hands of whoever stored them. */
const LEFT_AFTER_MS = 30_000;
/** Older requests have been seen by a run of the analyser. */
const LEFT_UNTIL_MS = 3_600_000;
const LEFT_AT_MOST = 200;

interface Waiting {
  readonly request: TouchedRequest;
  readonly resolve: (result: FastPathResult) => void;
}

/** One look at a time; what comes meanwhile is looked at together, so that a thousand events cost a few looks. */
export function createFastPath(deps: FastPathDeps): FastPath {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting);
      waiting = waiting.slice(batch.length);
      const result = await lookAt(
        deps,
        batch.map(({ request }) => request),
      );
      for (const { resolve } of batch) resolve(result);
    }
    running = null;
  }

  function submit(request: TouchedRequest): Promise<FastPathResult> {
    return new Promise((resolve) => {
      waiting.push({ request, resolve });
      running ??= drain();
    });
  }

  return {
    submit,
    async takeUpLeftOver() {
      const now = deps.clock.now().getTime();
      const range = { since: new Date(now - LEFT_UNTIL_MS), until: new Date(now - LEFT_AFTER_MS) };
      const left = await listUnanalysed(deps.store.db, range, LEFT_AT_MOST);
      await Promise.all(
        left.map(({ source, key, touched }) => submit({ source, key, touched: parseTouched(touched) })),
      );
      return left.length;
    },
    async idle() {
      while (running !== null) await running;
    },
  };
}

function takeBatch(waiting: readonly Waiting[]): readonly Waiting[] {
  let subjects = 0;
  const end = waiting.findIndex(({ request }, index) => {
    subjects += countTouched(request.touched);
    return index > 0 && subjects > MOST_SUBJECTS;
  });
  return end === -1 ? waiting : waiting.slice(0, end);
}

async function lookAt(deps: FastPathDeps, batch: readonly TouchedRequest[]): Promise<FastPathResult> {
  const started = performance.now();
  try {
    const report = await deps.analyse(mergeTouched(batch.map(({ touched }) => touched)));
    if (report.messages > 0) deps.kick();
    if (!report.hasRun) return { kind: 'no-run-yet' };
    await markAnalysed(
      deps.store.db,
      batch.map(({ source, key }) => ({ source, key })),
    );
    const milliseconds = Math.round(performance.now() - started);
    deps.log.info({ requests: batch.length, milliseconds, ...report }, 'events are analysed');
    return { kind: 'analysed', ...report };
  } catch (error) {
    deps.log.error({ error, requests: batch.length }, 'events could not be analysed; the next tick does it');
    return { kind: 'left-to-the-tick' };
  }
}
