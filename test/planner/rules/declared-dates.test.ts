import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { loadCatalogue } from '../../../src/catalogue/load-catalogue.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Plan } from '../../../src/query/metric-query.ts';

/** Leases of somebody's own, whose columns are called as no one would guess. */
const leases = `
entities:
  - id: lease
    label: { one: lease, many: leases }
    table: yard.leases
    key: no
    columns: { no: number, car: text, handed_over: date, runs_out_day: date, brought_back: instant }
    title: car
    joins: {}
    default_time: handed_over
    list_columns: [leased_car, handed_over, runs_out_day]
    row_scope: { roles: { manager: all } }
dimensions:
  - { id: leased_car, label: Leased car, description: Which car., entity: lease, path: car, type: text }
  - { id: handed_over, label: Handed over, description: Day of the keys., entity: lease, path: handed_over, type: date, event: begins }
  - { id: runs_out_day, label: Final day, description: Last day of the lease., entity: lease, path: runs_out_day, type: date, event: expires }
`;
const root = mkdtempSync(join(tmpdir(), 'heed-dates-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function read(name: string, text: string): ReturnType<typeof loadCatalogue> {
  const folder = join(root, name);
  mkdirSync(join(folder, 'entities'), { recursive: true });
  writeFileSync(join(folder, 'entities/leases.yml'), text);
  return loadCatalogue([resolve('catalogue'), folder]);
}
function catalogueOf(name: string, text: string): Catalogue {
  const loaded = read(name, text);
  if (!loaded.ok) throw new Error(loaded.issues.map(({ message }) => message).join('\n'));
  return loaded.value;
}
const issuesOf = (name: string, text: string): string => {
  const loaded = read(name, text);
  return loaded.ok ? '' : loaded.issues.map(({ message }) => message).join('\n');
};
function planned(catalogue: Catalogue, question: string): Plan {
  const now = new Date('2026-11-21T10:30:00Z');
  const request = { question, catalogue, now, zone: 'UTC', requestId: 'r', stored: new Map() };
  return createRulesPlanner().explain(request).planned.plan;
}

describe('dates that say what they tell', () => {
  const declared = catalogueOf('declared', leases);
  const silent = catalogueOf('silent', leases.replaceAll(/, event: \w+/g, ''));
  const expiring = {
    kind: 'list',
    entity: 'lease',
    timeDimension: 'runs_out_day',
    time: { kind: 'upcoming', unit: 'month', n: 1 },
  };

  it.each(['which leases expire next month', 'which leases run out next month', 'leases lapsing next month'])(
    'are meant by the verbs of that: %s',
    (question) => {
      expect(planned(declared, question)).toMatchObject(expiring);
      expect(planned(silent, question)).not.toMatchObject({ timeDimension: 'runs_out_day' });
    },
  );

  it('look ahead: of this month the whole is meant', () => {
    expect(planned(declared, 'which leases expire this month')).toMatchObject({
      ...expiring,
      time: { kind: 'calendar', unit: 'month' },
    });
  });

  it('are dates, moments or states, of a parent where there is one', () => {
    const ofText = leases.replace('path: car, type: text', 'path: car, type: text, event: begins');
    expect(issuesOf('text', ofText)).toContain('only a date, an instant or a boolean tells what happens');
    const unknown = leases.replace('event: expires', 'event: vanishes');
    expect(issuesOf('unknown', unknown)).toMatch(/expires/);
    const orphan = leases.replace('    joins: {}', '    joins: {}\n    one_per_parent: check');
    expect(issuesOf('orphan', orphan)).toContain('needs a parent');
  });
});
