import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { AnalysisStep } from '../../src/jobs/analysis-step.ts';
import { createFastPath } from '../../src/jobs/fast-path.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import { describeStores, type StoreUnderTest } from '../support/store.ts';
import { fillWorld, idOf } from './analysis-world.ts';
import { aRequest, ingestWorld } from './ingest-world.ts';

const escalation = {
  id: 'CE-9',
  ceNumber: 'CE-9',
  title: 'Writes time out',
  account: 'Acme',
  owner: 'Ada',
  priority: 'high',
  status: 'open',
  openedAt: '2026-03-31T11:59:00Z',
};

const tables = [
  ...['account', 'person', 'team', 'ticket', 'ticket_event', 'customer_escalation', 'opportunity'],
  ...['opportunity_stage_event', 'usage_daily', 'incident', 'survey_response', 'ingest_request'],
  ...['finding', 'finding_guard', 'finding_gone', 'analysis_run', 'job_lease', 'sla_clock', 'health_score'],
  ...['alert', 'alert_event', 'outbox'],
] as const;

/** One store for a suite: opening takes longer than most tests. */
function oneStore(engine: StoreUnderTest) {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
  });
  beforeEach(async () => {
    await sql`truncate ${sql.join(tables.map((table) => sql.table(table)))} cascade`.execute(store.db);
  });
  return {
    open: () => store,
    openTwin: () => engine.openTwin?.(store) ?? Promise.resolve(null),
  };
}

async function filled(store: Store, secondsSinceTick = 90) {
  await fillWorld(store);
  const world = ingestWorld(store);
  await world.tick();
  world.clock.advance(secondsSinceTick);
  return world;
}

const alertsOf = async (world: ReturnType<typeof ingestWorld>, rule: string, label = '') =>
  (await world.seen()).alerts
    .filter(({ rule_id, subject_label }) => rule_id === rule && subject_label.includes(label))
    .map(({ state, severity }) => `${state} ${severity}`);

