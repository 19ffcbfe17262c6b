import { randomUUID } from 'node:crypto';
import { webApi } from '@slack/bolt';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSandbox, type FaultAction, type Sandbox } from '../../src/chat/sandbox/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/slack-platform.ts';
import { type RelayOptions, relayOnce, startRelay } from '../../src/delivery/relay.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Store } from '../../src/store/database.ts';
import { createOutboxAccess } from '../../src/store/outbox-access.ts';
import { putMessage } from '../../src/store/outbox-store.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import { describeStores } from '../support/store.ts';

const message = (text: string): Message => ({ text, blocks: [{ kind: 'paragraph', content: [text] }] });

describeStores('the relay against a strict Slack', (engine) => {
  let store: Store;
  let sandbox: Sandbox;
  let channel: string;

  beforeAll(async () => {
    store = await engine.open();
    sandbox = await createSandbox({ limits: { pacing: 'off', fileProcessingMilliseconds: 20 } });
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    sandbox.control.clearFaults();
    channel = sandbox.control.addChannel({ name: `alerts-${randomUUID().slice(0, 8)}` }).id;
    await store.db.deleteFrom('outbox').execute();
    await store.db.deleteFrom('conversation_pace').execute();
  });

  const options = (change: Partial<RelayOptions> = {}): RelayOptions => ({
    outbox: createOutboxAccess(store),
    platform: createSlackPlatform({
      client: new webApi.WebClient(sandbox.botToken, {
        slackApiUrl: sandbox.apiUrl,
        timeout: 300,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        logLevel: webApi.LogLevel.ERROR,
      }),
      linkHosts: [],
      imageWaitMs: 2000,
    }),
    draw: async () => null,
    secret: 'a secret of this test',
    policy: { settleSeconds: 0.4, longestWaitSeconds: 0.2 },
    leaseSeconds: 1,
    clockSkewSeconds: 60,
    paceSeconds: 0,
    parallel: 8,
    idleMs: 10,
    log: silentLog,
    random: Math.random,
    ...change,
  });
  const put = (key: string, body: Message, conversation = channel) =>
    store.transaction((trx) =>
      putMessage(trx, { dedupeKey: key, platform: 'slack', conversation, lane: 'alert', body }),
    );
  const row = (key: string) =>
    store.db.selectFrom('outbox').selectAll().where('dedupe_key', '=', key).executeTakeFirstOrThrow();
  const texts = (where = channel) => sandbox.control.messages(where).map(({ text }) => text);
  const fault = (action: FaultAction, count = 1, method = 'chat.postMessage') =>
    sandbox.control.addFault({ method, action, count });

  /** Runs the relay until nothing is open, and says how it stands. */
  async function drain(change: Partial<RelayOptions> = {}, seconds = 12): Promise<void> {
    const relay = startRelay(options(change));
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const open = await store.db
        .selectFrom('outbox')
        .select('id')
        .where('state', 'not in', ['sent', 'dead'])
        .execute();
      if (open.length === 0) break;
      if (Date.now() > until) throw new Error(`${open.length} messages are still open`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await relay.stop();
  }

  it('posts a message once and edits it in place when it changes (S0-12)', async () => {
    await put('a', message('firing'));
    await drain();
    await put('a', message('resolved'));
    await drain();
    expect(texts()).toEqual(['resolved']);
    expect(
      sandbox.control
        .log()
        .filter(({ message: { channel: at } }) => at === channel)
        .map(({ kind }) => kind),
    ).toEqual(['post', 'update']);
  });

  it('writes nothing when the wanted text did not change', async () => {
    await put('a', message('same'));
    await drain();
    await put('a', message('same'));
    expect(await relayOnce(options())).toBe(0);
  });

  it.each([
    ['the answer was cut off after Slack stored the message', { kind: 'cut-after' }],
    ['Slack answered 500 after storing it', { kind: 'server-error-after' }],
    ['half of the answer arrived', { kind: 'truncate-after' }],
    ['no answer came at all', { kind: 'hang-after' }],
  ] satisfies [string, FaultAction][])('recognises its message when %s', async (_, action) => {
    await put('a', message('once'));
    fault(action);
    await drain();
    expect(texts()).toEqual(['once']);
    expect((await row('a')).state).toBe('sent');
  });

  it.each([
    ['the connection was cut before', { kind: 'drop-before' }],
    ['Slack answered 503 before storing', { kind: 'server-error-before', status: 503 }],
    ['a web page came instead of an answer', { kind: 'html' }],
    ['Slack reported internal_error', { kind: 'error', code: 'internal_error' }],
  ] satisfies [string, FaultAction][])('posts after all when %s', async (_, action) => {
    await put('a', message('once'));
    fault(action, 2);
    await drain();
    expect(texts()).toEqual(['once']);
  });

  it('looks again, and never posts blindly, while the look-up itself fails', async () => {
    await put('a', message('once'));
    fault({ kind: 'cut-after' });
    fault({ kind: 'server-error-before' }, 3, 'conversations.history');
    await drain();
    expect(texts()).toEqual(['once']);
  });

  it('edits a message that it recognised, when more was wanted meanwhile', async () => {
    await put('a', message('first'));
    fault({ kind: 'cut-after' });
    await relayOnce(options());
    await put('a', message('second'));
    await drain();
    expect(texts()).toEqual(['second']);
  });

  it('waits as long as a 429 says, in that conversation only', async () => {
    const other = sandbox.control.addChannel({ name: `calm-${randomUUID().slice(0, 8)}` }).id;
    sandbox.control.addFault({
      method: 'chat.postMessage',
      channel,
      action: { kind: 'rate-limited', retryAfterSeconds: 1 },
      count: 1,
    });
    await put('limited', message('later'));
    await put('calm', message('at once'), other);
    await relayOnce(options());
    expect([texts(), texts(other)]).toEqual([[], ['at once']]);
    await drain();
    const [posted] = sandbox.control.messages(channel);
    const limited = await row('limited');
    expect(texts()).toEqual(['later']);
    expect((posted?.storedAt ?? 0) - limited.created_at.getTime()).toBeGreaterThan(950);
  });

  it('gives up on a conversation that will never take it, and goes on with the others', async () => {
    sandbox.control.archiveChannel(channel);
    const other = sandbox.control.addChannel({ name: `open-${randomUUID().slice(0, 8)}` }).id;
    await put('dead', message('nobody'));
    await put('alive', message('hello'), other);
    await drain();
    expect(await row('dead')).toMatchObject({ state: 'dead', error: 'is_archived' });
    expect(texts(other)).toEqual(['hello']);
  });

  it('sends the plain text when Slack refuses the blocks', async () => {
    await put('a', message('still told'));
    fault({ kind: 'error', code: 'invalid_blocks' });
    await drain();
    expect(sandbox.control.messages(channel)).toMatchObject([{ text: 'still told', blocks: [] }]);
  });

  it('posts anew when somebody deleted the message that it wants to edit', async () => {
    await put('a', message('one'));
    await drain();
    fault({ kind: 'error', code: 'message_not_found' }, 1, 'chat.update');
    await put('a', message('two'));
    await drain();
    expect(texts()).toEqual(['one', 'two']);
  });

  it('stops without losing anything while the token is refused', async () => {
    await put('a', message('kept'));
    fault({ kind: 'error', code: 'token_revoked' });
    const relay = startRelay(options());
    await expect.poll(() => relay.status().stoppedBecause).toBe('token_revoked');
    await relay.stop();
    expect(await row('a')).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  it('keeps the order of a conversation', async () => {
    for (let index = 0; index < 12; index += 1) await put(`m${index}`, message(`m${index}`));
    fault({ kind: 'server-error-before' }, 3);
    await drain();
    expect(texts()).toEqual(Array.from({ length: 12 }, (_, index) => `m${index}`));
  });

  it('loses and doubles nothing with two relays and every kind of fault', async () => {
    const channels = Array.from(
      { length: 10 },
      (_, index) => sandbox.control.addChannel({ name: `c${index}-${randomUUID().slice(0, 8)}` }).id,
    );
    const kinds: FaultAction[] = [
      { kind: 'cut-after' },
      { kind: 'server-error-after' },
      { kind: 'server-error-before' },
      { kind: 'drop-before' },
      { kind: 'truncate-after' },
      { kind: 'rate-limited', retryAfterSeconds: 1 },
    ];
    for (const action of kinds)
      sandbox.control.addFault({ method: 'chat.postMessage', action, probability: 0.06 });
    for (let index = 0; index < 60; index += 1)
      await put(`n${index}`, message(`n${index}`), channels[index % 10]);
    const second = startRelay(options());
    await drain({}, 40);
    await second.stop();
    const seen = channels.flatMap((id) => texts(id));
    expect([...seen].sort()).toEqual(Array.from({ length: 60 }, (_, index) => `n${index}`).sort());
  }, 60_000);
});
