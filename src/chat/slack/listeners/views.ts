import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { newId } from '../../../toolkit/ids.ts';
import { readForm } from '../render/render-form.ts';
import { afterAck, apology, type ListenerContext, personOf } from './context.ts';

/**
 * A dialog was sent off. Slack shows mistakes only when they come with the acknowledgement, so they are looked for
 * first; the work itself follows when the dialog is closed.
 */
export function onViewSubmitted(context: ListenerContext) {
  return async ({
    view,
    ack,
    body,
    client,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const read = readForm(view);
    if (read === null) return await ack();
    const { place, state, answers } = read;
    const outcome = await context.interactions.submit({
      who: personOf(body.user.id, context),
      // A view can be sent off once: a redelivered submission carries the same id and hash.
      eventKey: `view:${view.id}:${view.hash}`,
      form: view.callback_id,
      state,
      answers,
      ...place,
      requestId: newId(),
    });
    if (outcome.kind === 'errors') return await ack({ response_action: 'errors', errors: outcome.errors });
    await ack();
    afterAck(
      context,
      'view_submission',
      () => outcome.work(),
      async (requestId) => {
        const opened = await client.conversations.open({ users: body.user.id });
        await client.chat.postMessage({ channel: opened.channel?.id ?? '', text: apology(requestId) });
      },
    );
  };
}
