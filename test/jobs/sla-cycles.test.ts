import { expect, it } from 'vitest';
import type { SlaPolicies } from '../../src/domain/sla-policy.ts';
import { analyseTouched } from '../../src/jobs/analyse-touched.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import { buildTouchedKinds } from '../../src/jobs/touched-kinds.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { addTicket, addTicketEvent, analysisDeps, fillWorld, idOf } from './analysis-world.ts';

const slaOnly = { steps: analysisSteps.filter(({ name }) => name === 'sla') };
type Deps = ReturnType<typeof analysisDeps>;

function clocksOf(store: Store, number: string) {
  return store.db
    .selectFrom('sla_clock')
    .selectAll()
    .where('ticket_id', '=', idOf('ticket', number))
    .orderBy('metric')
    .orderBy('cycle')
    .execute();
}

/** The same policies with another target of the first response and other hours, as a changed file would be. */
function changedRules(sla: SlaPolicies): SlaPolicies {
  return {
    ...sla,
    version: 'changed',
    policies: sla.policies.map((policy) => ({
      ...policy,
      calendar: { ...policy.calendar, version: 'changed' },
      targetSeconds: {
        ...policy.targetSeconds,
        first_response: { urgent: 60, high: 60, normal: 60, low: 60 },
      },
    })),
  };
}

/** Urgent, so by the wall clock: answered after 10 minutes, asked again twice, the second exchange is the worst. */
async function addTalk(store: Store): Promise<void> {
  await addTicket(store, '7', { opened: '2026-03-31T08:00Z', priority: 'urgent' });
  await addTicketEvent(store, '7', 'reply', '2026-03-31T08:10Z', { public: true });
  for (const [asked, answered] of [
    ['08:30', '08:40'],
    ['09:00', '09:55'],
    ['10:30', '10:50'],
  ] as const) {
    await addTicketEvent(store, '7', 'comment', `2026-03-31T${asked}Z`, { public: true });
    await addTicketEvent(store, '7', 'reply', `2026-03-31T${answered}Z`, { public: true });
  }
}

describeStores('clocks with several cycles', (engine) => {
  it('are a row each, with what is left and the worst exchange of the ticket (S0-19)', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    await addTalk(store);
    await runAnalysis(deps, slaOnly);
    const rows = await clocksOf(store, '7');
    const shown = rows.map(({ metric, cycle, state, used_seconds, remaining_seconds, is_worst }) => [
      `${metric} ${cycle}`,
      state,
      used_seconds / 60,
      Number(remaining_seconds) / 60,
      is_worst,
    ]);
    expect(shown).toEqual([
      ['first_response 1', 'met', 10, 20, true],
      ['next_response 1', 'met', 10, 50, false],
      ['next_response 2', 'met', 55, 5, true],
      ['next_response 3', 'met', 20, 40, false],
      ['resolution 1', 'running', 240, 240, true],
      ['update 1', 'met', 30, 210, false],
      ['update 2', 'met', 75, 165, true],
      ['update 3', 'met', 55, 185, false],
      ['update 4', 'running', 70, 170, false],
    ]);
    const [time] = await store.db.selectFrom('ticket_time').selectAll().execute();
    expect(time).toMatchObject({
      requester_wait_seconds: 4 * 3_600,
      requester_wait_business_seconds: 4 * 3_600,
      stopped_at: null,
    });
  });

  it('report each cycle as a subject of its own', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    await addTalk(store);
    await addTicketEvent(store, '7', 'comment', '2026-03-31T11:15Z', { public: true });
    await runAnalysis(deps, slaOnly);
    const findings = await store.db.selectFrom('finding').select(['subject_id', 'value']).execute();
    expect(findings).toContainEqual({ subject_id: `${idOf('ticket', '7')}/next_response/4`, value: 0.75 });
  });
});

