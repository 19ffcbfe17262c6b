import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs, webApi } from '@slack/bolt';
import type { ActRequest } from '../../../interactions/interactions.ts';
import type { Form } from '../../../messages/form.ts';
import { type FormPlace, renderForm } from '../render/render-form.ts';
import { actionName } from '../render/render-message.ts';
import { afterAck, apology, type ListenerContext, personOf } from './context.ts';
import { publishHome, publishNotice } from './publish-home.ts';
import { renderReply } from './render-reply.ts';

/** A press of a button or a choice from a menu. The message changes through the outbox; the reply is for the presser. */
export function onAction(context: ListenerContext) {
  return async ({
    action,
    ack,
    body,
    respond,
    client,
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const value = chosenValue(action);
    if (value === null || !('action_id' in action)) return;
    const pressed = {
      who: personOf(body.user.id, context),
      // The trigger is new for every press; a redelivered press carries the same one.
      eventKey: `trigger:${body.trigger_id}`,
      action: actionName(action.action_id),
      value,
    };
    if (body.view?.type === 'home') return onHomeAction(context, client, pressed);
    const channelId = body.channel?.id ?? '';
    const messageId = body.message?.ts ?? '';
    afterAck(
      context,
      'block_actions',
      async (requestId) => {
        const place: FormPlace = {
          channelId,
          threadId: threadOf(body),
          channelKind: channelId.startsWith('D') ? 'direct' : 'channel',
          isEphemeral: body.container['is_ephemeral'] === true,
        };
        const reply = await context.interactions.act({ ...pressed, ...place, messageId, requestId });
        if (reply === null) return;
        if (reply.form !== undefined && (await openForm(context, client, body.trigger_id, reply.form, place)))
          return;
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

/** False when Slack would not open it: a trigger is good for three seconds. */
async function openForm(
  context: ListenerContext,
  client: webApi.WebClient,
  triggerId: string,
  form: Form,
  place: FormPlace,
): Promise<boolean> {
  try {
    await client.views.open({ trigger_id: triggerId, view: renderForm(form, place, context.linkHosts) });
    return true;
  } catch (error) {
    context.log.warn({ error, form: form.form }, 'a dialog could not be opened');
    return false;
  }
}

type Pressed = Pick<ActRequest, 'who' | 'eventKey' | 'action' | 'value'>;

/** The home screen has no thread to answer in: what came of the press stands above it. */
function onHomeAction(context: ListenerContext, client: webApi.WebClient, pressed: Pressed): void {
  const userId = pressed.who.chatUserId;
  afterAck(
    context,
    'home_actions',
    async (requestId) => {
      await publishNotice(context, client, userId, 'Working on it, a few seconds …');
      const reply = await context.interactions.act({
        ...pressed,
        channelId: '',
        messageId: '',
        threadId: null,
        channelKind: 'direct',
        // Nobody else sees this screen, so nothing that follows is posted for others.
        isEphemeral: true,
        requestId,
      });
      await publishHome(context, client, userId, reply?.message);
    },
    (requestId) => publishNotice(context, client, userId, apology(requestId)),
  );
}

function threadOf(body: BlockAction): string | null {
  const thread: unknown = body.message?.['thread_ts'];
  return typeof thread === 'string' ? thread : (body.message?.ts ?? null);
}

function chosenValue(action: BlockAction['actions'][number]): string | null {
  if (action.type === 'button') return action.value ?? '';
  if (action.type === 'static_select' || action.type === 'overflow') return action.selected_option.value;
  return null;
}
