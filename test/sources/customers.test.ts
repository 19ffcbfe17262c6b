import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCustomers } from '../../src/sources/customers-text/read-customers.ts';
import { buildDirectory, emptyDirectory, recordId } from '../../src/sources/identity.ts';
import { fileInput, memoryInput } from '../../src/sources/text/input-file.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { collect, ofEntity } from './collect.ts';

const read = (content: string | Uint8Array, directory = emptyDirectory) =>
  collect(readCustomers(memoryInput('customers.txt', content, 7), directory));

describe('a customer list', () => {
  it('reads one customer a line with bullets, comments, tabs and semicolons (S0-01)', async () => {
    const all = await collect(
      readCustomers(fileInput(packagePath('fixtures', 'customers.txt')), emptyDirectory),
    );
    expect(
      ofEntity(all, 'account').map(({ name, industry, region, tier }) => [name, industry, region, tier]),
    ).toEqual([
      ['Northwind Grocers', 'Retail', 'Americas', 'enterprise'],
      ['Hallmark Logistics GmbH', 'Logistics', 'EMEA', 'enterprise'],
      ['Brightwater Health', 'Healthcare', 'Americas', 'growth'],
      ['Celadon Bank', 'Financial services', 'EMEA', 'enterprise'],
      ['Meridian Airlines', 'Travel', 'EMEA', undefined],
      ['Tallgrass Energy, Inc.', 'Energy', 'Americas', 'starter'],
      ['Øresund Ferries', 'Travel', 'EMEA', 'pilot'],
      ['Kintsugi Games', 'Games', 'APAC', 'starter'],
      ['Solstice Publishing', undefined, undefined, undefined],
      ['northwind grocers', 'Retail', 'Americas', 'enterprise'],
    ]);
    const ids = ofEntity(all, 'account').map((account) => account.id);
    expect(ids[9]).toBe(ids[0]);
  });

  it('takes the columns from a heading, also of a Markdown table', async () => {
    const all = await read(
      '| Customer | ARR | Tier | Owner |\n|---|---|---|---|\n| Acme | $1,200 | gold | Nobody |\n',
    );
    expect(ofEntity(all, 'account')[0]).toMatchObject({ name: 'Acme', arr: 1_200, tier: 'gold' });
    expect(all.notes[0]?.message).toBe('no person is called "Nobody"');
    expect(all.skipped).toBe(2);
  });

  it('fills in what the system of record leaves open and reports where the two differ', async () => {
    const known = {
      id: recordId('account', 'salesforce', '1'),
      source: 'salesforce',
      sourceId: '1',
      name: 'Acme Inc.',
      industry: 'Retail',
      region: null,
      tier: null,
    };
    const directory = buildDirectory({ accounts: [known], people: [] });
    const all = await read('ACME | Wholesale | EMEA\nAcme Inc. | Retail\n', directory);
    expect(all.records).toEqual([
      {
        entity: 'account',
        id: known.id,
        source: 'salesforce',
        sourceId: '1',
        name: 'Acme Inc.',
        region: 'EMEA',
      },
    ]);
    expect(all.notes.map((note) => note.message)).toEqual([
      'industry of "Acme Inc." is "Wholesale" here and "Retail" in salesforce, which was kept',
    ]);
    expect(all.accepted).toBe(2);
  });

  it.each([
    ['***\n', 0, 0, 1],
    ['  |  | EMEA\n', 0, 1, 0],
    [`${'x'.repeat(400)}\n`, 0, 1, 0],
    ['Name | ARR\nAcme | lots\n', 0, 1, 1],
    ['\ufeffAcme\r\nGlobex\rInitech', 3, 0, 0],
    ['', 0, 0, 0],
  ])('reads %j as %d customers, %d rejects and %d other lines', async (text, accepted, rejected, skipped) => {
    const all = await read(text);
    expect([all.accepted, all.rejects.length, all.skipped]).toEqual([accepted, rejected, skipped]);
  });

  it('refuses a file that is not UTF-8, naming the line', async () => {
    const all = await read(Buffer.from('Acme\nK\xf6hler\n', 'latin1'));
    expect(all.issues[0]).toMatchObject({ code: 'wrong-encoding', path: 'customers.txt:2' });
  });

  it('never throws and accounts for every line', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 10 }), async (lines) => {
        const all = await read(lines.map((one) => `${one}\n`).join(''));
        expect(all.accepted + all.rejects.length + all.skipped).toBe(lines.length);
      }),
      { numRuns: 300 },
    );
  });
});
