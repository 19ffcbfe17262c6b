import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { analyse } from '../../src/app/analyse.ts';
import { buildWorld } from '../../src/app/demo/build-world.ts';
import { demoSources, withDemoZone } from '../../src/app/demo/demo-origin.ts';
import { evaluate } from '../../src/app/evaluate.ts';
import { type Heed, openHeed } from '../../src/app/open-heed.ts';
import { silentProgress } from '../../src/app/progress.ts';
import { createSimulator, openForSimulation, simulateOnce } from '../../src/app/simulate.ts';
import { matchAccount } from '../../src/app/simulate-account.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { entities } from '../../src/domain/record-fields.ts';
import { parseCommand } from '../../src/interactions/parse-command.ts';
import {
  pressSimulation,
  type Simulator,
  simulate,
  simulationSection,
} from '../../src/interactions/simulate.ts';
import type { SimulationView } from '../../src/messages/simulation-message.ts';
import { sql } from '../../src/store/database.ts';
import type { Clock } from '../../src/toolkit/clock.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { checksums } from '../support/checksum.ts';
import { copyTestHome } from '../support/store.ts';

const asOf = new Date('2026-11-20T14:20:00Z');
const channels = new Map([
  ['escalations', 'C0ESCALATE'],
  ['sales-pipeline', 'C0SALES'],
  ['daily-digest', 'C0DIGEST'],
]);

/** Begins at `asOf`; every look at it is a moment later, as runs of the analyser are. */
function movingClock(): Clock & { set(at: Date): void } {
  let at = asOf.getTime();
  return {
    now: () => {
      at += 50;
      return new Date(at);
    },
    set: (to) => {
      at = to.getTime();
    },
  };
}

function configOf(home: string) {
  const config = loadConfig({ HEED_HOME: home, HEED_LOG_LEVEL: 'warn' }, home);
  if (!config.ok) throw new Error(JSON.stringify(config.issues));
  return withDemoZone(config.value);
}

const imported = async ({ store }: Heed) => {
  const all = await checksums(store);
  return Object.fromEntries(
    [...entities, 'simulation_step', 'simulation_original'].flatMap((table) =>
      all[table] === undefined ? [] : [[table, all[table]]],
    ),
  );
};

const asker = (role: Asker['role']): Asker => ({
  personId: '018f0000-0000-7000-8000-000000000002',
  name: 'Somebody',
  role,
  teamId: null,
  zone: 'Europe/Berlin',
});

it('reads /heed simulate and says what is missing (S3-17, S3-18, S3-19)', () => {
  expect(parseCommand('simulate pulse')).toEqual({ kind: 'simulate', request: { kind: 'pulse' } });
  expect(parseCommand('simulate OUTAGE Kestrel  Payments ')).toEqual({
    kind: 'simulate',
    request: { kind: 'outage', account: { by: 'name', name: 'Kestrel  Payments' } },
  });
  expect(parseCommand('simulate reset')).toEqual({
    kind: 'simulate',
    request: { kind: 'reset', account: null },
  });
  for (const text of ['simulate', 'simulate outage', 'simulate rain', 'simulate pulse Acme'])
    expect(parseCommand(text)).toMatchObject({ kind: 'incomplete' });
});

it('knows the source of every mapping that the demo imports with', () => {
  const mappings = readdirSync(packagePath('fixtures', 'mappings')).filter((name) =>
    name.startsWith('demo-'),
  );
  expect(mappings.sort()).toEqual(demoSources.map((source) => `${source}.yml`));
});

describe('matching an account (S3-18)', () => {
  const accounts = ['Acme Corp', 'Acme Robotics', 'Kestrel Payments GmbH', 'Zephyr Airlines'].map((name) => ({
    id: name,
    name,
  }));
  const match = (name: string) => matchAccount(accounts, { by: 'name', name });

  it.each([
    ['acme  corp', 'Acme Corp'],
    ['kestrel payments', 'Kestrel Payments GmbH'],
    ['zephyr', 'Zephyr Airlines'],
    ['robotics', 'Acme Robotics'],
  ])('takes "%s" for %s', (written, name) => {
    expect(match(written)).toMatchObject({ ok: true, value: { name } });
  });

  it('asks back where several fit, and names the nearest where none does', () => {
    // Without its legal form the first is called just "Acme".
    expect(match('Acme')).toMatchObject({ ok: true, value: { name: 'Acme Corp' } });
    expect(
      matchAccount([...accounts, { id: 'x', name: 'Acme Foods' }].slice(1), { by: 'name', name: 'Acme' }),
    ).toMatchObject({
      ok: false,
      issues: [{ code: 'ambiguous-account', suggestions: ['Acme Robotics', 'Acme Foods'] }],
    });
    expect(match('Zephir Airlines')).toMatchObject({
      ok: false,
      issues: [{ code: 'unknown-account', suggestions: ['Zephyr Airlines'] }],
    });
    expect(match('Kestrl')).toMatchObject({
      ok: false,
      issues: [{ code: 'unknown-account', suggestions: ['Kestrel Payments GmbH'] }],
    });
    expect(match('.')).toMatchObject({ ok: false });
  });
});

