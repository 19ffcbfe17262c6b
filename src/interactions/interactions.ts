import type { Message } from '../messages/message.ts';

/**
 * Everything a person can do with Heed, free of any platform. Chat rooms translate events into these calls and render
 * what comes back; they never touch the store or the planner.
 */
export interface Interactions {
  /**
   * Takes a question asked in a conversation. The answer is written to the outbox (same conversation and thread), so
   * it survives a crash; resolves when it is there. A second call with the same `eventKey` does nothing.
   */
  ask(request: AskRequest): Promise<void>;
  /** `/heed …`: answers only the person who typed it. */
  command(request: CommandRequest): Promise<Reply>;
  /** A button or menu of a message. The message itself changes through the outbox; `reply` is for the person alone. */
  act(request: ActRequest): Promise<Reply | null>;
  /** The App Home of this person. */
  home(who: ChatPerson): Promise<Message>;
}

/** Somebody on a platform; who that is in Heed is looked up by the immutable pair of ids. */
export interface ChatPerson {
  readonly platform: 'slack' | 'teams';
  readonly workspaceId: string;
  readonly chatUserId: string;
}

export interface AskRequest {
  readonly who: ChatPerson;
  /** Unique per event of the platform. */
  readonly eventKey: string;
  readonly text: string;
  readonly channelId: string;
  readonly channelKind: 'direct' | 'channel';
  /** Thread to answer in; null: answer in the conversation itself. */
  readonly threadId: string | null;
  readonly requestId: string;
}

export interface CommandRequest {
  readonly who: ChatPerson;
  readonly eventKey: string;
  /** Everything after `/heed`. */
  readonly text: string;
  readonly channelId: string;
  readonly requestId: string;
}

export interface ActRequest {
  readonly who: ChatPerson;
  readonly eventKey: string;
  /** Name of the action as in `messages`, for example `acknowledge-alert`. */
  readonly action: string;
  /** The button's value, or the chosen option's. */
  readonly value: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly requestId: string;
}

export interface Reply {
  readonly message: Message;
  /** `ephemeral`: only the person sees it. */
  readonly visibility: 'ephemeral' | 'conversation';
}