describeStores('an event between two ticks', (tested) => {
  const engine = oneStore(tested);
  it('makes its alert and message at once, and the next tick changes nothing (S4-30)', async () => {
    const world = await filled(engine.open());
    const before = await world.seen();
    const report = await world.send('customer_escalation', escalation);
    expect(report).toMatchObject({ hasRun: true, fired: 1, messages: 1 });
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-9')).toEqual(['firing high']);
    const after = await world.seen();
    expect(after.outbox.length).toBe(before.outbox.length + 1);
    // The rules over the same run, then a whole run and the rules over that.
    await world.evaluate();
    expect(await world.seen()).toEqual(after);
    await world.tick();
    expect(await world.seen()).toEqual(after);
  });

  it('leaves findings, clocks and scores as a whole run at that moment leaves them', async () => {
    const world = await filled(engine.open(), 0);
    await world.send('customer_escalation', { ...escalation, sentimentScore: -0.8 });
    await world.send('ticket', { id: '1001', status: 'pending', sentimentScore: -0.5 });
    await world.send('ticket_event', {
      id: 'e1',
      ticket: '2001',
      kind: 'reply',
      public: true,
      at: '2026-03-31T12:01:00Z',
    });
    await world.send('ticket', { id: '2002', deletedAt: '2026-03-31T12:01:00Z' });
    await world.send('incident', {
      id: 'i1',
      account: 'Acme',
      severity: 'critical',
      status: 'open',
      startedAt: '2026-03-31T11:00:00Z',
    });
    await world.send('survey_response', {
      id: 'v1',
      account: 'Globex',
      kind: 'nps',
      score: 2,
      respondedAt: '2026-03-31T11:00:00Z',
    });
    await world.send('usage_daily', {
      id: 'Acme/2026-03-29',
      account: 'Acme',
      day: '2026-03-29',
      apiCalls: 1,
      logins: 0,
    });
    await world.send('opportunity', { id: 'Fine', closeDate: '2026-03-15', amount: 80_000 });
    await world.send('opportunity_stage_event', {
      id: 's9',
      opportunity: 'Late',
      toStage: 'Closing',
      at: '2026-03-31T11:00:00Z',
    });
    await world.send('account', { id: 'New', name: 'Initech', owner: 'Ben' });
    const { findings, clocks, scores } = await world.computed();
    const seen = await world.seen();
    await world.tick();
    const full = await world.computed();
    expect(clocks).toEqual(full.clocks);
    expect(scores).toEqual(full.scores);
    // Everything else is judged, and tone is read from texts, by the analyser alone.
    const atOnce = ['sla-clock', 'customer-escalation', 'account-health', 'deal-slipped'];
    const essence = (rows: typeof findings) =>
      rows
        .filter(({ kind }) => atOnce.includes(kind))
        .map(({ kind, subject_id, value, facts }) => ({
          kind,
          subject_id,
          value,
          facts: { ...(facts as object), sentiment: null },
        }));
    expect(essence(findings)).toEqual(essence(full.findings));
    // What was touched last is the same to the last word, picture and rows included.
    const slipped = (rows: typeof findings) =>
      rows.filter(({ kind }) => kind === 'deal-slipped' || kind === 'sla-clock');
    expect(slipped(findings).length).toBeGreaterThan(2);
    expect(slipped(findings).filter(({ subject_id }) => subject_id === idOf('opportunity', 'Late'))).toEqual(
      slipped(full.findings).filter(({ subject_id }) => subject_id === idOf('opportunity', 'Late')),
    );
    // What a whole day of usage looks like is judged by the analyser alone as well.
    const ofRecords = ({ alerts, outbox }: Awaited<ReturnType<typeof world.seen>>) => ({
      alerts: alerts.filter(({ rule_id }) => rule_id !== 'metric-anomaly'),
      outbox: outbox.filter(({ text }) => !text.includes('API calls per day')),
    });
    expect(ofRecords(await world.seen())).toEqual(ofRecords(seen));
  });

  it('raises, refreshes and ends an alert of the same run (S4-30)', async () => {
    const world = await filled(engine.open());
    const rule = 'customer-escalation-new-or-worsened';
    await world.send('customer_escalation', escalation);
    expect(await world.send('customer_escalation', { id: 'CE-9', priority: 'P1' })).toMatchObject({
      raised: 1,
    });
    expect(await alertsOf(world, rule, 'CE-9')).toEqual(['firing critical']);
    expect(await world.send('customer_escalation', { id: 'CE-9', status: 'resolved' })).toMatchObject({
      resolved: 1,
    });
    expect(await alertsOf(world, rule, 'CE-9')).toEqual(['resolved critical']);
    const after = await world.seen();
    await world.evaluate();
    await world.tick();
    expect(await world.seen()).toEqual(after);
  });

  it('turns usage and incidents into a change of health and its alert (S4-15, S4-16)', async () => {
    const store = engine.open();
    const world = await filled(store);
    const days = (calls: number) =>
      Array.from({ length: 30 }, (_, index) => {
        const day = new Date(Date.parse('2026-03-30') - index * 86_400_000).toISOString().slice(0, 10);
        return { id: `Acme/${day}`, account: 'Acme', day, apiCalls: calls, logins: 0 };
      });
    expect(await alertsOf(world, 'health-below-band', 'Acme')).toEqual([]);
    await world.send('usage_daily', ...days(0));
    const incident = {
      id: 'i1',
      account: 'Acme',
      severity: 'critical',
      status: 'open',
      startedAt: '2026-03-31T11:00:00Z',
    };
    await world.send('incident', incident, { ...incident, id: 'i2' });
    const [alert] = await alertsOf(world, 'health-below-band', 'Acme');
    expect(alert).toMatch(/^firing/);
    // It has to be well for two runs: an event alone does not end it, and does not count as a run.
    await world.send('usage_daily', ...days(400));
    await world.send(
      'incident',
      { id: 'i1', deletedAt: '2026-03-31T12:00:00Z' },
      { id: 'i2', deletedAt: '2026-03-31T12:00:00Z' },
    );
    await world.evaluate();
    expect(await alertsOf(world, 'health-below-band', 'Acme')).toEqual([
      alert?.replace('firing', 'recovering'),
    ]);
    await world.tick();
    expect(await alertsOf(world, 'health-below-band', 'Acme')).toEqual([
      alert?.replace('firing', 'resolved'),
    ]);
  });

  it('starts the clocks of a ticket, and stops them with the reply', async () => {
    const world = await filled(engine.open());
    // Urgent: 30 minutes for the first reply.
    await world.send('ticket', {
      id: 'T-9',
      number: '9',
      account: 'Globex',
      priority: 'urgent',
      status: 'open',
      openedAt: '2026-03-31T11:37:00Z',
    });
    expect(await alertsOf(world, 'sla-at-risk', '#9')).toEqual(['firing medium']);
    await world.send('ticket_event', {
      id: 'r1',
      ticket: 'T-9',
      kind: 'reply',
      public: true,
      at: '2026-03-31T12:01:00Z',
    });
    expect(await alertsOf(world, 'sla-at-risk', '#9')).toEqual(['resolved medium']);
  });

  it('waits for the first run of the analyser', async () => {
    const store = engine.open();
    await fillWorld(store);
    const world = ingestWorld(store);
    expect(await world.send('customer_escalation', escalation)).toMatchObject({ hasRun: false });
    await world.tick();
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-9')).toEqual(['firing high']);
  });

  it('leaves what would be a burst to the tick, which sums it up', async () => {
    const store = engine.open();
    await fillWorld(store);
    const world = ingestWorld(store, { postAtMost: 3 });
    await world.tick();
    world.clock.advance(90);
    const label = 'customer-escalation-new-or-worsened';
    for (let number = 1; number <= 5; number += 1)
      await world.send('customer_escalation', {
        ...escalation,
        id: `CE-B${number}`,
        ceNumber: `CE-B${number}`,
      });
    expect(await alertsOf(world, label, 'CE-B')).toHaveLength(3);
    await world.evaluate();
    expect(await alertsOf(world, label, 'CE-B')).toEqual(Array.from({ length: 5 }, () => 'firing high'));
  });
});

