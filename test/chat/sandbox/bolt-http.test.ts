import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Sandbox } from '../../../src/chat/sandbox/index.ts';
import type { World } from './support.ts';
import { aWorld, eventually, quiet, texts } from './support.ts';

interface HttpApp {
  readonly app: App;
  readonly url: string;
}

/** The real Bolt app behind a request URL, on a free port. */
async function anHttpApp(
  sandbox: Sandbox,
  prepare: (app: App) => void,
  signingSecret?: string,
): Promise<HttpApp> {
  const app = new App({
    token: sandbox.botToken,
    signingSecret: signingSecret ?? sandbox.signingSecret,
    logger: quiet,
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } },
  });
  prepare(app);
  const server = (await app.start(0)) as Server;
  onTestFinished(() => app.stop().then(() => undefined));
  return { app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` };
}

async function connected(world: World, prepare: (app: App) => void): Promise<void> {
  const { url } = await anHttpApp(world.sandbox, prepare);
  expect(await world.sandbox.control.setRequestUrl(url)).toBe(true);
}

describe('the real Bolt app behind a request URL', () => {
  it('passes the challenge and gets signed events, commands and interactions', async () => {
    const world = await aWorld();
    const { control } = world.sandbox;
    await connected(world, (app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say(`heard ${event.user}`);
      });
      app.command('/heed', async ({ ack, command }) => ack(`got ${command.text}`));
      app.action('go', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'went', replace_original: true });
      });
    });
    control.say(world.maria, world.escalations, '@Heed hello');
    await eventually(() => texts(world, world.escalations).includes(`heard ${world.maria}`));
    await control.command(world.maria, world.escalations, '/heed', 'a & b');
    expect(texts(world, world.escalations, world.maria)).toContain('got a &amp; b');

    const direct = control.directMessage(world.maria);
    const answer = await fetch(`${world.sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${world.sandbox.botToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        channel: direct,
        text: 'press',
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
          },
        ],
      }),
    });
    const { ts } = (await answer.json()) as { ts: string };
    await control.press(world.maria, direct, ts, 'go');
    await eventually(() => texts(world, direct).includes('went'));
  });

  it('is refused when it checks signatures with another secret', async () => {
    const world = await aWorld();
    const { url } = await anHttpApp(world.sandbox, () => undefined, 'another-secret');
    expect(await world.sandbox.control.setRequestUrl(url)).toBe(false);
  });

  it('hears of the attempt and the reason when an event comes again', async () => {
    const world = await aWorld({ limits: { redeliveryMilliseconds: [10] } });
    const seen: unknown[] = [];
    await connected(world, (app) => {
      app.event('app_mention', ({ context }) => {
        seen.push([context.retryNum, context.retryReason]);
        return Promise.resolve();
      });
    });
    world.sandbox.control.addFault({ method: 'event:*', action: { kind: 'drop-event' }, count: 1 });
    world.sandbox.control.say(world.maria, world.escalations, '@Heed hello');
    await eventually(() => seen.length === 1);
    expect(seen).toEqual([[1, 'http_timeout']]);
  });
});
