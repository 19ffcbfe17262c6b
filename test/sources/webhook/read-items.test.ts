import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entities, fieldsOf } from '../../../src/domain/record-fields.ts';
import type { Entity } from '../../../src/domain/records.ts';
import { recordId } from '../../../src/sources/identity.ts';
import { entityOfKind } from '../../../src/sources/webhook/kinds.ts';
import { bodyFormatOf, parseBody } from '../../../src/sources/webhook/parse-body.ts';
import { readItems } from '../../../src/sources/webhook/read-items.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (entity: Entity, ...items: readonly unknown[]) =>
  readItems(
    items.map((value, index) => ({ index, value })),
    entity,
    'crm',
  );

describe('kinds of events', () => {
  it('are the entities in kebab or snake case, and what people call them', () => {
    expect(
      ['ticket', 'customer-escalation', 'customer_escalation', 'usage', 'message', 'agent-status'].map(
        entityOfKind,
      ),
    ).toEqual([
      'ticket',
      'customer_escalation',
      'customer_escalation',
      'usage_daily',
      'message',
      'agent_status',
    ]);
    expect([entityOfKind('constructor'), entityOfKind('__proto__'), entityOfKind('')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('the items of an event', () => {
  it('become records with the ids of an import, in camel or snake case, with references by key', () => {
    const { items, errors } = read('ticket', {
      id: 4711,
      account: 'ACME-1',
      assignee_id: 'ada',
      contact: { source: 'salesforce', id: '0035g00000AbCdE' },
      status: 'Waiting on customer',
      priority: 'P1',
      openedAt: '2026-03-31T14:00:00+02:00',
      first_replied_at: null,
      reopens: '2',
      tags: ['vip'],
    });
    expect(errors).toEqual([]);
    expect(items).toEqual([
      {
        index: 0,
        missing: [],
        record: {
          entity: 'ticket',
          id: recordId('ticket', 'crm', '4711'),
          source: 'crm',
          sourceId: '4711',
          accountId: recordId('account', 'crm', 'ACME-1'),
          assigneeId: recordId('person', 'crm', 'ada'),
          contactId: recordId('contact', 'salesforce', '0035g00000AbCdE'),
          status: 'pending',
          priority: 'urgent',
          openedAt: new Date('2026-03-31T12:00:00Z'),
          firstRepliedAt: null,
          reopens: 2,
          tags: ['vip'],
        },
      },
    ]);
  });

  it('may be parts of a record, and say which required fields they lack', () => {
    expect(read('ticket', { id: 'T-1', priority: 'high' }).items[0]?.missing).toEqual(['status', 'openedAt']);
    expect(
      read('ticket', { id: 'T-1', deletedAt: '2026-03-31T14:00:00Z' }).items[0]?.record.deletedAt,
    ).toEqual(new Date('2026-03-31T14:00:00Z'));
  });

  it('name the day of a customer by the two, where telemetry has no key', () => {
    const [item] = read('usage_daily', {
      account: 'ACME-1',
      day: '2026-03-31',
      apiCalls: 5,
      logins: 1,
    }).items;
    expect(item?.record.sourceId).toBe('ACME-1/2026-03-31');
  });

  it.each([
    ['ticket', { status: 'open' }, 'id', 'is missing'],
    ['ticket', { id: 'T', prioritty: 'high' }, 'prioritty', 'is no field of ticket'],
    ['ticket', { id: 'T', account: 'A', accountId: 'B' }, 'accountId', 'a second time'],
    ['ticket', { id: 'T', status: 'sleeping' }, 'status', 'is none of new, open'],
    ['ticket', { id: 'T', status: null }, 'status', 'must not be null'],
    ['ticket', { id: 'T', openedAt: 1_790_000_000 }, 'openedAt', 'is not a date and time'],
    ['ticket', { id: 'T', openedAt: '2026-02-30T10:00Z' }, 'openedAt', 'is not a date and time'],
    ['ticket', { id: 'T', reopens: 1.5 }, 'reopens', 'is not a whole number'],
    ['ticket', { id: 'T', escalated: 'perhaps' }, 'escalated', 'neither true nor false'],
    ['ticket', { id: 'T', account: {} }, 'account', 'names no account'],
    ['ticket', { id: 'T', tags: { a: 1 } }, 'tags', 'is not a list of strings'],
    ['ticket', 'T', null, 'is not an object'],
    ['opportunity', { id: 'D', amount: '1,234.50' }, 'amount', 'is not a number'],
    ['opportunity', { id: 'D', amount: 1e15 }, 'amount', 'below 90 trillion'],
    ['opportunity', { id: 'D', closeDate: '31.03.2026' }, 'closeDate', 'is not a date'],
  ] as const)('of %s are refused with field and reason: %j', (entity, item, field, reason) => {
    const { items, errors } = read(entity, item);
    expect(items).toEqual([]);
    expect(errors).toEqual([
      { index: 0, field, reason: expect.stringContaining(reason), whatToDo: expect.stringMatching(/\w/) },
    ]);
  });

  it('suggest the field that was meant', () => {
    expect(read('ticket', { id: 'T', prioritty: 'high' }).errors[0]?.whatToDo).toContain('`priority`');
  });

  it('never throw, whatever the JSON: items in = records + errors', () => {
    const names = fc.constantFrom(
      'id',
      '__proto__',
      'raw',
      ...entities.flatMap((one) => Object.keys(fieldsOf(one))),
    );
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom('2026-03-31', '2026-03-31T10:00:00Z', 'open', 'high', '\ud800', '\0', 1e308, -1),
    );
    const item = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.tuple(names, values)).map((pairs) => Object.fromEntries(pairs)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...entities), fc.array(item, { maxLength: 6 }), (entity, items) => {
        const body = bytes(JSON.stringify({ items }));
        const parsed = parseBody(body, 'json');
        if (parsed.kind === 'unreadable') expect(items).toEqual([]);
        else {
          const done = readItems(parsed.items, entity, 'crm');
          expect(done.items.length + done.errors.length).toBe(items.length);
          const indexes = [...done.items, ...done.errors].map(({ index }) => index);
          expect(indexes.toSorted((a, b) => a - b)).toEqual(items.map((_, index) => index));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the body of an event', () => {
  it('is JSON with a list of items, or one item a line', () => {
    expect(parseBody(bytes('{"items":[{"id":1},2]}'), 'json')).toEqual({
      kind: 'items',
      items: [
        { index: 0, value: { id: 1 } },
        { index: 1, value: 2 },
      ],
    });
    const lines = parseBody(bytes('{"id":1}\r\n\n{"id":\n'), 'ndjson');
    expect(lines).toMatchObject({
      kind: 'items',
      items: [
        { index: 0, value: { id: 1 } },
        { index: 1, error: {} },
      ],
    });
  });

  it('is refused as a whole when nothing of it can be an item', () => {
    const reasons = [
      '',
      'null',
      '[]',
      '{"items":{}}',
      '{"items":[]}',
      `{"items":[${'0,'.repeat(500)}0]}`,
    ].map((text) => {
      const parsed = parseBody(bytes(text), 'json');
      return parsed.kind === 'unreadable' ? parsed.reason : 'items';
    });
    expect(reasons).toEqual([
      'the body is not JSON',
      'the body has no list "items"',
      'the body has no list "items"',
      'the body has no list "items"',
      'there are no items',
      'there are 501 items',
    ]);
    expect(parseBody(Uint8Array.of(0xff, 0xfe, 0x7b), 'json')).toMatchObject({
      reason: 'the body is not UTF-8',
    });
  });

  it('refuses values that are nested too deep instead of following them', () => {
    const depth = 200_000;
    const deep = `{"items":[{"id":"a","raw":{"x":${'['.repeat(depth)}${']'.repeat(depth)}}},{"id":"b"}]}`;
    const parsed = parseBody(bytes(deep), 'json');
    expect(parsed).toMatchObject({ kind: 'items', items: [{ error: { index: 0 } }, { value: { id: 'b' } }] });
  });

  it('never throws for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('json', 'ndjson'), (any, format) => {
        expect(parseBody(any, format).kind).toMatch(/items|unreadable/);
      }),
    );
  });

  it('says by its type what it is', () => {
    expect(
      [
        'application/json; charset=UTF-8',
        'application/x-ndjson',
        'application/json; charset=latin1',
        'text/plain',
        null,
      ].map(bodyFormatOf),
    ).toEqual(['json', 'ndjson', null, null, null]);
  });
});
