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
          'is neither yes nor no; add it under words; also wert is not a number written with "," for decimals; also datum is not a date written as d.M.yyyy',
        value: 'Vielleicht',
      },
      { file: 't.csv', line: 4, field: 'nr', reason: 'is empty; opportunity needs an id', value: null },
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
