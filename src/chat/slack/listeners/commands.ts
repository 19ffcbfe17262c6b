import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { afterAck, apology, type ListenerContext, personOf } from './context.ts';
import { renderReply } from './render-reply.ts';

/** `/heed …`: acknowledged at once, answered to the one who typed it. */
export function onCommand(context: ListenerContext) {
  return async ({ command, ack, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    afterAck(
      context,
      'command',
      async (requestId) => {
        const reply = await context.interactions.command({
          who: personOf(command.user_id, context),
          eventKey: `trigger:${command.trigger_id}`,
          text: command.text.trim(),
          channelId: command.channel_id,
          requestId,
        });
        const { text, blocks } = await renderReply(reply.message, context);
        const responseType =
          reply.visibility === 'conversation' ? ('in_channel' as const) : ('ephemeral' as const);
        await respond({ response_type: responseType, text, blocks: blocks });
      },
      (requestId) => respond({ response_type: 'ephemeral', text: apology(requestId) }),
    );
  };
}
