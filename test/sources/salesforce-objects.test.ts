import { describe, expect, it } from 'vitest';
import { checkRecords } from '../../src/sources/check-record.ts';
import { emptyDirectory, recordId } from '../../src/sources/identity.ts';
import { RecordBuilder } from '../../src/sources/salesforce/build-record.ts';
import { columnsOf, type SalesforceObject, salesforceObjects } from '../../src/sources/salesforce/objects.ts';
import { readSalesforce } from '../../src/sources/salesforce/read-salesforce.ts';
import { recogniseTable } from '../../src/sources/salesforce/recognise.ts';
import { fileInput, memoryInput } from '../../src/sources/text/input-file.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { collect, ofEntity } from './collect.ts';

const reference = (entity: Parameters<typeof recordId>[0], key: string) =>
  recordId(entity, 'salesforce', key);

/** Reads fixtures as the product does, the last checks before the store included. */
const read = (...objects: SalesforceObject[]) =>
  collect(
    checkRecords(
      readSalesforce(
        objects.map((table) => ({
          input: fileInput(packagePath('fixtures', 'sfdc', `${table}.csv`)),
          table,
        })),
        emptyDirectory,
      ),
    ),
  );

const aisha = reference('person', '005Hs00000A1aab');
const jonas = reference('person', '005Hs00000A1aac');
const northwind = reference('account', '001Hs00000B2baa');

