import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import {
  type ChatPlatform,
  DeliveryError,
  type FindRequest,
  type Marker,
  type PostedMessage,
  type PostRequest,
  type ShareRequest,
  type UpdateRequest,
  type UploadedImage,
  type UploadImage,
} from '../platform.ts';
import { toDeliveryError } from './errors.ts';
import { escapeText, type LinkHosts } from './render/mrkdwn.ts';
import { renderMessage } from './render/render-message.ts';

/** Name of the metadata that carries the marker; Slack shows it to the app that wrote it. */
const markerEvent = 'heed_message';

export interface SlackPlatformOptions {
  /** A client without retries of its own and with a time limit: all retry policy lives in the outbox. */
  readonly client: webApi.WebClient;
  readonly linkHosts: LinkHosts;
  /** Longest wait until Slack has taken in an uploaded image, in milliseconds. */
  readonly imageWaitMs: number;
}

/** Slack behind the port. Every call is one request; only reads and the image upload take several. */
export function createSlackPlatform(options: SlackPlatformOptions): ChatPlatform {
  const { client } = options;
  const write = (request: PostRequest) => ({
    ...renderMessage(request.message, request.images, options.linkHosts),
    metadata: {
      event_type: markerEvent,
      event_payload: { outbox_id: request.marker.outboxId, signature: request.marker.signature },
    },
  });
  return {
    name: 'slack',
    capabilities: { findsByMarker: true, supportsEphemeral: true, supportsNativeCharts: true },
    openDirectMessage: (chatUserId) =>
      guard(async () => {
        const opened = await client.conversations.open({ users: chatUserId });
        return need(opened.channel?.id, 'conversation without an id');
      }),
    uploadImage: (image) => guard(() => uploadImage(client, image, options.imageWaitMs)),
    uploadFile: ({ content, fileName }) =>
      guard(async () => {
        const bytes = { content, fileName, mimetype: 'application/octet-stream' };
        return { fileId: await uploadBytes(client, bytes) };
      }),
    shareFile: (request) => guard(() => shareFile(client, request, options.imageWaitMs)),
    findShared: ({ channelId, fileId }) => guard(() => findShared(client, channelId, fileId)),
    post: (request) =>
      guard(async () => {
        const posted = await client.chat.postMessage({
          channel: request.channelId,
          ...write(request),
          ...(request.threadId === undefined ? {} : { thread_ts: request.threadId }),
          unfurl_links: false,
          unfurl_media: false,
          link_names: false,
          parse: 'none',
        });
        return {
          channelId: posted.channel ?? request.channelId,
          messageId: need(posted.ts, 'message without a ts'),
        };
      }),
    update: (request: UpdateRequest) =>
      guard(async () => {
        await client.chat.update({
          channel: request.channelId,
          ts: request.messageId,
          ...write(request),
          link_names: false,
          parse: 'none',
        });
      }),
    findByMarker: (request) => guard(() => findByMarker(client, request)),
  };
}

/** Only `DeliveryError` leaves. */
async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDeliveryError(error);
  }
}

function need(value: string | undefined, what: string): string {
  if (value === undefined) throw new DeliveryError('unclear', what.replaceAll(' ', '_'));
  return value;
}

/**
 * Slack's three steps without a channel, then a wait: a message that shows a file which Slack has not taken in yet is
 * refused as `invalid_blocks`.
 */