describeStores('an event while the analyser runs', (tested) => {
  const engine = oneStore(tested);
  const overtaken = (name: string, meanwhile: () => Promise<unknown>): readonly AnalysisStep[] => {
    const step = analysisSteps.find((one) => one.name === name)!;
    return [
      {
        name,
        // The step has read everything and is about to write when the event comes.
        run: (context) =>
          step.run({
            ...context,
            write: async (work) => {
              await meanwhile();
              return context.write(work);
            },
          }),
      },
    ];
  };

  it('keeps its alert when the run has not seen it', async () => {
    const world = await filled(engine.open());
    await runAnalysis(world.deps, {
      steps: overtaken('customer-escalation', async () => {
        world.clock.advance(5);
        await world.send('customer_escalation', escalation);
      }),
    });
    const after = await world.seen();
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-9')).toEqual(['firing high']);
    await world.evaluate();
    await world.tick();
    expect(await world.seen()).toEqual(after);
  });

  it('is not undone by a run that still takes for open what it has ended', async () => {
    const world = await filled(engine.open());
    await world.send('customer_escalation', escalation);
    world.clock.advance(60);
    await runAnalysis(world.deps, {
      steps: overtaken('customer-escalation', async () => {
        world.clock.advance(5);
        await world.send('customer_escalation', { id: 'CE-9', status: 'resolved' });
      }),
    });
    const after = await world.seen();
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-9')).toEqual(['resolved high']);
    await world.evaluate();
    expect(await world.seen()).toEqual(after);
    await world.tick();
    expect(await world.seen()).toEqual(after);
  });

  it('makes its alert also while a run has written the kind and is not done', async () => {
    const world = await filled(engine.open());
    const fired: unknown[] = [];
    const [first, ...rest] = analysisSteps.filter(
      ({ name }) => name === 'customer-escalation' || name === 'pipeline',
    );
    await runAnalysis(world.deps, {
      steps: [
        first!,
        {
          name: 'meanwhile',
          run: async () => {
            world.clock.advance(5);
            fired.push(await world.send('customer_escalation', escalation));
            return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
          },
        },
        ...rest,
      ],
    });
    expect(fired).toMatchObject([{ fired: 1 }]);
    const after = await world.seen();
    await world.evaluate();
    await world.tick();
    expect(await world.seen()).toEqual(after);
  });

  it('and many others at once leave one alert each, whoever evaluates', async () => {
    const store = engine.open();
    const world = await filled(store);
    const second = await engine.openTwin();
    const twin = second === null ? world : ingestWorld(second);
    twin.clock.set(world.clock.now());
    const sends = Array.from({ length: 12 }, (_, index) => {
      const item = {
        ...escalation,
        id: `CE-M${index % 6}`,
        ceNumber: `CE-M${index % 6}`,
        title: `Version ${index}`,
      };
      return (index % 2 === 0 ? world : twin).send('customer_escalation', item);
    });
    await Promise.all([...sends, runAnalysis(world.deps), world.evaluate(), twin.evaluate()]);
    await world.tick();
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-M')).toEqual(
      Array.from({ length: 6 }, () => 'firing high'),
    );
    const { outbox } = await world.seen();
    const keys = await store.db.selectFrom('outbox').select('dedupe_key').execute();
    expect(new Set(keys.map((row) => row.dedupe_key)).size).toBe(outbox.length);
  });
});

