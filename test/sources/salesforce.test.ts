import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDirectory, recordId } from '../../src/sources/identity.ts';
import { readSalesforce } from '../../src/sources/salesforce/read-salesforce.ts';
import { objectNamed, recogniseTable, type SalesforceTable } from '../../src/sources/salesforce/recognise.ts';
import { fileInput, memoryInput } from '../../src/sources/text/input-file.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { collect, ofEntity } from './collect.ts';

const fixture = (table: SalesforceTable, name: string) => ({
  input: fileInput(packagePath('fixtures', 'sfdc', name)),
  table,
});

const readFixtures = (...files: ReturnType<typeof fixture>[]) =>
  collect(readSalesforce(files, emptyDirectory));

const readText = (table: SalesforceTable, name: string, content: string) =>
  collect(readSalesforce([{ input: memoryInput(name, content), table }], emptyDirectory));

describe('Salesforce exports', () => {
  it('read accounts with their own column names and clean the website to a domain (S0-03, S0-06)', async () => {
    const all = await readFixtures(fixture('Account', 'Account.csv'));
    const [northwind, hallmark, parcel, sunset] = ofEntity(all, 'account');
    expect(northwind).toMatchObject({
      name: 'Northwind Grocers',
      domain: 'northwind.example',
      industry: 'Retail',
      region: 'Americas',
      revenue: 1_250_000_000,
      arr: 480_000,
      employees: 18_400,
      ownerId: recordId('person', 'salesforce', '005Hs00000A1aac'),
    });
    // What Salesforce leaves empty another source may know: the field is absent, not null.
    expect(hallmark).not.toHaveProperty('tier');
    expect(hallmark?.arr).toBe(310_000.5);
    // The parent is written with 18 characters, the account itself with 15.
    expect(parcel?.parentId).toBe(hallmark?.id);
    expect(sunset?.deletedAt?.toISOString()).toBe('2026-09-30T12:00:00.000Z');
    expect(all.rejects).toEqual([
      { file: 'Account.csv', line: 6, field: 'Name', reason: 'is empty', value: null },
    ]);
  });

  it('give people the role that is written for them and never one that their title suggests', async () => {
    const all = await readFixtures(fixture('User', 'User.csv'));
    expect(ofEntity(all, 'person').map((person) => [person.name, person.role])).toEqual([
      ['Stefan Huber', 'supervisor'],
      ['Aisha Grant', 'agent'],
      ['Jonas Weber', 'rep'],
    ]);
    const teams = ofEntity(all, 'team');
    expect(teams.map(({ name, region }) => [name, region])).toEqual([
      ['Support EMEA', 'EMEA'],
      ['Sales EMEA', 'EMEA'],
    ]);
    expect(teams[0]?.managerId).toBe(recordId('person', 'salesforce', '005Hs00000A1aaa'));
  });

  it('read cases, their queue or owner, and what is unknown in them with a note', async () => {
    const all = await readFixtures(fixture('User', 'User.csv'), fixture('Case', 'Case.csv'));
    const [urgent, duplicate, queued] = ofEntity(all, 'ticket');
    expect(urgent).toMatchObject({
      number: '00010412',
      status: 'open',
      sourceStatus: 'Working',
      priority: 'urgent',
      sourcePriority: 'Critical',
      channel: 'Phone',
      category: 'Performance',
      escalated: true,
      sentimentScore: -0.7,
      solvedAt: null,
      teamId: recordId('team', 'salesforce', 'Support EMEA'),
    });
    expect(urgent?.firstRepliedAt?.toISOString()).toBe('2026-11-17T06:44:00.000Z');
    expect(duplicate).toMatchObject({
      status: 'closed',
      sourceStatus: 'Closed - Duplicate',
      priority: 'high',
    });
    expect(duplicate?.solvedAt).toEqual(duplicate?.closedAt);
    expect(queued).toMatchObject({ assigneeId: null, status: 'open', priority: null });
    expect(queued?.teamId).toBe(recordId('team', 'salesforce', '00GHs00000Q0qaa'));
    expect(all.notes.map((note) => note.message)).toEqual([
      'status "Parked" is not known; read as "open"',
      'priority "Whenever" is none of ours and was left empty',
    ]);
  });

  it('turn case history into events in our words and keep the source words beside them', async () => {
    const all = await readFixtures(fixture('CaseHistory', 'CaseHistory.csv'));
    expect(
      ofEntity(all, 'ticket_event').map(({ kind, field, oldValue, newValue, raw }) => [
        kind,
        field,
        oldValue,
        newValue,
        raw,
      ]),
    ).toEqual([
      ['created', 'created', null, null, undefined],
      ['status', 'status', 'new', 'open', { oldValue: 'New', newValue: 'Working' }],
      ['priority', 'priority', 'high', 'urgent', { oldValue: 'High', newValue: 'Critical' }],
      ['reopened', 'status', 'closed', 'open', { oldValue: 'Closed', newValue: 'Working' }],
      ['status', 'status', 'open', 'pending', { oldValue: 'Working', newValue: 'Waiting on Customer' }],
      ['assignee', 'owner', 'Stefan Huber', 'Aisha Grant', undefined],
    ]);
  });

  it('tell from and to of every stage, amount and close date, whatever the order of the file (S0-07)', async () => {
    const all = await readFixtures(fixture('OpportunityHistory', 'OpportunityHistory.csv'));
    expect(all.accepted).toBe(4);
    expect(
      ofEntity(all, 'opportunity_stage_event').map((event) => [
        event.fromStage,
        event.toStage,
        event.prevAmount,
        event.prevCloseDate,
        event.closeDate,
      ]),
    ).toEqual([
      [null, 'Qualification', null, null, '2026-08-31'],
      ['Qualification', 'Proposal/Price Quote', 150_000, '2026-08-31', '2026-09-30'],
      ['Proposal/Price Quote', 'Negotiation/Review', 150_000, '2026-09-30', '2026-10-31'],
      [null, 'Closed Won', null, null, '2026-09-18'],
    ]);
  });

  it('read opportunities with percent as a share and reject an amount that is none', async () => {
    const all = await readFixtures(fixture('Opportunity', 'Opportunity.csv'));
    expect(ofEntity(all, 'opportunity').map((deal) => [deal.probability, deal.isWon, deal.openedOn])).toEqual(
      [
        [0.75, false, '2026-06-11'],
        [1, true, '2026-02-02'],
      ],
    );
    expect(all.rejects).toEqual([
      {
        file: 'Opportunity.csv',
        line: 4,
        field: 'amount',
        reason: 'is not a number written with "." for decimals',
        value: 'soon',
      },
    ]);
  });

  it('leave out what the export has no column for, so that stored values stay', async () => {
    const all = await readText('Opportunity', 'o.csv', 'Id,Name,StageName\n006Hs00000D4daa,X,Closed Won\n');
    expect(Object.keys(all.records[0]!).sort()).toEqual(
      ['entity', 'id', 'isClosed', 'isWon', 'name', 'source', 'sourceId', 'stage'].sort(),
    );
    expect(all.records[0]).toMatchObject({ isClosed: true, isWon: true });
  });

  it('read JSON by what each record says it is, nested names included', async () => {
    const content = JSON.stringify({
      records: [
        { attributes: { type: 'Account' }, Id: '001Hs00000B2baa', Name: 'Acme' },
        { attributes: { type: 'User' }, Id: '005Hs00000A1aaa', Name: 'Ann', UserRole: { Name: 'Manager' } },
        { attributes: { type: 'Quote' }, Id: '0Q0Hs00000A1aaa', Name: 'Drill' },
        {
          attributes: { type: 'EmailMessage' },
          Id: '02sHs00000A1aaa',
          ParentId: '500Hs00000F6faa',
          Incoming: false,
          MessageDate: '2026-11-17T06:44:00.000+0000',
        },
      ],
    });
    const all = await readText('Account', 'all.json', content);
    expect(ofEntity(all, 'account')[0]?.name).toBe('Acme');
    expect(ofEntity(all, 'person')[0]?.role).toBe('manager');
    expect(ofEntity(all, 'ticket_event')[0]).toMatchObject({ kind: 'reply', public: true });
    expect(all.rejects).toMatchObject([
      { line: 1, reason: 'is of no Salesforce object that is read', value: 'Quote' },
    ]);
  });

  it('read the flat sample that joins account, contact and deal, and find people of the same export by name', async () => {
    const all = await readFixtures(
      fixture('User', 'User.csv'),
      fixture('Report', 'customers_sample_data.csv'),
      fixture('Report', 'customers_sample_data.json'),
    );
    const celadon = recordId('account', 'customers', 'celadon bank');
    expect(new Set(ofEntity(all, 'account').map((account) => account.id))).toEqual(
      new Set([
        celadon,
        recordId('account', 'customers', 'Brightwater Health'),
        recordId('account', 'customers', 'Meridian Airlines'),
      ]),
    );
    const deals = ofEntity(all, 'opportunity');
    expect(deals[0]).toMatchObject({
      accountId: celadon,
      amount: 420_000,
      probability: 0.6,
      isClosed: false,
      dbRequirements: '9 nodes, three regions, encryption at rest',
      ownerId: recordId('person', 'salesforce', '005Hs00000A1aac'),
    });
    expect(deals[1]).toMatchObject({ isClosed: true, isWon: false });
    // The same deal from CSV and from JSON is one.
    expect(deals[2]?.id).toBe(deals[0]?.id);
    expect(all.rejects.map(({ line, field }) => [line, field])).toEqual([[5, 'Account Name']]);
  });

  it('are recognised by file name or by columns', () => {
    expect(objectNamed('sfdc/Opportunities_2026-11.csv')).toBe('Opportunity');
    expect(objectNamed('CaseHistory.json')).toBe('CaseHistory');
    expect(objectNamed('case_studies.csv')).toBeNull();
    expect(recogniseTable('x.csv', ['ID', 'CASENUMBER', 'STATUS'])).toBe('Case');
    expect(recogniseTable('x.csv', ['Id', 'OpportunityId', 'StageName', 'CreatedDate'])).toBe(
      'OpportunityHistory',
    );
    expect(recogniseTable('x.csv', ['Account Name', 'Stage', 'Close Date'])).toBe('Report');
    expect(recogniseTable('x.csv', ['account name', 'day', 'calls'])).toBeNull();
    expect(recogniseTable('Account.csv', ['account', 'sector'])).toBeNull();
  });

  it('never throw and account for every row, whatever the cells say', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '001Hs00000B2baa',
        '2026-11-17T06:44:00.000+0000',
        'true',
        'Closed',
        '12',
        '-',
        '9e99',
        'NaN',
      ),
      fc.string({ maxLength: 12 }).map((text) => text.replace(/["\r\n]/g, ' ')),
    );
    const columns: Readonly<Record<string, readonly string[]>> = {
      Case: [
        'Id',
        'CaseNumber',
        'Status',
        'CreatedDate',
        'ClosedDate',
        'Sentiment__c',
        'OwnerId',
        'Reopen_Count__c',
      ],
      CaseHistory: ['Id', 'CaseId', 'Field', 'OldValue', 'NewValue', 'CreatedDate', 'CreatedById', 'X'],
      OpportunityHistory: [
        'Id',
        'OpportunityId',
        'StageName',
        'Amount',
        'CloseDate',
        'CreatedDate',
        'X',
        'Y',
      ],
      User: ['Id', 'Name', 'Email', 'IsActive', 'Department', 'ManagerId', 'UserRole', 'Quota__c'],
      Report: [
        'Account Name',
        'Stage',
        'Amount',
        'Close Date',
        'Opportunity Name',
        'Contact Name',
        'Email',
        'X',
      ],
    };
    const rows = fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(columns)), rows, async (table, cells) => {
        const text = [columns[table]!, ...cells]
          .map((row) => row.map((one) => `"${one}"`).join(','))
          .join('\n');
        const all = await readText(table as SalesforceTable, 't.csv', text);
        expect(all.accepted + all.rejects.length).toBe(cells.length);
      }),
      { numRuns: 200 },
    );
  });
});
