import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadBuiltInMappings } from '../../src/jobs/sync-sources.ts';
import { checkRecords } from '../../src/sources/check-record.ts';
import { detectSources } from '../../src/sources/detect-sources.ts';
import { emptyDirectory, recordId } from '../../src/sources/identity.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { type Collected, collect, ofEntity } from './collect.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function detect(path: string) {
  const builtIn = loadBuiltInMappings();
  if (!builtIn.ok) throw new Error(JSON.stringify(builtIn.issues));
  const found = await detectSources(path, builtIn.value);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

/** Everything that the tables in a folder give. */
async function readTables(path: string): Promise<Collected> {
  const { plans } = await detect(path);
  const plan = plans.find(({ source }) => source === 'tables');
  if (plan === undefined) throw new Error('no tables were found');
  return collect(checkRecords(plan.read(emptyDirectory)));
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-tables-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('customers, products, sales_transactions and support_tickets', () => {
  it('are recognised by name and header, parents first (S2-01, S2-02)', async () => {
    const { plans, ignored } = await detect(packagePath('fixtures', 'tables'));
    expect(plans.map(({ source, files }) => [source, files.map(({ name }) => name)])).toEqual([
      ['tables', ['customers.csv', 'products.csv', 'sales_transactions.csv', 'support_tickets.csv']],
    ]);
    expect(ignored).toEqual([]);
  });

  it('give accounts, products with their cost, sales and tickets (S2-01, S2-02)', async () => {
    const all = await readTables(packagePath('fixtures', 'tables'));
    expect(all.issues).toEqual([]);
    const counts = (['account', 'product', 'sales_transaction', 'ticket'] as const).map(
      (entity) => ofEntity(all, entity).length,
    );
    expect(counts).toEqual([6, 6, 10, 8]);
    expect(
      ofEntity(all, 'product').map(({ sourceId, listPrice, unitCost }) => [sourceId, listPrice, unitCost]),
    ).toEqual([
      ['P-10', 249, 161.85],
      ['P-11', 59, 34.22],
      ['P-12', 89.9, 17.08],
      ['P-13', 129, 28.38],
      ['P-14', 950, 712.5],
      ['P-15', 1080, 918],
    ]);
    const sale = ofEntity(all, 'sales_transaction').find(({ sourceId }) => sourceId === 'T-50003');
    expect(sale).toMatchObject({
      accountId: recordId('account', 'tables', 'C-1002'),
      productId: recordId('product', 'tables', 'P-12'),
      orderNumber: 'O-7002',
      quantity: 40,
      amount: 3416,
    });
    const ticket = ofEntity(all, 'ticket').find(({ sourceId }) => sourceId === '8103');
    expect(ticket).toMatchObject({
      status: 'open',
      sourceStatus: 'In Progress',
      priority: 'urgent',
      sentimentScore: -0.87,
    });
  });

  it('name every bad row by file, line and the column as the file calls it', async () => {
    const all = await readTables(packagePath('fixtures', 'tables'));
    expect(all.rejects.map(({ file, line, field, value }) => [file, line, field, value])).toEqual([
      ['customers.csv', 9, 'name', null],
      ['customers.csv', 10, 'created_at', '03/04/2024'],
      ['customers.csv', 11, null, 'C-1009,Stonebridge Tools,Manufacturing,Americas'],
      ['products.csv', 8, 'List Price', '1.234.00'],
      ['products.csv', 9, 'Margin', '35'],
      ['sales_transactions.csv', 10, 'Transaction Date', '2026-02-30 09:00:00'],
      ['sales_transactions.csv', 11, 'Total Amount', '=E11*F11'],
      ['support_tickets.csv', 10, 'status', 'Sleeping'],
      ['support_tickets.csv', 11, 'sentiment_score', 'very bad'],
      ['support_tickets.csv', 12, 'created_at', '20/11/2026 09:30'],
    ]);
    expect(all.rejects.every(({ fix }) => fix !== undefined && fix !== '')).toBe(true);
  });

  it('are rejected as docs/guides/import-formats.md shows', async () => {
    const guide = readFileSync(packagePath('docs', 'guides', 'import-formats.md'), 'utf8');
    const all = await readTables(packagePath('fixtures', 'tables'));
    for (const { file, line, reason, fix } of all.rejects) {
      const shown = guide.split('\n').find((one) => one.startsWith(`${file}:${line ?? ''} `));
      expect(shown).toContain(`${reason} → ${fix ?? ''}`);
    }
  });

  it.each([
    'customer_id,name,industry,region',
    'CustomerID,Name,Industry,Region',
    'Customer Id,Customer Name,Sector,Country',
    'customer-id,company,vertical,Market',
    ' CUST_ID , Company Name , INDUSTRY , Territory ',
    'id,name,industry,region',
  ])('find their columns under the names %s', async (header) => {
    const all = await readTables(folderWith({ 'customers.csv': `${header}\n7,Acme,Retail,EMEA\n` }));
    expect(all.records).toMatchObject([{ sourceId: '7', name: 'Acme', industry: 'Retail', region: 'EMEA' }]);
  });

  it.each([
    ['price,unit_cost', '10,4'],
    ['list_price,cost', '10,4'],
    ['Sales Price,Margin', '10,0.6'],
    ['price,margin_percent', '10,60'],
    ['price,margin_amount', '10,6'],
  ])('find price and cost under %s', async (columns, cells) => {
    const all = await readTables(
      folderWith({
        'products.csv': `product_id,product_name,category,${columns}\nP,Bolt,Hardware,${cells}\n`,
      }),
    );
    expect(all.records).toMatchObject([{ sku: 'P', listPrice: 10, unitCost: 4 }]);
  });

  it('read JSON and records per line as well, and count an amount from quantity and price', async () => {
    const all = await readTables(
      folderWith({
        'products.json': '[{"product_id":"P","name":"Bolt","category":"Hardware","price":10}]',
        'sales_transactions.csv': 'id,customer_id,product_id,qty,price,date\n1,C,P,3,9.99,2026-11-20\n',
        'support_tickets.ndjson':
          '{"ticket_id":12345678901234567890,"customer_id":"C","status":"Open","created_at":"2026-11-20","tags":["a"]}\n',
      }),
    );
    expect(all.rejects).toEqual([]);
    expect(ofEntity(all, 'sales_transaction')[0]?.amount).toBe(29.97);
    expect(ofEntity(all, 'ticket')[0]).toMatchObject({ number: '12345678901234567890', tags: ['a'] });
  });

  it('leave an export of Salesforce to Salesforce', async () => {
    const { plans } = await detect(
      folderWith({ 'customers.csv': 'Id,Name,Industry,Region\n0018Z00002abcDEFGH,Acme,Retail,EMEA\n' }),
    );
    expect(plans.map(({ source }) => source)).toEqual(['salesforce']);
  });

  it('tell what is missing in a table of theirs instead of ignoring it', async () => {
    const all = await readTables(
      folderWith({ 'support_tickets.csv': 'ticket_id,customer_id,status\n1,C,open\n' }),
    );
    expect(all.issues[0]?.message).toContain('has no column "opened_at"');
  });
});
