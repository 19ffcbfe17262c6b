import { App, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { onTestFinished, vi } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/chat/sandbox/index.ts';
import { createSandbox } from '../../../src/chat/sandbox/index.ts';

/** A 1x1 PNG. */
export const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export interface World {
  readonly sandbox: Sandbox;
  readonly maria: string;
  readonly sam: string;
  /** #escalations: Maria, Sam and the app. */
  readonly escalations: string;
  /** #sales: Sam only; the app is not in it. */
  readonly sales: string;
}

/** A workspace with two people and two channels; no pacing and no processing delay unless asked for. */
export async function aWorld(options: SandboxOptions = {}): Promise<World> {
  const sandbox = await createSandbox({
    ...options,
    limits: { pacing: 'off', fileProcessingMilliseconds: 0, ...options.limits },
    app: { name: 'Heed', ...options.app },
  });
  onTestFinished(() => sandbox.close());
  const { control } = sandbox;
  const maria = control.addUser({ name: 'maria', realName: 'Maria Silva', title: 'Support engineer' }).id;
  const sam = control.addUser({ name: 'sam', realName: 'Sam Lee', title: 'Sales rep' }).id;
  const escalations = control.addChannel({ name: 'escalations' }, [maria, sam]).id;
  const sales = control.addChannel({ name: 'sales' }, [sam], { app: false }).id;
  return { sandbox, maria, sam, escalations, sales };
}

export const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/**
 * The real Bolt app in Socket Mode; only the API address differs from production.
 *
 * @param pingMilliseconds Bolt gives a connection up after this long without a pong, and waits as long to reconnect
 */
export function aSocketApp(sandbox: Sandbox, pingMilliseconds = 5_000): App {
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: sandbox.appToken,
    clientPingTimeout: pingMilliseconds,
    logger: quiet,
    installerOptions: { clientOptions },
  });
  return new App({ token: sandbox.botToken, receiver, logger: quiet, clientOptions });
}

/** Starts an app and stops it after the test. */
export async function started(app: App): Promise<App> {
  await app.start();
  onTestFinished(() => app.stop().then(() => undefined));
  return app;
}

/** The app's own Web API client, without retries and without waiting on 429. */
export function aClient(sandbox: Sandbox, token = sandbox.botToken): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
}

/** Waits until the look returns something other than undefined, null or false. */
export async function eventually<T>(look: () => T | undefined | null | false): Promise<T> {
  return vi.waitFor(
    () => {
      const found = look();
      if (found === undefined || found === null || found === false) throw new Error('not there yet');
      return found;
    },
    { timeout: 10_000, interval: 10 },
  );
}

/** Texts of a conversation as a person sees it. */
export function texts(world: World, channel: string, as?: string): readonly string[] {
  return world.sandbox.control.messages(channel, as).map((message) => message.text);
}
