import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/catalogue/read-yaml.ts';
import { recordFields } from '../../src/domain/record-fields.ts';
import { type Directory, emptyDirectory, recordId } from '../../src/sources/identity.ts';
import { type Mapping, mappingSchema } from '../../src/sources/mapping/mapping-schema.ts';
import { readMapped } from '../../src/sources/mapping/read-mapped.ts';
import { memoryInput } from '../../src/sources/text/input-file.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { collect, ofEntity } from './collect.ts';

function mappingOf(yaml: string): Mapping {
  const parsed = parseYaml(yaml, mappingSchema, 'm.yml');
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => `${issue.path} ${issue.message}`).join('\n'));
  return parsed.value;
}

function issuesOf(yaml: string): string {
  const parsed = parseYaml(yaml, mappingSchema, 'm.yml');
  return parsed.ok ? '' : parsed.issues.map((issue) => `${issue.path} ${issue.message}`).join('\n');
}

async function read(yaml: string, csv: string, directory: Directory = emptyDirectory) {
  const mapping = mappingOf(yaml);
  return collect(readMapped(memoryInput('t.csv', csv), mapping, mapping.files[0]!, directory));
}

const deals = `
version: 1
source: deals
date: d.M.yyyy
decimal: ","
nulls: ["n/a"]
files:
  - file: t.csv
    delimiter: ";"
    renames: { product: { GTXPro: GTX Pro } }
    entities:
      - entity: opportunity
        id: nr
        fields:
          name: { join: [kunde, product], with: " / " }
          stage: phase
          isWon: { column: phase, words: { Gewonnen: yes, Offen: no } }
          amount: { column: wert, times: 1000 }
          closeDate: datum
          productId: { ref: product, column: product }
          currency: { constant: EUR }
`;

