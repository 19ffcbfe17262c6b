import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { AnalysisStep } from '../../src/jobs/analysis-step.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { watchAnalyser } from '../../src/jobs/watch-analyser.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { describeStores } from '../support/store.ts';
import { alertWorld } from './alert-world.ts';
import { analysisDeps, worldNow } from './analysis-world.ts';

const zone = 'Europe/Berlin';
const nothing = { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };

describeStores('an analyser that does not do its work', (engine) => {
  let store: Store;
  let seen: (Date | null)[];
  let isBroken: boolean;
  let clock: ReturnType<typeof fixedClock>;
  const steps: readonly AnalysisStep[] = [
    {
      name: 'sound',
      run: async ({ changedSince }) => {
        seen.push(changedSince);
        return nothing;
      },
    },
    {
      name: 'brittle',
      run: async () => {
        if (isBroken) throw new Error('column "mood" does not exist');
        return nothing;
      },
    },
  ];

  beforeAll(async () => {
    store = await engine.open();
  });
  beforeEach(async () => {
    for (const table of ['analysis_step', 'analysis_run', 'finding', 'alert', 'outbox'] as const)
      await store.db.deleteFrom(table).execute();
    seen = [];
    isBroken = true;
    clock = fixedClock(worldNow);
  });

  const run = async () => {
    clock.advance(600);
    return runAnalysis({ ...analysisDeps(store), clock }, { steps });
  };

  it('is told of when a step fails twice, and edited when it works again', async () => {
    const world = alertWorld(store);
    const look = async () => {
      await watchAnalyser({ store, clock, zone });
      world.clock.set(clock.now());
      await world.evaluate();
      return (await world.outbox()).map(({ text, revision }) => `${revision} ${text}`);
    };
    expect(await run()).toMatchObject({ state: 'done' });
    expect(await look()).toEqual([]);
    await run();
    expect(await look()).toEqual([
      expect.stringContaining("The analyser's step brittle fails. It has failed 2 times in a row"),
    ]);
    isBroken = false;
    await run();
    expect(await look()).toEqual([expect.stringContaining("The analyser's step brittle works again")]);
  });

  it('lets the steps that work go on from where they were', async () => {
    await run();
    await run();
    const [first, second] = seen;
    expect(first).toBeNull();
    expect(second).toBeInstanceOf(Date);
    const rows = await store.db.selectFrom('analysis_step').selectAll().orderBy('step').execute();
    expect(rows).toMatchObject([
      { step: 'brittle', read_until: null, failures: 2, error: 'column "mood" does not exist' },
      { step: 'sound', failing_since: null, failures: 0 },
    ]);
  });

  it('looks at everything again when the settings have changed, and notes nothing of another moment', async () => {
    const deps = analysisDeps(store);
    await runAnalysis(deps, { steps: steps.slice(0, 1) });
    const changed = { ...deps, settings: { ...deps.settings, version: 'another' } };
    await runAnalysis(changed, { steps: steps.slice(0, 1) });
    await runAnalysis(changed, { steps: steps.slice(0, 1), asOf: new Date('2026-01-01T00:00Z') });
    await runAnalysis(changed, { steps: steps.slice(0, 1) });
    expect(seen.map((one) => one === null)).toEqual([true, true, true, false]);
  });

  it('is told of as a whole when no run has ended well for half an hour', async () => {
    const world = alertWorld(store);
    isBroken = false;
    await run();
    clock.advance(31 * 60);
    world.clock.set(clock.now());
    expect(await watchAnalyser({ store, clock, zone })).toBe(1);
    await world.evaluate();
    expect((await world.outbox()).map(({ text }) => text)).toEqual([
      expect.stringContaining('The analyser is late. No run has ended well for 31 min'),
    ]);
  });
});
