import { expect, it } from 'vitest';
import { refreshSlaFindings } from '../../src/jobs/analysis-sla-refresh.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import type { Store } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';
import { addTicket, addTicketEvent, analysisDeps, fillWorld, idOf, readFindings } from './analysis-world.ts';

async function slaFindings(store: Store) {
  const rows = (await readFindings(store)).filter(({ kind }) => kind === 'sla-clock');
  return rows.map(({ subject_id, value, facts }) => ({
    subject_id,
    share: Math.round(value * 100),
    state: String((facts as Record<string, unknown>)['state']),
  }));
}

async function clockOf(store: Store, number: string, metric: 'first_response' | 'resolution') {
  return store.db
    .selectFrom('sla_clock')
    .selectAll()
    .where('ticket_id', '=', idOf('ticket', number))
    .where('metric', '=', metric)
    .executeTakeFirst();
}

const firstReplyOf = (number: string) => `${idOf('ticket', number)}/first_response`;
const slaOnly = { steps: analysisSteps.filter(({ name }) => name === 'sla') };

describeStores('the minute tick of SLA findings', (engine) => {
  it('does nothing before the first run and while nothing has passed', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    await addTicket(store, '1', { opened: '2026-03-31T11:00Z' });
    expect(await refreshSlaFindings(deps)).toMatchObject({ tickets: 0, findings: 0, reason: 'no-run-yet' });
    await runAnalysis(deps);
    expect(await refreshSlaFindings(deps)).toMatchObject({ reason: 'nothing-passed' });
  });

  it('sees at risk, urgent and breached in their minute, between two runs (S1-07)', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    // Urgent: 30 minutes around the clock, so at risk at 12:17:30 and due at 12:25.
    await addTicket(store, '1', { opened: '2026-03-31T11:55Z', priority: 'urgent' });
    const { runId } = await runAnalysis(deps);
    expect(await slaFindings(store)).toEqual([]);
    const seen: string[] = [];
    const looks: string[] = [];
    for (let minute = 1; minute <= 30; minute += 1) {
      deps.clock.advance(60);
      const report = await refreshSlaFindings(deps);
      const [finding] = (await slaFindings(store)).filter(
        ({ subject_id }) => subject_id === firstReplyOf('1'),
      );
      if (finding)
        seen.push(`${deps.clock.now().toISOString().slice(11, 16)} ${finding.state} ${finding.share}`);
      if (report.tickets > 0) looks.push(deps.clock.now().toISOString().slice(11, 16));
    }
    expect([...new Set(seen.map((line) => line.slice(6)))]).toEqual([
      'running 77',
      'running 90',
      'breached 100',
    ]);
    // Each of the three is looked at once and in its own minute; between them the tick has nothing to do.
    expect(looks).toEqual(['12:18', '12:22', '12:25']);
    const runs = await store.db.selectFrom('finding').select('run_id').distinct().execute();
    expect(runs).toEqual([{ run_id: runId }]);
    expect(await clockOf(store, '1', 'first_response')).toMatchObject({ state: 'breached' });
  });

  it('takes back what was answered in the meantime', async () => {
    const store = await engine.open();
    await fillWorld(store);
    const deps = analysisDeps(store);
    await runAnalysis(deps);
    expect((await slaFindings(store)).map(({ subject_id }) => subject_id)).toContain(firstReplyOf('2001'));
    await addTicketEvent(store, '2001', 'reply', '2026-03-31T12:02Z', { public: true });
    deps.clock.advance(180);
    await refreshSlaFindings(deps);
    const left = (await slaFindings(store)).map(({ subject_id }) => subject_id);
    expect(left).not.toContain(firstReplyOf('2001'));
    // Those that the tick did not look at stay.
    expect(left).toEqual(expect.arrayContaining([firstReplyOf('1001'), firstReplyOf('2002')]));
  });

  it('is not undone by a run that had begun before it', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    await addTicket(store, '1', { opened: '2026-03-31T11:34Z', priority: 'urgent' });
    await addTicket(store, '2', { opened: '2026-03-31T11:34Z', priority: 'urgent' });
    await runAnalysis(deps);
    deps.clock.advance(120);
    // The run takes its moment, then a tick overtakes it by five minutes, then the run writes.
    const overtaken = runAnalysis(deps, {
      steps: [
        {
          name: 'overtaken',
          run: async () => {
            deps.clock.advance(300);
            await addTicketEvent(store, '2', 'reply', '2026-03-31T12:06Z', { public: true });
            await refreshSlaFindings(deps);
            return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
          },
        },
        ...slaOnly.steps,
      ],
    });
    const { runId } = await overtaken;
    const first = (await slaFindings(store)).find(({ subject_id }) => subject_id === firstReplyOf('1'));
    expect(first).toMatchObject({ state: 'breached', share: 110 });
    const runs = await store.db.selectFrom('finding').select('run_id').distinct().execute();
    expect(runs).toEqual([{ run_id: runId }]);
  });
});

