import { type ChatPlatform, DeliveryError, type PostedMessage } from '../chat/platform.ts';
import type { Message } from '../messages/message.ts';
import { parseMessage } from '../messages/message-schema.ts';
import type { Log } from '../toolkit/log.ts';
import { markerFor } from './marker.ts';
import type { ClaimedMessage, OutboxAccess } from './outbox-access.ts';
import { decideOutcome, type Outcome, type RetryPolicy } from './outcome.ts';
import { type DrawChart, prepareImages } from './prepare-images.ts';

export interface DeliverDeps {
  readonly outbox: OutboxAccess;
  readonly platform: ChatPlatform;
  readonly draw: DrawChart;
  readonly secret: string;
  readonly policy: RetryPolicy;
  /** Allowed difference between the database's and the platform's clock, in seconds. */
  readonly clockSkewSeconds: number;
  /** Least distance between two messages of one conversation (Slack: about 1 per second and channel). */
  readonly paceSeconds: number;
  readonly log: Log;
  readonly random: () => number;
}

export type Delivered =
  | { readonly kind: 'posted' | 'updated' | 'recognised' }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/**
 * Brings one conversation in line with one outbox row. The order of steps is the promise: remember that a post may
 * exist, commit, then post; and once that is remembered, look it up before posting again.
 */
export async function deliverMessage(
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const { outbox, platform } = deps;
  try {
    const channelId = row.channelId ?? (await openConversation(row, platform));
    if (row.messageId === null && row.firstTryAt !== null) {
      const found = await lookUp(row, channelId, deps);
      if (found) return await recognise(row, token, found, deps);
    }
    const message = withoutBlocksIf(row.plainText, parseMessage(row.body));
    const prepared = await prepareImages(message, row.images, deps);
    await outbox.saveImages(row.id, token, prepared.known);
    const request = { channelId, message, images: prepared.images, marker: markerFor(row.id, deps.secret) };

    if (row.messageId !== null) {
      await platform.update({ ...request, messageId: row.messageId });
      await outbox.markSent(row.id, token, row.wantedRevision, { channelId, messageId: row.messageId });
      await outbox.pauseConversation(row.platform, row.conversation, deps.paceSeconds);
      return { kind: 'updated' };
    }
    await outbox.markTried(row.id, token);
    const posted = await platform.post(
      row.threadId === null ? request : { ...request, threadId: row.threadId },
    );
    await outbox.markSent(row.id, token, row.wantedRevision, posted);
    await outbox.pauseConversation(row.platform, row.conversation, deps.paceSeconds);
    return { kind: 'posted' };
  } catch (error) {
    return await recordFailure(error, row, token, deps);
  }
}

function openConversation(row: ClaimedMessage, platform: ChatPlatform): Promise<string> {
  return row.conversation.startsWith('@')
    ? platform.openDirectMessage(row.conversation.slice(1))
    : Promise.resolve(row.conversation);
}

function lookUp(
  row: ClaimedMessage,
  channelId: string,
  deps: DeliverDeps,
): Promise<PostedMessage | null | undefined> {
  const since = new Date((row.firstTryAt?.getTime() ?? 0) - deps.clockSkewSeconds * 1000);
  const where = row.threadId === null ? {} : { threadId: row.threadId };
  return deps.platform.findByMarker({ channelId, ...where, marker: markerFor(row.id, deps.secret), since });
}

async function recognise(
  row: ClaimedMessage,
  token: string,
  found: PostedMessage,
  deps: DeliverDeps,
): Promise<Delivered> {
  // Which revision made it is unknown once more than one was wanted; then it counts as none, and an edit follows.
  const revision = row.wantedRevision === 1 ? 1 : 0;
  await deps.outbox.markSent(row.id, token, revision, found);
  deps.log.info({ outboxId: row.id }, 'a message whose answer was lost was found in the conversation');
  return { kind: 'recognised' };
}

function withoutBlocksIf(plainText: boolean, message: Message): Message {
  return plainText ? { text: message.text, blocks: [] } : message;
}

async function recordFailure(
  error: unknown,
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const attempt = {
    attempts: row.attempts,
    wasUpdate: row.messageId !== null,
    plainText: row.plainText,
    findsByMarker: deps.platform.capabilities.findsByMarker,
  };
  const outcome = decideOutcome(error, attempt, deps.policy, deps.random());
  const { outbox, log } = deps;
  // A definite refusal leaves no doubt behind, unless an earlier attempt already had.
  const definite = error instanceof DeliveryError && ['rate-limited', 'not-sent'].includes(error.failure);
  const clearTried = row.firstTryAt === null && definite;
  log.warn(
    { outboxId: row.id, conversation: row.conversation, outcome, error },
    'a message was not delivered yet',
  );
  switch (outcome.kind) {
    case 'wait':
    case 'stop':
      await outbox.markWaiting(row.id, token, {
        seconds: outcome.seconds,
        error: outcome.reason,
        countAttempt: outcome.kind === 'wait' && outcome.countAttempt,
        clearTried,
      });
      break;
    case 'pause-conversation':
      await outbox.pauseConversation(row.platform, row.conversation, outcome.seconds);
      await outbox.markWaiting(row.id, token, {
        seconds: outcome.seconds,
        error: outcome.reason,
        countAttempt: false,
        clearTried,
      });
      break;
    case 'unclear':
      await outbox.markUnclear(row.id, token, {
        seconds: outcome.seconds,
        error: outcome.reason,
        countAttempt: true,
        clearTried,
      });
      break;
    case 'plain-text':
      await outbox.markPlainText(row.id, token, outcome.reason);
      break;
    case 'post-anew':
      await outbox.forgetMessage(row.id, token);
      break;
    case 'dead':
      await outbox.markDead(row.id, token, outcome.reason);
      break;
  }
  return { kind: 'failed', outcome };
}