describe('Salesforce objects around the core', () => {
  it('give teams: roles and queues, but none of the groups that Salesforce makes for roles', async () => {
    const all = await read('UserRole', 'Group');
    expect(ofEntity(all, 'team').map(({ id, name }) => [id, name])).toEqual([
      [reference('team', '00EHs00000K1kaa'), 'Partner Management'],
      [reference('team', '00GHs00000Q0qaa'), 'Tier 1 triage'],
    ]);
    expect(all.accepted).toBe(3);
  });

  it('turn comments on cases into replies of ours, words of the customer and internal notes', async () => {
    const all = await read('CaseComment', 'EmailMessage');
    const events = ofEntity(all, 'ticket_event').map(
      ({ kind, public: isPublic, actorId, body, deletedAt }) => ({
        kind,
        isPublic,
        actorId,
        body,
        isDeleted: deletedAt instanceof Date,
      }),
    );
    expect(events).toEqual([
      {
        kind: 'reply',
        isPublic: true,
        actorId: aisha,
        body: 'We moved the hot tablet; please retry.\nThe checkout should be under 200 ms again.',
        isDeleted: false,
      },
      {
        kind: 'comment',
        isPublic: true,
        actorId: null,
        body: 'Still slow in the eastern stores.',
        isDeleted: false,
      },
      {
        kind: 'comment',
        isPublic: false,
        actorId: aisha,
        body: 'Asked platform for the compaction log',
        isDeleted: true,
      },
      {
        kind: 'comment',
        isPublic: true,
        actorId: null,
        body: 'The second region is 40 seconds behind.',
        isDeleted: false,
      },
      {
        kind: 'reply',
        isPublic: true,
        actorId: aisha,
        body: 'We are looking at the replication queue now.',
        isDeleted: false,
      },
    ]);
  });

  it('tell from the prefix of an id what a task or event is about', async () => {
    const all = await read('Task', 'Event');
    const [call, mail, open, review, cancelled] = ofEntity(all, 'activity');
    expect(call).toMatchObject({
      kind: 'call',
      opportunityId: reference('opportunity', '006Hs00000D4daa'),
      accountId: null,
      contactId: reference('contact', '003Hs00000C3caa'),
      personId: jonas,
      durationSeconds: 1260,
      at: new Date('2026-11-10T14:21:00Z'),
    });
    // The lead that it was sent to is no contact; without a time of completion the day counts.
    expect(mail).toMatchObject({
      kind: 'email',
      accountId: reference('account', '001Hs00000B2bab'),
      contactId: null,
      at: new Date('2026-11-11T00:00:00Z'),
    });
    // The day of an open task has not come: it counts when it was written down.
    expect(open).toMatchObject({
      kind: 'task',
      opportunityId: null,
      accountId: null,
      at: new Date('2026-11-17T08:50:00Z'),
    });
    expect(review).toMatchObject({
      kind: 'meeting',
      accountId: northwind,
      durationSeconds: 5400,
      deletedAt: null,
    });
    expect(cancelled?.deletedAt).toEqual(new Date('2026-11-13T08:00:00Z'));
  });

  it('read leads, campaigns and their members in our words', async () => {
    const all = await read('Lead', 'Campaign', 'CampaignMember');
    expect(
      ofEntity(all, 'lead').map(({ name, status, ownerId, opportunityId, convertedAt }) => [
        name,
        status,
        ownerId,
        opportunityId,
        convertedAt?.toISOString() ?? null,
      ]),
    ).toEqual([
      ['Pavel Novak', 'working', jonas, null, null],
      [
        'Dieter Krull',
        'converted',
        jonas,
        reference('opportunity', '006Hs00000D4dab'),
        '2026-02-02T00:00:00.000Z',
      ],
      ['Mina Sato', 'unqualified', null, null, null],
    ]);
    expect(ofEntity(all, 'campaign')[0]).toMatchObject({
      kind: 'Webinar',
      status: 'finished',
      sent: 420,
      responded: 96,
      converted: 3,
      cost: 5200,
    });
    expect(
      ofEntity(all, 'campaign_member').map(({ status, respondedAt }) => [
        status,
        respondedAt?.toISOString().slice(0, 10) ?? null,
      ]),
    ).toEqual([
      ['responded', '2026-09-15'],
      ['sent', null],
      ['opted_out', null],
    ]);
  });

  it('make a partner of an account that is one, and tie partners to deals', async () => {
    const content = [
      'Id,Name,IsPartner,Partner_Tier__c,Enablement_Status__c,Certification__c,Certification_Expires__c,OwnerId',
      '001Hs00000B2bae,Halden Consulting,true,Gold,Certified,Cluster operations,2027-03-31,005Hs00000A1aac',
      '001Hs00000B2baf,Plain Customer,false,,,,,005Hs00000A1aac',
    ].join('\n');
    const accounts = await collect(
      readSalesforce([{ input: memoryInput('Account.csv', content), table: 'Account' }], emptyDirectory),
    );
    const [partner, ...others] = ofEntity(accounts, 'partner');
    expect(others).toEqual([]);
    expect(partner).toMatchObject({
      accountId: reference('account', '001Hs00000B2bae'),
      name: 'Halden Consulting',
      tier: 'Gold',
      enablementStatus: 'enabled',
      certification: 'Cluster operations',
      certExpiresOn: '2027-03-31',
      managerId: jonas,
    });
    expect(partner).not.toHaveProperty('type');
    const deals = await read('OpportunityPartner');
    expect(
      ofEntity(deals, 'partner_deal').map(({ partnerId, kind, share }) => [partnerId, kind, share]),
    ).toEqual([
      [partner?.id, 'co_sell', 0.4],
      [partner?.id, 'sourced', null],
    ]);
  });

  it('count lines of won deals and of activated orders as sales, with the discount in money', async () => {
    const all = await read('Opportunity', 'Product2', 'OpportunityLineItem', 'OrderItem');
    const [won, open, order, draft] = ofEntity(all, 'sales_transaction');
    expect(won).toMatchObject({
      accountId: reference('account', '001Hs00000B2bab'),
      productId: ofEntity(all, 'product')[0]?.id,
      quantity: 3,
      unitPrice: 33_333.25,
      amount: 96_000.25,
      discount: 3999.5,
      soldAt: new Date('2026-09-18T00:00:00Z'),
      deletedAt: null,
    });
    expect(open?.deletedAt).toEqual(new Date('2026-09-20T14:00:00Z'));
    expect(order).toMatchObject({
      orderNumber: '00000131',
      accountId: northwind,
      amount: 3000,
      discount: 0,
      deletedAt: null,
    });
    expect(draft?.deletedAt).toBeInstanceOf(Date);
  });

  it('do not count lines whose deal nobody knows, and say so', async () => {
    const all = await read('OpportunityLineItem');
    expect(ofEntity(all, 'sales_transaction')).toEqual([]);
    expect(all.notes.map(({ message }) => message)).toContain(
      'lines of deals that the export does not hold were not counted as sales',
    );
  });

  it('read subscriptions from assets and contracts, but no things that were sold once and no drafts', async () => {
    const all = await read('Asset', 'Contract');
    expect(
      ofEntity(all, 'subscription').map(({ plan, status, mrr, seats, startsOn, renewsOn, cancelledOn }) => [
        plan,
        status,
        mrr,
        seats ?? null,
        startsOn,
        renewsOn,
        cancelledOn ?? null,
      ]),
    ).toEqual([
      ['Node subscription', 'active', 40_000, 12, '2025-12-01', '2026-12-01', null],
      ['Node subscription (trial cluster)', 'cancelled', 1000, 1, '2025-03-01', '2026-09-30', '2026-09-30'],
      // 310,000.50 a year.
      ['00000211', 'active', 25_833.38, null, '2026-01-01', '2026-12-31', null],
    ]);
    expect(all.accepted).toBe(5);
  });

  it('read incidents and answers to surveys', async () => {
    const all = await read('Incident', 'SurveyResponse');
    expect(
      ofEntity(all, 'incident').map(({ severity, status, resolvedAt }) => [severity, status, resolvedAt]),
    ).toEqual([
      ['critical', 'open', null],
      ['medium', 'resolved', new Date('2026-10-11T03:30:00Z')],
    ]);
    expect(
      ofEntity(all, 'survey_response').map(({ kind, score, ticketId }) => [kind, score, ticketId]),
    ).toEqual([
      ['nps', 9, null],
      ['csat', 4, reference('ticket', '500Hs00000F6fab')],
    ]);
  });

  it('put every message into the session of its conversation that was under way', async () => {
    const all = await read('MessagingSession', 'ConversationEntry');
    const [ended, waiting] = ofEntity(all, 'conversation');
    expect(ended).toMatchObject({
      status: 'closed',
      agentId: aisha,
      resolutionSeconds: 1440,
      messageCount: 11,
      handledByBot: true,
      escalatedToHuman: true,
    });
    expect(waiting).toMatchObject({
      status: 'pending',
      agentId: null,
      teamId: reference('team', '00GHs00000Q0qaa'),
    });
    expect(
      ofEntity(all, 'message').map(({ conversationId, direction, authorKind, deliveryStatus }) => [
        conversationId === ended?.id ? 'ended' : conversationId === waiting?.id ? 'waiting' : 'none',
        direction,
        authorKind,
        deliveryStatus,
      ]),
    ).toEqual([
      ['ended', 'in', 'customer', null],
      ['ended', 'out', 'bot', 'delivered'],
      ['ended', 'out', 'agent', 'read'],
      ['waiting', 'in', 'customer', null],
    ]);
  });

  it('read presence as spans, with the measured length', async () => {
    const all = await read('UserServicePresence');
    expect(
      ofEntity(all, 'agent_status').map(({ personId, status, durationSeconds, endedAt }) => [
        personId,
        status,
        durationSeconds,
        endedAt instanceof Date,
      ]),
    ).toEqual([
      [aisha, 'online', 9000, true],
      [aisha, 'away', null, false],
    ]);
  });

  it('turn rates of the corporate currency round: what one euro is worth in dollars', async () => {
    const all = await read('CurrencyType', 'DatedConversionRate');
    expect(
      ofEntity(all, 'fx_rate').map(({ currency, toCurrency, day, rate }) => [
        currency,
        toCurrency,
        day,
        rate,
      ]),
    ).toEqual([
      ['EUR', 'USD', '1970-01-01', 1.25],
      ['GBP', 'USD', '1970-01-01', 1.5625],
      ['EUR', 'USD', '2026-07-01', Number((1 / 0.9).toPrecision(12))],
    ]);
  });

  it('read tags, partner, time zone, stage probability and satisfaction where the columns are there', async () => {
    const content = JSON.stringify({
      records: [
        {
          attributes: { type: 'Contact' },
          Id: '003Hs00000C3cac',
          LastName: 'Ito',
          TimeZone__c: 'Asia/Tokyo',
        },
        {
          attributes: { type: 'Opportunity' },
          Id: '006Hs00000D4dad',
          Name: 'Deal',
          StageName: 'Proposal',
          PartnerAccountId: '001Hs00000B2bae',
        },
        {
          attributes: { type: 'OpportunityHistory' },
          Id: '008Hs00000E5eae',
          OpportunityId: '006Hs00000D4dad',
          StageName: 'Proposal',
          Probability: 60,
          ForecastCategory: 'BestCase',
          CreatedDate: '2026-09-20T14:00:00.000+0000',
        },
        {
          attributes: { type: 'Case' },
          Id: '500Hs00000F6fad',
          Status: 'Closed',
          Tags__c: 'Replication;Backup;replication',
          CSAT__c: 5,
          CreatedDate: '2026-09-20T14:00:00.000+0000',
          ClosedDate: '2026-09-21T14:00:00.000+0000',
          SystemModstamp: '2026-09-22T14:00:00.000+0000',
          LastModifiedDate: '2026-09-21T14:00:00.000+0000',
        },
      ],
    });
    const all = await collect(
      checkRecords(
        readSalesforce([{ input: memoryInput('all.json', content), table: 'Case' }], emptyDirectory),
      ),
    );
    expect(all.rejects).toEqual([]);
    expect(ofEntity(all, 'contact')[0]?.timeZone).toBe('Asia/Tokyo');
    expect(ofEntity(all, 'opportunity')[0]?.partnerId).toBe(reference('partner', '001Hs00000B2bae'));
    expect(ofEntity(all, 'opportunity_stage_event')[0]).toMatchObject({
      probability: 0.6,
      forecastCategory: 'BestCase',
    });
    const [ticket] = ofEntity(all, 'ticket');
    expect(ticket).toMatchObject({
      tags: ['replication', 'backup'],
      updatedAt: new Date('2026-09-22T14:00:00Z'),
    });
    expect(ofEntity(all, 'survey_response')[0]).toMatchObject({
      kind: 'csat',
      score: 5,
      ticketId: ticket?.id,
      respondedAt: new Date('2026-09-21T14:00:00Z'),
    });
  });

  it('are recognised by name or columns, but a list of tasks of another system is not', () => {
    expect(recogniseTable('Task.csv', ['Id', 'WhatId', 'CreatedDate'])).toBe('Task');
    expect(recogniseTable('tasks.csv', ['id', 'title', 'due'])).toBeNull();
    expect(recogniseTable('x.csv', ['Id', 'ParentId', 'CommentBody'])).toBe('CaseComment');
    expect(recogniseTable('x.csv', ['Id', 'OrderId', 'UnitPrice'])).toBe('OrderItem');
  });

  it('read no column that the live connector would not ask for', () => {
    for (const object of salesforceObjects) {
      const asked = new Set<string>();
      const builder = new RecordBuilder(() => undefined);
      // Two rows, one with a value everywhere and one with none, so that both ways through the rules are taken.
      for (const value of ['006Hs00000D4daa', '2026-09-20', '1', 'true', null]) {
        const get = (column: string): string | null => {
          asked.add(column);
          return column === 'id' ? '006Hs00000D4daa' : value;
        };
        builder.build(object, { line: 1, type: null, get, columns: () => [] });
      }
      const known = columnsOf(object);
      expect(
        [...asked].filter((column) => !known.has(column)),
        object,
      ).toEqual([]);
    }
  });
});
