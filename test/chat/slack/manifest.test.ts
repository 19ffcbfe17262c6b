import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagePath } from '../../../src/toolkit/package-root.ts';

interface Manifest {
  readonly display_information: {
    readonly name: string;
    readonly description: string;
    readonly long_description: string;
  };
  readonly features: {
    readonly bot_user: { readonly display_name: string };
    readonly agent_view: {
      readonly agent_description: string;
      readonly suggested_prompts: readonly { readonly title: string; readonly message: string }[];
    };
    readonly slash_commands: readonly {
      readonly command: string;
      readonly description: string;
      readonly usage_hint: string;
    }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly socket_mode_enabled: boolean;
  };
}

const manifest: Manifest = parse(readFileSync(packagePath('manifest.yml'), 'utf8'));

/** Scopes that the methods and events of our code need (docs.slack.dev, method and event pages). */
const needed: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read', 'users:read.email'],
  'views.publish': [],
  'views.open': [],
  'auth.test': [],
  'assistant.threads.setStatus': ['assistant:write'],
};
const eventScopes: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  app_home_opened: [],
};

function calledMethods(): readonly string[] {
  const folder = packagePath('src', 'chat', 'slack');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const source = files
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
    .replace(/\s+\./g, '.');
  const calls = source.matchAll(/\b(?:client|deliveryClient)\.((?:[a-zA-Z]+\.)+[a-zA-Z]+)\(/g);
  return [...new Set([...calls].map(([, method]) => method ?? ''))].sort();
}

describe('manifest.yml', () => {
  it('keeps the limits of Slack', () => {
    const { display_information: shown, features } = manifest;
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description.length).toBeLessThanOrEqual(140);
    expect(shown.long_description.length).toBeGreaterThanOrEqual(174);
    expect(shown.long_description.length).toBeLessThanOrEqual(4000);
    expect(features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const { command } of features.slash_commands) expect(command).toMatch(/^\/[a-z]{1,31}$/);
  });

  it('asks for the scopes that the code needs, and for no others (S0-45)', () => {
    const methods = calledMethods();
    expect(methods.length).toBeGreaterThan(8);
    expect(methods.filter((method) => !(method in needed))).toEqual([]);
    const wanted = new Set(['commands', ...methods.flatMap((method) => needed[method] ?? [])]);
    for (const event of manifest.settings.event_subscriptions.bot_events) {
      expect(eventScopes).toHaveProperty([event]);
      for (const scope of eventScopes[event] ?? []) wanted.add(scope);
    }
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...wanted].sort());
  });
});
