import type { ChatPlatform, PostedMessage, PostRequest } from '../chat/platform.ts';
import type { FileBlock, Message } from '../messages/message.ts';
import type { OutboxAccess } from '../store/outbox-access.ts';
import type { ClaimedMessage } from '../store/outbox-store.ts';

/** The file of a message; null for the many that have none. */
export function fileOf(message: Message | null): FileBlock | null {
  return message?.blocks.find((block) => block.kind === 'file') ?? null;
}

/** Key under which a row remembers the platform's id of its file. */
const fileKey = ({ fileId }: FileBlock): string => `file:${fileId}`;

/** The platform's id of a file that was uploaded by an earlier attempt. */
export function uploadedId(row: Pick<ClaimedMessage, 'images'>, file: FileBlock): string | null {
  return row.images[fileKey(file)] ?? null;
}

/**
 * Uploads the bytes of a message's file, once: the upload belongs to no conversation yet, and the row remembers it.
 *
 * @returns null when the bytes are gone (an erasure deletes them)
 * @throws DeliveryError
 */
export async function prepareFile(
  row: Pick<ClaimedMessage, 'images'>,
  file: FileBlock,
  deps: { readonly outbox: OutboxAccess; readonly platform: ChatPlatform },
): Promise<{ readonly platformId: string; readonly known: Readonly<Record<string, string>> } | null> {
  const earlier = uploadedId(row, file);
  if (earlier !== null) return { platformId: earlier, known: {} };
  const content = await deps.outbox.readFile(file.fileId);
  if (content === null) return null;
  const { fileId: platformId } = await deps.platform.uploadFile({ content, fileName: file.fileName });
  return { platformId, known: { [fileKey(file)]: platformId } };
}

/** Posts a message with its file; the upload can be shared once, so a repeated call posts nothing twice. */
export async function shareFile(
  request: PostRequest,
  file: { readonly block: FileBlock; readonly platformId: string },
  platform: ChatPlatform,
): Promise<PostedMessage> {
  const { channelId, threadId, message } = request;
  return await platform.shareFile({
    channelId,
    ...(threadId === undefined ? {} : { threadId }),
    fileId: file.platformId,
    title: file.block.fileName,
    text: message.text,
  });
}
