import { announceChange, announceMessage } from './announce-message.ts';
import type { JsonObject } from './json.ts';
import { withIds } from './state/block-ids.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { Workspace } from './workspace.ts';

/** A message before the workspace gave it a timestamp. */
export interface Draft {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly JsonObject[];
  readonly attachments?: readonly JsonObject[];
  readonly metadata?: JsonObject | null;
  readonly threadTs?: string | null;
  readonly isBroadcast?: boolean;
  readonly fileIds?: readonly string[];
  readonly visibleTo?: string | null;
  readonly isStreaming?: boolean;
}

/**
 * Takes a message: timestamp, truth log, store, page, events to the app, in this order.
 *
 * @param by the method that was accepted, for the truth log
 */
export function acceptMessage(workspace: Workspace, by: string, draft: Draft): StoredMessage {
  const now = workspace.clock.now();
  const message: StoredMessage = {
    channel: draft.channel,
    ts: workspace.timestamps.next(draft.channel),
    user: draft.user,
    text: draft.text,
    blocks: withIds(draft.blocks ?? []),
    attachments: draft.attachments ?? [],
    metadata: draft.metadata ?? null,
    threadTs: draft.threadTs ?? null,
    isBroadcast: draft.isBroadcast ?? false,
    editedTs: null,
    fileIds: draft.fileIds ?? [],
    reactions: [],
    visibleTo: draft.visibleTo ?? null,
    isStreaming: draft.isStreaming ?? false,
    storedAt: now.getTime(),
  };
  workspace.log.append({ kind: 'post', by, at: now.toISOString(), message });
  workspace.messages.put(message);
  publish(workspace, message, true);
  clearStatus(workspace, message);
  announceMessage(workspace, message);
  return message;
}

/** Replaces a message. `isLogged: false` for the growing text of a stream, whose end is logged. */
export function changeMessage(
  workspace: Workspace,
  by: string,
  message: StoredMessage,
  isLogged = true,
): StoredMessage {
  const previous = workspace.messages.find(message.channel, message.ts);
  const changed = { ...message, blocks: withIds(message.blocks) };
  if (isLogged)
    workspace.log.append({ kind: 'update', by, at: workspace.clock.now().toISOString(), message: changed });
  workspace.messages.put(changed);
  publish(workspace, changed, false);
  if (isLogged && previous !== undefined) announceChange(workspace, changed, previous);
  return changed;
}

export function removeMessage(workspace: Workspace, by: string, message: StoredMessage): void {
  workspace.log.append({ kind: 'delete', by, at: workspace.clock.now().toISOString(), message });
  workspace.messages.remove(message.channel, message.ts);
  workspace.feed.publish({ kind: 'removed', message });
  publishParent(workspace, message);
}

/** The ts that an edit carries: now, and never before the message. */
export function editTimestamp(workspace: Workspace, message: StoredMessage): string {
  const now = `${Math.floor(workspace.clock.now().getTime() / 1000)}.000000`;
  return now > message.ts ? now : message.ts;
}

function publish(workspace: Workspace, message: StoredMessage, isNew: boolean): void {
  workspace.feed.publish({ kind: 'message', message, isNew });
  publishParent(workspace, message);
}

/** A reply changes what is shown under its parent. */
function publishParent(workspace: Workspace, message: StoredMessage): void {
  if (message.threadTs === null) return;
  const parent = workspace.messages.find(message.channel, message.threadTs);
  if (parent !== undefined) workspace.feed.publish({ kind: 'message', message: parent, isNew: false });
}

/** "is thinking…" goes away when the app writes in that thread or conversation. */
function clearStatus(workspace: Workspace, message: StoredMessage): void {
  if (message.user !== workspace.app.botUserId) return;
  const isDirect = workspace.world.channel(message.channel)?.kind === 'direct';
  for (const { threadTs } of workspace.states.statuses(message.channel)) {
    if (!isDirect && threadTs !== message.threadTs) continue;
    workspace.states.setStatus(message.channel, threadTs, '');
    workspace.feed.publish({ kind: 'status', channel: message.channel, threadTs, text: '' });
  }
}
