import type { webApi } from '@slack/bolt';
import type { Message } from '../../../messages/message.ts';
import { slackLimits } from '../limits.ts';
import type { ListenerContext } from './context.ts';
import { personOf } from './context.ts';
import { renderReply } from './render-reply.ts';

/**
 * Publishes the App Home of somebody anew.
 *
 * @param first stands above it, for example what a press of one of its buttons did
 */
export async function publishHome(
  context: ListenerContext,
  client: webApi.WebClient,
  userId: string,
  first?: Message,
): Promise<void> {
  const home = await context.interactions.home(personOf(userId, context));
  // The screen has buttons of its own; the same button twice would not tell which was pressed.
  const words = first?.blocks.filter(({ kind }) => kind !== 'actions') ?? [];
  const blocks = words.length === 0 ? home.blocks : [...words, { kind: 'divider' as const }, ...home.blocks];
  await publish(context, client, userId, { text: home.text, blocks });
}

/** Shows nothing but a message there, while the home is being made. */
export async function publishNotice(
  context: ListenerContext,
  client: webApi.WebClient,
  userId: string,
  text: string,
): Promise<void> {
  await publish(context, client, userId, { text, blocks: [{ kind: 'paragraph', content: [text] }] });
}

async function publish(
  context: ListenerContext,
  client: webApi.WebClient,
  userId: string,
  message: Message,
): Promise<void> {
  const { blocks } = await renderReply(message, context, 'home');
  const view = { type: 'home' as const, blocks: blocks.slice(0, slackLimits.blocksPerView) };
  await client.views.publish({ user_id: userId, view });
}
