import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { afterAck, apology, type ListenerContext, personOf } from './context.ts';
import { withoutMention } from './events.ts';
import { showThinking } from './show-thinking.ts';

/** Somebody wrote to Heed directly: every message starts a thread of its own, as the agent view shows them. */
export function onDirectMessage(context: ListenerContext) {
  return async ({
    message,
    body,
    client,
  }: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs): Promise<void> => {
    // Edits, deletions and bots have a subtype; a shared file with words is a question like any other.
    if (message.subtype !== undefined && message.subtype !== 'file_share') return;
    if ('bot_id' in message) return;
    if (channelTypeOf(message) !== 'im') return;
    const { user, channel, ts } = message;
    const threadId = message.thread_ts ?? ts;
    afterAck(
      context,
      'message.im',
      async (requestId) => {
        showThinking(client, channel, threadId);
        await context.interactions.ask({
          who: personOf(user, context),
          eventKey: `event:${body.event_id}`,
          text: withoutMention(message.text ?? ''),
          channelId: channel,
          channelKind: 'direct',
          threadId,
          requestId,
        });
      },
      (requestId) => client.chat.postMessage({ channel, thread_ts: threadId, text: apology(requestId) }),
    );
  };
}

/** The SDK's type of a plain message promises a direct one; it is also what channels would send. */
function channelTypeOf(message: { readonly channel_type: string }): string {
  return message.channel_type;
}
