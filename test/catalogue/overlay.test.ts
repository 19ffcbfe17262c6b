import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAlertCatalogue } from '../../src/catalogue/alert-rules.ts';
import { loadBoards } from '../../src/catalogue/boards.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { askableCatalogue } from '../../src/catalogue/filter-catalogue.ts';
import { lintCatalogue } from '../../src/catalogue/lint/lint-catalogue.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';

const shipped = resolve('catalogue');
let own: string;
beforeEach(() => {
  own = join(mkdtempSync(join(tmpdir(), 'heed-overlay-')), 'ours');
  mkdirSync(own);
});
afterEach(() => rmSync(dirname(own), { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(join(own, file)), { recursive: true });
  writeFileSync(join(own, file), text);
}
function load(): Catalogue {
  const loaded = loadCatalogue([shipped, own]);
  if (!loaded.ok) throw new Error(loaded.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return loaded.value;
}
const issues = () => {
  const loaded = loadCatalogue([shipped, own]);
  return loaded.ok ? [] : loaded.issues.map(({ path, message }) => `${path} ${message}`);
};

describe("a directory of one's own over the shipped catalogue", () => {
  it('changes nothing as long as it is empty', () => {
    const ground = loadCatalogue(shipped);
    expect(ground.ok && load().version === ground.value.version).toBe(true);
  });

  it('changes only the fields that an override gives', () => {
    put(
      'metrics/ours.yml',
      'metrics:\n  - id: open_tickets\n    override: true\n    label: Cases in hand\n    good: none\n',
    );
    const ground = loadCatalogue(shipped);
    const before = ground.ok ? ground.value.metrics.get('open_tickets') : undefined;
    const after = load().metrics.get('open_tickets');
    expect(after).toEqual({ ...before, label: 'Cases in hand', goodDirection: 'none' });
    expect(load().version).not.toBe(ground.ok ? ground.value.version : '');
  });

  it('lays records over records and replaces lists', () => {
    put(
      'entities/ours.yml',
      'entities:\n  - id: ticket\n    override: true\n    label: { many: cases }\n    synonyms: [kase]\n    row_scope: { roles: { agent: own } }\n',
    );
    const ticket = load().entities.get('ticket');
    expect(ticket?.label.many).toBe('cases');
    expect(ticket?.synonyms).toEqual(['kase']);
    expect(ticket?.rowScope.byRole.agent).toBe('own');
    expect(ticket?.rowScope.byRole.manager).toBe('all');
  });

  it('adds words to metrics, dimensions, entities and values', () => {
    put(
      'synonyms.yml',
      'synonyms:\n  metrics: { open_tickets: [cases in hand] }\n  values: { priority: { urgent: [drop everything] } }\n',
    );
    const { metrics, dimensions } = load();
    expect(metrics.get('open_tickets')?.synonyms).toContain('cases in hand');
    const urgent = dimensions.get('priority')?.values.find(({ value }) => value === 'urgent');
    expect(urgent?.synonyms).toContain('drop everything');
  });

  it('takes what is hidden out of questions and leaves it to boards and formulas', () => {
    put('metrics/ours.yml', 'metrics:\n  - { id: sla_clocks_met, override: true, hidden: true }\n');
    const catalogue = load();
    const asked = askableCatalogue(catalogue, 'admin');
    expect(catalogue.metrics.get('sla_clocks_met')?.hidden).toBe(true);
    // The ratio that is made of it still finds it.
    expect(asked.metrics.has('sla_compliance_rate')).toBe(true);
    expect(asked.metrics.has('sla_clocks_met')).toBe(true);
    put('metrics/more.yml', 'metrics:\n  - { id: tickets_opened, override: true, hidden: true }\n');
    expect(load().metrics.get('tickets_opened')?.hidden).toBe(true);
  });

  it('gives a word that is used here to this directory, and takes it from the shipped synonyms', () => {
    put(
      'metrics/ours.yml',
      'metrics:\n  - { id: open_tickets, override: true, synonyms: [compliance rate] }\n',
    );
    const { metrics } = load();
    expect(metrics.get('open_tickets')?.synonyms).toEqual(['compliance rate']);
    expect(metrics.get('sla_compliance_rate')?.synonyms).not.toContain('compliance rate');
    expect(metrics.get('sla_compliance_rate')?.synonyms).toContain('sla compliance rate');
  });

  it('adds sayings, changes those that are shipped, and says what is wrong about one', () => {
    put(
      'sayings/ours.yml',
      `sayings:
  - { id: time_to_solve, override: true, says: ['how soon … mend … {ticket}'] }
  - { id: ours, means: open tickets, says: ['what … lie about'] }
`,
    );
    const { sayings } = load();
    expect(sayings.find(({ id }) => id === 'ours')?.means).toBe('open tickets');
    expect(sayings.find(({ id }) => id === 'time_to_solve')).toMatchObject({
      means: 'resolution time of {ticket}',
      says: ['how soon … mend … {ticket}'],
    });
    put('overlay.yml', 'shipped: hidden\n');
    expect(load().sayings.map(({ id }) => id)).toEqual(['time_to_solve', 'ours']);
    put(
      'sayings/ours.yml',
      `sayings:
  - { id: ours, means: 'age of {tikcet}', says: ['how (old … {ticket}'] }
`,
    );
    expect(issues().join()).toContain('a ( has no )');
    put(
      'sayings/ours.yml',
      `sayings:
  - { id: ours, means: 'age of {tikcet}', says: ['how old … {ticket}'] }
`,
    );
    expect(issues().join()).toContain('there is no entity tikcet; the nearest is ticket');
  });

  it('hides everything that is shipped but what it overrides', () => {
    put('overlay.yml', 'shipped: hidden\n');
    put('metrics/ours.yml', 'metrics:\n  - { id: open_tickets, override: true }\n');
    const asked = askableCatalogue(load(), 'admin');
    expect([...asked.metrics.values()].filter(({ hidden }) => hidden !== true).map(({ id }) => id)).toEqual([
      'open_tickets',
    ]);
  });

  it('changes a constant by its value alone', () => {
    put('constants.yml', 'constants:\n  bot_minutes_saved: { value: 12 }\n');
    const found = issues();
    const ground = loadCatalogue(shipped);
    const names = ground.ok
      ? [...ground.value.metrics.values()].flatMap((one) =>
          one.type === 'derived' ? Object.keys(one.constants) : [],
        )
      : [];
    // An unknown constant needs all its keys, and says which line lacks them.
    expect(
      found.some((one) => one.startsWith('ours/constants.yml:2 constants.bot_minutes_saved.label')),
    ).toBe(true);
    put('constants.yml', `constants:\n  ${names[0]}: { value: 12345 }\n`);
    const derived = [...load().metrics.values()].find(
      (one) => one.type === 'derived' && Object.hasOwn(one.constants, names[0]!),
    );
    expect(derived?.type === 'derived' && derived.constants[names[0]!]?.value).toBe(12345);
  });

  it.each([
    [
      'an id that exists already',
      'metrics/a.yml',
      'metrics:\n  - id: open_tickets\n    label: Mine\n',
      /^ours\/metrics\/a\.yml:2 metrics\[0\]\.id metric open_tickets exists already \(metrics\/tickets\.yml\); write override: true/,
    ],
    [
      'an override of nothing',
      'metrics/a.yml',
      'metrics:\n  - id: open_tikets\n    override: true\n',
      /^ours\/metrics\/a\.yml:2 metrics\[0\]\.id there is no metric open_tikets to override/,
    ],
    [
      'a value outside the vocabulary',
      'metrics/a.yml',
      'metrics:\n  - id: open_tickets\n    override: true\n    good: sideways\n',
      /^ours\/metrics\/a\.yml:4 metrics\[0\]\.good /,
    ],
    [
      'a synonym of something unknown',
      'synonyms.yml',
      'synonyms:\n  metrics:\n    open_tikets: [x]\n',
      /^ours\/synonyms\.yml:3 synonyms\.metrics\.open_tikets there is no metric open_tikets/,
    ],
    [
      'a word that another metric has',
      'metrics/a.yml',
      'metrics:\n  - id: open_tickets\n    override: true\n    label: SLA compliance\n',
      /"sla compliance" also names sla_compliance_rate/,
    ],
    [
      'a file that is no YAML',
      'entities/a.yml',
      'entities: [\n',
      /^ours\/entities\/a\.yml:\d+ is not valid YAML/,
    ],
    ['a key that does not exist', 'overlay.yml', 'hide: all\n', /^ours\/overlay\.yml:1 .*hide/],
  ])('says file and line of %s', (_title, file, text, expected) => {
    put(file, text);
    expect(
      issues().some((one) => expected.test(one)),
      issues().join('\n'),
    ).toBe(true);
  });

  it('adds boards, changes them and takes them away', () => {
    const plan = 'plan: { kind: metric, metrics: [open_tickets] }';
    put('boards/new.yml', `id: ours\ntitle: Ours\ntiles:\n  - { title: Open, show: number, ${plan} }\n`);
    put('boards/kpi.yml', 'id: kpi\noverride: true\ntitle: Our figures\n');
    put('boards/gone.yml', 'id: whatsapp\noverride: true\nhidden: true\n');
    const boards = loadBoards([shipped, own]);
    const ground = loadBoards(shipped);
    if (!boards.ok || !ground.ok) throw new Error(JSON.stringify(boards));
    expect(boards.value.get('ours')?.tiles).toHaveLength(1);
    expect(boards.value.get('kpi')).toEqual({ ...ground.value.get('kpi'), title: 'Our figures' });
    expect(boards.value.has('whatsapp')).toBe(false);
    put('boards/twice.yml', `id: support\ntitle: Ours\ntiles:\n  - { title: Open, show: number, ${plan} }\n`);
    const again = loadBoards([shipped, own]);
    expect(again.ok ? '' : again.issues[0]?.message).toMatch(/taken by another board; write override: true/);
  });

  it('lets an alert file of the same name stand in for the shipped one', () => {
    mkdirSync(join(own, 'alerts'));
    cpSync(join(shipped, 'alerts', 'sla.yml'), join(own, 'alerts', 'tickets.yml'));
    const loaded = loadAlertCatalogue([shipped, own]);
    expect(loaded.ok ? [] : loaded.issues.map(({ code }) => code)).toContain('duplicate-rule');
    rmSync(join(own, 'alerts', 'tickets.yml'));
    cpSync(join(shipped, 'alerts', 'sla.yml'), join(own, 'alerts', 'sla.yml'));
    expect(loadAlertCatalogue([shipped, own]).ok).toBe(true);
  });
});

describe('the readiness of a catalogue', () => {
  it('is at least 97 for the shipped one, and every metric has a verified question', () => {
    const loaded = loadCatalogue(shipped);
    const readiness = lintCatalogue(loaded.ok ? loaded.value : load());
    expect(readiness.score).toBeGreaterThanOrEqual(97);
    expect(readiness.areas.find(({ area }) => area === 'verified')?.found).toBe(0);
  });

  it('names what a poor definition lacks', () => {
    put(
      'metrics/poor.yml',
      'metrics:\n  - id: poor\n    label: Poor\n    description: bad\n    unit: number\n    format: number\n    good: up\n    entity: ticket\n    measure: { aggregate: count }\n    additive: true\n',
    );
    const codes = lintCatalogue(load())
      .findings.filter(({ id }) => id === 'poor')
      .map(({ code }) => code);
    expect(codes.sort()).toEqual(['no-description', 'no-synonyms', 'no-verified-question', 'unfit-unit']);
  });
});