describeStores('a changed SLA file', (engine) => {
  const versions = async (store: Store, number: string) =>
    Object.fromEntries(
      (await clocksOf(store, number)).map((row) => [
        `${row.metric} ${row.cycle}`,
        row.calendar_version === 'changed' ? 'new' : 'old',
      ]),
    );
  const kept = {
    'first_response 1': 'old',
    'next_response 1': 'old',
    'next_response 2': 'old',
    'next_response 3': 'old',
    'resolution 1': 'new',
    'update 1': 'old',
    'update 2': 'old',
    'update 3': 'old',
    'update 4': 'new',
  };
  const prepare = async (store: Store): Promise<Deps> => {
    const deps = analysisDeps(store);
    await addTalk(store);
    await runAnalysis(deps, slaOnly);
    return { ...deps, sla: changedRules(deps.sla) };
  };

  it('moves the open clocks of a ticket at the next run, and leaves those that have stopped', async () => {
    const store = await engine.open();
    const deps = await prepare(store);
    await runAnalysis(deps, slaOnly);
    expect(await versions(store, '7')).toEqual(kept);
    const [first] = await clocksOf(store, '7');
    expect(first).toMatchObject({ target_seconds: 1_800, state: 'met' });
  });

  it('leaves them also when their ticket changes, or an event is looked at at once', async () => {
    const store = await engine.open();
    const deps = await prepare(store);
    await addTicketEvent(store, '7', 'comment', '2026-03-31T11:50Z', { public: true });
    await runAnalysis(deps, slaOnly);
    expect(await versions(store, '7')).toEqual({ ...kept, 'next_response 4': 'new' });
    await analyseTouched(
      { ...deps, kinds: buildTouchedKinds(), evaluate: async () => ({ runId: null, rules: [] }) },
      { tickets: [idOf('ticket', '7')], accounts: [], escalations: [], deals: [] },
    );
    expect(await versions(store, '7')).toEqual({ ...kept, 'next_response 4': 'new' });
  });

  it('counts a clock by the new rules when the ticket is opened again', async () => {
    const store = await engine.open();
    const deps = await prepare(store);
    const solve = async (status: 'solved' | 'open', when: string) => {
      await store.db.updateTable('ticket').set({ status }).where('number', '=', '7').execute();
      await addTicketEvent(store, '7', 'status', when, { new: status });
    };
    await solve('solved', '2026-03-31T11:00Z');
    await runAnalysis(analysisDeps(store), slaOnly);
    await runAnalysis(deps, slaOnly);
    expect(await versions(store, '7')).toMatchObject({ 'resolution 1': 'old' });
    await solve('open', '2026-03-31T11:30Z');
    await runAnalysis(deps, slaOnly);
    expect(await versions(store, '7')).toMatchObject({ 'resolution 1': 'new', 'first_response 1': 'old' });
  });

  it('counts everything anew for a run that speaks of another moment', async () => {
    const store = await engine.open();
    const deps = await prepare(store);
    await runAnalysis(deps, { ...slaOnly, asOf: new Date('2026-03-31T11:00Z') });
    expect(new Set(Object.values(await versions(store, '7')))).toEqual(new Set(['new']));
  });
});

describeStores('a second run', (engine) => {
  it('reads the tickets that changed and those with open clocks, and no settled ones', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    await fillWorld(store);
    const solved = { status: 'solved', solved_at: new Date('2026-03-20T10:00Z') };
    for (let number = 100; number < 140; number += 1)
      await addTicket(store, String(number), {
        opened: '2026-03-19T10:00Z',
        first_replied_at: new Date('2026-03-19T11:00Z'),
        ...solved,
      });
    const rowsRead = async () => (await runAnalysis(deps, slaOnly)).steps[0]?.rowsRead ?? 0;
    const first = await rowsRead();
    expect(first).toBeGreaterThan(40);
    // What was stored a moment ago may have been stored while the first run read; let that moment pass.
    await store.db
      .updateTable('analysis_step')
      .set({ read_until: new Date(Date.now() + 1_000) })
      .execute();
    // Four open tickets and the reply of one of them.
    expect(await rowsRead()).toBe(5);
    await store.db
      .updateTable('analysis_step')
      .set({ read_until: new Date(Date.now() - 60_000) })
      .execute();
    await store.db
      .updateTable('ticket')
      .set({ synced_at: new Date(Date.now() - 3_600_000) })
      .execute();
    await store.db
      .updateTable('ticket_event')
      .set({ synced_at: new Date(Date.now() - 3_600_000) })
      .execute();
    await addTicketEvent(store, '120', 'reopened', '2026-03-31T10:00Z');
    await store.db.updateTable('ticket').set({ status: 'open' }).where('number', '=', '120').execute();
    // One more ticket and its event; the change of the ticket alone would not be seen without `synced_at`.
    expect(await rowsRead()).toBe(7);
    expect((await clocksOf(store, '120')).find(({ metric }) => metric === 'resolution')).toMatchObject({
      state: 'running',
      stopped_at: null,
    });
  });
});
