import { SlackError } from '../slack-error.ts';
import { userJson } from '../slack-json.ts';
import { requiredText } from './arguments.ts';
import type { MethodTable } from './method.ts';
import { paginate } from './paging.ts';

export const userMethods: MethodTable = {
  'users.info': {
    token: 'bot',
    scopes: ['users:read'],
    run: (workspace, args) => {
      const user = workspace.world.user(requiredText(args, 'user'));
      if (user === undefined) throw new SlackError('user_not_found');
      return { user: userJson(workspace, user) };
    },
  },
  'users.list': {
    token: 'bot',
    scopes: ['users:read'],
    run: (workspace, args) => {
      const page = paginate(workspace.world.users(), (user) => user.id, args, { default: 200, max: 1000 });
      return {
        members: page.items.map((user) => userJson(workspace, user)),
        cache_ts: Math.floor(workspace.clock.now().getTime() / 1000),
        response_metadata: page.response_metadata,
      };
    },
  },
  'users.lookupByEmail': {
    token: 'bot',
    scopes: ['users:read.email'],
    run: (workspace, args) => {
      const user = workspace.world.userByEmail(requiredText(args, 'email'));
      if (user === undefined) throw new SlackError('users_not_found');
      return { user: userJson(workspace, user) };
    },
  },
};