async function uploadImage(
  client: webApi.WebClient,
  image: UploadImage,
  waitMs: number,
): Promise<UploadedImage> {
  const fileId = await uploadBytes(client, {
    content: image.png,
    fileName: image.fileName,
    mimetype: 'image/png',
    altText: image.altText.slice(0, 1000),
  });
  await client.files.completeUploadExternal({ files: [{ id: fileId, title: image.fileName }] });
  const until = Date.now() + waitMs;
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const info = await client.files.info({ file: fileId });
    if (info.file?.mimetype) return { imageId: fileId };
    if (Date.now() + pause > until) throw new DeliveryError('not-sent', 'image_not_ready');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The first two of the three steps: the bytes are there, and nobody sees them. */
async function uploadBytes(
  client: webApi.WebClient,
  file: {
    readonly content: Uint8Array;
    readonly fileName: string;
    readonly mimetype: string;
    readonly altText?: string;
  },
): Promise<string> {
  const ticket = await client.files.getUploadURLExternal({
    filename: file.fileName,
    length: file.content.byteLength,
    ...(file.altText === undefined ? {} : { alt_text: file.altText }),
  });
  const fileId = need(ticket.file_id, 'upload without a file id');
  const response = await fetch(need(ticket.upload_url, 'upload without an address'), {
    method: 'POST',
    headers: { 'content-type': file.mimetype },
    body: Buffer.from(file.content),
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new DeliveryError('not-sent', `upload_http_${response.status}`);
  return fileId;
}

/**
 * The third step, with a channel. Its answer does not name the message, so the file is asked where it is shared; and
 * while that is not visible yet the share counts as unclear, which is looked up later and never repeated blindly.
 */
async function shareFile(
  client: webApi.WebClient,
  request: ShareRequest,
  waitMs: number,
): Promise<PostedMessage> {
  const { channelId, threadId, fileId } = request;
  const place = { channel_id: channelId, initial_comment: escapeText(request.text).slice(0, longestComment) };
  const files: [{ id: string; title: string }] = [{ id: fileId, title: request.title }];
  await (threadId === undefined
    ? client.files.completeUploadExternal({ files, ...place })
    : client.files.completeUploadExternal({ files, ...place, thread_ts: threadId }));
  const until = Date.now() + waitMs;
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const shared = await findShared(client, channelId, fileId);
    if (shared !== null) return shared;
    if (Date.now() + pause > until) throw new DeliveryError('unclear', 'share_not_visible');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

const longestComment = 3000;

const sharesSchema = z.object({
  public: z.record(z.string(), z.array(z.object({ ts: z.string() }))).optional(),
  private: z.record(z.string(), z.array(z.object({ ts: z.string() }))).optional(),
});

/** `file.shares`: by kind of conversation and channel, the messages that show the file. */
async function findShared(
  client: webApi.WebClient,
  channelId: string,
  fileId: string,
): Promise<PostedMessage | null> {
  const { file } = await client.files.info({ file: fileId });
  const shares = sharesSchema.safeParse(file?.shares);
  if (!shares.success) return null;
  const [first] = shares.data.private?.[channelId] ?? shares.data.public?.[channelId] ?? [];
  return first === undefined ? null : { channelId, messageId: first.ts };
}

async function findByMarker(client: webApi.WebClient, request: FindRequest): Promise<PostedMessage | null> {
  const oldest = (request.since.getTime() / 1000).toFixed(6);
  let cursor: string | undefined;
  do {
    const page = {
      channel: request.channelId,
      oldest,
      inclusive: true,
      include_all_metadata: true,
      limit: 200,
      ...(cursor === undefined || cursor === '' ? {} : { cursor }),
    };
    const answer =
      request.threadId === undefined
        ? await client.conversations.history(page)
        : await client.conversations.replies({ ...page, ts: request.threadId });
    for (const message of answer.messages ?? []) {
      if (message.ts !== undefined && carries(message.metadata, request.marker)) {
        return { channelId: request.channelId, messageId: message.ts };
      }
    }
    cursor = answer.response_metadata?.next_cursor;
  } while (cursor);
  return null;
}

function carries(
  metadata: { event_type?: string; event_payload?: object } | undefined,
  marker: Marker,
): boolean {
  if (metadata?.event_type !== markerEvent) return false;
  const payload = { ...metadata.event_payload } as Record<string, unknown>;
  return payload['outbox_id'] === marker.outboxId && payload['signature'] === marker.signature;
}
