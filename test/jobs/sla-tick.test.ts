import { expect, it } from 'vitest';
import { refreshSlaFindings } from '../../src/jobs/analysis-sla-refresh.ts';
import {
  type EvaluateAlertsDeps,
  evaluateAlerts,
  evaluateTouchedAlerts,
} from '../../src/jobs/evaluate-alerts.ts';
import { analysisSteps, runAnalysis } from '../../src/jobs/run-analysis.ts';
import { buildAlertMessage, buildAlertReply } from '../../src/messages/alert-message.ts';
import { buildBurstMessage } from '../../src/messages/burst-message.ts';
import { ticketsForTick } from '../../src/store/analysis-sla.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { shipped } from '../alerting/builders.ts';
import { describeStores } from '../support/store.ts';
import { addTicket, addTicketEvent, analysisDeps, worldNow } from './analysis-world.ts';

const slaOnly = { steps: analysisSteps.filter(({ name }) => name === 'sla') };

/** What `heed start` does every minute about SLA clocks. */
async function tick(store: Store, deps: ReturnType<typeof analysisDeps>): Promise<void> {
  const rules: EvaluateAlertsDeps = {
    store,
    clock: deps.clock,
    zone: deps.zone,
    rules: shipped.rules.filter(({ finding }) => finding === 'sla-clock'),
    routes: shipped.routes,
    platform: 'slack',
    buildMessage: buildAlertMessage,
    buildReply: buildAlertReply,
    buildBurst: buildBurstMessage,
  };
  const { subjectIds } = await refreshSlaFindings(deps);
  await evaluateAlerts(rules);
  if (subjectIds.length > 0) await evaluateTouchedAlerts(rules, { kind: 'sla-clock', subjectIds });
}

/** Moves the clock to these minutes after the world's now. */
async function passMinutes(
  { clock }: ReturnType<typeof analysisDeps>,
  minutes: readonly number[],
  work: (minute: number) => Promise<void>,
): Promise<void> {
  for (const minute of minutes) {
    clock.advance(worldNow.getTime() / 1000 + minute * 60 - clock.now().getTime() / 1000);
    await work(minute);
  }
}

async function told(store: Store, metric: string): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom('alert_event')
    .innerJoin('alert', 'alert.id', 'alert_event.alert_id')
    .select(['alert.rule_id', 'alert_event.kind', 'alert_event.at'])
    .where('alert.subject_id', 'like', `%/${metric}%`)
    .where('alert_event.kind', 'in', ['fired', 'severity-raised', 'resolved'])
    .orderBy('alert_event.at')
    .orderBy('alert_event.id')
    .execute();
  return rows.map(({ rule_id, kind, at }) => `${at.toISOString().slice(11, 16)} ${rule_id} ${kind}`);
}

describeStores('alerts about a clock between two runs of the analyser', (engine) => {
  it('fire at 75 %, rise at 90 % and break at 100 %, once each and in their minute (S0-19, S1-07)', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    // Urgent: 30 minutes around the clock, at risk at 12:17:30, urgent at 12:22, due at 12:25.
    await addTicket(store, '1', { opened: '2026-03-31T11:55Z', priority: 'urgent' });
    await runAnalysis(deps, slaOnly);
    await passMinutes(deps, [1, 17, 18, 19, 21, 22, 23, 24, 25, 26, 32], () => tick(store, deps));
    const expected = [
      '12:18 sla-at-risk fired',
      '12:22 sla-at-risk severity-raised',
      '12:25 sla-breached fired',
      '12:25 sla-at-risk resolved',
    ];
    expect((await told(store, 'first_response')).toSorted()).toEqual(expected.toSorted());
    // A run and a restart later nothing is told again.
    await runAnalysis(deps, slaOnly);
    await tick(store, deps);
    expect(await told(store, 'first_response')).toHaveLength(expected.length);
  });

  it('are told anew for the next cycle of the same promise', async () => {
    const store = await engine.open();
    const deps = analysisDeps(store);
    await addTicket(store, '1', { opened: '2026-03-31T11:00Z', priority: 'urgent' });
    await addTicketEvent(store, '1', 'reply', '2026-03-31T11:10Z', { public: true });
    await addTicketEvent(store, '1', 'comment', '2026-03-31T11:12Z', { public: true });
    await runAnalysis(deps, slaOnly);
    await tick(store, deps);
    // Answered within the hour, and asked again; the clocks of both are an hour.
    await addTicketEvent(store, '1', 'reply', '2026-03-31T12:01Z', { public: true });
    await addTicketEvent(store, '1', 'comment', '2026-03-31T12:02Z', { public: true });
    await passMinutes(deps, [1, 2, 5, 46, 47, 48, 55, 56, 57, 61, 62, 63], async (minute) => {
      if (minute === 5) await runAnalysis(deps, slaOnly);
      await tick(store, deps);
    });
    // Taken back in the minute after the answer.
    expect(await told(store, 'next_response/1')).toEqual([
      '12:00 sla-at-risk fired',
      '12:01 sla-at-risk resolved',
    ]);
    expect(await told(store, 'next_response/2')).toEqual(
      expect.arrayContaining([
        '12:47 sla-at-risk fired',
        '12:56 sla-at-risk severity-raised',
        '13:02 sla-breached fired',
      ]),
    );
  });
});

describeStores('what a tick reads', (engine) => {
  it('is found by index among many open clocks', async () => {
    const store = await engine.open();
    await sql`
      insert into ticket (id, source, source_id, status, opened_at, synced_at)
      select md5('t' || n)::uuid, 'test', n::text, 'open', ${worldNow}, '2026-01-01' from generate_series(1, 30000) n
    `.execute(store.db);
    await sql`
      insert into sla_clock (id, ticket_id, metric, policy, calendar, calendar_version, target_seconds, started_at,
        warn_at, urgent_at, due_at, next_mark_at, state, used_seconds, computed_at)
      select md5('c' || n)::uuid, md5('t' || n)::uuid, 'resolution', 'p', 'c', 'v', 3600, ${worldNow},
        at, at + interval '9 minutes', at + interval '15 minutes',
        case when n > 60 then at when n > 30 then at + interval '9 minutes' end,
        case when n > 30 then 'running' else 'breached' end, 1, now()
      from (select n, ${worldNow}::timestamptz + (case when n <= 90 then -1 else n end) * interval '1 minute' as at
              from generate_series(1, 30000) n) drawn
    `.execute(store.db);
    await sql`analyze ticket, sla_clock, ticket_event`.execute(store.db);
    const statement = ticketsForTick(worldNow, 5_000);
    // Thirty have come at risk; thirty are at risk and have been told of; thirty broke long ago.
    expect((await statement.execute(store.db)).rows).toHaveLength(30);
    const { rows } = await sql<Record<string, unknown>>`explain ${statement}`.execute(store.db);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(plan).toContain('sla_clock_next_mark');
    expect(plan).toContain('sla_clock_warn');
    expect(plan).not.toMatch(/Seq Scan on (sla_clock|ticket)\b/);
  });
});
