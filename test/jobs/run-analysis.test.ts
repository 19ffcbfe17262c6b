import { beforeAll, describe, expect, it } from 'vitest';
import { chartSpecSchema } from '../../src/charts/chart-spec-schema.ts';
import { findingKinds } from '../../src/domain/finding-facts.ts';
import type { AnalysisStep } from '../../src/jobs/analysis-step.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import type { Store } from '../../src/store/database.ts';
import { acquireLease, releaseLease } from '../../src/store/job-store.ts';
import { describeStores, openTestStore } from '../support/store.ts';
import { addEscalation, analysisDeps, fillWorld, idOf, readFindings, worldNow } from './analysis-world.ts';

const stepNamed = (name: string) => analysisSteps.find((step) => step.name === name)!;
const failing: AnalysisStep = { name: 'broken', run: () => Promise.reject(new Error('no such column')) };

describeStores('a run of the analyser', (engine) => {
  let store: Store;
  let report: Awaited<ReturnType<typeof runAnalysis>>;
  const progress: string[] = [];
  beforeAll(async () => {
    store = await engine.open();
    await fillWorld(store);
    report = await runAnalysis({
      ...analysisDeps(store),
      onProgress: ({ step, number, of, state }) => progress.push(`${number}/${of} ${step} ${state}`),
    });
  });

  it('reports every step with its findings and what could not be judged', () => {
    expect(report).toMatchObject({ state: 'done', asOf: worldNow });
    expect(report.steps.map(({ name }) => name)).toEqual(analysisSteps.map(({ name }) => name));
    expect(report.steps.filter(({ state, error }) => state !== 'done' || error !== null)).toEqual([]);
    const findings = Object.fromEntries(report.steps.map((step) => [step.name, step.findings]));
    expect(findings).toMatchObject({
      sla: 3,
      'customer-escalation': 1,
      'account-health': 2,
      churn: 1,
      anomalies: 0,
      'share-outliers': 0,
      pipeline: 2,
    });
    expect(report.steps.flatMap((step) => step.notes).join()).toContain(
      'Tickets opened, all tickets: not judged',
    );
    const last = analysisSteps.length;
    expect(progress[0]).toBe(`1/${last} sla started`);
    expect(progress.at(-1)).toBe(`${last}/${last} ${analysisSteps.at(-1)?.name} done`);
  });

  it('stores the clocks of every ticket (S0-19)', async () => {
    const clocks = await store.db
      .selectFrom('sla_clock')
      .innerJoin('ticket', 'ticket.id', 'sla_clock.ticket_id')
      .select(['number', 'metric', 'policy', 'sla_clock.state', 'used_seconds', 'due_at', 'stopped_at'])
      .orderBy('number')
      .orderBy('metric')
      .execute();
    const shown = clocks.map((one) => [
      one.number,
      one.metric,
      one.policy,
      one.state,
      one.used_seconds,
      one.due_at?.toISOString().slice(0, 16),
      one.stopped_at?.toISOString().slice(0, 16),
    ]);
    // Berlin is at UTC+2 since 29 March, and opens at 07:00 UTC.
    expect(shown).toEqual([
      ['1001', 'first_response', 'standard', 'running', 5 * 3600, '2026-03-31T15:30', undefined],
      ['1001', 'resolution', 'standard', 'running', 5 * 3600, '2026-04-08T15:30', undefined],
      ['1002', 'first_response', 'standard', 'met', 3600, '2026-03-30T15:30', '2026-03-30T08:00'],
      ['1002', 'resolution', 'standard', 'running', 13.5 * 3600, '2026-04-07T15:30', undefined],
      ['1003', 'first_response', 'standard', 'met', 3600, '2026-03-16T16:30', '2026-03-16T09:00'],
      ['1003', 'resolution', 'standard', 'met', 8.5 * 3600, '2026-03-20T16:30', '2026-03-17T08:00'],
      ['2001', 'first_response', 'enterprise', 'running', 100 * 60, '2026-03-31T12:20', undefined],
      ['2001', 'resolution', 'enterprise', 'running', 100 * 60, '2026-04-01T10:20', undefined],
      ['2002', 'first_response', 'enterprise', 'breached', 3 * 3600, '2026-03-31T11:00', undefined],
      ['2002', 'resolution', 'enterprise', 'running', 3 * 3600, '2026-04-01T09:00', undefined],
    ]);
  });

  it('reports clocks at risk and breached with their people (S1-07)', async () => {
    const findings = (await readFindings(store)).filter(({ kind }) => kind === 'sla-clock');
    expect(
      findings.map(({ subject_label, value, facts }) => [
        subject_label,
        Math.round(value * 100),
        (facts as Record<string, unknown>)['state'],
      ]),
    ).toEqual([
      ['#1001 Subject of 1001', 59, 'running'],
      ['#2001 Subject of 2001', 83, 'running'],
      ['#2002 Subject of 2002', 150, 'breached'],
    ]);
    expect(
      findings.find(({ subject_id }) => subject_id === `${idOf('ticket', '2001')}/first_response`),
    ).toMatchObject({
      account_id: idOf('account', 'Globex'),
      owner_id: idOf('person', 'Ada'),
      team_id: idOf('team', 'Support'),
      facts: { remaining_seconds: 20 * 60, policy: 'enterprise', account: 'Globex', assignee: 'Ada' },
    });
  });

  it('writes facts that rules know and charts that can be drawn', async () => {
    const findings = await readFindings(store);
    for (const { kind, facts, chart } of findings) {
      const { facts: known, prefix } = findingKinds[kind as keyof typeof findingKinds];
      const names = Object.keys(facts as object).filter((name) => !prefix || !name.startsWith(prefix.starts));
      expect([kind, names.toSorted()]).toEqual([kind, Object.keys(known).toSorted()]);
      expect(chartSpecSchema.safeParse(chart).error).toBeUndefined();
    }
    expect(new Set(findings.map(({ kind }) => kind)).size).toBe(5);
  });

  it('scores today and each of the 29 days before by both profiles (S3-14)', async () => {
    const rows = await store.db
      .selectFrom('health_score')
      .innerJoin('account', 'account.id', 'health_score.account_id')
      .select(['name', 'profile', 'day', 'score', 'band', 'coverage'])
      .orderBy('day')
      .execute();
    expect(rows).toHaveLength(2 * 2 * 30);
    const of = (name: string, profile: string, day: string) =>
      rows.find((row) => row.name === name && row.profile === profile && row.day === day);
    // Acme: usage 100, engagement 100, CSAT 5 of 5. Globex: 600 of 5,000 calls, no logins, CSAT 2 of 5.
    expect(of('Acme', 'cs4', '2026-03-31')).toMatchObject({ score: 100, band: 'excellent', coverage: 0.8 });
    expect(of('Globex', 'cs4', '2026-03-31')).toMatchObject({
      score: Math.round(((30 * 12 + 25 * 0 + 25 * 25) / 80) * 10) / 10,
      band: 'churn risk',
    });
    expect(of('Globex', 'usage3', '2026-03-02')).toMatchObject({ score: 0.4 * 12 + 0.3 * 100, coverage: 1 });
  });

  it('finds deals past their date and deals put off, not the others', async () => {
    const deals = (await readFindings(store)).filter(({ kind }) => kind === 'deal-slipped');
    expect(
      deals.map(({ subject_label, value, facts }) => [
        subject_label,
        value,
        (facts as Record<string, unknown>)['is_overdue'],
      ]),
    ).toEqual([
      ['Late', 30, true],
      ['Pushed', 26, false],
    ]);
  });

  it('gives the same findings when it is run again, and adds no rows', async () => {
    const before = await readFindings(store);
    const again = await runAnalysis(analysisDeps(store));
    expect(again.state).toBe('done');
    expect(await readFindings(store)).toEqual(before);
    const count = await store.db
      .selectFrom('health_score')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(count.n).toBe(120);
    // Findings speak for the newest run, or alert rules would not look at them.
    const runs = await store.db.selectFrom('finding').select('run_id').distinct().execute();
    expect(runs).toEqual([{ run_id: again.runId }]);
  });

  it('deletes findings whose reason has gone', async () => {
    await store.db
      .updateTable('customer_escalation')
      .set({ status: 'resolved', resolved_at: worldNow })
      .where('ce_number', '=', 'CE-1')
      .execute();
    await store.db.updateTable('opportunity').set({ is_closed: true }).where('name', '=', 'Late').execute();
    await runAnalysis(analysisDeps(store));
    const kinds = (await readFindings(store)).map(({ kind, subject_label }) => `${kind} ${subject_label}`);
    expect(kinds).not.toContain('customer-escalation CE-1 Title of CE-1');
    expect(kinds).not.toContain('deal-slipped Late');
    expect(kinds).toContain('deal-slipped Pushed');
  });
});