describe('mapped CSV', () => {
  it('reads declared dates, decimals, words, constants, references and renames', async () => {
    const all = await read(
      deals,
      'nr;kunde;product;phase;wert;datum\n7;Köhler;GTXPro;Gewonnen;1.234,5;3.12.2026\n',
    );
    expect(all.rejects).toEqual([]);
    expect(all.records).toEqual([
      {
        entity: 'opportunity',
        id: recordId('opportunity', 'deals', '7'),
        source: 'deals',
        sourceId: '7',
        name: 'Köhler / GTX Pro',
        stage: 'Gewonnen',
        isWon: true,
        amount: 1_234_500,
        closeDate: '2026-12-03',
        productId: recordId('product', 'deals', 'GTX Pro'),
        currency: 'EUR',
      },
    ]);
    expect(all.notes).toEqual([
      { code: 'value-renamed', file: 't.csv', message: 'product: "GTXPro" was read as "GTX Pro"', count: 1 },
    ]);
  });

  it('reads empty cells and null markers as nothing and leaves unmapped fields out', async () => {
    const all = await read(deals, 'nr;kunde;product;phase;wert;datum\n7;n/a;GTX;Offen;;n/a\n');
    expect(all.records[0]).toMatchObject({ name: 'GTX', amount: null, closeDate: null });
    expect(all.records[0]).not.toHaveProperty('probability');
  });

  it('rejects a row with every reason and keeps the rows around it', async () => {
    const csv =
      'nr;kunde;product;phase;wert;datum\n1;A;P;Offen;1;1.1.2026\n2;B;P;Vielleicht;1.5.0;31.2.2026\n;C;P;Offen;1;1.1.2026\n';
    const all = await read(deals, csv);
    expect(all.accepted).toBe(1);
    expect(all.rejects).toEqual([
      {
        file: 't.csv',
        line: 3,
        field: 'phase',
        reason:
          'is neither yes nor no; also wert is not a number written with "," for decimals; also datum names no day: February 2026 has 28 days',
        value: 'Vielleicht',
        fix: 'add it to words in the mapping: words: { "Vielleicht": yes }',
      },
      {
        file: 't.csv',
        line: 4,
        field: 'nr',
        reason: 'is empty; opportunity needs an id',
        value: null,
        fix: 'fill it in; without it nobody can say which record it is',
      },
    ]);
  });

  it('refuses a file that lacks columns, naming all of them', async () => {
    const all = await read(deals, 'nr;kunden;produkt;phase;wert;datum\n');
    expect(all.issues.map((issue) => issue.message.split(',')[0])).toContain('has no column "kunde"');
    expect(all.issues.map((issue) => issue.suggestions)).toContainEqual(['kunden']);
    expect(all.records).toEqual([]);
  });

  it('finds accounts by name and says which names nobody has', async () => {
    const yaml = `
version: 1
source: tickets
files:
  - file: t.csv
    entities:
      - entity: incident
        id: id
        fields:
          accountId: { ref: account, column: customer, by: name }
          severity: { column: sev, words: { "1": critical, "2": high } }
          status: { constant: open }
          startedAt: at
`;
    const acme = {
      id: 'the-id',
      source: 's',
      sourceId: '1',
      name: 'Acme',
      industry: null,
      region: null,
      tier: null,
    };
    const directory = { ...emptyDirectory, findAccount: (name: string) => (name === 'Acme' ? acme : null) };
    const csv = 'id,customer,sev,at\n1,Acme,1,2026-01-01T10:00Z\n2,Nobody,2,2026-01-01T10:00Z\n';
    const all = await read(yaml, csv, directory);
    expect(ofEntity(all, 'incident').map((one) => [one.accountId, one.severity])).toEqual([
      ['the-id', 'critical'],
      [null, 'high'],
    ]);
    expect(all.notes.map((note) => note.message)).toEqual(['customer: no account is called "Nobody"']);
  });

  it('collapses event rows into one ticket: last by order wins, named fields keep their first value', async () => {
    const csv = [
      'number,state,who,opened,updated,mod',
      'T1,New,?,1/3/2016 08:00,1/3/2016 08:00,0',
      'T1,Active,Ann,1/3/2016 08:05,1/3/2016 09:00,1',
      'T2,New,Bob,2/3/2016 08:00,2/3/2016 08:00,0',
      'T1,Closed,Ann,1/3/2016 08:06,2/3/2016 10:00,3',
      'T1,Resolved,Ann,1/3/2016 08:07,2/3/2016 10:00,2',
      'T1,Active,Ann,1/3/2016 08:07,3/3/2016 10:00,4',
    ].join('\n');
    const all = await read(events, csv);
    expect(all.accepted).toBe(6);
    expect(
      ofEntity(all, 'ticket').map((one) => [
        one.sourceId,
        one.status,
        one.sourceStatus,
        one.openedAt.toISOString(),
      ]),
    ).toEqual([
      ['T1', 'open', 'Active', '2016-03-01T08:00:00.000Z'],
      ['T2', 'new', 'New', '2016-03-02T08:00:00.000Z'],
    ]);
    expect(
      ofEntity(all, 'ticket_event').map((one) => [
        one.sourceId,
        one.kind,
        one.field,
        one.oldValue,
        one.newValue,
      ]),
    ).toEqual([
      ['T1/0', 'created', 'status', null, 'new'],
      ['T1/1', 'status', 'status', 'new', 'open'],
      ['T2/0', 'created', 'status', null, 'new'],
      ['T1/3', 'status', 'status', 'open', 'closed'],
      // Arrived late: what changed in it cannot be told from the row before it in the file.
      ['T1/2', 'updated', null, null, null],
      ['T1/4', 'reopened', 'status', 'closed', 'open'],
    ]);
    expect(all.notes.find((note) => note.code === 'rows-out-of-order')?.count).toBe(1);
  });

  it('leaves no trace of a rejected row in the collapsed ticket', async () => {
    const csv =
      'number,state,who,opened,updated,mod\nT1,New,?,1/3/2016 08:00,1/3/2016 08:00,0\nT1,Odd,?,1/3/2016 08:00,32/3/2016 08:00,1\n';
    const all = await read(events, csv);
    expect(all.rejects).toHaveLength(1);
    expect(ofEntity(all, 'ticket')[0]?.status).toBe('new');
  });

  it.each([
    ['version: 2\nsource: x\nfiles: []', 'm.yml:1'],
    [deals.replace('amount:', 'amonut:'), 'opportunity has no field "amonut"; did you mean amount?'],
    [deals.replace('          stage: phase\n', ''), 'opportunity needs the field stage'],
    [deals.replace('d.M.yyyy', 'DD.MM.YYYY'), '"DD" is not a letter of a date format'],
    [deals.replace('source: deals', 'source: deals\nzone: Mars/Base'), 'is not a time zone'],
    [deals.replace('{ constant: EUR }', '{ constant: EUR, ref: account }'), 'has both constant and ref'],
    [
      deals.replace('id: nr', 'id: nr\n        events: {id: nr, watch: [stage], fields: {at: datum}}'),
      'events belong to a ticket',
    ],
  ])('explains a wrong mapping with its line', (yaml, message) => {
    expect(issuesOf(yaml)).toContain(message);
  });

  it.each(['maven-crm.yml', 'servicenow.yml', 'demo-signals.yml'])('accepts fixtures/mappings/%s', (file) => {
    expect(issuesOf(readFileSync(packagePath('fixtures', 'mappings', file), 'utf8'))).toBe('');
  });
});

