import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { createSandbox, type Sandbox } from '../../chat/sandbox/index.ts';
import { people } from '../../sources/synthetic/people.ts';
import { packagePath } from '../../toolkit/package-root.ts';

/** What the manifest promises Slack; the local Slack grants exactly that. */
const manifestSchema = z.object({
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string() }),
    ),
    agent_view: z.object({
      suggested_prompts: z.array(z.object({ title: z.string(), message: z.string() })),
    }),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** The first three people of the world: a support engineer, a sales rep, a manager. */
export const personas = people.slice(0, 3);

const channels = [
  { name: 'escalations', topic: 'Customer escalations, SLA, health: one message per problem' },
  { name: 'sales-pipeline', topic: 'Deals that need a decision' },
  { name: 'daily-digest', topic: 'What changed since yesterday' },
] as const;

/** A workspace with the people of the demo world, the channels of the routes, and the app as manifest.yml declares it. */
export async function startDemoSlack(port: number): Promise<Sandbox> {
  const manifest = manifestSchema.parse(parse(readFileSync(packagePath('manifest.yml'), 'utf8')));
  const sandbox = await createSandbox({
    port,
    app: {
      name: 'Heed',
      workspace: 'Quorum Data',
      scopes: manifest.oauth_config.scopes.bot,
      events: manifest.settings.event_subscriptions.bot_events,
      commands: manifest.features.slash_commands.map(({ command, description, usage_hint: usageHint }) => ({
        command,
        description,
        usageHint,
      })),
      suggestedPrompts: manifest.features.agent_view.suggested_prompts,
    },
    // A real workspace takes about one message a second and channel; nobody should wait for that in a demo.
    limits: { pacing: { messagesPerSecond: 8, burst: 8 } },
  });
  const users = people.map((person) =>
    sandbox.control.addUser({
      name: person.email.split('@')[0] ?? person.name,
      realName: person.name,
      title: person.title,
      email: person.email,
      timeZone: person.zone,
    }),
  );
  const ids = users.map(({ id }) => id);
  for (const channel of channels) sandbox.control.addChannel(channel, ids);
  return sandbox;
}
