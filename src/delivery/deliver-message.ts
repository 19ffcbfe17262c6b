import { type ChatPlatform, DeliveryError, type PostedMessage, type PostRequest } from '../chat/platform.ts';
import type { Message } from '../messages/message.ts';
import { parseMessage } from '../messages/message-schema.ts';
import type { Store } from '../store/database.ts';
import * as marks from '../store/outbox-marks.ts';
import type { ClaimedMessage } from '../store/outbox-store.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Log } from '../toolkit/log.ts';
import { markerFor } from './marker.ts';
import { backOff, decideOutcome, type Outcome, type RetryPolicy } from './outcome.ts';
import { type DrawChart, prepareImages } from './prepare-images.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly platform: ChatPlatform;
  readonly draw: DrawChart;
  /** Key of the markers; the same on every replica. */
  readonly secret: string;
  readonly policy: RetryPolicy;
  /**
   * A claim is valid so long. Must exceed the platform client's time limit plus the time in which a post becomes
   * visible in the history: the promise "never twice" rests on it.
   */
  readonly leaseSeconds: number;
  /** Allowed difference between the database's and the platform's clock. */
  readonly clockSkewSeconds: number;
  /** Least distance between two messages of one conversation (Slack: about 1 per second and channel). */
  readonly paceSeconds: number;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

export type Delivered =
  | { readonly kind: 'posted' | 'edited' | 'recognised' }
  /** The claim passed to another relay, or what was done could not be recorded: whoever claims next reconciles. */
  | { readonly kind: 'left-alone' }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/**
 * Brings one conversation in line with one outbox row. The order of the steps is the promise: note that a post may
 * exist, commit, then post; and while there is doubt, look before posting again.
 */
export async function deliverMessage(
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const { store, platform, log } = deps;
  let channelId: string;
  try {
    channelId = row.channelId ?? (await openConversation(row, platform));
    if (row.action === 'reconcile') {
      const found = await lookUp(row, channelId, deps);
      if (found) return await recognise(row, token, found, deps);
    }
  } catch (error) {
    return await postpone(error, row, token, deps);
  }

  const message = readBody(row);
  if (message === null) {
    await marks.markDead(store.db, row.id, token, 'unreadable_body');
    return { kind: 'failed', outcome: { kind: 'dead', reason: 'unreadable_body' } };
  }
  const prepared = await prepareImages(message, row.images, deps);
  await marks.saveImages(store.db, row.id, token, prepared.known);
  const request = { channelId, message, images: prepared.images, marker: markerFor(row.id, deps.secret) };
  if ((await marks.markTried(store.db, row.id, token, deps.leaseSeconds)) === null)
    return { kind: 'left-alone' };

  let posted: PostedMessage;
  try {
    posted = await send(row, request, platform);
  } catch (error) {
    return await recordRefusal(error, row, token, deps);
  }
  try {
    await marks.markSent(store.db, row.id, token, row.revision, posted);
    await marks.pauseConversation(store.db, row.platform, row.conversation, deps.paceSeconds);
  } catch (error) {
    // The message is out and the row does not know it. The lease runs out, and whoever claims it looks it up.
    log.error({ error, outboxId: row.id }, 'a delivered message could not be recorded; it will be looked up');
    return { kind: 'left-alone' };
  }
  return { kind: row.action === 'edit' ? 'edited' : 'posted' };
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
  // Which revision was posted is unknown once more than one was wanted; then it counts as none, and an edit follows.
  await marks.markSent(deps.store.db, row.id, token, row.revision === 1 ? 1 : 0, found);
  deps.log.info({ outboxId: row.id }, 'a message whose answer was lost was found in the conversation');
  return { kind: 'recognised' };
}

function readBody(row: ClaimedMessage): Message | null {
  try {
    const message = parseMessage(row.body);
    return row.plainText ? { text: message.text, blocks: [] } : message;
  } catch {
    return null;
  }
}

async function send(
  row: ClaimedMessage,
  request: PostRequest,
  platform: ChatPlatform,
): Promise<PostedMessage> {
  if (row.messageId !== null) {
    await platform.update({ ...request, messageId: row.messageId });
    return { channelId: request.channelId, messageId: row.messageId };
  }
  return await platform.post(row.threadId === null ? request : { ...request, threadId: row.threadId });
}

/** Nothing was requested yet. A doubtful row stays doubtful: without its look-up nothing may be posted. */
async function postpone(
  error: unknown,
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const failure = asDeliveryError(error);
  const decided = decideOutcome(
    failure,
    { attempts: row.attempts, wasEdit: true, plainText: row.plainText },
    deps.policy,
    deps.random(),
  );
  const refused = failure.failure === 'target-refused';
  const seconds = 'seconds' in decided ? decided.seconds : backOff(row.attempts, deps.policy, deps.random());
  const outcome: Outcome = refused
    ? { kind: 'dead', reason: failure.code }
    : decided.kind === 'stop'
      ? decided
      : { kind: 'wait', seconds, countsAsAttempt: true, reason: failure.code };
  note(row, outcome, error, deps);
  if (refused) await marks.markDead(deps.store.db, row.id, token, failure.code);
  else if (row.action === 'reconcile')
    await marks.markUnclear(deps.store.db, row.id, token, seconds, failure.code);
  else
    await marks.markWaiting(deps.store.db, row.id, token, seconds, failure.code, { countsAsAttempt: true });
  return { kind: 'failed', outcome };
}

async function recordRefusal(
  error: unknown,
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const request = { attempts: row.attempts, wasEdit: row.messageId !== null, plainText: row.plainText };
  const outcome = decideOutcome(asDeliveryError(error), request, deps.policy, deps.random());
  const { db } = deps.store;
  note(row, outcome, error, deps);
  switch (outcome.kind) {
    case 'wait':
      await marks.markWaiting(db, row.id, token, outcome.seconds, outcome.reason, outcome);
      break;
    case 'stop':
      await marks.markWaiting(db, row.id, token, outcome.seconds, outcome.reason, { countsAsAttempt: false });
      break;
    case 'pause-conversation':
      await marks.pauseConversation(db, row.platform, row.conversation, outcome.seconds);
      await marks.markWaiting(db, row.id, token, outcome.seconds, outcome.reason, { countsAsAttempt: false });
      break;
    case 'unclear':
      await marks.markUnclear(db, row.id, token, outcome.seconds, outcome.reason);
      break;
    case 'plain-text':
      await marks.markPlainText(db, row.id, token);
      await marks.markWaiting(db, row.id, token, 0, outcome.reason);
      break;
    case 'post-anew':
      await marks.forgetMessage(db, row.id, token);
      break;
    case 'dead':
      await marks.markDead(db, row.id, token, outcome.reason);
      break;
    default:
      exhaustive(outcome);
  }
  return { kind: 'failed', outcome };
}

/** An error nobody foresaw may have had an effect. */
function asDeliveryError(error: unknown): DeliveryError {
  return error instanceof DeliveryError
    ? error
    : new DeliveryError('unclear', 'unexpected_error', { cause: error });
}

function note(row: ClaimedMessage, outcome: Outcome, error: unknown, deps: DeliverDeps): void {
  deps.log.warn(
    { outboxId: row.id, conversation: row.conversation, outcome, error },
    'a message was not delivered yet',
  );
}
