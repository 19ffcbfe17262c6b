import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { aRule, shipped } from '../alerting/builders.ts';
import { describeStores } from '../support/store.ts';
import { type AlertWorld, addPeople, alertWorld, anomalyOf, clockAt } from './alert-world.ts';

const tables = [
  'alert',
  'alert_event',
  'outbox',
  'finding',
  'analysis_run',
  'person',
  'chat_identity',
  'account',
] as const;

describeStores('evaluate alerts', (engine) => {
  let store: Store;
  let world: AlertWorld;
  beforeAll(async () => {
    store = await engine.open();
  });
  beforeEach(async () => {
    for (const table of tables) await store.db.deleteFrom(table).execute();
    world = alertWorld(store);
    await addPeople(store);
  });

  it('does nothing before the first analyser run', async () => {
    expect(await world.evaluate()).toEqual({ runId: null, rules: [] });
  });

  it('writes alert, event and message together, with what the message needs (S0-12)', async () => {
    const runId = await world.analyse([clockAt(0.8)]);
    const report = await world.evaluate();
    expect(report.runId).toBe(runId);
    expect(report.rules.find(({ ruleId }) => ruleId === 'sla-at-risk')).toMatchObject({
      reason: 'evaluated',
      fired: 1,
      messages: 1,
      reasons: { 'condition-met': 1 },
    });
    const [alert, ...others] = await world.alerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ rule_id: 'sla-at-risk', state: 'firing', severity: 'medium', version: 1 });
    expect(alert?.['snapshot']).toMatchObject({
      fired: { value: 0.8, evidence: { caption: 'Tickets per hour' } },
      account: { name: 'Northwind Traders', arr: 240_000 },
      owner: { name: 'Ada Okafor', chatUserId: 'U0ADA' },
      delivery: { conversations: ['#escalations'], held: null },
    });
    expect(await world.events()).toEqual(['sla-at-risk fired condition-met']);
    expect(await world.outbox()).toEqual([
      {
        key: `alert:${String(alert?.['id'])}:#escalations`,
        conversation: '#escalations',
        revision: 1,
        text: expect.stringContaining('80 % of the time for the first response is used'),
      },
    ]);
  });

  it('changes nothing when it runs again, on the same run or on a new one that says the same', async () => {
    await world.analyse([clockAt(0.8), anomalyOf(7)]);
    await world.evaluate();
    const before = await world.fingerprint();
    await world.evaluate();
    expect(await world.fingerprint()).toEqual(before);
    world.clock.advance(600);
    await world.analyse([clockAt(0.81), anomalyOf(8)]);
    await world.evaluate();
    expect(await world.fingerprint()).toEqual(before);
    expect((await world.alerts()).map((alert) => alert['value']).sort()).toEqual([0.81, 8]);
  });

  it('edits the one message when it becomes worse, says so in the thread, and edits it when it is over', async () => {
    await world.analyse([clockAt(0.8)]);
    await world.evaluate();
    world.clock.advance(1200);
    await world.analyse([clockAt(0.92)]);
    await world.evaluate();
    world.clock.advance(600);
    await world.analyse([]);
    await world.evaluate();
    expect(await world.events()).toEqual([
      'sla-at-risk fired condition-met',
      'sla-at-risk severity-raised severity-raised',
      'sla-at-risk resolved subject-left',
    ]);
    const [message, reply, ...others] = await world.outbox();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ revision: 3, text: expect.stringMatching(/^Resolved: #1042/) });
    expect(reply).toMatchObject({ revision: 1, text: expect.stringMatching(/^High: raised from Medium/) });
    expect(reply?.key).toMatch(/:reply:2$/);
    const parents = await store.db
      .selectFrom('outbox')
      .select(['id', 'parent_id'])
      .orderBy('created_at')
      .execute();
    expect(parents[1]?.parent_id).toBe(parents[0]?.id);
  });

  it('keeps the finding as it fired while it shows the newest', async () => {
    await world.analyse([clockAt(0.8)]);
    await world.evaluate();
    await world.analyse([clockAt(0.92)]);
    await world.evaluate();
    const [alert] = await world.alerts();
    expect(alert?.['snapshot']).toMatchObject({
      fired: { value: 0.8 },
      latest: { value: 0.92 },
      raisedFrom: 'medium',
    });
  });

  it('supersedes at risk by breached, in the same evaluation (S1-07)', async () => {
    await world.analyse([clockAt(0.95)]);
    await world.evaluate();
    world.clock.advance(1800);
    await world.analyse([clockAt(1.02)]);
    await world.evaluate();
    expect(
      (await world.alerts()).map((alert) => [alert['rule_id'], alert['state'], alert['resolve_reason']]),
    ).toEqual([
      ['sla-at-risk', 'resolved', 'superseded-by-sla-breached'],
      ['sla-breached', 'firing', null],
    ]);
    expect((await world.outbox()).map(({ text }) => text.split(':')[0])).toEqual(['Superseded', 'High']);
  });

  it('posts the worst and one line for the rest on the first evaluation', async () => {
    const findings = Array.from({ length: 57 }, (_, index) =>
      anomalyOf(10 + index, { subject: { kind: 'series', id: `s${index}`, label: `Series ${index}` } }),
    );
    await world.analyse(findings);
    const report = await world.evaluate();
    expect(report.rules.find(({ ruleId }) => ruleId === 'ticket-volume-anomaly')).toMatchObject({
      fired: 57,
      held: 37,
      messages: 21,
    });
    const outbox = await world.outbox();
    expect(outbox).toHaveLength(21);
    expect(outbox[0]?.text).toContain('Series 56');
    expect(outbox.at(-1)?.text).toMatch(/^and 37 more: Unusual number of tickets\. This is the first time/);
    expect((await world.alerts()).filter((alert) => alert['state'] === 'firing')).toHaveLength(57);
    await world.analyse(findings);
    await world.evaluate();
    expect(await world.outbox()).toHaveLength(21);
  });

  it('keeps every state when the analyser did not get to a kind', async () => {
    await world.analyse([clockAt(0.8)]);
    await world.evaluate();
    const before = await world.fingerprint();
    // A newer run that ended, while the findings of this kind are still the old ones.
    await store.db
      .insertInto('analysis_run')
      .values({
        id: '018f0000-0000-8000-8000-00000000ffff',
        started_at: new Date(world.clock.now().getTime() + 1000),
        state: 'done',
        as_of: world.clock.now(),
      })
      .execute();
    const report = await world.evaluate();
    expect(report.rules.find(({ ruleId }) => ruleId === 'sla-at-risk')?.reason).toBe('no-data-of-this-kind');
    expect(await world.fingerprint()).toEqual(before);
  });

  it('ends the alerts of a rule that was taken out of the catalogue', async () => {
    await world.analyse([clockAt(0.8)]);
    await world.evaluate();
    const report = await world.evaluate({ rules: shipped.rules.filter(({ id }) => id !== 'sla-at-risk') });
    expect(report.rules.at(-1)).toMatchObject({ ruleId: 'sla-at-risk', reason: 'rule-removed', resolved: 1 });
    expect((await world.outbox())[0]?.text).toMatch(/^Ended: /);
  });

  it('stays quiet about what was dismissed by its time to live until it has been clear (S4-19)', async () => {
    const rules = [aRule({ ttl: '1 h' })];
    const tick = async (value: number) => {
      world.clock.advance(1800);
      await world.analyse([anomalyOf(value)]);
      await world.evaluate({ rules });
    };
    for (const value of [12, 12, 12, 12, 12, 3, 12]) await tick(value);
    expect(await world.events()).toEqual([
      'too-many fired condition-met',
      'too-many resolved expired',
      'too-many fired condition-met',
    ]);
  });

  it('writes to its earlier message when it flaps', async () => {
    const rules = [aRule()];
    for (const value of [12, 1, 12, 1, 12, 1]) {
      world.clock.advance(300);
      await world.analyse([anomalyOf(value)]);
      await world.evaluate({ rules });
    }
    expect((await world.alerts()).length).toBe(3);
    const outbox = await world.outbox();
    expect(outbox.map(({ revision }) => revision)).toEqual([2, 4]);
    world.clock.advance(7200);
    await world.analyse([anomalyOf(12)]);
    await world.evaluate({ rules });
    expect(await world.outbox()).toHaveLength(3);
  });

  it('says that a snooze is over, also without a new analyser run', async () => {
    await world.analyse([clockAt(0.8)]);
    await world.evaluate();
    const until = new Date(world.clock.now().getTime() + 60_000);
    await store.db.updateTable('alert').set({ silenced_until: until }).execute();
    await world.evaluate();
    expect(await world.outbox()).toHaveLength(1);
    world.clock.advance(61);
    await world.evaluate();
    await world.evaluate();
    const outbox = await world.outbox();
    expect(outbox).toHaveLength(2);
    expect(outbox[1]?.text).toMatch(/^Medium: the snooze is over/);
  });

  it('calls the owner in a direct message where the rule wants it (S4-08)', async () => {
    const rules = [
      aRule({
        finding: 'sla-clock',
        when: { field: 'value', op: 'gte', value: 0.5 },
        channel: ['#exec', 'owner'],
      }),
    ];
    await world.analyse([clockAt(0.8), clockAt(0.8, { ownerId: null }, 1043)]);
    await world.evaluate({ rules });
    expect((await world.outbox()).map(({ conversation }) => conversation).sort()).toEqual([
      '#exec',
      '#exec',
      '@U0ADA',
    ]);
  });
});

describeStores('evaluate alerts twice at once', (engine) => {
  it.skipIf(engine.openTwin === undefined)('posts once from two replicas', async () => {
    const store = await engine.open();
    const twin = await engine.openTwin!(store);
    await addPeople(store);
    const one = alertWorld(store);
    const two = alertWorld(twin);
    await one.analyse(Array.from({ length: 30 }, (_, index) => clockAt(0.8, {}, 2000 + index)));
    await Promise.all([one.evaluate(), two.evaluate(), one.evaluate(), two.evaluate()]);
    expect(await one.alerts()).toHaveLength(30);
    expect(await one.events()).toHaveLength(30);
    expect(await one.outbox()).toHaveLength(21);
  });
});
