import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal } from '../../../src/interactions/answers/export/export-table.ts';
import { writeCsv } from '../../../src/interactions/answers/export/write-csv.ts';
import { filteredPlan } from '../../../src/interactions/answers/filter-answer.ts';
import { readAlertAnswers } from '../../../src/interactions/answers/own-alerts.ts';
import { digestResult } from '../../../src/interactions/answers/result-digest.ts';
import { tellDifference } from '../../../src/interactions/answers/tell-difference.ts';
import { parseCommand } from '../../../src/interactions/parse-command.ts';
import { matchedRows } from '../../../src/jobs/own-alerts.ts';
import { readAnswerValue } from '../../../src/messages/answer-actions.ts';
import type { AnswerColumn, CellValue } from '../../../src/query/answer-data.ts';
import { dataVersionOf } from '../../../src/query/data-version.ts';
import { spreadOf } from '../../../src/query/spread.ts';
import { metricPlan } from '../../query/support/ask.ts';

const region: AnswerColumn = { id: 'region', label: 'Region', role: 'dimension', type: 'text', format: null };
const tickets: AnswerColumn = {
  id: 'tickets',
  label: 'Tickets',
  role: 'metric',
  type: 'number',
  format: { kind: 'number' },
};
const grouped = (rows: readonly (readonly CellValue[])[]) => ({
  columns: [region, tickets],
  rows,
  truncated: false,
});

describe('a file of rows', () => {
  const csv = (rows: readonly (readonly CellValue[])[]) =>
    writeCsv({ columns: [{ id: 'a', label: 'A', type: 'text' }], rows, masked: [] });

  it.each(['=1+1', '+49 30', '-2', '@sum', '\t=1', '\r=1', '  =1', '＝1', '|calc', '%0A', '\u200b=1'])(
    'writes the text %j so that no spreadsheet evaluates it',
    (text) => {
      const [[cell = ''] = []] = parse(csv([[text]]), { bom: true }).slice(1);
      expect(cell).toBe(`'${text}`);
    },
  );

  it('gives back every text and number that is no formula', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => /^[\p{L}\p{N}]/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, fc.integer()), { minLength: 1, maxLength: 5 }), (cells) => {
        const read = parse(csv(cells.map((cell) => [cell])), { bom: true });
        expect(read.slice(1).map(([cell]) => cell)).toEqual(cells.map(String));
      }),
    );
  });

  it.each([
    ['jane.doe@example.com', 'j…@example.com'],
    ['+49 30 1234578', '…78'],
    ['Jane Doe', 'J…'],
  ])('masks %s', (text, masked) => expect(maskPersonal(text)).toBe(masked));
});

describe('the difference between then and now', () => {
  const before = digestResult(
    'a',
    grouped([
      ['EMEA', 30],
      ['APAC', 8],
      ['none', 3],
    ]),
  );

  it('names the total, the groups that changed, and counts what is new and gone', () => {
    const now = grouped([
      ['EMEA', 33],
      ['APAC', 8],
      ['AMER', 3],
    ]);
    expect(tellDifference('a', before, now, true)).toBe(
      'Was 41, is now 44 (+3); 1 group new; 1 gone; 1 group changed (EMEA 30 → 33).',
    );
  });

  it('adds nothing up where adding means nothing', () => {
    const now = grouped([
      ['EMEA', 31],
      ['APAC', 8],
      ['none', 3],
    ]);
    expect(tellDifference('a', before, now, false)).toBe('1 group changed (EMEA 30 → 31).');
  });

  it('says so when nothing has changed, whatever the order', () => {
    const now = grouped([
      ['none', 3],
      ['APAC', 8],
      ['EMEA', 30],
    ]);
    expect(tellDifference('a', before, now, true)).toBe('Nothing has changed since.');
  });

  it('of records counts those that are new, gone and changed under the same title', () => {
    const list = (rows: readonly (readonly CellValue[])[]) => ({
      columns: [region, { ...region, id: 'status', label: 'Status' }],
      rows,
      truncated: false,
    });
    const old = digestResult(
      'b',
      list([
        ['#1', 'open'],
        ['#2', 'open'],
        ['#3', 'open'],
      ]),
    );
    const now = list([
      ['#1', 'open'],
      ['#2', 'solved'],
      ['#4', 'open'],
      ['#5', 'open'],
    ]);
    expect(tellDifference('b', old, now, false)).toBe('2 rows new; 1 gone; 1 row changed.');
  });

  it('keeps no name', () => {
    expect(JSON.stringify(before)).not.toContain('EMEA');
    expect(JSON.stringify(digestResult('c', grouped([['EMEA', 30]])))).not.toContain(before.rows[0]?.key);
  });
});

describe('the version of the data', () => {
  const freshness = [
    { source: 'crm', syncedAt: '2026-11-20T10:00:00.000Z' },
    { source: 'desk', syncedAt: '2026-11-20T11:00:00.000Z' },
  ];
  const version = dataVersionOf({ freshness, catalogueVersion: 'c1' });

  it('is the same for the same instants in any order, and another for a newer import or catalogue', () => {
    expect(dataVersionOf({ freshness: freshness.toReversed(), catalogueVersion: 'c1' })).toBe(version);
    expect(dataVersionOf({ freshness, catalogueVersion: 'c2' })).not.toBe(version);
    const newer = [{ source: 'crm', syncedAt: '2026-11-20T10:10:00.000Z' }, ...freshness.slice(1)];
    expect(dataVersionOf({ freshness: newer, catalogueVersion: 'c1' })).not.toBe(version);
  });
});

