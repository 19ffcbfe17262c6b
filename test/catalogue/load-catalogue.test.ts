import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { heedTables } from '../../src/catalogue/tables.ts';
import { sql } from '../../src/store/database.ts';
import { openTestStore } from '../support/store.ts';

const shipped = resolve('catalogue');

function load(directory = shipped): Catalogue {
  const loaded = loadCatalogue(directory);
  if (!loaded.ok) throw new Error(loaded.issues.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return loaded.value;
}

describe('the catalogue that is shipped', () => {
  it('holds more than thirty metrics and twenty-four dimensions without a mistake', () => {
    const catalogue = load();
    expect(catalogue.metrics.size).toBeGreaterThanOrEqual(30);
    expect(catalogue.dimensions.size).toBeGreaterThanOrEqual(24);
  });

  it('names each metric in several ways, with a whole sentence about what it counts', () => {
    for (const metric of load().metrics.values()) {
      expect(metric.description, metric.id).toMatch(/^[A-Z].{20,}\.$/s);
      expect(metric.synonyms.length, metric.id).toBeGreaterThan(0);
    }
  });

  it('has the same version as long as no file changes', () => {
    expect(load().version).toBe(load().version);
    expect(load().version).toMatch(/^[0-9a-f]{16}$/);
  });

  it('names only tables and columns that the migrated database has, with their types', async () => {
    const store = await openTestStore();
    const { rows } = await sql<{ table_name: string; column_name: string; data_type: string }>`
      select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'`.execute(
      store.db,
    );
    const kinds: Record<string, string> = {
      text: 'text',
      uuid: 'uuid',
      boolean: 'boolean',
      date: 'date',
      'timestamp with time zone': 'instant',
      numeric: 'number',
      integer: 'number',
      bigint: 'number',
      'double precision': 'number',
    };
    const real = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, kinds[row.data_type]]));
    for (const [table, columns] of Object.entries(heedTables)) {
      for (const [column, type] of Object.entries(columns))
        expect(real.get(`${table}.${column}`), `${table}.${column}`).toBe(type);
    }
  });
});

