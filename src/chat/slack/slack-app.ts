/**
 * Door of the Slack room. In: Slack's events, over Socket Mode or HTTP. Out: calls of `Interactions`, and the platform
 * port for the delivery. It never touches the store, the planner or the queries.
 */
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import type { ChartImage } from '../../charts/chart-spec.ts';
import type { ChartSpec } from '../../domain/chart-data.ts';
import type { Interactions } from '../../interactions/interactions.ts';
import type { Log } from '../../toolkit/log.ts';
import type { ChatPlatform } from '../platform.ts';
import { type FoundChannels, findChannels } from './directory/find-channels.ts';
import { isInsideChannel } from './directory/is-inside-channel.ts';
import { lookUpMember, type Member } from './directory/look-up-member.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { createSlackPlatform } from './slack-platform.ts';

export interface SlackOptions {
  readonly botToken: string;
  /** Socket Mode with this token; or events over HTTP with a signing secret and a port. */
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  readonly apiUrl: string | undefined;
  /** The one workspace that is served; undefined: the bot token's own. */
  readonly teamId: string | undefined;
  readonly linkHosts: readonly string[];
  /** Longest time one call may take; the outbox lease must be longer (see `delivery`). Default 20. */
  readonly timeoutSeconds?: number;
  readonly draw: (spec: ChartSpec) => Promise<ChartImage | null>;
  readonly log: Log;
}

export interface SlackApp {
  readonly platform: ChatPlatform;
  readonly workspaceId: string;
  readonly botUserId: string;
  /** Starts to listen. The interactions are handed in late: they need the platform. */
  start(interactions: Interactions): Promise<void>;
  /** Takes no more events and waits for those in hand. */
  stop(): Promise<void>;
  /** Ids of channels by name (`#escalations`), for routes. */
  findChannels(names: readonly string[]): Promise<FoundChannels>;
  /** What Slack knows of a member; null when there is none. */
  lookUpMember(chatUserId: string): Promise<Member | null>;
  /** Whether a channel belongs to this workspace alone, not shared with another company nor about to be. */
  isInsideChannel(channelId: string): Promise<boolean>;
}

/**
 * Connects with the bot token (`auth.test`) and prepares the app.
 *
 * @throws DeliveryError when Slack refuses the token or cannot be reached
 */
export async function connectSlack(options: SlackOptions): Promise<SlackApp> {
  // Two clients, so that a burst of alerts never delays an answer to a person.
  const shared = {
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl }),
    timeout: (options.timeoutSeconds ?? 20) * 1000,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    logLevel: webApi.LogLevel.ERROR,
    logger: quietLogger(options.log),
  };
  const deliveryClient = new webApi.WebClient(options.botToken, shared);
  const identity = await deliveryClient.auth.test();
  const workspaceId = identity.team_id ?? '';
  const botUserId = identity.user_id ?? '';
  if (options.teamId !== undefined && options.teamId !== workspaceId) {
    throw new Error(
      `the bot token belongs to workspace ${workspaceId}, but SLACK_TEAM_ID is ${options.teamId}`,
    );
  }
  const platform = createSlackPlatform({
    client: deliveryClient,
    linkHosts: options.linkHosts,
    imageWaitMs: 8_000,
  });
  const app = new App({
    token: options.botToken,
    receiver: createReceiver(options),
    clientOptions: shared,
    logger: quietLogger(options.log),
    // Heed's own identity is known already; without this every event costs an auth.test.
    tokenVerificationEnabled: false,
    ignoreSelf: true,
  });
  const inHand = new Set<Promise<void>>();
  return {
    platform,
    workspaceId,
    botUserId,
    start: async (interactions) => {
      registerListeners(app, { ...options, interactions, platform, workspaceId, inHand });
      await app.start();
    },
    stop: async () => {
      await app.stop();
      await Promise.allSettled([...inHand]);
    },
    findChannels: (names) => findChannels(deliveryClient, names),
    lookUpMember: (chatUserId) => lookUpMember(deliveryClient, chatUserId, workspaceId),
    isInsideChannel: (channelId) => isInsideChannel(deliveryClient, channelId),
  };
}

function createReceiver(options: SlackOptions): HTTPReceiver | SocketModeReceiver {
  const { transport } = options;
  const logger = quietLogger(options.log);
  if (transport.kind === 'socket') {
    return new SocketModeReceiver({
      appToken: transport.appToken,
      logger,
      ...(options.apiUrl === undefined
        ? {}
        : { installerOptions: { clientOptions: { slackApiUrl: options.apiUrl } } }),
    });
  }
  return new HTTPReceiver({
    signingSecret: transport.signingSecret,
    port: transport.port,
    logger,
    bodyLimit: 1_000_000,
    customPropertiesExtractor: (request) => ({
      slackTimestamp: request.headers['x-slack-request-timestamp'],
    }),
  });
}

/** Bolt's own lines, in our log and in its format. */
function quietLogger(log: Log) {
  const line = (parts: readonly unknown[]) => ({ slack: parts.map(String).join(' ') });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn(line(parts), 'slack client'),
    error: (...parts: unknown[]) => log.error(line(parts), 'slack client'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
