/**
 * Door of the schedule. In: a table of jobs with their cron lines. Out: each due moment runs once, whatever the number
 * of replicas, and what became of it is in `job_tick`. It never runs a job twice at the same time in one process, and
 * a job that fails never stops another.
 */
import { createTask, validate } from 'node-cron';
import type { Store } from '../store/database.ts';
import { claimTick, finishTick } from '../store/job-store.ts';
import { UserError } from '../toolkit/issue.ts';
import type { Log } from '../toolkit/log.ts';
import { thisProcess } from './analysis-lease.ts';

export interface Job {
  /** Kebab-case; names the tick rows. */
  readonly name: string;
  /** Five fields, or six with seconds first. */
  readonly cron: string;
  /** @returns what is kept with the tick as its detail */
  readonly run: (tick: { readonly slot: Date }) => Promise<unknown>;
}

/** The jobs of the service, in the order in which they are started. */
export function jobTable(
  work: {
    readonly analyse: Job['run'];
    readonly evaluateAlerts: Job['run'];
    readonly prune?: Job['run'];
    /** Absent: no live source is set. */
    readonly sync?: Job['run'] | undefined;
  },
  crons: {
    readonly analysis?: string;
    readonly alerts?: string;
    readonly prune?: string;
    readonly sync?: string;
  } = {},
): readonly Job[] {
  return [
    ...(work.sync ? [{ name: 'sync-sources', cron: crons.sync ?? '*/10 * * * *', run: work.sync }] : []),
    { name: 'run-analysis', cron: crons.analysis ?? '*/10 * * * *', run: work.analyse },
    { name: 'evaluate-alerts', cron: crons.alerts ?? '* * * * *', run: work.evaluateAlerts },
    ...(work.prune ? [{ name: 'prune', cron: crons.prune ?? '17 3 * * *', run: work.prune }] : []),
  ];
}

/** What became of a tick in this process. */
export type TickOutcome = 'done' | 'failed' | 'skipped-overlap' | 'taken-by-another' | 'stopped';

export interface JobStatus {
  readonly name: string;
  readonly isRunning: boolean;
  readonly lastDoneAt: Date | null;
  readonly counts: Readonly<Record<TickOutcome, number>>;
}

export interface Scheduler {
  start(): void;
  /** No tick begins any more; resolves when the running jobs have ended. */
  stop(): Promise<void>;
  /** Runs a job for a due moment, as the clock would; for `heed … --now` and tests. */
  tick(job: string, slot: Date): Promise<TickOutcome>;
  status(): readonly JobStatus[];
}

/** Calls `fire` at each due moment until it is stopped. */
export type Ticker = (job: Job, zone: string, fire: (slot: Date) => void) => { stop(): void };

export interface ScheduleDeps {
  readonly store: Store;
  readonly jobs: readonly Job[];
  readonly log: Log;
  /** IANA zone in which cron lines are read. */
  readonly zone: string;
  /** Names this process in the tick rows; default host and process id. */
  readonly holder?: string;
  /** Default node-cron; tests hand in their own. */
  readonly ticker?: Ticker;
}

/** @throws UserError naming every job whose cron line cannot be read */
export function buildScheduler(deps: ScheduleDeps): Scheduler {
  const wrong = deps.jobs.filter(({ cron }) => !validate(cron));
  if (wrong.length > 0) throw new UserError(wrong.map(cronIssue));
  const states = new Map(deps.jobs.map((job) => [job.name, new JobState(job)]));
  const tickers: { stop(): void }[] = [];
  let isStopping = false;

  async function tick(name: string, slot: Date): Promise<TickOutcome> {
    const state = states.get(name);
    if (state === undefined) throw new Error(`there is no job "${name}"`);
    const outcome = isStopping ? 'stopped' : await state.guard(() => runTick(deps, state.job, slot));
    return state.count(outcome);
  }

  return {
    tick,
    start() {
      const ticker = deps.ticker ?? cronTicker;
      for (const job of deps.jobs) {
        tickers.push(ticker(job, deps.zone, (slot) => void tick(job.name, slot)));
      }
    },
    async stop() {
      isStopping = true;
      for (const ticker of tickers.splice(0)) ticker.stop();
      await Promise.all([...states.values()].flatMap((state) => state.running ?? []));
    },
    status: () => [...states.values()].map((state) => state.status()),
  };
}

