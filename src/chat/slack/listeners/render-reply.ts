import type { Message } from '../../../messages/message.ts';
import { type RenderedMessage, renderMessage } from '../render/render-message.ts';
import type { ListenerContext } from './context.ts';

/** A reply for one person, with its charts uploaded; a chart that cannot be had is described instead. */
export async function renderReply(
  message: Message,
  context: ListenerContext,
  surface: 'message' | 'home' = 'message',
): Promise<RenderedMessage> {
  const images = [];
  for (const block of message.blocks) {
    if (block.kind !== 'chart') continue;
    const drawn = await context.draw(block.spec);
    const uploaded =
      drawn &&
      (await context.platform
        .uploadImage({ png: drawn.png, fileName: `${block.spec.kind}.png`, altText: drawn.altText })
        .catch(() => null));
    images.push(uploaded);
  }
  return renderMessage(message, images, context.linkHosts, surface);
}