describe('ways to find a value', () => {
  const products = (fields: string, more = ''): string => `
version: 1
source: shop
${more}
files:
  - file: "t.*"
    aliases: { sku: [article, product_id], price: [list_price] }
    entities:
      - entity: product
        id: sku
        fields:
          name: name
          listPrice: price
          ${fields}
`;

  it('finds columns by loose names and by aliases, and tells them by the names of the file', async () => {
    const all = await read(products(''), 'Product Id,NAME,List-Price\n1,Bolt,2.50\n2,Nut,cheap\n');
    expect(ofEntity(all, 'product').map(({ sourceId, listPrice }) => [sourceId, listPrice])).toEqual([
      ['1', 2.5],
    ]);
    expect(all.rejects[0]?.field).toBe('List-Price');
  });

  it('does not choose between two columns that differ in nothing but their separators', async () => {
    const all = await read(products(''), 'sku,name,list_price,List Price\n1,Bolt,2,3\n');
    expect(ofEntity(all, 'product')[0]?.listPrice).toBe(2);
    const doubtful = await read(products(''), 'sku,name,list.price,List Price\n1,Bolt,2,3\n');
    expect(doubtful.issues[0]?.message).toContain('has no column "price"');
  });

  it('takes the first way whose columns are there, and leaves an optional field out', async () => {
    const ways =
      'unitCost: [{ column: cost, optional: true }, { margin: margin, of: price, as: percent }]\n          category: { column: kind, optional: true }';
    const cost = async (csv: string) => ofEntity(await read(products(ways), csv), 'product')[0];
    expect(await cost('sku,name,price,cost,margin\n1,Bolt,2,0.8,10\n')).toMatchObject({ unitCost: 0.8 });
    expect(await cost('sku,name,price,margin\n1,Bolt,2,10\n')).toMatchObject({ unitCost: 1.8 });
    expect(await cost('sku,name,price,margin\n1,Bolt,2,10%\n')).toMatchObject({ unitCost: 1.8 });
    const without = await cost('sku,name,price\n1,Bolt,2\n');
    expect(without).not.toHaveProperty('unitCost');
    expect(without).not.toHaveProperty('category');
  });

  it('does not guess whether a margin of 35 is percent or money', async () => {
    const fields = 'unitCost: { margin: margin, of: price, as: share-or-percent-sign }';
    const all = await read(
      products(fields),
      'sku,name,price,margin\n1,Bolt,200,0.35\n2,Nut,200,35%\n3,Nail,200,35\n',
    );
    expect(ofEntity(all, 'product').map((product) => product.unitCost)).toEqual([130, 130]);
    expect(all.rejects[0]).toMatchObject({
      line: 4,
      reason: 'may be 35 percent of the price or 35 of its money',
    });
  });

  it('multiplies, and rejects a row whose factor is bad', async () => {
    const all = await read(
      products('unitCost: { multiply: [n, each] }'),
      'sku,name,price,n,each\n1,A,1,3,0.35\n2,B,1,x,1\n',
    );
    expect(ofEntity(all, 'product')[0]?.unitCost).toBe(1.05);
    expect(all.rejects[0]).toMatchObject({ field: 'n × each', value: 'x × 1' });
  });

  it('rejects an amount in another currency than its row, and notes one that nobody reads', async () => {
    const mapped = await read(
      products('currency: money'),
      'sku,name,price,money\n1,A,€ 2,EUR\n2,B,$ 2,EUR\n3,C,$ 2,CAD\n',
    );
    expect([mapped.accepted, mapped.rejects[0]?.line]).toEqual([2, 3]);
    const unmapped = await read(products(''), 'sku,name,price\n1,A,€ 2\n2,B,€ 3\n');
    expect(unmapped.notes).toMatchObject([{ code: 'currency-not-read', count: 2 }]);
  });

  it('notes times that a clock change skips or repeats', async () => {
    const yaml = products('updatedAt: at', 'zone: Europe/Berlin');
    const csv = 'sku,name,price,at\n1,A,2,2026-03-29 02:30\n2,B,2,2026-10-25 02:30\n';
    const all = await read(yaml, csv);
    expect(ofEntity(all, 'product').map(({ updatedAt }) => updatedAt?.toISOString())).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
    ]);
    expect(all.notes.map((note) => note.code)).toEqual(['time-skipped', 'time-repeated']);
  });
});

