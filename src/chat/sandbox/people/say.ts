import { acceptMessage } from '../accept-message.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Workspace } from '../workspace.ts';
import { findOwnChannel } from './person.ts';
import { PersonError } from './person-error.ts';
import { fromTyped } from './typed-text.ts';

/** A person writes into a conversation, or into a thread of it. Events go to the app as it subscribed to them. */
export function say(
  workspace: Workspace,
  userId: string,
  channelId: string,
  typed: string,
  options: { readonly threadTs?: string } = {},
): StoredMessage {
  const channel = findOwnChannel(workspace, userId, channelId);
  if (channel.isArchived) throw new PersonError('is_archived', 'the channel is archived');
  if (typed.trim() === '') throw new PersonError('no_text', 'nothing to say');
  if (options.threadTs !== undefined) {
    const parent = workspace.messages.find(channelId, options.threadTs);
    if (parent === undefined || parent.threadTs !== null)
      throw new PersonError('thread_not_found', `no thread at "${options.threadTs}"`);
  }
  return acceptMessage(workspace, 'person', {
    channel: channelId,
    user: userId,
    text: fromTyped(workspace, typed),
    threadTs: options.threadTs ?? null,
  });
}
