import { expect, it } from 'vitest';
import { loadRetention, type Retention } from '../../src/catalogue/retention.ts';
import { planPrune, prune } from '../../src/jobs/prune.ts';
import { jobTable } from '../../src/jobs/schedule.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { toJson } from '../../src/store/json.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { describeStores } from '../support/store.ts';

const now = new Date('2026-06-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const id = (...parts: readonly string[]): string => stableId('prune', ...parts);
const clock = fixedClock(now);

function retention(change: Partial<Retention> = {}): Retention {
  const loaded = loadRetention(packagePath('catalogue'));
  if (!loaded.ok) throw new Error('the shipped retention.yml is wrong');
  return { ...loaded.value, ...change };
}

const only = (change: Partial<Retention>): Retention => ({
  ...(Object.fromEntries(Object.keys(retention()).map((kind) => [kind, null])) as Retention),
  ...change,
});

async function addAlert(
  store: Store,
  name: string,
  change: object = {},
  messageOf = id('alert', name),
): Promise<string> {
  await store.db
    .insertInto('alert')
    .values({
      id: id('alert', name),
      rule_id: 'r',
      fingerprint: name,
      state: 'resolved',
      severity: 'high',
      subject_kind: 'account',
      subject_id: id('account', name),
      subject_label: name,
      account_id: id('account', name),
      labels: toJson({}),
      value: 1,
      snapshot: toJson({ delivery: { messageOf } }),
      pending_at: daysAgo(500),
      resolved_at: daysAgo(400),
      resolve_reason: 'cleared',
      last_seen_at: daysAgo(400),
      misses: 2,
      ...change,
    })
    .execute();
  await store.db
    .insertInto('alert_event')
    .values({
      id: id('event', name),
      alert_id: id('alert', name),
      at: daysAgo(400),
      kind: 'fired',
      reason: 'r',
    })
    .execute();
  return id('alert', name);
}

async function addMessage(store: Store, name: string, change: object = {}): Promise<void> {
  await store.db
    .insertInto('outbox')
    .values({
      id: id('message', name),
      dedupe_key: name,
      platform: 'slack',
      conversation: 'C1',
      lane: 'alert',
      body: toJson({ text: name, blocks: [] }),
      state: 'sent',
      updated_at: daysAgo(400),
      ...change,
    })
    .execute();
}

const names = async (store: Store, table: 'alert' | 'outbox'): Promise<readonly string[]> => {
  const column = table === 'alert' ? 'subject_label' : 'dedupe_key';
  const { rows } = await sql<{
    name: string;
  }>`select ${sql.ref(column)} as name from ${sql.table(table)} order by 1`.execute(store.db);
  return rows.map(({ name }) => name);
};

describeStores('pruning', (engine) => {
  it('deletes what is old, keeps what is young, and does nothing the second time (S0-48)', async () => {
    const store = await engine.open();
    for (const [age, word] of [
      [1, 'young'],
      [800, 'old'],
    ] as const) {
      const at = daysAgo(age);
      const account_id = id('account', word);
      await store.db.insertInto('job_tick').values({ job: 'j', slot: at, claimed_by: 'h' }).execute();
      await store.db
        .insertInto('inbox')
        .values({ key: word, kind: 'question', body: toJson({}), handled_at: at })
        .execute();
      await store.db
        .insertInto('answer')
        .values({ id: id('answer', word), asked_at: at, question: word, outcome: 'answered' })
        .execute();
      await store.db
        .insertInto('audit_log')
        .values({ id: id('audit', word), at, action: 'x', subject: word })
        .execute();
      await store.db
        .insertInto('sync_run')
        .values({ id: id('run', word), source: 's', origin: word, state: 'done', started_at: at })
        .execute();
      await store.db
        .insertInto('sync_reject')
        .values({ run_id: id('run', word), ordinal: 1, file: word, reason: word })
        .execute();
      await store.db
        .insertInto('contact')
        .values({ id: id('contact', word), source: 's', source_id: word, name: word, deleted_at: at })
        .execute();
      await store.db
        .insertInto('usage_daily')
        .values({
          id: id('usage', word),
          source: 's',
          source_id: word,
          account_id,
          day: at.toISOString().slice(0, 10),
          api_calls: 1,
          logins: 1,
        })
        .execute();
      await store.db
        .insertInto('health_score')
        .values({
          account_id,
          profile: 'p',
          day: at.toISOString().slice(0, 10),
          computed_at: at,
          coverage: 1,
          components: toJson({}),
        })
        .execute();
      await store.db
        .insertInto('message')
        .values({
          id: id('words', word),
          source: 's',
          source_id: word,
          direction: 'in',
          at,
          text: word,
          raw: toJson({ word }),
        })
        .execute();
      await addMessage(store, word, { updated_at: at });
    }
    const deps = {
      store,
      clock,
      retention: retention({ usage_days: 700, conversation_text: 700 }),
      batchRows: 2,
    };
    const planned = await planPrune(deps);
    const done = await prune(deps);
    expect(done.kinds).toMatchObject({
      job_ticks: 1,
      inbox: 1,
      answers: 1,
      sync_runs: 1,
      deleted_records: 1,
      usage_days: 1,
      health_scores: 1,
      conversation_text: 1,
      message_bodies: 1,
      messages: 1,
    });
    expect(done.kinds['audit_log']).toBeUndefined();
    // The rejects of a run go with it, so they are counted as going before and not again after.
    expect(planned.rows).toBe(done.rows + 1);
    expect((await prune(deps)).rows).toBe(0);
    for (const table of [
      'job_tick',
      'inbox',
      'answer',
      'sync_run',
      'sync_reject',
      'contact',
      'usage_daily',
      'health_score',
      'outbox',
    ]) {
      const { rows } = await sql<{
        count: number;
      }>`select count(*) as count from ${sql.table(table)}`.execute(store.db);
      expect([table, rows[0]?.count]).toEqual([table, 1]);
    }
    const texts = await store.db.selectFrom('message').select(['text', 'raw']).orderBy('at').execute();
    expect(texts).toEqual([
      { text: null, raw: null },
      { text: 'young', raw: { word: 'young' } },
    ]);
    expect(await store.db.selectFrom('audit_log').select('subject').execute()).toHaveLength(2);
  });

  it('never deletes what an open alert or a message that is under way needs', async () => {
    const store = await engine.open();
    await addAlert(store, 'over');
    await addMessage(store, 'of over', { alert_id: id('alert', 'over') });
    await addAlert(store, 'open', { state: 'firing', resolved_at: null });
    await addMessage(store, 'of open', { alert_id: id('alert', 'open') });
    await addAlert(store, 'still to be edited');
    await addMessage(store, 'waiting', { alert_id: id('alert', 'still to be edited'), state: 'waiting' });
    await addAlert(store, 'dismissed', { resolve_reason: 'expired', misses: 0 });
    // An alert that flaps writes to the message of the one before.
    await addAlert(store, 'flapped before');
    await addMessage(store, 'shared', { alert_id: id('alert', 'flapped before') });
    await addAlert(store, 'flapping', { state: 'firing', resolved_at: null }, id('alert', 'flapped before'));
    await addMessage(store, 'parent');
    await addMessage(store, 'child', { parent_id: id('message', 'parent'), state: 'new' });
    await store.db
      .insertInto('account')
      .values({ id: id('account', 'open'), source: 's', source_id: 'a', name: 'a', deleted_at: daysAgo(400) })
      .execute();
    await store.db
      .insertInto('inbox')
      .values({ key: 'unhandled', kind: 'q', body: toJson({}), received_at: daysAgo(400) })
      .execute();
    await store.db
      .insertInto('analysis_run')
      .values({ id: id('run'), started_at: daysAgo(400), state: 'done', as_of: daysAgo(400) })
      .execute();

    const report = await prune({ store, clock, retention: retention(), batchRows: 1 });
    expect(report.kinds).toMatchObject({
      resolved_alerts: 1,
      analysis_runs: 0,
      inbox: 0,
      deleted_records: 0,
    });
    expect(await names(store, 'alert')).toEqual([
      'dismissed',
      'flapped before',
      'flapping',
      'open',
      'still to be edited',
    ]);
    expect(await names(store, 'outbox')).toEqual(['child', 'of open', 'parent', 'shared', 'waiting']);
    const bodies = await store.db
      .selectFrom('outbox')
      .select(['dedupe_key', 'body'])
      .orderBy('dedupe_key')
      .execute();
    const emptied = bodies
      .filter(({ body }) => (body as { text: string }).text === '')
      .map(({ dedupe_key }) => dedupe_key);
    expect(emptied).toEqual(['parent']);
    const events = await store.db.selectFrom('alert_event').select('alert_id').execute();
    expect(events).toHaveLength(5);
  });

  it('keeps the newest run of a source and the runs that findings come from', async () => {
    const store = await engine.open();
    const addRun = (name: string, days: number) =>
      store.db
        .insertInto('analysis_run')
        .values({ id: id('analysis', name), started_at: daysAgo(days), state: 'done', as_of: daysAgo(days) })
        .execute();
    await addRun('with a finding', 300);
    await addRun('nobody needs', 200);
    await addRun('newest', 100);
    await store.db
      .insertInto('finding')
      .values({
        id: id('finding'),
        kind: 'account-health',
        subject_kind: 'account',
        subject_id: 'a',
        subject_label: 'a',
        value: 1,
        observed_at: now,
        facts: toJson({}),
        evidence: toJson({}),
        run_id: id('analysis', 'with a finding'),
        computed_at: now,
      })
      .execute();
    await store.db
      .insertInto('sync_run')
      .values({ id: id('sync'), source: 'rare', origin: 'o', state: 'done', started_at: daysAgo(999) })
      .execute();
    const report = await prune({ store, clock, retention: only({ analysis_runs: 30, sync_runs: 30 }) });
    expect(report).toEqual({ kinds: { analysis_runs: 1, sync_runs: 0 }, rows: 1 });
  });
});

it('runs every night unless told otherwise', () => {
  const nothing = async () => undefined;
  const lines = (crons?: Parameters<typeof jobTable>[1]) =>
    jobTable({ analyse: nothing, evaluateAlerts: nothing, prune: nothing }, crons).map(
      ({ name, cron }) => `${name} ${cron}`,
    );
  expect(lines().at(-1)).toBe('prune 17 3 * * *');
  expect(lines({ prune: '0 1 * * *' }).at(-1)).toBe('prune 0 1 * * *');
});

it('refuses ages that are none, with file and line', () => {
  const loaded = loadRetention(packagePath('test', 'jobs', 'retention-wrong'));
  expect(loaded.ok ? [] : loaded.issues.map(({ path }) => path)).toEqual([
    'retention.yml:2 retention.inbox',
    'retention.yml:3 retention',
  ]);
  expect(loadRetention(packagePath('test', 'jobs'))).toEqual({ ok: true, value: retention() });
});
