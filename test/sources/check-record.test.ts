import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordFields } from '../../src/domain/record-fields.ts';
import type { AnyRecord, Entity } from '../../src/domain/records.ts';
import { checkRecords } from '../../src/sources/check-record.ts';
import { recordId } from '../../src/sources/identity.ts';
import type { SourceEvent } from '../../src/sources/source-event.ts';
import { collect } from './collect.ts';

function aRecord(overrides: Readonly<Record<string, unknown>> = {}): AnyRecord {
  return {
    entity: 'ticket',
    id: recordId('ticket', 's', '1'),
    source: 's',
    sourceId: '1',
    status: 'open',
    openedAt: new Date('2026-01-01T00:00:00Z'),
    ...overrides,
  } as unknown as AnyRecord;
}

async function check(...records: readonly AnyRecord[]) {
  async function* events(): AsyncGenerator<SourceEvent> {
    yield { kind: 'accepted', file: 'f.csv', line: 7, records };
  }
  return collect(checkRecords(events()));
}

describe('the last look at a record', () => {
  it.each([
    ['status', 'parked'],
    ['status', undefined],
    ['openedAt', new Date(Number.NaN)],
    ['openedAt', new Date('0001-01-01T00:00:00Z')],
    ['reopens', 1.5],
    ['replies', 2 ** 31],
    ['sentimentScore', Number.POSITIVE_INFINITY],
    ['escalated', 'yes'],
    ['subject', 12],
    ['sourceId', ''],
  ])('rejects a row whose %s is %s, with its line', async (field, value) => {
    const all = await check(aRecord({ [field]: value }));
    expect(all.records).toEqual([]);
    expect(all.rejects).toMatchObject([
      { file: 'f.csv', line: 7, field: field === 'sourceId' ? 'id' : field },
    ]);
  });

  it('rejects the whole row when one of its records is bad', async () => {
    const all = await check(aRecord(), aRecord({ sourceId: '2', status: 'x' }));
    expect([all.accepted, all.rejects.length, all.records.length]).toEqual([0, 1, 0]);
  });

  it('rejects money that a double cannot hold to the cent', async () => {
    const deal = { entity: 'opportunity', name: 'x', stage: 'y' } as const;
    expect((await check(aRecord({ ...deal, amount: 8.9e13 }))).accepted).toBe(1);
    expect((await check(aRecord({ ...deal, amount: 9.1e13 }))).rejects[0]?.field).toBe('amount');
  });

  it('cuts a text of a megabyte between two characters and keeps the row', async () => {
    const all = await check(aRecord({ subject: `${'x'.repeat(99_999)}😀${'y'.repeat(900_000)}` }));
    const subject = (all.records[0] as { subject: string }).subject;
    expect(subject).toBe('x'.repeat(99_999));
    expect(all.notes).toMatchObject([{ code: 'text-cut', count: 1 }]);
  });

  it('removes NUL, half surrogates and byte order marks, also deep inside raw', async () => {
    const all = await check(
      aRecord({ subject: 'a\0b\ud800c\ufeffd😀', raw: { 'k\0': ['\udc00x', { y: 'z\0' }] } }),
    );
    expect(all.records[0]).toMatchObject({ subject: 'abcd😀', raw: { k: ['x', { y: 'z' }] } });
    expect(all.notes).toMatchObject([{ code: 'characters-removed', count: 6 }]);
  });

  it('never lets anything through that its column cannot hold', async () => {
    const entities = Object.keys(recordFields) as Entity[];
    const anything = fc.oneof(
      fc.anything({ withDate: true }),
      fc.string(),
      fc.double(),
      fc.date({ noInvalidDate: false }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...entities),
        fc.array(anything, { minLength: 25, maxLength: 25 }),
        async (entity, values) => {
          const names = Object.keys(recordFields[entity]);
          const fields = Object.fromEntries(names.map((name, index) => [name, values[index]]));
          const all = await check({ ...aRecord(), ...fields, entity } as unknown as AnyRecord);
          expect(all.accepted + all.rejects.length).toBe(1);
          for (const record of all.records as unknown as Record<string, unknown>[]) {
            for (const [name, definition] of Object.entries(recordFields[entity])) {
              const value = record[name];
              if (value === undefined || value === null) expect(definition.required).toBe(false);
              else if (definition.kind === 'integer') expect(Math.abs(value as number) < 2 ** 31).toBe(true);
              else if (definition.kind === 'text') expect((value as string).isWellFormed()).toBe(true);
              else if (definition.kind === 'instant') expect((value as Date).getTime()).not.toBeNaN();
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