describeStores('a source that never tells of replies', (engine) => {
  it('has no first response clocks, and the report says so', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    const solved = { status: 'solved', solved_at: new Date('2026-03-20T10:00Z') };
    for (let number = 1; number <= 49; number += 1)
      await addTicket(store, String(number), { opened: '2026-03-19T10:00Z', ...solved });
    await addTicket(store, '50', { opened: '2026-03-31T06:00Z', priority: 'urgent' });
    expect((await runAnalysis(deps, slaOnly)).steps[0]?.notes).toEqual([]);
    expect(await clockOf(store, '50', 'first_response')).toMatchObject({ state: 'breached' });
    await addTicket(store, '51', { opened: '2026-03-19T10:00Z', ...solved });
    expect((await runAnalysis(deps, slaOnly)).steps[0]?.notes).toEqual([
      'SLA: test never tells of replies, so it has no first response',
    ]);
    expect(await clockOf(store, '50', 'first_response')).toBeUndefined();
    // Nine tenths of 8 hours are used: the tick looks at the ticket, and does not bring the clock back.
    deps.clock.advance(4_400);
    expect(await refreshSlaFindings(deps)).toMatchObject({ tickets: 1 });
    expect(await clockOf(store, '50', 'first_response')).toBeUndefined();
    await addTicketEvent(store, '51', 'reply', '2026-03-19T12:00Z', { public: true });
    await runAnalysis(deps, slaOnly);
    expect(await clockOf(store, '50', 'first_response')).toMatchObject({ state: 'breached' });
  });
});

describeStores('settled clocks', (engine) => {
  it('keep the calendar they were counted by, while open ones follow the new one', async () => {
    const store = await engine.open();
    await fillWorld(store);
    const deps = analysisDeps(store);
    await runAnalysis(deps, slaOnly);
    // The import and the first computation were two hours ago.
    await store.db
      .updateTable('ticket')
      .set({ synced_at: new Date(Date.now() - 4 * 3_600_000) })
      .execute();
    await store.db
      .updateTable('ticket_event')
      .set({ synced_at: new Date(Date.now() - 4 * 3_600_000) })
      .execute();
    const moved = deps.sla.policies.map((policy) => ({
      ...policy,
      calendar: { ...policy.calendar, version: 'changed' },
    }));
    const report = await runAnalysis({ ...deps, sla: { ...deps.sla, policies: moved } }, slaOnly);
    // Four open tickets and the reply; the solved one is not even read.
    expect(report.steps[0]).toMatchObject({ rowsRead: 5 });
    expect((await clockOf(store, '1003', 'resolution'))?.calendar_version).not.toBe('changed');
    expect((await clockOf(store, '1001', 'resolution'))?.calendar_version).toBe('changed');
  });

  it('are counted again when their ticket or its events change', async () => {
    const store = await engine.open();
    await fillWorld(store);
    const deps = analysisDeps(store);
    await runAnalysis(deps, slaOnly);
    const longAgo = new Date(Date.now() - 4 * 3_600_000);
    await store.db.updateTable('ticket').set({ synced_at: longAgo }).execute();
    await addTicketEvent(store, '1003', 'reopened', '2026-03-31T10:00Z');
    await store.db.updateTable('ticket').set({ status: 'open' }).where('number', '=', '1003').execute();
    await runAnalysis(deps, slaOnly);
    expect(await clockOf(store, '1003', 'resolution')).toMatchObject({
      state: 'running',
      stopped_at: null,
      used_seconds: 8.5 * 3600 + 2 * 3600,
    });
  });

  it('go when their policy goes, and are cancelled when their ticket is deleted', async () => {
    const store = await engine.open();
    await fillWorld(store);
    const deps = analysisDeps(store);
    await runAnalysis(deps, slaOnly);
    await store.db
      .updateTable('ticket')
      .set({ deleted_at: new Date() })
      .where('number', '=', '2001')
      .execute();
    const policies = deps.sla.policies.filter(({ id }) => id !== 'standard');
    await runAnalysis({ ...deps, sla: { ...deps.sla, policies } }, slaOnly);
    expect(await clockOf(store, '1001', 'resolution')).toBeUndefined();
    expect(await clockOf(store, '2001', 'resolution')).toMatchObject({ state: 'cancelled' });
    expect((await slaFindings(store)).map(({ subject_id }) => subject_id)).toEqual([firstReplyOf('2002')]);
  });
});
