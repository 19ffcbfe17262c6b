import { beforeAll, beforeEach, expect, it } from 'vitest';
import { recordId } from '../../src/sources/identity.ts';
import type { Store } from '../../src/store/database.ts';
import { deleteIngestRequestsBefore } from '../../src/store/ingest-store.ts';
import { describeStores } from '../support/store.ts';
import { answerIn, aRequest, ingestWorld } from './ingest-world.ts';

const ticket = { id: 'T-1', status: 'open', openedAt: '2026-03-31T10:00:00Z', subject: 'Slow queries' };
const tables = [
  'ticket',
  'account',
  'usage_daily',
  'agent_status',
  'message',
  'conversation',
  'ingest_request',
] as const;

describeStores('storing events', (engine) => {
  let store: Store;
  let world: ReturnType<typeof ingestWorld>;
  beforeAll(async () => {
    store = await engine.open();
  });
  beforeEach(async () => {
    for (const table of tables) await store.db.deleteFrom(table).execute();
    world = ingestWorld(store);
  });
  const storedTicket = (key = 'T-1') =>
    store.db
      .selectFrom('ticket')
      .selectAll()
      .where('id', '=', recordId('ticket', 'test', key))
      .executeTakeFirst();

  it('keeps agent status, message delivery and product telemetry as they are sent (S1-02, S1-04, S2-22)', async () => {
    await world.send('agent_status', {
      id: 's1',
      person: 'ada',
      status: 'away',
      started_at: '2026-03-31T10:00:00Z',
      ended_at: '2026-03-31T10:15:00Z',
      duration_seconds: 900,
    });
    await world.send('conversation', {
      id: 'c1',
      status: 'resolved',
      openedAt: '2026-03-31T09:00:00Z',
      resolvedAt: '2026-03-31T10:00:00Z',
      firstResponseSeconds: 60,
      resolutionSeconds: 3600,
    });
    await world.send('message', {
      id: 'm1',
      conversation: 'c1',
      direction: 'out',
      at: '2026-03-31T10:00:00Z',
      deliveryStatus: 'failed',
      deliveredAt: null,
      failedReason: 'number is not on WhatsApp',
    });
    await world.send('usage_daily', {
      account: 'ACME-1',
      day: '2026-03-31',
      apiCalls: 120,
      logins: 3,
      featuresUsed: 4,
    });
    const person = recordId('person', 'test', 'ada');
    expect(await store.db.selectFrom('agent_status').selectAll().execute()).toMatchObject([
      { person_id: person, status: 'away', ended_at: new Date('2026-03-31T10:15Z'), duration_seconds: 900 },
    ]);
    expect(await store.db.selectFrom('conversation').selectAll().execute()).toMatchObject([
      { resolved_at: new Date('2026-03-31T10:00Z'), first_response_seconds: 60, resolution_seconds: 3600 },
    ]);
    expect(await store.db.selectFrom('message').selectAll().execute()).toMatchObject([
      {
        conversation_id: recordId('conversation', 'test', 'c1'),
        delivery_status: 'failed',
        failed_reason: 'number is not on WhatsApp',
      },
    ]);
    expect(await store.db.selectFrom('usage_daily').selectAll().execute()).toMatchObject([
      { account_id: recordId('account', 'test', 'ACME-1'), day: '2026-03-31', api_calls: 120, logins: 3 },
    ]);
  });

  it('replays the stored answer for the same request, and stores nothing a second time', async () => {
    const request = aRequest('ticket', [ticket]);
    const first = await world.store(request);
    expect(first).toMatchObject({ kind: 'stored', status: 200 });
    expect(answerIn(first)).toEqual({
      kind: 'ticket',
      received: 1,
      stored: 1,
      changed: 1,
      rejected: 0,
      errors: [],
      warnings: [],
    });
    await store.db.updateTable('ticket').set({ status: 'solved' }).execute();
    const again = await world.store(request);
    expect(again).toEqual({ kind: 'replayed', status: 200, answer: 'answer' in first ? first.answer : '' });
    expect((await storedTicket())?.status).toBe('solved');
  });

  it('refuses a key with another body or kind, and a signed request under another key', async () => {
    const request = aRequest('ticket', [ticket]);
    await world.store(request);
    const other = aRequest('ticket', [{ ...ticket, status: 'solved' }], { key: request.key });
    expect(await world.store(other)).toEqual({ kind: 'key-of-another' });
    expect(await world.store({ ...request, entity: 'account' })).toEqual({ kind: 'key-of-another' });
    expect(await world.store({ ...request, key: 'another-key-of-16' })).toEqual({
      kind: 'signature-of-another',
    });
    expect((await storedTicket())?.status).toBe('open');
  });

  it('stores a request once that comes many times at once', async () => {
    const request = aRequest('ticket', [ticket, { ...ticket, id: 'T-2' }]);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => world.store(request)));
    const kinds = outcomes.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['replayed', 'replayed', 'replayed', 'replayed', 'replayed', 'stored']);
    expect(new Set(outcomes.map((one) => answerIn(one)['stored']))).toEqual(new Set([2]));
    expect(await store.db.selectFrom('ingest_request').select('status').execute()).toHaveLength(1);
  });

  it('stores nothing when one item is bad, or the good ones where the sender allows it', async () => {
    const items = [ticket, { id: 'T-2', status: 'open' }, { id: 'T-3', openedAt: 'yesterday' }];
    const refused = await world.store(aRequest('ticket', items));
    expect(refused.kind).toBe('refused');
    expect(answerIn(refused)).toMatchObject({
      received: 3,
      stored: 0,
      rejected: 3,
      errors: [{ index: 2, field: 'openedAt' }],
    });
    expect(await storedTicket()).toBeUndefined();
    const allowed = await world.store(aRequest('ticket', items, { partial: 'allow' }));
    expect(answerIn(allowed)).toMatchObject({
      received: 3,
      stored: 1,
      rejected: 2,
      errors: [
        { index: 1, field: 'openedAt', reason: expect.stringContaining('missing: openedAt') },
        { index: 2, field: 'openedAt', what_to_do: expect.stringContaining('ISO 8601') },
      ],
    });
    expect(await store.db.selectFrom('ticket').select('source_id').execute()).toEqual([{ source_id: 'T-1' }]);
  });

  it('leaves the key of a refused request free for the corrected one', async () => {
    const bad = aRequest('ticket', [{ id: 'T-1', status: 'open' }]);
    expect((await world.store(bad)).kind).toBe('refused');
    expect((await world.store(aRequest('ticket', [ticket], { key: bad.key }))).kind).toBe('stored');
  });

  it('changes the fields that an event has, and leaves the others as they are', async () => {
    await world.send('ticket', { ...ticket, priority: 'high', tags: ['a'] });
    await world.send('ticket', { id: 'T-1', status: 'pending' });
    await world.send('ticket', { id: 'T-1', priority: null });
    expect(await storedTicket()).toMatchObject({
      status: 'pending',
      priority: null,
      subject: 'Slow queries',
      tags: ['a'],
    });
    await world.send('ticket', { id: 'T-1', deletedAt: '2026-03-31T11:00:00Z' });
    expect(await storedTicket()).toMatchObject({
      status: 'pending',
      deleted_at: new Date('2026-03-31T11:00Z'),
    });
    const unknown = await world.store(aRequest('ticket', [{ id: 'T-9', status: 'solved' }]));
    expect(answerIn(unknown)).toMatchObject({ errors: [{ index: 0, field: 'openedAt' }] });
  });

  it('brings items about one record together, the later change last', async () => {
    const at = (minute: string) => `2026-03-31T10:${minute}:00Z`;
    const outcome = await world.store(
      aRequest('ticket', [
        { id: 'T-1', status: 'solved', updatedAt: at('20') },
        { ...ticket, updatedAt: at('10') },
        { id: 'T-1', priority: 'low' },
      ]),
    );
    expect(answerIn(outcome)).toMatchObject({ received: 3, stored: 3, changed: 1 });
    expect(await storedTicket()).toMatchObject({
      status: 'solved',
      subject: 'Slow queries',
      priority: 'low',
      updated_at: new Date(at('20')),
    });
  });

  it('keeps one row of usage a day, whoever reports it', async () => {
    const account = recordId('account', 'test', 'ACME-1');
    await store.db
      .insertInto('usage_daily')
      .values({
        id: recordId('usage_daily', 'csv', '1'),
        source: 'csv',
        source_id: '1',
        account_id: account,
        day: '2026-03-31',
        api_calls: 10,
        logins: 1,
      })
      .execute();
    const day = { account: 'ACME-1', day: '2026-03-31' };
    const outcome = await world.store(
      aRequest('usage_daily', [
        { ...day, apiCalls: 50, logins: 2 },
        { id: 'u2', ...day, logins: 7 },
      ]),
    );
    expect(answerIn(outcome)).toMatchObject({ received: 2, stored: 2, changed: 1, rejected: 0 });
    expect(await store.db.selectFrom('usage_daily').selectAll().execute()).toMatchObject([
      { source: 'csv', source_id: '1', api_calls: 50, logins: 7 },
    ]);
  });

  it('warns of references to records that are not stored', async () => {
    await world.send('account', { id: 'ACME-1', name: 'Acme' });
    const outcome = await world.store(
      aRequest('ticket', [{ ...ticket, account: 'ACME-1', assignee: 'nobody' }]),
    );
    expect(answerIn(outcome)['warnings']).toEqual([
      { index: 0, field: 'assigneeId', reason: 'names a record of person that is not stored' },
    ]);
  });

  it('stores any text that JSON can hold', async () => {
    await world.send('ticket', {
      ...ticket,
      subject: 'a\u0000b\ud800c \u{1f600}',
      raw: { 'k\u0000': ['\udfff'] },
    });
    expect(await storedTicket()).toMatchObject({ subject: 'abc \u{1f600}', raw: { k: [''] } });
  });

  it('forgets requests of a time that is over', async () => {
    await world.store(aRequest('ticket', [ticket]));
    world.clock.advance(86_400);
    await world.store(aRequest('ticket', [{ ...ticket, id: 'T-2' }]));
    expect(await deleteIngestRequestsBefore(store.db, world.clock.now())).toBe(1);
    expect(await store.db.selectFrom('ingest_request').select('kind').execute()).toHaveLength(1);
  });
});
