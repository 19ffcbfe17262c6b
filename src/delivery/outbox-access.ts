/**
 * What the relay needs of the outbox table; `store/outbox-store.ts` provides it. Every call after the claim names the
 * lease token: a relay that lost its lease changes nothing.
 */
export interface OutboxAccess {
  /**
   * Leases due messages: at most one per conversation (the oldest unfinished), none of a paused conversation, none
   * whose parent is not posted yet.
   */
  claimDue(limit: number, leaseSeconds: number, token: string): Promise<readonly ClaimedMessage[]>;
  /** Notes, before the request, that from now on the message may exist. Keeps the first instant (database clock). */
  markTried(id: string, token: string): Promise<void>;
  /** The conversation shows `revision`; the row is due again when more was wanted meanwhile. */
  markSent(id: string, token: string, revision: number, posted: PostedRef): Promise<void>;
  /** Nothing happened; try again after the pause. `countAttempt` false: a 429 is nobody's failure. */
  markWaiting(id: string, token: string, wait: Wait): Promise<void>;
  /** It may have happened; only a look-up may follow, not before the pause is over. */
  markUnclear(id: string, token: string, wait: Wait): Promise<void>;
  markDead(id: string, token: string, error: string): Promise<void>;
  /** From now on only the text is sent. */
  markPlainText(id: string, token: string, error: string): Promise<void>;
  /** The posted message was deleted by somebody: post it anew. */
  forgetMessage(id: string, token: string): Promise<void>;
  saveImages(id: string, token: string, images: Readonly<Record<string, string>>): Promise<void>;
  /** No message to this conversation for so long, by any replica. */
  pauseConversation(platform: string, conversation: string, seconds: number): Promise<void>;
}

export interface Wait {
  readonly seconds: number;
  readonly error: string;
  readonly countAttempt: boolean;
  /** The request certainly did not post: an earlier doubt stays, but this attempt adds none. */
  readonly clearTried: boolean;
}

export interface PostedRef {
  readonly channelId: string;
  readonly messageId: string;
}

/** A leased outbox row. */
export interface ClaimedMessage {
  readonly id: string;
  readonly platform: string;
  /** Channel id, or `@<user id>` for the direct conversation with that person. */
  readonly conversation: string;
  readonly threadId: string | null;
  /** The `Message` to show, as stored. */
  readonly body: unknown;
  readonly wantedRevision: number;
  readonly attempts: number;
  /** When the first request that may have posted was about to start; null: none was. */
  readonly firstTryAt: Date | null;
  /** Set once the message exists. */
  readonly channelId: string | null;
  readonly messageId: string | null;
  /** Image ids by chart key. */
  readonly images: Readonly<Record<string, string>>;
  readonly plainText: boolean;
}
