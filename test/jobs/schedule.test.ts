import { describe, expect, it } from 'vitest';
import { buildScheduler, type Job, jobTable, type Ticker } from '../../src/jobs/schedule.ts';
import type { Store } from '../../src/store/database.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import { openTestStore } from '../support/store.ts';

const slot = (minute: number) => new Date(Date.UTC(2026, 2, 31, 12, minute));

/** A ticker that the test moves; every scheduler that uses it gets each due moment. */
function handTicker() {
  const listeners = new Map<string, ((slot: Date) => void)[]>();
  const ticker: Ticker = (job, _zone, fire) => {
    listeners.set(job.name, [...(listeners.get(job.name) ?? []), fire]);
    return {
      stop: () => {
        const others = (listeners.get(job.name) ?? []).filter((one) => one !== fire);
        listeners.set(job.name, others);
      },
    };
  };
  const due = (name: string, at: Date) => {
    for (const fire of listeners.get(name) ?? []) fire(at);
  };
  return { ticker, due, listenersOf: (name: string) => listeners.get(name)?.length ?? 0 };
}

const job = (name: string, run: Job['run']): Job => ({ name, cron: '* * * * *', run });
const build = (store: Store, jobs: readonly Job[], more: { holder?: string; ticker?: Ticker } = {}) =>
  buildScheduler({ store, jobs, log: silentLog, zone: 'UTC', ...more });
const ticksOf = (store: Store) =>
  store.db
    .selectFrom('job_tick')
    .select(['job', 'slot', 'claimed_by', 'outcome', 'detail', 'finished_at'])
    .orderBy('job')
    .orderBy('slot')
    .execute();
const settled = async (condition: () => boolean) => {
  for (let attempt = 0; attempt < 2_000 && !condition(); attempt += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
};

describe('the schedule', () => {
  it('runs each tick once across two schedulers on one store (S0-08)', async () => {
    const store = await openTestStore();
    const hand = handTicker();
    const ran: string[] = [];
    const schedulers = ['a', 'b'].map((holder) =>
      build(store, [job('count', async ({ slot: at }) => ran.push(at.toISOString()))], {
        holder,
        ticker: hand.ticker,
      }),
    );
    for (const scheduler of schedulers) scheduler.start();
    const ended = () =>
      schedulers
        .flatMap((one) => one.status())
        .reduce((sum, { counts }) => sum + counts.done + counts['taken-by-another'], 0);
    for (let minute = 0; minute < 20; minute += 1) {
      hand.due('count', slot(minute));
      await settled(() => ended() === 2 * (minute + 1));
    }
    expect(ran).toEqual(Array.from({ length: 20 }, (_, minute) => slot(minute).toISOString()));
    const rows = await ticksOf(store);
    expect(rows).toHaveLength(20);
    expect(rows.every(({ outcome, finished_at }) => outcome === 'done' && finished_at !== null)).toBe(true);
    await Promise.all(schedulers.map((one) => one.stop()));
    expect(hand.listenersOf('count')).toBe(0);
  });

  it('skips and counts a tick that comes while the job still runs, and leaves it to others', async () => {
    const store = await openTestStore();
    let finish: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let hasBegun = false;
    const slow = build(store, [
      job('slow', () => {
        hasBegun = true;
        return held;
      }),
    ]);
    const first = slow.tick('slow', slot(0));
    await settled(() => hasBegun);
    expect(await slow.tick('slow', slot(1))).toBe('skipped-overlap');
    const other = build(store, [job('slow', async () => undefined)]);
    expect(await other.tick('slow', slot(1))).toBe('done');
    finish?.();
    expect(await first).toBe('done');
    expect(slow.status()[0]).toMatchObject({ isRunning: false, counts: { done: 1, 'skipped-overlap': 1 } });
  });

  it('lets no failing job stop the others, and keeps why it failed', async () => {
    const store = await openTestStore();
    const scheduler = build(store, [
      job('broken', () => Promise.reject(new Error('no route to host'))),
      job('well', async () => ({ rows: 3 })),
    ]);
    expect(await Promise.all([scheduler.tick('broken', slot(0)), scheduler.tick('well', slot(0))])).toEqual([
      'failed',
      'done',
    ]);
    expect(await scheduler.tick('broken', slot(1))).toBe('failed');
    const rows = await ticksOf(store);
    expect(
      rows.map(({ job: name, outcome, detail }) => [name, outcome, (detail as { detail: unknown }).detail]),
    ).toEqual([
      ['broken', 'failed', 'no route to host'],
      ['broken', 'failed', 'no route to host'],
      ['well', 'done', { rows: 3 }],
    ]);
  });

  it('waits for what runs when it stops, and begins nothing after it', async () => {
    const store = await openTestStore();
    const hand = handTicker();
    const order: string[] = [];
    const scheduler = build(
      store,
      [
        job('slow', async () => {
          order.push('began');
          await new Promise((resolve) => setTimeout(resolve, 100));
          order.push('ended');
        }),
      ],
      { ticker: hand.ticker },
    );
    scheduler.start();
    hand.due('slow', slot(0));
    await settled(() => order.length === 1);
    await scheduler.stop();
    order.push('stopped');
    expect(order).toEqual(['began', 'ended', 'stopped']);
    expect(await scheduler.tick('slow', slot(1))).toBe('stopped');
    expect(await ticksOf(store)).toHaveLength(1);
  });

  it('does not run a tick that it could not claim', async () => {
    const store = await openTestStore();
    let ran = 0;
    const scheduler = build(store, [
      job('once', async () => {
        ran += 1;
      }),
    ]);
    await store.close();
    expect(await scheduler.tick('once', slot(0))).toBe('failed');
    expect(ran).toBe(0);
  });

  it('names every cron line that cannot be read', async () => {
    const jobs = jobTable(
      { analyse: async () => undefined, evaluateAlerts: async () => undefined },
      { analysis: 'every ten minutes', alerts: '99 * * * *' },
    );
    const attempt = () => build(undefined as unknown as Store, jobs);
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(/run-analysis.*every ten minutes[\s\S]*evaluate-alerts.*99 \* \* \* \*/);
  });

  it('analyses every 10 minutes and evaluates alerts every minute unless told otherwise (S0-08)', () => {
    const work = { analyse: async () => undefined, evaluateAlerts: async () => undefined };
    const lines = (crons?: Parameters<typeof jobTable>[1]) =>
      jobTable(work, crons).map(({ name, cron }) => `${name} ${cron}`);
    expect(lines()).toEqual(['run-analysis */10 * * * *', 'evaluate-alerts * * * * *']);
    expect(lines({ analysis: '0 * * * *' })).toEqual(['run-analysis 0 * * * *', 'evaluate-alerts * * * * *']);
  });

  it('is driven by the real clock', async () => {
    const store = await openTestStore();
    const slots: number[] = [];
    const everySecond: Job = {
      name: 'every-second',
      cron: '* * * * * *',
      run: async ({ slot: at }) => slots.push(at.getTime()),
    };
    const scheduler = build(store, [everySecond]);
    scheduler.start();
    await settled(() => slots.length >= 2);
    await scheduler.stop();
    expect(slots.every((at) => at % 1_000 === 0)).toBe(true);
    expect(new Set(slots).size).toBe(slots.length);
    const after = slots.length;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(slots).toHaveLength(after);
  });
});
