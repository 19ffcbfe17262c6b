import { z } from 'zod';
import type { Form, FormAnswers } from '../messages/form.ts';
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
  /** A dialog was sent off: mistakes by field, or what to do once it is closed. */
  submit(request: SubmitRequest): Promise<SubmitOutcome>;
  /** The App Home of this person. */
  home(who: ChatPerson): Promise<Message>;
}

/** Somebody on a platform; who that is in Heed is looked up by the immutable pair of ids. */
export interface ChatPerson {
  readonly platform: 'slack' | 'teams';
  readonly workspaceId: string;
  readonly chatUserId: string;
}

/** A question as it came in; kept in the inbox, so that a crash leaves nobody without an answer. */
export const askRequestSchema = z.object({
  who: z.object({ platform: z.enum(['slack', 'teams']), workspaceId: z.string(), chatUserId: z.string() }),
  /** Unique per event of the platform. */
  eventKey: z.string(),
  text: z.string(),
  channelId: z.string(),
  channelKind: z.enum(['direct', 'channel']),
  /** Thread to answer in; null: answer in the conversation itself. */
  threadId: z.string().nullable(),
  requestId: z.string(),
});
export type AskRequest = Readonly<z.infer<typeof askRequestSchema>>;

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
  /** Thread of the message; a message outside of threads starts its own. */
  readonly threadId: string | null;
  readonly channelKind: 'direct' | 'channel';
  /** Only the presser saw the message, so only they see what follows. */
  readonly isEphemeral: boolean;
  readonly requestId: string;
}

export interface Reply {
  readonly message: Message;
  /** `ephemeral`: only the person sees it. */
  readonly visibility: 'ephemeral' | 'conversation';
  /** A dialog to open; `message` says what to do where it cannot be opened. */
  readonly form?: Form;
}

export interface SubmitRequest {
  readonly who: ChatPerson;
  readonly eventKey: string;
  /** Name and state as the form carried them. */
  readonly form: string;
  readonly state: string;
  readonly answers: FormAnswers;
  /** Where the button stood that opened the dialog. */
  readonly channelId: string;
  readonly threadId: string | null;
  readonly channelKind: 'direct' | 'channel';
  readonly isEphemeral: boolean;
  readonly requestId: string;
}

export type SubmitOutcome =
  /** Sentences by field; the dialog stays open. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** The dialog closes; the work may take longer than the platform waits. */
  | { readonly kind: 'accepted'; readonly work: () => Promise<void> };