/** Never throws: what goes wrong is logged, kept with the tick, and told by the outcome. */
async function runTick(deps: ScheduleDeps, job: Job, slot: Date): Promise<TickOutcome> {
  const { store, log } = deps;
  const fields = { job: job.name, slot: slot.toISOString() };
  try {
    const isOurs = await claimTick(store.db, job.name, slot, deps.holder ?? thisProcess);
    if (!isOurs) return 'taken-by-another';
  } catch (error) {
    log.error({ ...fields, error: messageOf(error) }, 'the tick of a job could not be claimed');
    return 'failed';
  }
  const started = performance.now();
  const [outcome, detail] = await runJob(job, slot);
  const seconds = Math.round(performance.now() - started) / 1000;
  if (outcome === 'failed') log.error({ ...fields, seconds, detail }, 'a job failed');
  else log.info({ ...fields, seconds }, 'a job is done');
  try {
    await finishTick(store.db, job.name, slot, outcome, { seconds, detail });
  } catch (error) {
    log.warn({ ...fields, error: messageOf(error) }, 'the end of a job could not be noted');
  }
  return outcome;
}

async function runJob(job: Job, slot: Date): Promise<['done' | 'failed', unknown]> {
  try {
    return ['done', (await job.run({ slot })) ?? null];
  } catch (error) {
    return ['failed', messageOf(error)];
  }
}

class JobState {
  readonly job: Job;
  running: Promise<unknown> | null = null;
  private lastDoneAt: Date | null = null;
  private readonly counts: Record<TickOutcome, number> = {
    done: 0,
    failed: 0,
    'skipped-overlap': 0,
    'taken-by-another': 0,
    stopped: 0,
  };

  constructor(job: Job) {
    this.job = job;
  }

  /** One run at a time; a tick that comes too early is not claimed, so that another replica may take it. */
  async guard(run: () => Promise<TickOutcome>): Promise<TickOutcome> {
    if (this.running !== null) return 'skipped-overlap';
    const running = run();
    this.running = running;
    try {
      return await running;
    } finally {
      this.running = null;
    }
  }

  count(outcome: TickOutcome): TickOutcome {
    this.counts[outcome] += 1;
    if (outcome === 'done') this.lastDoneAt = new Date();
    return outcome;
  }

  status(): JobStatus {
    return {
      name: this.job.name,
      isRunning: this.running !== null,
      lastDoneAt: this.lastDoneAt,
      counts: { ...this.counts },
    };
  }
}

/**
 * A moment that passed while the process was busy is run late rather than left out: its row decides that it runs once.
 * Overlaps are ours to count, so node-cron's own guard stays off.
 */
const cronTicker: Ticker = (job, zone, fire) => {
  const slotLengthMs = job.cron.trim().split(/\s+/).length === 6 ? 1_000 : 60_000;
  const slotOf = (date: Date) => new Date(Math.floor(date.getTime() / slotLengthMs) * slotLengthMs);
  const task = createTask(job.cron, ({ date }) => fire(slotOf(date)), { name: job.name, timezone: zone });
  task.on('execution:missed', ({ date }) => fire(slotOf(date)));
  void task.start();
  return { stop: () => void task.destroy() };
};

function cronIssue({ name, cron }: Job) {
  return {
    code: 'invalid-cron',
    path: `schedule of ${name}`,
    message: `"${cron}" is not a cron expression; write for example */10 * * * *`,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
