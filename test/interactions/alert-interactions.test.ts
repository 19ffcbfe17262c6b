import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { allowAuditChange } from '../../src/access/audit.ts';
import { acknowledgeAlert } from '../../src/interactions/acknowledge-alert.ts';
import type { AlertInteractionDeps, AlertOutcome } from '../../src/interactions/act-on-alert.ts';
import { assignAlert } from '../../src/interactions/assign-alert.ts';
import { explainAlert } from '../../src/interactions/explain-alert.ts';
import { pressAlertButton } from '../../src/interactions/press-alert-button.ts';
import { snoozeAlert, snoozeEnd, unsnoozeAlert } from '../../src/interactions/snooze-alert.ts';
import { alertActions, writeAlertActionValue } from '../../src/messages/alert-action-value.ts';
import { renderPlainText } from '../../src/messages/fallback-text.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Store } from '../../src/store/database.ts';
import { noon } from '../alerting/builders.ts';
import { type AlertWorld, addPeople, alertWorld, clockAt, otherPerson, person } from '../jobs/alert-world.ts';
import { describeStores } from '../support/store.ts';

const ada: Asker = {
  personId: person,
  name: 'Ada Okafor',
  role: 'agent',
  teamId: null,
  zone: 'Europe/Berlin',
};
const ben: Asker = { ...ada, personId: otherPerson, name: 'Ben Sato' };
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

describeStores('what people do with alerts', (engine) => {
  let store: Store;
  let world: AlertWorld;
  let deps: AlertInteractionDeps;
  let alertId: string;
  beforeAll(async () => {
    store = await engine.open();
  });
  beforeEach(async () => {
    for (const table of tables) await store.db.deleteFrom(table).execute();
    await store.transaction(async (trx) => {
      await allowAuditChange(trx, 'retention');
      await trx.deleteFrom('audit_log').execute();
    });
    world = alertWorld(store);
    deps = { store, clock: world.clock, zone: 'Europe/Berlin', platform: 'slack' };
    await addPeople(store);
    await world.analyse([clockAt(0.8)]);
    await world.evaluate();
    alertId = String((await world.alerts())[0]?.['id']);
    world.clock.advance(300);
  });

  const text = (outcome: AlertOutcome) => outcome.reply?.text;
  const shown = async () => (await world.outbox())[0];
  const audit = () =>
    store.db
      .selectFrom('audit_log')
      .select(['action', 'actor_id', 'subject'])
      .where('action', '<>', 'audit-pruned')
      .execute();

  it('acknowledges in place, with history and audit (S4-17)', async () => {
    const outcome = await acknowledgeAlert(deps, { alertId, version: 1, asker: ada });
    expect(outcome).toEqual({ reply: null, changed: true, reason: 'acknowledged-by-person' });
    expect(await shown()).toMatchObject({
      revision: 2,
      text: expect.stringContaining('Acknowledged by Ada Okafor on Tue 10 Mar 13:05 CET.'),
    });
    expect(await world.events()).toEqual([
      'sla-at-risk fired condition-met',
      'sla-at-risk acknowledged acknowledged-by-person',
    ]);
    expect(await audit()).toEqual([
      { action: 'alert.acknowledge', actor_id: person, subject: `alert:${alertId}` },
    ]);
  });

  it('tells the second one who was first, and changes nothing', async () => {
    await acknowledgeAlert(deps, { alertId, version: 1, asker: ada });
    const before = await world.fingerprint();
    const second = await acknowledgeAlert(deps, { alertId, version: 1, asker: ben });
    expect(second).toMatchObject({ changed: false, reason: 'already-acknowledged' });
    expect(text(second)).toBe('Ada Okafor has acknowledged this already, Tue 10 Mar 13:05 CET.');
    expect(await world.fingerprint()).toEqual(before);
    expect(await audit()).toHaveLength(1);
  });

  it('lets exactly one of many clicks at once win', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        acknowledgeAlert(deps, { alertId, version: 1, asker: index % 2 === 0 ? ada : ben }),
      ),
    );
    expect(outcomes.filter(({ changed }) => changed)).toHaveLength(1);
    expect((await world.events()).filter((event) => event.includes(' acknowledged '))).toHaveLength(1);
  });

  it('does not reopen what is over', async () => {
    await world.analyse([]);
    await world.evaluate();
    const late = await acknowledgeAlert(deps, { alertId, version: 1, asker: ada });
    expect(late).toMatchObject({ changed: false, reason: 'already-resolved' });
    expect(text(late)).toBe('This alert is over since Tue 10 Mar 13:05 CET; nothing was changed.');
    expect((await world.alerts())[0]).toMatchObject({ state: 'resolved', acknowledged_by: null });
  });

  it('asks to look again when it became worse after the message that was clicked', async () => {
    await world.analyse([clockAt(0.93)]);
    await world.evaluate();
    const old = await acknowledgeAlert(deps, { alertId, version: 1, asker: ada });
    expect(old).toMatchObject({ changed: false, reason: 'severity-raised-since-seen' });
    expect(text(old)).toContain('raised to High');
    expect(await acknowledgeAlert(deps, { alertId, version: 2, asker: ada })).toMatchObject({
      changed: true,
    });
  });

  it('keeps the acknowledgement while the number moves, and takes it back when it becomes worse', async () => {
    await acknowledgeAlert(deps, { alertId, version: 1, asker: ada });
    await world.analyse([clockAt(0.85)]);
    await world.evaluate();
    expect((await world.alerts())[0]).toMatchObject({ acknowledged_by: person, value: 0.85, version: 2 });
    await world.analyse([clockAt(0.93)]);
    await world.evaluate();
    expect((await world.alerts())[0]).toMatchObject({ acknowledged_by: null, severity: 'high', version: 3 });
    expect((await world.outbox()).at(-1)?.text).toMatch(/^High: raised from Medium/);
  });

  it('snoozes: changes in place only, and no thread line while it becomes worse', async () => {
    expect(await snoozeAlert(deps, { alertId, version: 1, asker: ada, until: '1h' })).toMatchObject({
      changed: true,
    });
    expect((await shown())?.text).toContain('Snoozed by Ada Okafor until Tue 10 Mar 14:05 CET.');
    await world.analyse([clockAt(0.93)]);
    await world.evaluate();
    expect(await world.outbox()).toHaveLength(1);
    expect((await shown())?.text).toMatch(/^High: .*Raised from Medium to High\./);
  });

  it('ends a snooze early', async () => {
    await snoozeAlert(deps, { alertId, version: 1, asker: ada, until: '4h' });
    expect(await unsnoozeAlert(deps, { alertId, version: 2, asker: ben })).toMatchObject({ changed: true });
    expect((await shown())?.text).not.toContain('Snoozed');
    const again = await unsnoozeAlert(deps, { alertId, version: 3, asker: ben });
    expect(again).toMatchObject({ changed: false, reason: 'not-snoozed' });
  });

  it('assigns to whoever takes it, which acknowledges it too', async () => {
    expect(await assignAlert(deps, { alertId, version: 1, asker: ben })).toMatchObject({ reason: 'claimed' });
    expect((await shown())?.text).toContain('Assigned to Ben Sato.');
    expect((await world.alerts())[0]).toMatchObject({
      assigned_to: otherPerson,
      acknowledged_by: otherPerson,
    });
  });

  it.each([
    ['acknowledge', acknowledgeAlert],
    ['unsnooze', unsnoozeAlert],
    ['assign', assignAlert],
    ['explain', explainAlert],
  ] as const)('refuses %s to somebody without a role, and says what to do', async (_name, interaction) => {
    const before = await world.fingerprint();
    const outcome = await interaction(deps, { alertId, version: 1, asker: null });
    expect(outcome).toMatchObject({ changed: false, reason: 'person-unknown' });
    expect(text(outcome)).toContain('Ask an administrator');
    expect(await world.fingerprint()).toEqual(before);
    expect(await audit()).toEqual([]);
  });

  it('answers about an alert that is not kept any more', async () => {
    const request = { alertId: '018f0000-0000-8000-8000-000000000099', version: 1, asker: ada };
    expect(await acknowledgeAlert(deps, request)).toMatchObject({ changed: false, reason: 'alert-unknown' });
  });

  it('explains from what was stored when it fired, after the data has changed (S2-15)', async () => {
    await acknowledgeAlert(deps, { alertId, version: 1, asker: ada });
    world.clock.advance(600);
    await world.analyse([clockAt(0.93)]);
    await world.evaluate();
    const { reply, reason } = await explainAlert(deps, { alertId, version: 1, asker: ada });
    expect(reason).toBe('explained');
    const page = renderPlainText(reply as Message);
    await expect(page).toMatchFileSnapshot('__snapshots__/explain-sla-at-risk.txt');
    expect(page).toContain('80 %');
    expect(page).not.toContain('93 %');
  });

  it('understands every button of a message, and nothing else', async () => {
    const value = (extra = {}) => writeAlertActionValue({ alertId, version: 1, ...extra });
    const press = (action: string, pressed: string) =>
      pressAlertButton(deps, { action, value: pressed, asker: ada });
    expect(await press(alertActions.acknowledge, value())).toMatchObject({ changed: true });
    expect(await press(alertActions.snooze, value({ until: 'tomorrow' }))).toMatchObject({ changed: true });
    expect(await press(alertActions.unsnooze, value())).toMatchObject({ changed: true });
    expect(await press(alertActions.assign, value())).toMatchObject({ changed: true });
    expect(await press(alertActions.explain, value())).toMatchObject({ reason: 'explained' });
    expect(await press(alertActions.snooze, value())).toMatchObject({ reason: 'button-unreadable' });
    for (const forged of ['', '{}', '[]', 'null', '{"alertId":"x","version":1}', value().replace('1}', '0}')])
      expect(await press(alertActions.acknowledge, forged), forged).toMatchObject({
        reason: 'button-unreadable',
      });
    expect(await press('open-ticket', value())).toBeNull();
  });
});