describe('a step that fails', () => {
  it('leaves its findings as they were and does not stop the others', async () => {
    const store = await openTestStore();
    await fillWorld(store);
    const deps = analysisDeps(store);
    await runAnalysis(deps);
    await addEscalation(store, 'CE-9', { account: 'Acme', opened: '2026-03-31T01:00Z' });
    const brokenPipeline = { ...failing, name: 'pipeline' };
    const report = await runAnalysis(deps, {
      steps: [failing, stepNamed('customer-escalation'), brokenPipeline],
    });
    expect(report.state).toBe('done');
    expect(report.steps.map(({ name, state, error }) => [name, state, error])).toEqual([
      ['broken', 'failed', 'no such column'],
      ['customer-escalation', 'done', null],
      ['pipeline', 'failed', 'no such column'],
    ]);
    const labels = (await readFindings(store)).map(({ subject_label }) => subject_label);
    expect(labels).toEqual(expect.arrayContaining(['CE-9 Title of CE-9', 'Late']));
    const run = await store.db
      .selectFrom('analysis_run')
      .selectAll()
      .where('id', '=', report.runId!)
      .executeTakeFirstOrThrow();
    expect(run).toMatchObject({ state: 'done', as_of: worldNow });
    expect(run.report).toMatchObject({ steps: [{ name: 'broken', error: 'no such column' }, {}, {}] });
  });
  it('fails the run when nothing else went well', async () => {
    const store = await openTestStore();
    expect(await runAnalysis(analysisDeps(store), { steps: [failing] })).toMatchObject({ state: 'failed' });
  });
});

