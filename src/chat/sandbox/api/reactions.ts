import { SlackError } from '../slack-error.ts';
import { findChannel, requireMembership } from './access.ts';
import { requiredText, text } from './arguments.ts';
import type { MethodTable } from './method.ts';

export const reactionMethods: MethodTable = {
  'reactions.add': {
    token: 'bot',
    scopes: ['reactions:write'],
    run: (workspace, args) => {
      const name = requiredText(args, 'name');
      if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name');
      const channel = findChannel(workspace, text(args, 'channel'));
      requireMembership(workspace, channel);
      const message = workspace.messages.find(channel.id, text(args, 'timestamp'));
      if (message === undefined || message.visibleTo !== null) throw new SlackError('message_not_found');
      const user = workspace.app.botUserId;
      const known = message.reactions.find((reaction) => reaction.name === name);
      if (known?.users.includes(user) === true) throw new SlackError('already_reacted');
      const others = message.reactions.filter((reaction) => reaction !== known);
      const changed = {
        ...message,
        reactions: [...others, { name, users: [...(known?.users ?? []), user] }],
      };
      workspace.messages.put(changed);
      workspace.feed.publish({ kind: 'message', message: changed, isNew: false });
      return {};
    },
  },
};
