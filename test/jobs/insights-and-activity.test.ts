import { beforeAll, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import type { Role } from '../../src/domain/records.ts';
import { activityStep } from '../../src/jobs/analysis-activity.ts';
import { insightsStep } from '../../src/jobs/analysis-insights.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { runQuery } from '../../src/query/run-query.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { listPlan } from '../query/support/ask.ts';
import { describeStores } from '../support/store.ts';
import { analysisDeps, fillWorld, idOf, worldNow } from './analysis-world.ts';

const later = (hours: number) => new Date(worldNow.getTime() + hours * 3_600_000);

describeStores('insights and the activity feed', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await engine.open();
    await fillWorld(store);
    await runAnalysis(analysisDeps(store));
  });

  async function list(
    entity: string,
    role: Role = 'manager',
    personId = 'nobody',
  ): Promise<readonly unknown[][]> {
    const { catalogue } = analysisDeps(store);
    const asker = { personId, role, teamId: null, name: 'Somebody', zone: 'UTC' } as unknown as Asker;
    const columns =
      entity === 'insight' ? ['insight_kind', 'insight_sentence'] : ['feed_kind', 'feed_headline'];
    const answer = await runQuery(
      { store, catalogue, asker, clock: fixedClock(later(2)), zone: 'UTC' },
      listPlan(entity, { columns, limit: 25 }),
    );
    if (!answer.ok) throw new Error(JSON.stringify(answer.issues));
    return answer.value.rows.map((row) => [...row]);
  }

  const again = (hours: number) =>
    runAnalysis(
      { ...analysisDeps(store), clock: fixedClock(later(hours)) },
      { steps: [insightsStep, activityStep] },
    );

  const insightRows = async () =>
    (
      await sql<{ id: string; kind: string; first: Date; last: Date; ended: Date | null; rows: number }>`
        select id, kind, first_seen_at as first, last_seen_at as last, ended_at as ended,
               jsonb_array_length(evidence -> 'rows') as rows from insight order by kind, first_seen_at`.execute(
        store.db,
      )
    ).rows;

  it('tells what slipped with the rows behind it (S0-09, S2-15)', async () => {
    expect(await list('insight')).toEqual([
      [
        'slipped-pipeline',
        '2 open deals worth 150,000 EUR have passed their close date or been put off. The largest is Pushed with 90,000 EUR.',
      ],
    ]);
    const [row] = await insightRows();
    expect(row).toMatchObject({ first: worldNow, last: worldNow, ended: null, rows: 2 });
  });

  it('keeps one row while an insight lasts, ends it, and begins another when it comes back', async () => {
    const [first] = await insightRows();
    await again(1);
    expect(await insightRows()).toEqual([{ ...first, last: later(1) }]);
    await sql`update finding set kind = 'away' where kind = 'deal-slipped'`.execute(store.db);
    await again(2);
    expect(await insightRows()).toEqual([{ ...first, last: later(1), ended: later(2) }]);
    expect(await list('insight')).toEqual([]);
    await sql`update finding set kind = 'deal-slipped' where kind = 'away'`.execute(store.db);
    await again(3);
    const rows = await insightRows();
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ first: later(3), last: later(3), ended: null });
  });

  it('shows what happened, newest first, to everybody only what they may see (S0-20)', async () => {
    expect(await list('feed_event')).toEqual([
      ['escalation-opened', 'Customer escalation CE-1 of Globex was opened'],
      ['escalation-resolved', 'Customer escalation CE-2 of Acme was resolved'],
      ['escalation-opened', 'Customer escalation CE-2 of Acme was opened'],
      ['deal-lost', 'Deal Won was lost'],
    ]);
    const kinds = async (role: Role, name: string) =>
      (await list('feed_event', role, idOf('person', name))).map(([kind]) => kind);
    expect(await kinds('agent', 'Ada')).toEqual(['escalation-opened']);
    expect(await kinds('rep', 'Ben')).toEqual([
      'escalation-opened',
      'escalation-resolved',
      'escalation-opened',
      'deal-lost',
    ]);
    expect(await kinds('rep', 'Ada')).toEqual([]);
    expect(await list('insight', 'rep', idOf('person', 'Ben'))).toEqual([]);
  });

  it('follows corrections, deletions, alerts and lifecycle stages (S4-16)', async () => {
    const now = sql<Date>`clock_timestamp()`;
    const { db } = store;
    await db
      .updateTable('account')
      .set({ lifecycle_stage: 'onboarding', synced_at: now })
      .where('name', '=', 'Acme')
      .execute();
    await again(4);
    expect((await list('feed_event')).map(([kind]) => kind)).not.toContain('stage-changed');
    await db
      .updateTable('account')
      .set({ lifecycle_stage: 'active', synced_at: now })
      .where('name', '=', 'Acme')
      .execute();
    await db
      .updateTable('customer_escalation')
      .set({ status: 'investigating', resolved_at: null, synced_at: now })
      .where('ce_number', '=', 'CE-2')
      .execute();
    await db
      .updateTable('customer_escalation')
      .set({ deleted_at: worldNow, synced_at: now })
      .where('ce_number', '=', 'CE-1')
      .execute();
    await db
      .updateTable('opportunity')
      .set({ is_won: true, synced_at: now })
      .where('name', '=', 'Won')
      .execute();
    const alertId = idOf('alert', '1');
    await db
      .insertInto('alert')
      .values({
        id: alertId,
        rule_id: 'health',
        fingerprint: 'f',
        state: 'firing',
        severity: 'high',
        subject_kind: 'account',
        subject_id: idOf('account', 'Acme'),
        subject_label: 'Acme',
        account_id: idOf('account', 'Acme'),
        labels: '{}',
        value: 1,
        snapshot: '{}',
        pending_at: later(4),
        last_seen_at: later(4),
      })
      .execute();
    const event = { alert_id: alertId, kind: 'fired', reason: 'condition' };
    await db
      .insertInto('alert_event')
      .values({ id: idOf('event', '1'), at: later(5), ...event })
      .execute();
    await again(6);
    await again(7);
    expect(await list('feed_event')).toEqual([
      ['stage-changed', 'Acme moved from onboarding to active'],
      ['alert-fired', 'Alert fired: Acme'],
      ['escalation-opened', 'Customer escalation CE-2 of Acme was opened'],
      ['deal-won', 'Deal Won was won'],
    ]);
  });
});