describe('a catalogue with mistakes', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'heed-catalogue-'));
    cpSync(join(shipped, 'constants.yml'), join(directory, 'constants.yml'));
    cpSync(join(shipped, 'entities.yml'), join(directory, 'entities.yml'));
    cpSync(join(shipped, 'entities'), join(directory, 'entities'), { recursive: true });
    cpSync(join(shipped, 'metrics'), join(directory, 'metrics'), { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** Replaces the first occurrence and says on which line it stands. */
  function edit(file: string, from: string, to: string): number {
    const path = join(directory, file);
    const text = readFileSync(path, 'utf8');
    const at = text.indexOf(from);
    if (at < 0) throw new Error(`${file} does not hold ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    return (
      text.slice(0, at).split('\n').length +
      (from.length - from.trimStart().length > 0 && from.startsWith('\n') ? 1 : 0)
    );
  }
  const issues = () => {
    const loaded = loadCatalogue(directory);
    return loaded.ok ? [] : loaded.issues;
  };

  it.each([
    [
      'an unknown entity',
      'metrics/tickets.yml',
      'entity: ticket',
      'entity: tiket',
      'unknown-entity',
      'there is no entity tiket',
    ],
    [
      'a column that does not exist',
      'metrics/tickets.yml',
      'path: first_replied_at',
      'path: first_answer_at',
      'unknown-path',
      'first_answer_at does not lead from ticket to a column',
    ],
    [
      'a measure that is no number',
      'metrics/tickets.yml',
      '{ aggregate: avg, path: sentiment_score }',
      '{ aggregate: avg, path: subject }',
      'wrong-type',
      'avg needs a number',
    ],
    [
      'an unknown dimension in a filter',
      'metrics/escalations.yml',
      'dimension: escalation_status',
      'dimension: escalation_state',
      'unknown-dimension',
      'there is no dimension escalation_state',
    ],
    [
      'a filter that the rows do not reach',
      'metrics/escalations.yml',
      'dimension: escalation_status, op: not_in, values: [resolved, closed]',
      'dimension: stage, op: is_null',
      'unreachable-dimension',
      'stage cannot be reached from customer_escalation',
    ],
    [
      'a value outside the vocabulary',
      'metrics/escalations.yml',
      'values: [resolved, closed]',
      'values: [resolved, done]',
      'unknown-value',
      'escalation_status has no value done',
    ],
    [
      'a time that is no time',
      'metrics/tickets.yml',
      'time: ticket_opened_at',
      'time: priority',
      'not-a-time',
      'priority is not a date or instant of ticket',
    ],
    [
      'a ratio of two entities',
      'metrics/tickets.yml',
      'denominator: tickets_opened',
      'denominator: won_deals',
      'ratio-of-two-entities',
      'count different entities',
    ],
    [
      'a ratio of something unknown',
      'metrics/sla.yml',
      'numerator: sla_clocks_met',
      'numerator: sla_kept',
      'unknown-metric',
      'sla_kept is not a simple metric',
    ],
    [
      'money without a currency',
      'metrics/accounts.yml',
      '{ aggregate: sum, path: arr, currency: currency }',
      '{ aggregate: sum, path: arr }',
      'money-without-currency',
      'name where their currency stands',
    ],
    [
      'a synonym of another metric',
      'metrics/tickets.yml',
      'synonyms: [backlog,',
      'synonyms: [tickets created, backlog,',
      'colliding-synonym',
      '"tickets created" also names tickets_opened',
    ],
    [
      'a synonym of another dimension',
      'entities.yml',
      'synonyms: [sector,',
      'synonyms: [geography, sector,',
      'colliding-synonym',
      '"geography" also names industry',
    ],
    [
      'one word for two values',
      'entities.yml',
      'synonyms: [p2, sev2,',
      'synonyms: [p1, p2, sev2,',
      'colliding-synonym',
      '"p1" names both urgent and high',
    ],
    [
      'a table that does not exist',
      'entities.yml',
      'table: incident',
      'table: incidents',
      'unknown-table',
      'table incidents does not exist',
    ],
    [
      'a join over a missing column',
      'entities.yml',
      'column: assignee_id',
      'column: agent_id',
      'unknown-column',
      'table ticket has no column agent_id',
    ],
    [
      'a join to nowhere',
      'entities.yml',
      'product: { entity: product,',
      'product: { entity: item,',
      'unknown-entity',
      'there is no entity item',
    ],
    [
      'a dimension of another type',
      'entities.yml',
      'path: employees\n    type: number',
      'path: employees\n    type: text',
      'wrong-type',
      'employees of account holds number, not text',
    ],
    [
      'an owner that is no id',
      'entities.yml',
      'owner: assignee_id',
      'owner: subject',
      'unknown-path',
      'does not lead to the id of a person or team',
    ],
    [
      'a scope without a path',
      'entities.yml',
      'roles: { agent: all, rep: all,',
      'roles: { agent: own, rep: all,',
      'scope-without-path',
      'own needs a path',
    ],
    [
      'a list column that does not exist',
      'entities.yml',
      'list_columns: [product, product_category, product_price, currency]',
      'list_columns: [product, colour]',
      'unknown-dimension',
      'there is no dimension colour',
    ],
    ['an unknown key', 'metrics/usage.yml', 'additive: true', 'aditive: true', 'invalid-value', ''],
    [
      'an unreadable default time',
      'metrics/usage.yml',
      'default_time: last 30 days',
      'default_time: lately',
      'invalid-value',
      'must be `all`',
    ],
    [
      'a path with SQL in it',
      'metrics/tickets.yml',
      'path: first_replied_at',
      'path: "first_replied_at); drop table ticket"',
      'invalid-value',
      'columns joined by dots',
    ],
  ])('says file and line of %s', (_title, file, from, to, code, message) => {
    const line = edit(file, from, to);
    const found = issues().filter((issue) => issue.code === code && issue.message.includes(message));
    expect(found.length, JSON.stringify(issues())).toBeGreaterThan(0);
    const [place] = found.map(({ path }) => /^([^:]+):(\d+)/.exec(path)!);
    expect(place![1]).toBe(file);
    // A mistake found later is shown at its key or, where a list holds it, at the beginning of that list's definition.
    expect(Math.abs(Number(place![2]) - line)).toBeLessThanOrEqual(12);
  });

  it('finds a metric that is defined twice, in two files', () => {
    const text = readFileSync(join(directory, 'metrics/accounts.yml'), 'utf8');
    writeFileSync(
      join(directory, 'metrics/more.yml'),
      text.slice(0, text.indexOf('  - id: accounts_created')),
    );
    expect(issues().map(({ code }) => code)).toContain('duplicate-id');
    expect(issues().find(({ code }) => code === 'duplicate-id')?.path).toMatch(
      /^metrics\/more\.yml:3 metrics\[0\]\.id$/,
    );
  });

  it('collects the mistakes of all files before it gives up', () => {
    edit('metrics/tickets.yml', 'entity: ticket', 'entity: tiket');
    edit('metrics/sla.yml', 'numerator: sla_clocks_met', 'numerator: nothing');
    edit('entities.yml', 'table: incident', 'table: incidents');
    const files = new Set(issues().map(({ path }) => path.split(':')[0]));
    expect([...files]).toEqual(
      expect.arrayContaining(['entities.yml', 'metrics/sla.yml', 'metrics/tickets.yml']),
    );
  });

  it('says so when the folder is empty', () => {
    const empty = mkdtempSync(join(tmpdir(), 'heed-empty-'));
    const loaded = loadCatalogue(empty);
    expect(loaded.ok ? [] : loaded.issues.map(({ code }) => code)).toEqual(['file-unreadable']);
    rmSync(empty, { recursive: true });
  });

  it('changes its version with any file', () => {
    const before = load(directory).version;
    edit('metrics/sla.yml', 'SLA compliance', 'SLA compliance rate now');
    expect(load(directory).version).not.toBe(before);
  });
});
