import type { Message } from '../messages/message.ts';

/**
 * What the outside of a chat platform must do for Heed. `chat/slack` implements it with the Slack Web API; `delivery`
 * and `jobs` know only this port.
 */
export interface ChatPlatform {
  readonly name: 'slack' | 'teams';
  readonly capabilities: PlatformCapabilities;
  /** Opens (or finds) the direct conversation with a person and returns its id. */
  openDirectMessage(chatUserId: string): Promise<string>;
  /** Uploads one PNG that belongs to no conversation yet and returns when the platform can show it. */
  uploadImage(image: UploadImage): Promise<UploadedImage>;
  /** Uploads a file that belongs to no conversation yet: nobody sees it before it is shared. */
  uploadFile(file: UploadFile): Promise<UploadedFile>;
  /** Shares an uploaded file together with a line of text. An upload can be shared once. Throws only `DeliveryError`. */
  shareFile(request: ShareRequest): Promise<PostedMessage>;
  /** The message that shares a file in a conversation; null when there is none. */
  findShared(request: Pick<ShareRequest, 'channelId' | 'fileId'>): Promise<PostedMessage | null>;
  /** Posts one message, once: no retry inside. Throws only `DeliveryError`. */
  post(request: PostRequest): Promise<PostedMessage>;
  /** Replaces a message in place. Throws only `DeliveryError`. */
  update(request: UpdateRequest): Promise<void>;
  /**
   * Looks in the conversation's history for the message that carries the marker. `undefined` when the platform has
   * no such look-up (`capabilities.findsByMarker` is false); null when it is not there.
   */
  findByMarker(request: FindRequest): Promise<PostedMessage | null | undefined>;
}

export interface PlatformCapabilities {
  /** Whether an unclear post can be looked up by its marker; without it delivery is at least once. */
  readonly findsByMarker: boolean;
  readonly supportsEphemeral: boolean;
  readonly supportsNativeCharts: boolean;
}

export interface UploadImage {
  readonly png: Uint8Array;
  readonly fileName: string;
  readonly altText: string;
}

/** Reference to an image the platform holds; opaque outside of the platform's own room. */
export interface UploadedImage {
  readonly imageId: string;
}

export interface UploadFile {
  readonly content: Uint8Array;
  readonly fileName: string;
}

/** Reference to a file the platform holds. */
export interface UploadedFile {
  readonly fileId: string;
}

export interface ShareRequest {
  readonly channelId: string;
  readonly threadId?: string;
  readonly fileId: string;
  readonly title: string;
  /** Plain text. */
  readonly text: string;
}

/** Travels inside the message's metadata, so that a message can be recognised after a lost answer. */
export interface Marker {
  readonly outboxId: string;
  /** Keyed hash over the outbox id: nobody else can forge a marker. */
  readonly signature: string;
}

export interface PostRequest {
  readonly channelId: string;
  /** Thread to reply in. */
  readonly threadId?: string;
  readonly message: Message;
  /** Images by position of their chart block; a chart without an image is left out and its alt text written instead. */
  readonly images: readonly (UploadedImage | null)[];
  readonly marker: Marker;
}

export interface UpdateRequest extends Omit<PostRequest, 'threadId'> {
  readonly messageId: string;
}

export interface FindRequest {
  readonly channelId: string;
  readonly threadId?: string;
  readonly marker: Marker;
  /** Look no further back than this. */
  readonly since: Date;
}

export interface PostedMessage {
  readonly channelId: string;
  /** Slack: ts. */
  readonly messageId: string;
}

/**
 * What a failed call means for the outbox:
 * - `rate-limited`: nothing happened; pause this conversation for `retryAfterSeconds`.
 * - `not-sent`: nothing happened; try again later (refused connection, 503 before handling).
 * - `unclear`: it may have happened; look it up before another attempt.
 * - `target-refused`: this conversation will never take it (archived, not a member).
 * - `message-refused`: the content is invalid; send its plain text once.
 * - `message-gone`: the message to update was deleted.
 * - `unauthorised`: nothing will work until a new token is set; keep rows and stop.
 */
export type DeliveryFailure =
  | 'rate-limited'
  | 'not-sent'
  | 'unclear'
  | 'target-refused'
  | 'message-refused'
  | 'message-gone'
  | 'unauthorised';

/** The only error that leaves a `ChatPlatform`. */
export class DeliveryError extends Error {
  readonly failure: DeliveryFailure;
  /** The platform's own word, for example `channel_not_found`. */
  readonly code: string;
  /** Seconds; only with `rate-limited`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    failure: DeliveryFailure,
    code: string,
    options: { readonly retryAfterSeconds?: number; readonly cause?: unknown } = {},
  ) {
    super(`${failure}: ${code}`, { cause: options.cause });
    this.name = 'DeliveryError';
    this.failure = failure;
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
