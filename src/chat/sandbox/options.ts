import type { Clock } from '../../toolkit/clock.ts';

/** What the sandbox is told at start. Every field has a default; a sandbox of defaults is strict. */
export interface SandboxOptions {
  /** 0 (default) takes a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. The sandbox has no login: do not open it to a network. */
  readonly host?: string;
  /**
   * Append-only file with the truth log, one JSON object a line. What it holds is shown again after a restart; uploaded
   * files lie in the folder `<stateFile>.files`. Default: memory only.
   */
  readonly stateFile?: string;
  readonly clock?: Clock;
  /** The installed app. */
  readonly app?: AppOptions;
  readonly limits?: SandboxLimits;
  /** Makes faults with a probability repeatable. */
  readonly seed?: number;
}

export interface AppOptions {
  /** Name of the workspace; default `Sandbox`. */
  readonly workspace?: string;
  /** Name of the bot; default `Sandbox App`. */
  readonly name?: string;
  /** `socket` (default) or the URL that events, commands and interactions are posted to. */
  readonly delivery?: 'socket' | { readonly requestUrl: string };
  /** Bot scopes of the token, as in the app manifest; default: all known ones except `chat:write.public`. */
  readonly scopes?: readonly string[];
  /** Bot events as in the app manifest; default `app_mention`, `message.im`, `app_home_opened`. */
  readonly events?: readonly string[];
  /** Slash commands; when given, others are refused as Slack does. */
  readonly commands?: readonly SlashCommand[];
  /** Shown in an empty conversation with the app, at most four. */
  readonly suggestedPrompts?: readonly SuggestedPrompt[];
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
}

interface SlashCommand {
  /** With the slash, for example `/status`. */
  readonly command: string;
  readonly description?: string;
  readonly usageHint?: string;
}

export interface SuggestedPrompt {
  readonly title: string;
  readonly message: string;
}

export interface SandboxLimits {
  /** Messages a channel takes: a steady rate and a burst. `off` lifts the limit. Default 1 a second, burst 4. */
  readonly pacing?: Pacing | 'off';
  /** Time after an upload until the file has a mimetype and can be shown. Default 150. */
  readonly fileProcessingMilliseconds?: number;
  /** Time the app has to acknowledge. Slack's 3,000 by default. */
  readonly acknowledgeMilliseconds?: number;
  /** Waits before an unacknowledged event is sent again. Default 1 s, 1 min, 5 min. */
  readonly redeliveryMilliseconds?: readonly number[];
}

export interface Pacing {
  readonly messagesPerSecond: number;
  readonly burst: number;
}

/** The app as the workspace knows it. */
export interface AppIdentity {
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly name: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** The legacy token that every payload still carries; not checked by anyone. */
  readonly verificationToken: string;
  readonly scopes: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly commands: readonly SlashCommand[] | null;
  readonly suggestedPrompts: readonly SuggestedPrompt[];
}

/** Bot scopes that the sandbox checks; `chat:write.public` is checked too, but only given when it is asked for. */
const defaultScopes: readonly string[] = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:write',
  'users:read',
  'users:read.email',
];

export function buildIdentity(options: AppOptions = {}): AppIdentity {
  const name = options.name ?? 'Sandbox App';
  return {
    teamId: 'T0SANDBOX1',
    teamName: options.workspace ?? 'Sandbox',
    teamDomain: 'sandbox',
    appId: 'A0SANDBOX1',
    botId: 'B0SANDBOX1',
    botUserId: 'U0SANDBOXB',
    name,
    botToken: options.botToken ?? 'xoxb-sandbox-bot-token',
    appToken: options.appToken ?? 'xapp-sandbox-app-token',
    signingSecret: options.signingSecret ?? 'sandbox-signing-secret',
    verificationToken: 'sandbox-verification-token',
    scopes: new Set(options.scopes ?? defaultScopes),
    events: new Set(options.events ?? ['app_mention', 'message.im', 'app_home_opened']),
    commands: options.commands ?? null,
    suggestedPrompts: options.suggestedPrompts ?? [],
  };
}
