import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { actionName } from '../render/render-message.ts';
import { afterAck, apology, type ListenerContext, personOf } from './context.ts';
import { renderReply } from './render-reply.ts';

/** A press of a button or a choice from a menu. The message changes through the outbox; the reply is for the presser. */
export function onAction(context: ListenerContext) {
  return async ({
    action,
    ack,
    body,
    respond,
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const value = chosenValue(action);
    if (value === null || !('action_id' in action)) return;
    const channelId = body.channel?.id ?? '';
    const messageId = body.message?.ts ?? '';
    afterAck(
      context,
      'block_actions',
      async (requestId) => {
        const reply = await context.interactions.act({
          who: personOf(body.user.id, context),
          // The trigger is new for every press; a redelivered press carries the same one.
          eventKey: `trigger:${body.trigger_id}`,
          action: actionName(action.action_id),
          value,
          channelId,
          messageId,
          threadId: threadOf(body),
          channelKind: channelId.startsWith('D') ? 'direct' : 'channel',
          isEphemeral: body.container['is_ephemeral'] === true,
          requestId,
        });
        if (reply === null) return;
        const { text, blocks } = await renderReply(reply.message, context);
        const responseType =
          reply.visibility === 'conversation' ? ('in_channel' as const) : ('ephemeral' as const);
        await respond({
          response_type: responseType,
          replace_original: false,
          text,
          blocks: blocks,
        });
      },
      (requestId) =>
        respond({ response_type: 'ephemeral', replace_original: false, text: apology(requestId) }),
    );
  };
}

function threadOf(body: BlockAction): string | null {
  const thread: unknown = body.message?.['thread_ts'];
  return typeof thread === 'string' ? thread : (body.message?.ts ?? null);
}

function chosenValue(action: BlockAction['actions'][number]): string | null {
  if (action.type === 'button') return action.value ?? '';
  if (action.type === 'static_select') return action.selected_option.value;
  return null;
}