describe('mapped JSON', () => {
  const tickets = `
version: 1
source: desk
nulls: ["?"]
files:
  - file: "t.*"
    list: tickets
    entities:
      - entity: ticket
        id: id
        fields:
          number: id
          accountId: { ref: account, column: customer.id }
          subject: fields[0].value
          status: state.name
          openedAt: { column: created, format: epoch-seconds }
          tags: tags
          sentimentScore: { column: score, optional: true }
`;
  const mapping = mappingOf(tickets);
  const readJson = (name: string, text: string) =>
    collect(readMapped(memoryInput(name, text), mapping, mapping.files[0]!, emptyDirectory));
  const one = (more = ''): string =>
    `{"id": 9007199254740993123, "customer": {"id": 7}, "fields": [{"value": "Hi, \\"you\\""}], "state": {"name": "open"}, "created": 1763632800, "tags": ["a", "b;c"]${more}}`;

  it('reads places inside objects and lists, keeps every digit of an id, and lists as they are', async () => {
    const all = await readJson('t.json', `{"users": [{"id": 1}], "tickets": [${one(', "score": -0.125')}]}`);
    expect([all.accepted, all.skipped, all.rejects]).toEqual([1, 1, []]);
    expect(all.records[0]).toMatchObject({
      sourceId: '9007199254740993123',
      number: '9007199254740993123',
      accountId: recordId('account', 'desk', '7'),
      subject: 'Hi, "you"',
      status: 'open',
      openedAt: new Date('2025-11-20T10:00:00Z'),
      tags: ['a', 'b;c'],
      sentimentScore: -0.125,
    });
  });

  it('reads one record a line, each with its line', async () => {
    const lines = mappingOf(tickets.replace('    list: tickets\n', ''));
    const text = `${one()}\n\n{"id": 2, "state": {"name": "?"}}\n${one()}\n`;
    const all = await collect(
      readMapped(memoryInput('t.ndjson', text), lines, lines.files[0]!, emptyDirectory),
    );
    expect([all.accepted, all.skipped]).toEqual([2, 1]);
    expect(all.rejects).toMatchObject([
      {
        line: 3,
        field: 'state.name',
        reason: 'is empty; status is needed; also created is empty; openedAt is needed',
      },
    ]);
  });

  it('says which places no record has', async () => {
    const all = await readJson('t.json', `{"tickets": [${one().replace('"customer"', '"client"')}]}`);
    expect(all.notes.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'reference-empty accountId is empty: customer.id names no account',
      'column-empty no record has a value for "customer.id"',
    ]);
  });
});

describe('docs/guides/mapping.md', () => {
  const guide = readFileSync(packagePath('docs', 'guides', 'mapping.md'), 'utf8');
  const block = (language: string): string =>
    new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '';

  it('shows an example that gives what it says', async () => {
    const all = await read(block('yaml'), block('csv'));
    expect(all.rejects).toEqual([]);
    expect(ofEntity(all, 'account').map((account) => account.name)).toEqual(['Nordlicht GmbH']);
    expect(ofEntity(all, 'person').map((person) => person.name)).toEqual(['Anna Berg', 'Jan Kolbe']);
    const tickets = ofEntity(all, 'ticket');
    expect(tickets.map(({ status, priority, sourceStatus }) => [status, priority, sourceStatus])).toEqual([
      ['open', 'urgent', 'in Arbeit'],
      ['pending', 'normal', 'wartet'],
      ['solved', 'high', 'erledigt'],
    ]);
    expect(tickets[0]?.openedAt.toISOString()).toBe('2026-11-03T07:15:00.000Z');
    expect(tickets[0]?.accountId).toBe(recordId('account', 'helpdesk', 'Nordlicht GmbH'));
    expect(tickets[2]?.accountId).toBeNull();
    expect(all.notes.find((note) => note.code === 'value-renamed')).toMatchObject({ count: 2 });
  });

  it('names every entity', () => {
    for (const entity of Object.keys(recordFields)) expect(guide).toContain(entity);
  });
});

const events = `
version: 1
source: log
instant: d/M/yyyy HH:mm
nulls: ["?"]
files:
  - file: t.csv
    entities:
      - entity: ticket
        id: number
        collapse: { order: [updated, mod], first: [openedAt] }
        fields:
          status: { column: state, words: { Active: open, Resolved: solved } }
          openedAt: opened
          updatedAt: updated
          assigneeId: { ref: person, column: who }
        events: { id: [number, mod], watch: [status, assigneeId], fields: { at: updated } }
`;