describe('the filter form', () => {
  const plan = metricPlan('tickets_opened', {
    where: [{ any: [{ dimension: 'priority', op: 'eq', values: ['low'] }] }],
  });
  const whereOf = (answers: Record<string, string>) => {
    const changed = filteredPlan(plan, answers);
    if (!changed.ok) throw new Error(JSON.stringify(changed.issues));
    return changed.value.where.map(({ any }) => any[0]);
  };

  it.each([
    ['urgent', { op: 'eq', values: ['urgent'] }],
    ['urgent, high', { op: 'in', values: ['urgent', 'high'] }],
    ['not urgent', { op: 'neq', values: ['urgent'] }],
    ['> 50k', { op: 'gt', values: [50_000] }],
    ['<= 1.5m', { op: 'lte', values: [1_500_000] }],
    ['none', { op: 'is_null', values: [] }],
  ])('reads “%s”', (words, condition) => {
    expect(whereOf({ 'field-1': 'priority', 'value-1': words })).toEqual([
      { dimension: 'priority', ...condition },
    ]);
  });

  it('keeps filters on other fields, and takes a grouping and a period', () => {
    const changed = filteredPlan(plan, {
      'field-1': 'channel',
      'value-1': 'email',
      group: 'status',
      period: 'last-month',
    });
    if (!changed.ok || changed.value.kind !== 'metric') throw new Error('no plan');
    expect(changed.value.where).toHaveLength(2);
    expect(changed.value.groupBy).toEqual([{ dimension: 'status' }]);
    expect(changed.value.time).toEqual({ kind: 'relative', unit: 'month', n: 1, completeOnly: true });
  });

  it.each([
    [{ 'field-1': 'priority' }, 'value-1'],
    [{ 'value-2': 'urgent' }, 'field-2'],
  ])('says what is missing in %j', (answers, path) => {
    const changed = filteredPlan(plan, answers);
    expect(changed.ok ? null : changed.issues.map((issue) => issue.path)).toEqual([path]);
  });
});

describe('an alert of one’s own', () => {
  it.each([
    ['percent', '90', 0.9],
    ['duration', '1.5', 5400],
    ['money', '50,000', 50_000],
    ['number', '-3', -3],
  ] as const)('reads a threshold of kind %s', (kind, threshold, value) => {
    const read = readAlertAnswers({ op: 'gt', threshold, every: '60' }, kind);
    expect(read.ok && read.value.threshold).toBeCloseTo(value);
  });

  it('refuses words for a number', () => {
    const read = readAlertAnswers({ op: 'gt', threshold: 'many', every: '60' }, 'number');
    expect(read.ok ? null : read.issues.map(({ path }) => path)).toEqual(['threshold']);
  });

  it('compares each group, and nothing that is not known', () => {
    const rows = grouped([
      ['EMEA', 12],
      ['APAC', 10],
      ['AMER', null],
    ]);
    const matched = matchedRows({ id: 'a', op: 'gt', threshold: 10 }, rows);
    expect(matched.map(({ name, value }) => [name, value])).toEqual([['EMEA', 12]]);
    expect(matchedRows({ id: 'a', op: 'lte', threshold: 10 }, rows).map(({ name }) => name)).toEqual([
      'APAC',
    ]);
  });
});

describe('commands about answers', () => {
  it.each([
    ['answer 1a2b3c4d', { kind: 'answer', id: '1a2b3c4d' }],
    ['answer 1a2b3c4d again', { kind: 'again', id: '1a2b3c4d' }],
    ['answer times by team', { kind: 'ask', question: 'answer times by team' }],
    ['export 1a2b3c4d CSV', { kind: 'export', id: '1a2b3c4d', format: 'csv' }],
    ['export json', { kind: 'export', id: null, format: 'json' }],
    ['feedback', { kind: 'feedback' }],
    ['feedback scores last month', { kind: 'ask', question: 'feedback scores last month' }],
    ['alerts mine', { kind: 'own-alerts' }],
    ['alerts by severity', { kind: 'ask', question: 'alerts by severity' }],
    ['alerts delete 1a2b3c4d', { kind: 'own-alert-delete', id: '1a2b3c4d' }],
    ['board', { kind: 'own-board' }],
    ['board add My tickets', { kind: 'own-board-add', name: 'My tickets' }],
    ['board remove My tickets', { kind: 'own-board-remove', name: 'My tickets' }],
  ])('reads “%s”', (text, command) => expect(parseCommand(text)).toEqual(command));

  it.each(['answer', 'export', 'export everything', 'export nope csv', 'board add'])(
    'says what is missing in “%s”',
    (text) => expect(parseCommand(text).kind).toBe('incomplete'),
  );
});

describe('a pressed value', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  it.each(['', 'x', `${id} DROP`, `${id} a b`, `${id} ${'a'.repeat(65)}`, `${id}'--`])(
    'that no button of ours carries is refused: %j',
    (value) => expect(readAnswerValue(value)).toBeNull(),
  );
  it('holds an answer and a choice', () => {
    expect(readAnswerValue(`${id} priority`)).toEqual({ answerId: id, choice: 'priority' });
    expect(readAnswerValue(id)).toEqual({ answerId: id, choice: null });
  });
});

describe('how rows spread', () => {
  it('is counted in values and bits', () => {
    expect(spreadOf(['a', 'a', 'b', 'b'])).toEqual({ values: 2, information: 1 });
    expect(spreadOf(['a', 'a'])).toEqual({ values: 1, information: 0 });
    expect(spreadOf(['a', 'b', 'c', null])).toEqual({ values: 4, information: 2 });
  });
});
