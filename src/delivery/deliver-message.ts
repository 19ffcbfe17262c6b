import { type ChatPlatform, DeliveryError, type PostedMessage, type PostRequest } from '../chat/platform.ts';
import type { FileBlock, Message } from '../messages/message.ts';
import { parseMessage } from '../messages/message-schema.ts';
import type { OutboxAccess } from '../store/outbox-access.ts';
import { ClaimLostError } from '../store/outbox-marks.ts';
import type { ClaimedMessage } from '../store/outbox-store.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Log } from '../toolkit/log.ts';
import { markerFor } from './marker.ts';
import { backOff, decideOutcome, type Outcome, type RetryPolicy } from './outcome.ts';
import { type DrawChart, prepareImages } from './prepare-images.ts';
import { fileOf, prepareFile, shareFile, uploadedId } from './share-file.ts';

export interface DeliverDeps {
  readonly outbox: OutboxAccess;
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
  const { outbox, platform, log } = deps;
  const message = readBody(row);
  const file = fileOf(message);
  let channelId: string;
  let shared: { readonly block: FileBlock; readonly platformId: string } | null = null;
  try {
    channelId = row.channelId ?? (await openConversation(row, platform));
    if (isDoubtful(row)) {
      const found = await lookUp(row, channelId, file, deps);
      if (found) return await recognise(row, token, found, deps);
    }
    if (file !== null && row.messageId === null) {
      const prepared = await prepareFile(row, file, deps);
      if (prepared !== null) {
        shared = { block: file, platformId: prepared.platformId };
        await outbox.saveImages(row.id, token, { ...row.images, ...prepared.known });
      }
    }
  } catch (error) {
    return await postpone(error, row, token, deps);
  }

  if (message === null) {
    await outbox.markDead(row.id, token, 'unreadable_body');
    return { kind: 'failed', outcome: { kind: 'dead', reason: 'unreadable_body' } };
  }
  const prepared = await prepareImages(message, row.images, deps);
  if (shared === null) await outbox.saveImages(row.id, token, prepared.known);
  const request = { channelId, message, images: prepared.images, marker: markerFor(row.id, deps.secret) };
  try {
    await outbox.markTried(row.id, token, deps.leaseSeconds);
  } catch (error) {
    if (error instanceof ClaimLostError) return { kind: 'left-alone' };
    throw error;
  }

  let posted: PostedMessage;
  try {
    posted = await (shared === null
      ? send(row, request, platform)
      : shareFile({ ...request, ...threadOf(row) }, shared, platform));
  } catch (error) {
    return await recordRefusal(error, row, token, deps);
  }
  try {
    // The pause first: once the row is sent, another relay may take the next message of this conversation.
    await outbox.pauseConversation(row.platform, row.conversation, deps.paceSeconds);
    await outbox.markSent(row.id, token, row.wantedRevision, posted);
    if (file !== null) await outbox.dropFiles(row.id);
  } catch (error) {
    // The message is out and the row does not know it. The lease runs out, and whoever claims it looks it up.
    log.error({ error, outboxId: row.id }, 'a delivered message could not be recorded; it will be looked up');
    return { kind: 'left-alone' };
  }
  return { kind: row.messageId !== null ? 'edited' : 'posted' };
}

function openConversation(row: ClaimedMessage, platform: ChatPlatform): Promise<string> {
  return row.conversation.startsWith('@')
    ? platform.openDirectMessage(row.conversation.slice(1))
    : Promise.resolve(row.conversation);
}

const threadOf = ({ threadId }: ClaimedMessage) => (threadId === null ? {} : { threadId });

function lookUp(
  row: ClaimedMessage,
  channelId: string,
  file: FileBlock | null,
  deps: DeliverDeps,
): Promise<PostedMessage | null | undefined> {
  const platformId = file === null ? null : uploadedId(row, file);
  // A shared file carries no marker; it is asked itself where it is.
  if (platformId !== null) return deps.platform.findShared({ channelId, fileId: platformId });
  const since = new Date((row.firstTryAt?.getTime() ?? 0) - deps.clockSkewSeconds * 1000);
  return deps.platform.findByMarker({
    channelId,
    ...threadOf(row),
    marker: markerFor(row.id, deps.secret),
    since,
  });
}

async function recognise(
  row: ClaimedMessage,
  token: string,
  found: PostedMessage,
  deps: DeliverDeps,
): Promise<Delivered> {
  // Which revision was posted is unknown once more than one was wanted; then it counts as none, and an edit follows.
  await deps.outbox.markSent(row.id, token, row.wantedRevision === 1 ? 1 : 0, found);
  await deps.outbox.dropFiles(row.id);
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
  return await platform.post({ ...request, ...threadOf(row) });
}

/** Nothing was requested yet. A doubtful row stays doubtful: without its look-up nothing may be posted. */
async function postpone(
  error: unknown,
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const failure = asDeliveryError(error);
  // Reads may be repeated like edits.
  const decided = decideOutcome(failure, { ...row, wasEdit: true }, deps.policy, deps.random());
  const repeats = decided.kind === 'wait' || decided.kind === 'stop' || decided.kind === 'dead';
  const outcome: Outcome = repeats
    ? decided
    : {
        kind: 'wait',
        seconds: 'seconds' in decided ? decided.seconds : backOff(row.attempts, deps.policy, deps.random()),
        countsAsAttempt: true,
        reason: failure.code,
      };
  return await settle(outcome, error, row, token, { ...deps, isDefinite: !isDoubtful(row) });
}

function recordRefusal(
  error: unknown,
  row: ClaimedMessage,
  token: string,
  deps: DeliverDeps,
): Promise<Delivered> {
  const failure = asDeliveryError(error);
  const outcome = decideOutcome(
    failure,
    { ...row, wasEdit: row.messageId !== null },
    deps.policy,
    deps.random(),
  );
  // The look-up before this request found nothing, so after a definite refusal no doubt is left.
  return settle(outcome, error, row, token, { ...deps, isDefinite: failure.failure !== 'unclear' });
}

async function settle(
  outcome: Outcome,
  error: unknown,
  row: ClaimedMessage,
  token: string,
  { outbox, log, isDefinite }: DeliverDeps & { readonly isDefinite: boolean },
): Promise<Delivered> {
  log.warn(
    { outboxId: row.id, conversation: row.conversation, outcome, error },
    'a message was not delivered yet',
  );
  const wait = (seconds: number, countAttempt: boolean) => ({
    seconds,
    error: outcome.reason,
    countAttempt,
    clearTried: isDefinite && row.messageId === null,
  });
  switch (outcome.kind) {
    case 'wait':
      await outbox.markWaiting(row.id, token, wait(outcome.seconds, outcome.countsAsAttempt));
      break;
    case 'stop':
      await outbox.markWaiting(row.id, token, wait(outcome.seconds, false));
      break;
    case 'pause-conversation':
      await outbox.pauseConversation(row.platform, row.conversation, outcome.seconds);
      await outbox.markWaiting(row.id, token, wait(outcome.seconds, false));
      break;
    case 'unclear':
      await outbox.markUnclear(row.id, token, wait(outcome.seconds, true));
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
    default:
      exhaustive(outcome);
  }
  return { kind: 'failed', outcome };
}

/** An earlier request may have posted this message. */
function isDoubtful(row: ClaimedMessage): boolean {
  return row.messageId === null && row.firstTryAt !== null;
}

/** An error nobody foresaw may have had an effect. */
function asDeliveryError(error: unknown): DeliveryError {
  return error instanceof DeliveryError
    ? error
    : new DeliveryError('unclear', 'unexpected_error', { cause: error });
}
