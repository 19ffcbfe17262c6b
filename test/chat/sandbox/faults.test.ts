import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../../../src/chat/sandbox/index.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import type { World } from './support.ts';
import { aClient, aWorld, eventually, texts } from './support.ts';

/** One post; what the client made of it. */
async function post(world: World, text = 'hi'): Promise<string> {
  try {
    await aClient(world.sandbox).chat.postMessage({ channel: world.escalations, text });
    return 'ok';
  } catch (error) {
    return (error as Error).name;
  }
}

/** Every fault of a post: what the client sees, and whether the message was stored. */
const faults: readonly (readonly [FaultAction, string, boolean])[] = [
  [{ kind: 'rate-limited', retryAfterSeconds: 7 }, 'WebAPIRateLimitedError', false],
  [{ kind: 'rate-limited', retryAfterSeconds: null }, 'Error', false],
  [{ kind: 'server-error-before' }, 'WebAPIHTTPError', false],
  [{ kind: 'server-error-after' }, 'WebAPIHTTPError', true],
  [{ kind: 'drop-before' }, 'WebAPIRequestError', false],
  [{ kind: 'cut-after' }, 'WebAPIRequestError', true],
  [{ kind: 'truncate-after' }, 'TypeError', true],
  [{ kind: 'html' }, 'WebAPIPlatformError', false],
  [{ kind: 'error', code: 'internal_error' }, 'WebAPIPlatformError', false],
  [{ kind: 'delay', milliseconds: 1 }, 'ok', true],
];

describe('faults', () => {
  it.each(faults)('%j is seen as %s', async (action, seen, isStored) => {
    const world = await aWorld();
    world.sandbox.control.addFault({ method: 'chat.postMessage', action, count: 1 });
    expect(await post(world)).toBe(seen);
    expect(texts(world, world.escalations)).toEqual(isStored ? ['hi'] : []);
    expect(world.sandbox.control.counters()[`fault.${action.kind}`]).toBe(1);
    expect(await post(world, 'again')).toBe('ok');
  });

  it.each([
    ['hang-before', false],
    ['hang-after', true],
  ] as const)('%s leaves the client waiting until it gives up', async (kind, isStored) => {
    const world = await aWorld();
    world.sandbox.control.addFault({ method: 'chat.postMessage', action: { kind }, count: 1 });
    const giveUp = new AbortController();
    const call = fetch(`${world.sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${world.sandbox.botToken}` },
      body: new URLSearchParams({ channel: world.escalations, text: 'hi' }),
      signal: giveUp.signal,
    });
    let isAnswered = false;
    const settled = call.then(
      () => {
        isAnswered = true;
      },
      () => undefined,
    );
    await eventually(() => world.sandbox.control.counters()[`fault.${kind}`] === 1);
    if (isStored) await eventually(() => texts(world, world.escalations).length === 1);
    // Whatever is asked meanwhile is answered; this call is not.
    await aClient(world.sandbox).auth.test();
    expect([isAnswered, texts(world, world.escalations)]).toEqual([false, isStored ? ['hi'] : []]);
    giveUp.abort();
    await settled;
  });

  it('strike only their channel, and only as often as told', async () => {
    const world = await aWorld();
    const { control } = world.sandbox;
    const direct = control.directMessage(world.maria);
    control.addFault({
      method: '*',
      channel: direct,
      action: { kind: 'error', code: 'fatal_error' },
      count: 2,
    });
    expect(await post(world)).toBe('ok');
    const client = aClient(world.sandbox);
    for (let round = 0; round < 2; round += 1)
      await expect(client.chat.postMessage({ channel: direct, text: 'x' })).rejects.toMatchObject({
        data: { error: 'fatal_error' },
      });
    await client.chat.postMessage({ channel: direct, text: 'x' });
  });

  it('with a probability repeat themselves under the same seed', async () => {
    const outcomes = async (seed: number): Promise<readonly string[]> => {
      const world = await aWorld({ seed });
      world.sandbox.control.addFault({
        method: 'chat.postMessage',
        action: { kind: 'error', code: 'x' },
        probability: 0.5,
      });
      const seen: string[] = [];
      for (let round = 0; round < 24; round += 1) seen.push(await post(world));
      return seen;
    };
    const first = await outcomes(7);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('are set and lifted over HTTP', async () => {
    const world = await aWorld();
    const set = (verb: string, body: object): Promise<Response> =>
      fetch(`${world.sandbox.url}/_control/${verb}`, { method: 'POST', body: JSON.stringify(body) });
    expect((await set('fault', { method: 'chat.postMessage', kind: 'cut-after' })).status).toBe(200);
    expect(await post(world)).toBe('WebAPIRequestError');
    await set('clear-faults', {});
    expect(await post(world)).toBe('ok');
    const wrong = await set('fault', { method: 'chat.postMessage', kind: 'earthquake' });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('cut-after');
  });
});

describe('pacing', () => {
  it('takes a burst, then answers 429 with the seconds to wait, for this channel only', async () => {
    const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
    const world = await aWorld({ clock, limits: { pacing: { messagesPerSecond: 1, burst: 4 } } });
    const client = aClient(world.sandbox);
    const send = (channel: string) => client.chat.postMessage({ channel, text: 'hi' });
    for (let round = 0; round < 4; round += 1) await send(world.escalations);
    await expect(send(world.escalations)).rejects.toMatchObject({ retryAfter: 1 });
    await send(world.sandbox.control.directMessage(world.maria));
    clock.advance(1);
    await send(world.escalations);
    await expect(send(world.escalations)).rejects.toMatchObject({ retryAfter: 1 });
    expect(texts(world, world.escalations)).toHaveLength(5);
    expect(world.sandbox.control.counters()['api.chat.postMessage.ratelimited']).toBe(2);
  });
});

describe('history', () => {
  it('shows metadata only when asked, and a new message only after the lag', async () => {
    const clock = fixedClock(new Date('2026-11-20T09:00:00Z'));
    const world = await aWorld({ clock });
    const client = aClient(world.sandbox);
    const metadata = { event_type: 'alert', event_payload: { outbox: '17' } };
    world.sandbox.control.setHistoryLag(2_000);
    const { ts } = await client.chat.postMessage({ channel: world.escalations, text: 'hi', metadata });
    const look = async (all: boolean) =>
      (
        await client.conversations.history({
          channel: world.escalations,
          include_all_metadata: all,
          oldest: '1763629199.0',
        })
      ).messages;
    expect(await look(true)).toEqual([]);
    clock.advance(2);
    expect(await look(true)).toMatchObject([{ ts, metadata }]);
    expect((await look(false))?.[0]).not.toHaveProperty('metadata');
  });

  it('pages with cursors, newest first, and leaves replies to the thread', async () => {
    const world = await aWorld();
    const client = aClient(world.sandbox);
    const { control } = world.sandbox;
    const said = ['one', 'two', 'three'].map((text) => control.say(world.maria, world.escalations, text));
    control.say(world.sam, world.escalations, 'reply', { threadTs: said[0]?.ts ?? '' });
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.conversations.history({
        channel: world.escalations,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...(page.messages ?? []).map((message) => message.text));
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    expect(seen).toEqual(['three', 'two', 'one']);
    const thread = await client.conversations.replies({ channel: world.escalations, ts: said[0]?.ts ?? '' });
    expect(thread.messages?.map((message) => message.text)).toEqual(['one', 'reply']);
  });
});
