import { expect, it } from 'vitest';
import { explainSla } from '../../src/app/sla-explain.ts';
import { writeSlaPage } from '../../src/app/sla-explain-page.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { addTicket, addTicketEvent, analysisDeps, idOf } from '../jobs/analysis-world.ts';
import { openTestStore } from '../support/store.ts';

const slaOnly = { steps: analysisSteps.filter(({ name }) => name === 'sla') };

/** Berlin hours; asked on Monday, answered, paused over night, raised to high, still open on Tuesday 14:00. */
async function aWorld() {
  const store = await openTestStore();
  const deps = analysisDeps(store);
  await addTicket(store, '00042', { opened: '2026-03-30T08:00Z', subject: 'Lag', priority: 'high' });
  await addTicketEvent(store, '00042', 'reply', '2026-03-30T09:30:20Z', { public: true });
  await addTicketEvent(store, '00042', 'status', '2026-03-30T14:00Z', { old: 'open', new: 'pending' });
  await addTicketEvent(store, '00042', 'status', '2026-03-31T08:00Z', { old: 'pending', new: 'open' });
  await addTicketEvent(store, '00042', 'priority', '2026-03-31T09:00Z', { old: 'normal', new: 'high' });
  return { ...deps, store };
}

async function issueOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error(`no mistake of a user: ${String(error)}`);
  return error.issues[0];
}

it('explains a ticket span by span in the zone of its calendar (S0-19, S3-06)', async () => {
  const heed = await aWorld();
  const explained = await explainSla(heed, '#42');
  expect(explained.clocks.map(({ metric }) => metric)).toEqual(['first_response', 'resolution']);
  const resolution = explained.clocks[1]!;
  expect(
    resolution.spans.map((span) => [span.what, span.countedSeconds / 3_600, span.usedSeconds / 3_600]),
  ).toEqual([
    ['counted', 6, 6],
    ['paused', 0, 6],
    ['counted', 1, 7],
    ['counted', 3, 10],
  ]);
  expect(resolution.spans.map(({ targetSeconds }) => targetSeconds! / 3_600)).toEqual([42.5, 42.5, 42.5, 17]);
  const page = writeSlaPage(explained);
  expect(page.split('\n')[0]).toBe('Ticket 00042 Lag');
  expect(page).toContain('First response: met, 1 h 30 min 20 s of 8 h 30 min used, 6 h 59 min 40 s left');
  expect(page).toContain('Resolution: running, 10 h of 17 h used, 7 h left');
  // Berlin had gone to summer time the day before: 14:00 UTC is 16:00.
  expect(page).toMatch(
    /30 Mar 2026, 10:00 +30 Mar 2026, 16:00 +business time counts +6 h +6 h +42 h 30 min +standard/,
  );
  expect(page).toContain(`hours berlin (version ${resolution.calendarVersion}), times in Europe/Berlin`);
  expect(JSON.parse(JSON.stringify(explained)).clocks[1].dueAt).toBe(resolution.dueAt?.toISOString());
});

it('shows a clock that stopped under an earlier SLA file as it was counted then', async () => {
  const heed = await aWorld();
  await runAnalysis(heed, slaOnly);
  const policies = heed.sla.policies.map((policy) => ({
    ...policy,
    targetSeconds: { ...policy.targetSeconds, first_response: { high: 60, normal: 60 } },
  }));
  const explained = await explainSla(
    { ...heed, sla: { ...heed.sla, version: 'changed', policies } },
    '00042',
  );
  expect(explained.clocks[0]).toMatchObject({
    metric: 'first_response',
    state: 'met',
    targetSeconds: 8.5 * 3_600,
    isOfEarlierRules: true,
    spans: [],
  });
  expect(writeSlaPage(explained)).toContain('counted by the SLA file of that time');
});

it('helps with a ticket that is not there, or that several sources know', async () => {
  const heed = await aWorld();
  expect(await issueOf(explainSla(heed, '4711'))).toMatchObject({
    code: 'unknown-ticket',
    path: 'ticket "4711"',
    suggestions: ['00042'],
  });
  await addTicket(heed.store, '42', { opened: '2026-03-30T08:00Z', source: 'other' });
  const issue = await issueOf(explainSla(heed, '42'));
  expect(issue).toMatchObject({ code: 'ambiguous-ticket' });
  expect(issue?.suggestions).toContain(idOf('ticket', '00042'));
  expect((await explainSla(heed, idOf('ticket', '00042'))).ticket.number).toBe('00042');
});

it('says why a ticket has no clock', async () => {
  const heed = await aWorld();
  const explained = await explainSla({ ...heed, sla: { ...heed.sla, policies: [] } }, '42');
  expect(explained.clocks).toEqual([]);
  expect(writeSlaPage(explained)).toContain('No policy of sla.yml promises anything for it (priority high');
});