describe('end of a snooze', () => {
  it.each([
    ['1h', '2026-03-10T12:00:00Z', 'Europe/Berlin', '2026-03-10T13:00:00.000Z'],
    ['4h', '2026-03-10T12:00:00Z', 'Europe/Berlin', '2026-03-10T16:00:00.000Z'],
    ['tomorrow', '2026-03-10T12:00:00Z', 'Europe/Berlin', '2026-03-11T08:00:00.000Z'],
    // Still the 10th in Los Angeles.
    ['tomorrow', '2026-03-11T05:00:00Z', 'America/Los_Angeles', '2026-03-11T16:00:00.000Z'],
    // The clocks go forward in the night.
    ['tomorrow', '2026-03-28T20:00:00Z', 'Europe/Berlin', '2026-03-29T07:00:00.000Z'],
    ['tomorrow', '2026-12-31T20:00:00Z', 'Asia/Kolkata', '2027-01-02T03:30:00.000Z'],
  ] as const)('%s from %s in %s is %s', (choice, now, zone, end) => {
    expect(snoozeEnd(choice, new Date(now), zone).toISOString()).toBe(end);
  });

  it('is after the click', () => {
    for (const choice of ['1h', '4h', 'tomorrow'] as const)
      expect(snoozeEnd(choice, noon, 'Pacific/Auckland').getTime()).toBeGreaterThan(noon.getTime());
  });
});