describeStores('the fast path', (tested) => {
  const engine = oneStore(tested);
  it('takes up what a process left undone, once, and wakes the relay', async () => {
    const store = engine.open();
    const world = await filled(store);
    const kicks: number[] = [];
    const fastPath = createFastPath({
      store,
      clock: world.clock,
      log: silentLog,
      analyse: world.analyse,
      kick: () => kicks.push(1),
    });
    // Stored, and then the process ended.
    await world.store(aRequest('customer_escalation', [escalation]));
    expect(await fastPath.takeUpLeftOver()).toBe(0);
    world.clock.advance(31);
    expect(await fastPath.takeUpLeftOver()).toBe(1);
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-9')).toEqual(['firing high']);
    expect(kicks).toHaveLength(1);
    expect(await fastPath.takeUpLeftOver()).toBe(0);
  });

  it('leaves to the tick what breaks, and goes on', async () => {
    const store = engine.open();
    const world = await filled(store);
    let isBroken = true;
    const fastPath = createFastPath({
      store,
      clock: world.clock,
      log: silentLog,
      analyse: (touched) => (isBroken ? Promise.reject(new Error('no such column')) : world.analyse(touched)),
      kick: () => undefined,
    });
    const request = aRequest('customer_escalation', [escalation]);
    const outcome = await world.store(request);
    if (outcome.kind !== 'stored' || outcome.touched === null)
      throw new Error('expected something to look at');
    const submitted = { source: request.source, key: request.key, touched: outcome.touched };
    expect(await fastPath.submit(submitted)).toEqual({ kind: 'left-to-the-tick' });
    isBroken = false;
    world.clock.advance(31);
    expect(await fastPath.takeUpLeftOver()).toBe(1);
    await fastPath.idle();
    expect(await alertsOf(world, 'customer-escalation-new-or-worsened', 'CE-9')).toEqual(['firing high']);
  });

  it('looks at what came meanwhile together', async () => {
    const store = engine.open();
    const looks: number[] = [];
    const fastPath = createFastPath({
      store,
      clock: { now: () => new Date() },
      log: silentLog,
      analyse: async ({ accounts }) => {
        looks.push(accounts.length);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { hasRun: true, findings: 0, fired: 0, raised: 0, resolved: 0, messages: 0 };
      },
      kick: () => undefined,
    });
    const submit = (name: string) =>
      fastPath.submit({
        source: 'test',
        key: name,
        touched: { accounts: [idOf('account', name)], tickets: [], escalations: [], deals: [] },
      });
    await Promise.all(['a', 'b', 'c', 'b', 'd'].map(submit));
    expect(looks).toEqual([1, 3]);
  });
});
