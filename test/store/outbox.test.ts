import fc from 'fast-check';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Store, sql } from '../../src/store/database.ts';
import { createOutboxAccess, type OutboxAccess } from '../../src/store/outbox-access.ts';
import { outboxDepth } from '../../src/store/outbox-depth.ts';
import { ClaimLostError, type Wait } from '../../src/store/outbox-marks.ts';
import { type NewMessage, putMessage } from '../../src/store/outbox-store.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { describeStores } from '../support/store.ts';

function aMessage(overrides: Partial<NewMessage> = {}): NewMessage {
  return {
    dedupeKey: newId(),
    platform: 'slack',
    conversation: 'C1',
    lane: 'alert',
    body: { text: 'SLA at risk' },
    ...overrides,
  };
}

function aWait(overrides: Partial<Wait> = {}): Wait {
  return { seconds: 0, error: 'http-503', countAttempt: true, clearTried: false, ...overrides };
}

const POSTED = { channelId: 'C1', messageId: '1700000000.000100' };

describeStores('the outbox', (engine) => {
  let store: Store;
  let outbox: OutboxAccess;
  let twin: OutboxAccess;
  beforeAll(async () => {
    store = await engine.open();
    outbox = createOutboxAccess(store);
    twin = engine.openTwin ? createOutboxAccess(await engine.openTwin(store)) : outbox;
    // The relay's port and this must be the same shape; the compiler checks it.
    const port: OutboxAccess = outbox;
    expect(port).toBe(outbox);
  });
  beforeEach(async () => {
    await store.db.deleteFrom('outbox').execute();
    await store.db.deleteFrom('conversation_pace').execute();
  });

  const put = (overrides: Partial<NewMessage> = {}) =>
    store.transaction((trx) => putMessage(trx, aMessage(overrides)));

  async function claim(limit = 10, leaseSeconds = 60, from = outbox) {
    const token = newId();
    const messages = await from.claimDue(limit, leaseSeconds, token);
    return { token, messages, ids: messages.map(({ id }) => id) };
  }

  async function row(id: string) {
    return store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  /** As if time had passed until every claim ran out. */
  async function expireClaims(): Promise<void> {
    await sql`update outbox set lease_until = now() - interval '1 second' where state = 'sending'`.execute(
      store.db,
    );
  }

  async function send(id: string): Promise<void> {
    const { token, messages } = await claim();
    const message = messages.find((each) => each.id === id)!;
    await outbox.markTried(id, token, 60);
    await outbox.markSent(id, token, message.wantedRevision, POSTED);
  }

  it('inserts a message once and raises its revision only for a different body', async () => {
    const dedupeKey = 'alert:1:C1';
    const first = await put({ dedupeKey, body: { text: 'a', n: [1, 2] } });
    expect(first).toMatchObject({ revision: 1, outcome: 'inserted' });
    expect(await put({ dedupeKey, body: { n: [1, 2], text: 'a' } })).toEqual({
      ...first,
      outcome: 'unchanged',
    });
    expect(await put({ dedupeKey, body: { text: 'b' } })).toEqual({
      id: first.id,
      revision: 2,
      outcome: 'revised',
    });
    expect((await row(first.id)).body).toEqual({ text: 'b' });
    expect(await claim()).toMatchObject({
      messages: [{ id: first.id, wantedRevision: 2, body: { text: 'b' } }],
    });
  });

  it('keeps nothing of a message whose transaction fails', async () => {
    await store
      .transaction(async (trx) => {
        await putMessage(trx, aMessage());
        throw new Error('the alert was not saved');
      })
      .catch(() => undefined);
    expect(await outboxDepth(store.db)).toEqual({ open: 0, oldestAgeSeconds: 0, dead: 0 });
  });

  it('claims a message for one relay only, and gives it what it needs', async () => {
    const { id } = await put({
      threadId: 'T1',
      alertId: '0190f7a0-0000-7000-8000-000000000001',
      lane: 'answer',
    });
    const claims = await Promise.all([claim(), claim(10, 60, twin), claim(), claim(10, 60, twin)]);
    const messages = claims.flatMap((each) => each.messages);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      id,
      platform: 'slack',
      conversation: 'C1',
      threadId: 'T1',
      lane: 'answer',
      attempts: 0,
      firstTryAt: null,
      channelId: null,
      messageId: null,
      images: {},
      plainText: false,
    });
    expect(messages[0]!.leaseUntil.getTime()).toBeGreaterThan((await row(id)).created_at.getTime() + 50_000);
  });

  it('sends the messages of a conversation one by one, in the order they were written', async () => {
    const ids: string[] = [];
    await store.transaction(async (trx) => {
      for (let n = 0; n < 12; n += 1) ids.push((await putMessage(trx, aMessage({ body: { n } }))).id);
    });
    const order: string[] = [];
    for (;;) {
      const { token, ids: claimed } = await claim();
      if (claimed.length === 0) break;
      expect(claimed).toHaveLength(1);
      expect((await claim(10, 60, twin)).ids).toEqual([]);
      await outbox.markSent(claimed[0]!, token, 1, POSTED);
      order.push(...claimed);
    }
    expect(order).toEqual(ids);
  });

  it('serves conversations side by side, answers before alerts before digests, within the limit', async () => {
    const digest = await put({ conversation: 'C1', lane: 'digest' });
    const alert = await put({ conversation: 'C2', lane: 'alert' });
    const answer = await put({ conversation: '@U1', lane: 'answer' });
    const teams = await put({ platform: 'teams', conversation: 'C1', lane: 'digest' });
    const first = await claim(2);
    expect(first.ids).toEqual([answer.id, alert.id]);
    expect((await claim()).ids).toEqual([digest.id, teams.id]);
  });

  it('holds a conversation back while its oldest message waits, and no other', async () => {
    const stuck = await put({ conversation: 'C1' });
    await put({ conversation: 'C1' });
    const { token } = await claim();
    await outbox.markWaiting(stuck.id, token, aWait({ seconds: 60 }));
    const other = await put({ conversation: 'C2' });
    expect((await claim()).ids).toEqual([other.id]);
  });

  it('edits a sent message in place when its body changes', async () => {
    const { id } = await put({ dedupeKey: 'k', body: { text: 'firing' } });
    await send(id);
    expect(await row(id)).toMatchObject({ state: 'sent', sent_revision: 1, message_id: POSTED.messageId });
    expect((await claim()).ids).toEqual([]);
    await put({ dedupeKey: 'k', body: { text: 'resolved' } });
    const { token, messages } = await claim();
    expect(messages).toMatchObject([
      { id, wantedRevision: 2, attempts: 0, ...POSTED, body: { text: 'resolved' } },
    ]);
    await outbox.markSent(id, token, 2, POSTED);
    expect(await row(id)).toMatchObject({ state: 'sent', sent_revision: 2 });
  });

  it('is due again when a message changed while it was being sent', async () => {
    const { id } = await put({ dedupeKey: 'k', body: { text: 'firing' } });
    const { token } = await claim();
    await put({ dedupeKey: 'k', body: { text: 'resolved' } });
    expect((await claim()).ids).toEqual([]);
    await outbox.markSent(id, token, 1, POSTED);
    expect(await row(id)).toMatchObject({ state: 'waiting', sent_revision: 1, wanted_revision: 2 });
    expect((await claim()).messages).toMatchObject([
      { id, messageId: POSTED.messageId, body: { text: 'resolved' } },
    ]);
  });

  it('remembers from when on the message may exist, until that is certain not to be so', async () => {
    const { id } = await put();
    const first = await claim();
    await outbox.markTried(id, first.token, 60);
    const triedAt = (await row(id)).first_try_at;
    expect(triedAt).toBeInstanceOf(Date);
    await outbox.markUnclear(id, first.token, aWait({ clearTried: true }));
    expect(await row(id)).toMatchObject({ state: 'unclear', attempts: 1, error: 'http-503' });
    const second = await claim();
    expect(second.messages).toMatchObject([{ id, firstTryAt: triedAt, messageId: null }]);
    await outbox.markTried(id, second.token, 60);
    expect((await row(id)).first_try_at).toEqual(triedAt);
    await outbox.markWaiting(id, second.token, aWait({ clearTried: true, countAttempt: false }));
    expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 1, first_try_at: null });
  });

  it('lets another relay take over a claim that ran out, knowing that it may have been sent', async () => {
    const { id } = await put();
    const dead = await claim();
    await outbox.markTried(id, dead.token, 60);
    expect((await claim(10, 60, twin)).ids).toEqual([]);
    await expireClaims();
    const next = await claim(10, 60, twin);
    expect(next.messages).toMatchObject([{ id, messageId: null, firstTryAt: expect.any(Date) }]);
  });

  it('changes nothing for a relay whose claim has passed to another', async () => {
    const { id } = await put();
    const late = await claim();
    await expireClaims();
    await expect(outbox.markTried(id, late.token, 60)).rejects.toBeInstanceOf(ClaimLostError);
    await claim(10, 60, twin);
    const before = await row(id);
    await expect(outbox.markTried(id, late.token, 60)).rejects.toBeInstanceOf(ClaimLostError);
    await outbox.markSent(id, late.token, 1, POSTED);
    await outbox.markWaiting(id, late.token, aWait());
    await outbox.markUnclear(id, late.token, aWait());
    await outbox.markDead(id, late.token, 'no');
    await outbox.markPlainText(id, late.token, 'no');
    await outbox.forgetMessage(id, late.token);
    await outbox.saveImages(id, late.token, { a: 'F1' });
    expect(await row(id)).toEqual(before);
  });

  it('gives up a dead message for good and lets the next one go', async () => {
    const { id } = await put({ dedupeKey: 'k' });
    const next = await put();
    const { token } = await claim();
    await outbox.markDead(id, token, 'channel_not_found');
    expect(await put({ dedupeKey: 'k', body: { text: 'new' } })).toMatchObject({
      id,
      revision: 1,
      outcome: 'dead',
    });
    expect(await row(id)).toMatchObject({
      state: 'dead',
      error: 'channel_not_found',
      body: { text: 'SLA at risk' },
    });
    expect((await claim()).ids).toEqual([next.id]);
    expect((await outboxDepth(store.db)).dead).toBe(1);
  });

  it('pauses one conversation, and never shortens a pause', async () => {
    const paused = await put({ conversation: 'C1' });
    const free = await put({ conversation: 'C2' });
    await outbox.pauseConversation('slack', 'C1', 600);
    await outbox.pauseConversation('slack', 'C1', 1);
    expect((await claim()).ids).toEqual([free.id]);
    const pace = await store.db.selectFrom('conversation_pace').selectAll().executeTakeFirstOrThrow();
    expect(pace.next_at.getTime()).toBeGreaterThan((await row(paused.id)).created_at.getTime() + 500_000);
    await sql`update conversation_pace set next_at = now()`.execute(store.db);
    expect((await claim()).ids).toEqual([paused.id]);
  });

  it('posts a reply into the thread of its parent, once that is posted', async () => {
    const parent = await put({ conversation: 'C1' });
    const reply = await put({ conversation: '@U1', parentId: parent.id });
    const { token, ids } = await claim();
    expect(ids).toEqual([parent.id]);
    await outbox.markSent(parent.id, token, 1, POSTED);
    expect((await claim()).messages).toMatchObject([{ id: reply.id, threadId: POSTED.messageId }]);
  });

  it('posts a reply on its own when its parent is dead', async () => {
    const parent = await put();
    const reply = await put({ parentId: parent.id });
    const { token } = await claim();
    await outbox.markDead(parent.id, token, 'is_archived');
    expect((await claim()).messages).toMatchObject([{ id: reply.id, threadId: null }]);
  });

  it('sends plain text after refused blocks, and posts anew what somebody deleted', async () => {
    const { id } = await put({ dedupeKey: 'k' });
    let { token } = await claim();
    await outbox.saveImages(id, token, { a: 'F1' });
    await outbox.saveImages(id, token, { b: 'F2' });
    await outbox.markPlainText(id, token, 'invalid_blocks');
    ({ token } = await claim());
    expect(await row(id)).toMatchObject({ plain_text: true, images: { a: 'F1', b: 'F2' } });
    await outbox.markTried(id, token, 60);
    await outbox.markSent(id, token, 1, POSTED);
    await put({ dedupeKey: 'k', body: { text: 'resolved' } });
    ({ token } = await claim());
    await outbox.forgetMessage(id, token);
    expect((await claim()).messages).toMatchObject([{ id, messageId: null, firstTryAt: null }]);
  });

  it('counts what is open and dead and how old the oldest is', async () => {
    const old = await put({ conversation: 'C1' });
    await put({ conversation: 'C2' });
    await sql`update outbox set created_at = now() - interval '100 seconds' where id = ${old.id}`.execute(
      store.db,
    );
    const depth = await outboxDepth(store.db);
    expect(depth).toMatchObject({ open: 2, dead: 0 });
    expect(Math.round(depth.oldestAgeSeconds / 10)).toBe(10);
  });

  it('loses no message, sends none twice and keeps order, whatever relays do', {
    timeout: 120_000,
  }, async () => {
    const step = fc.constantFrom('put', 'revise', 'claim', 'sent', 'wait', 'unclear', 'crash', 'twin');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        await store.db.deleteFrom('outbox').execute();
        const posts: string[] = [];
        const written: string[] = [];
        const held: { id: string; token: string; revision: number; fresh: boolean }[] = [];
        for (const [n, kind] of steps.entries()) {
          if (kind === 'put') written.push((await put({ dedupeKey: `m${n}`, conversation: `C${n % 2}` })).id);
          else if (kind === 'revise')
            await put({ dedupeKey: `m${n - 1}`, conversation: 'C9', body: { n } }).then(
              ({ id, outcome }) => outcome === 'inserted' && written.push(id),
            );
          else if (kind === 'claim' || kind === 'twin') {
            const { token, messages } = await claim(2, 60, kind === 'twin' ? twin : outbox);
            for (const m of messages) {
              expect(held.some(({ id }) => id === m.id)).toBe(false);
              held.push({ id: m.id, token, revision: m.wantedRevision, fresh: m.messageId === null });
            }
          } else if (kind === 'crash') {
            await expireClaims();
            held.length = 0;
          } else {
            const one = held.shift();
            if (!one) continue;
            if (kind === 'wait') await outbox.markWaiting(one.id, one.token, aWait());
            else if (kind === 'unclear') await outbox.markUnclear(one.id, one.token, aWait());
            else {
              if (one.fresh) posts.push(one.id);
              await outbox.markSent(one.id, one.token, one.revision, POSTED);
            }
          }
        }
        await expireClaims();
        for (;;) {
          const { token, messages } = await claim();
          if (messages.length === 0) break;
          for (const m of messages) {
            if (m.messageId === null) posts.push(m.id);
            await outbox.markSent(m.id, token, m.wantedRevision, POSTED);
          }
        }
        expect([...posts].sort()).toEqual([...written].sort());
        const rows = await store.db
          .selectFrom('outbox')
          .select(['id', 'conversation', 'state', 'wanted_revision', 'sent_revision'])
          .execute();
        expect(rows.every((r) => r.state === 'sent' && r.sent_revision === r.wanted_revision)).toBe(true);
        for (const conversation of ['C0', 'C1']) {
          const mine = new Set(rows.filter((r) => r.conversation === conversation).map((r) => r.id));
          expect(posts.filter((id) => mine.has(id))).toEqual(written.filter((id) => mine.has(id)));
        }
      }),
      { numRuns: 25 },
    );
  });
});
