import type { MethodTable } from './method.ts';

export const authMethods: MethodTable = {
  'auth.test': {
    token: 'bot',
    run: ({ app, baseUrl }) => ({
      url: `${baseUrl()}/`,
      team: app.teamName,
      user: app.name.toLowerCase(),
      team_id: app.teamId,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    run: (workspace) => ({
      url: `${workspace.baseUrl().replace(/^http/, 'ws')}/socket-mode?ticket=${workspace.issueSocketTicket()}`,
    }),
  },
};