describe('a simulation in the store of the demo', () => {
  let home: string;
  let heed: Heed;
  let simulator: Simulator;
  const clock = movingClock();

  const run = async (request: Parameters<Simulator['run']>[0]): Promise<SimulationView> => {
    const done = await simulator.run(request, null);
    if (!done.ok) throw new Error(JSON.stringify(done.issues));
    return done.value;
  };
  const named = (name: string) => ({ by: 'name', name }) as const;
  const alertsOf = (accountId: string) =>
    heed.store.db
      .selectFrom('alert')
      .select(['id', 'rule_id', 'state'])
      .where('account_id', '=', accountId)
      .where('rule_id', '=', 'health-below-band')
      .execute();
  const messagesOf = (alertId: string) =>
    heed.store.db
      .selectFrom('outbox')
      .select(['id', 'conversation', 'wanted_revision', sql<string>`body ->> 'text'`.as('text')])
      .where('alert_id', '=', alertId)
      .where('parent_id', 'is', null)
      .execute();
  const healthiest = async () => {
    const [first] = (await simulator.panel())?.accounts ?? [];
    if (first === undefined) throw new Error('no account has a health score');
    return first;
  };

  beforeAll(async () => {
    home = await copyTestHome();
    heed = await openHeed(configOf(home), { clock });
    await buildWorld(heed, silentProgress, { seed: 42, size: 'small' });
    await analyse(heed);
    await evaluate(heed, channels);
    simulator = createSimulator({ heed, channels, kick: () => undefined });
  }, 120_000);
  afterAll(async () => {
    await heed.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('an outage drops the health below the band and a real alert goes to the outbox (S3-18)', async () => {
    const { id, name, health } = await healthiest();
    expect(health).toBeGreaterThan(70);
    const view = await run({ kind: 'outage', account: named(name) });
    expect(view).toMatchObject({ kind: 'outage', healthBefore: health, incidents: 3, tickets: 4 });
    expect(view.healthAfter).toBeLessThan(50);
    expect(view.fired).toContainEqual({ rule: 'health-below-band', channels: ['#escalations'] });
    const alerts = await alertsOf(id);
    expect(alerts.map(({ state }) => state)).toEqual(['firing']);
    const messages = await messagesOf(alerts[0]!.id);
    expect(messages.map(({ conversation }) => conversation)).toEqual(['C0ESCALATE']);
    expect(messages[0]!.text).toContain(name);
    const incidents = await heed.store.db
      .selectFrom('incident')
      .select(['source', 'severity', 'status'])
      .where('account_id', '=', id)
      .where('source', '=', 'simulation')
      .execute();
    expect(incidents).toEqual(Array(3).fill({ source: 'simulation', severity: 'critical', status: 'open' }));
    const again = await simulator.run({ kind: 'outage', account: named(name) }, null);
    expect(again).toMatchObject({ ok: false, issues: [{ code: 'already-simulated' }] });
    await run({ kind: 'reset', account: null });
  });

  it('a reset puts every imported table back exactly and resolves the alert in its own message (S3-19)', async () => {
    const { id, name, health } = await healthiest();
    const before = await imported(heed);
    await run({ kind: 'outage', account: named(name) });
    const open = (await alertsOf(id)).find(({ state }) => state === 'firing')!;
    const [posted] = await messagesOf(open.id);
    await run({ kind: 'pulse' });
    expect(await imported(heed)).not.toEqual(before);
    const ofOne = await run({ kind: 'reset', account: named(name) });
    expect(ofOne).toMatchObject({ healthAfter: health, incidents: 3, ending: 0 });
    expect(ofOne.resolved).toBeGreaterThanOrEqual(1);
    const [resolved, ...more] = await messagesOf(open.id);
    expect(more).toEqual([]);
    expect(resolved!.id).toBe(posted!.id);
    expect(resolved!.wanted_revision).toBeGreaterThan(posted!.wanted_revision);
    expect(resolved!.text).toMatch(/resolved/i);
    expect((await alertsOf(id)).filter(({ state }) => state !== 'resolved')).toEqual([]);
    await run({ kind: 'reset', account: null });
    expect(await imported(heed)).toEqual(before);
    const clocks = await heed.store.db
      .selectFrom('sla_clock')
      .select('id')
      .where('ticket_id', 'not in', (eb) => eb.selectFrom('ticket').select('id'))
      .execute();
    expect(clocks).toEqual([]);
    const nothing = await simulator.run({ kind: 'reset', account: null }, null);
    expect(nothing).toMatchObject({ ok: false, issues: [{ code: 'nothing-simulated' }] });
  });

  it('a pulse is an ordinary hour of all accounts: no alert fires, and it repeats to the letter (S3-17)', async () => {
    const at = new Date(clock.now().getTime() + 60_000);
    const pulses = async () => {
      clock.set(at);
      const views = [await run({ kind: 'pulse' }), await run({ kind: 'pulse' })];
      return { views, stored: await imported(heed) };
    };
    const atFixedMoments = async () => {
      const { views, stored } = await pulses();
      await run({ kind: 'reset', account: null });
      return { views, stored };
    };
    const first = await atFixedMoments();
    expect(first.views[0]!.accounts).toBeGreaterThanOrEqual(10);
    expect(first.views.map(({ fired }) => fired)).toEqual([[], []]);
    expect(first.views[0]!.tickets).toBeGreaterThanOrEqual(1);
    expect(await atFixedMoments()).toEqual(first);
  });

  it('asks back for an unknown or ambiguous account and changes nothing (S3-18)', async () => {
    const { name } = await healthiest();
    const before = await imported(heed);
    const misspelt = await simulator.run({ kind: 'outage', account: named(`${name.slice(0, -1)}x`) }, null);
    expect(misspelt).toMatchObject({ ok: false, issues: [{ code: 'unknown-account', suggestions: [name] }] });
    const unknown = await simulator.run({ kind: 'outage', account: named('Zzyzx Qwertz') }, null);
    expect(unknown).toMatchObject({ ok: false, issues: [{ code: 'unknown-account', suggestions: [] }] });
    expect(await imported(heed)).toEqual(before);
  });

  it('tells a second terminal where to simulate while the demo has the store open (S3-17)', async () => {
    const refused = await openForSimulation(heed.config, silentProgress).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(String(refused)).toContain('/heed simulate');
  });

  it('says in one line what happened and what to do next (S3-18)', async () => {
    const { name } = await healthiest();
    const { line, next } = await simulateOnce(heed, { kind: 'outage', account: named(name) }, silentProgress);
    expect(line).toMatch(
      /^Outage of .+: health \d[\d.]* → \d[\d.]*, 3 critical incidents, 4 urgent tickets, usage of \d+ days all but gone, \d alerts? in (#escalations|its channel) \(health-below-band/,
    );
    expect(next).toBe(`simulate reset ${name}`);
    await run({ kind: 'reset', account: null });
  });

  it('is for managers and administrators; others are told so and see no buttons (S3-17, S3-24)', async () => {
    const before = await imported(heed);
    for (const role of ['agent', 'rep', 'supervisor', 'executive'] as const) {
      const told = await simulate(simulator, asker(role), { kind: 'pulse' });
      expect(told.text).toContain('Only managers and administrators');
      const pressed = await pressSimulation(simulator, asker(role), {
        action: 'simulate-reset',
        value: 'all',
      });
      expect(pressed?.text).toContain('Only managers and administrators');
      expect(await simulationSection(simulator, asker(role))).toEqual([]);
    }
    expect(await imported(heed)).toEqual(before);
    for (const role of ['manager', 'admin'] as const)
      expect((await simulationSection(simulator, asker(role))).map(({ kind }) => kind)).toContain('actions');
  });

  it('refuses where anything but the demo was imported, and changes nothing (S3-17, S3-18, S3-19)', async () => {
    const row = {
      id: '018f0000-0000-7000-8000-000000000001',
      source: 'zendesk',
      origin: 'zendesk',
      state: 'done' as const,
      started_at: asOf,
    };
    await heed.store.db.insertInto('sync_run').values(row).execute();
    const before = await imported(heed);
    for (const request of [
      { kind: 'pulse' },
      { kind: 'outage', account: named('Whoever') },
      { kind: 'reset', account: null },
    ] as const) {
      const refused = await simulator.run(request, null);
      expect(refused).toMatchObject({ ok: false, issues: [{ code: 'not-a-demo' }] });
      await expect(simulateOnce(heed, request, silentProgress)).rejects.toThrow(
        /only in a store that the demo filled/,
      );
    }
    expect(await simulator.panel()).toBeNull();
    const told = await simulate(simulator, asker('manager'), { kind: 'pulse' });
    expect(told.text).toContain('only in a store that the demo filled');
    expect(await simulationSection(simulator, asker('manager'))).toEqual([]);
    expect(await imported(heed)).toEqual(before);
    await heed.store.db.deleteFrom('sync_run').where('id', '=', row.id).execute();
  });
});
