import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { afterAck, apology, type ListenerContext, personOf } from './context.ts';
import { publishHome } from './publish-home.ts';
import { showThinking } from './show-thinking.ts';

/** Somebody mentioned Heed in a channel: the answer goes into the thread. */
export function onMention(context: ListenerContext) {
  return async ({
    event,
    body,
    client,
  }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    const { user } = event;
    if (user === undefined) return;
    const threadId = event.thread_ts ?? event.ts;
    afterAck(
      context,
      'app_mention',
      async (requestId) => {
        showThinking(client, event.channel, threadId);
        await context.interactions.ask({
          who: personOf(user, context),
          eventKey: `event:${body.event_id}`,
          text: withoutMention(event.text),
          channelId: event.channel,
          channelKind: 'channel',
          threadId,
          requestId,
        });
      },
      (requestId) => client.chat.postEphemeral({ channel: event.channel, user, text: apology(requestId) }),
    );
  };
}

/** Somebody opened the App Home: publish it anew, for them. */
export function onHomeOpened(context: ListenerContext) {
  return async ({
    event,
    client,
  }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs): Promise<void> => {
    if (event.tab !== 'home') return;
    afterAck(context, 'app_home_opened', () => publishHome(context, client, event.user));
  };
}

/** The words around the mention; Slack's own escapes are undone, because a question is text, not markup. */
export function withoutMention(text: string): string {
  return plainWords(text.replace(/<@[UW][A-Z0-9]+(\|[^>]*)?>/g, ' '));
}

/** Undoes Slack's wire format: links and channels become their labels, entities their characters. */
export function plainWords(text: string): string {
  return text
    .replace(/<([#@!][^>|]*)\|([^>]*)>/g, '$2')
    .replace(/<(?:https?|mailto|tel):[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