describe('two runs at the same time', () => {
  it('never happen: the second is skipped', async () => {
    const store = await openTestStore();
    await fillWorld(store);
    const [first, second] = await Promise.all([
      runAnalysis({ ...analysisDeps(store), holder: 'a' }),
      runAnalysis({ ...analysisDeps(store), holder: 'b' }),
    ]);
    expect([first.state, second.state].toSorted()).toEqual(['done', 'skipped']);
    const lease = await acquireLease(store.db, 'analyser', 'c', 60);
    // One token for the run, one that its end took away, and this one.
    expect(lease?.token).toBe(3);
  });

  it('cannot write over each other when one slept through its lease', async () => {
    const store = await openTestStore();
    await fillWorld(store);
    // While the first run is between two steps, its lease runs out and another takes it.
    const sleeps: AnalysisStep = {
      name: 'sleeps',
      run: async () => {
        await store.db
          .updateTable('job_lease')
          .set({ expires_at: new Date(0) })
          .execute();
        await acquireLease(store.db, 'analyser', 'successor', 60);
        return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
      },
    };
    const report = await runAnalysis(analysisDeps(store), {
      steps: [sleeps, stepNamed('customer-escalation'), stepNamed('pipeline')],
    });
    expect(report.state).toBe('failed');
    // It may not note what it has seen either, and the steps after it are not begun.
    expect(report.steps.map(({ name, state }) => [name, state])).toEqual([['sleeps', 'failed']]);
    expect(await readFindings(store)).toEqual([]);
    // The successor keeps its lease.
    expect(await acquireLease(store.db, 'analyser', 'third', 60)).toBeNull();
  });

  it('fails a run that was killed before it ended', async () => {
    const store = await openTestStore();
    const killed = await acquireLease(store.db, 'analyser', 'killed', 60);
    await store.db
      .insertInto('analysis_run')
      .values({ id: idOf('analysis_run', 'killed'), started_at: worldNow, state: 'running', as_of: worldNow })
      .execute();
    await releaseLease(store.db, 'analyser', killed!.token);
    await runAnalysis(analysisDeps(store));
    const states = await store.db.selectFrom('analysis_run').select('state').orderBy('state').execute();
    expect(states.map(({ state }) => state)).toEqual(['done', 'failed']);
  });
});

describe('another moment than now', () => {
  it('speaks of what was known then', async () => {
    const store = await openTestStore();
    await fillWorld(store);
    const deps = analysisDeps(store);
    await runAnalysis(deps);
    const asOf = new Date('2026-03-02T12:00Z');
    const report = await runAnalysis(deps, { asOf });
    expect(report).toMatchObject({ state: 'done', asOf });
    const findings = await readFindings(store);
    const of = (wanted: string) =>
      findings.filter(({ kind }) => kind === wanted).map((row) => row.subject_label);
    expect(of('customer-escalation')).toEqual(['CE-2 Title of CE-2']);
    expect(of('sla-clock')).toEqual([]);
    expect(findings.every(({ observed_at }) => observed_at.getTime() === asOf.getTime())).toBe(true);
  });
});
