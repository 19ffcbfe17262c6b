import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { ListenerContext } from './context.ts';

/** Slack signs a timestamp; Bolt refuses old ones but lets one from the future pass. */
const windowSeconds = 300;

/** Lets through only events of our workspace, signed within the window. Others are dropped without a word. */
export function guardWorkspace(context: ListenerContext): Middleware<AnyMiddlewareArgs> {
  return async ({ body, context: bolt, next }) => {
    const team = workspaceOf(body);
    if (team !== context.workspaceId) {
      context.log.warn({ team }, 'an event of another workspace was dropped');
      return;
    }
    const signedAt = Number(bolt['slackTimestamp']);
    if (Number.isFinite(signedAt) && Math.abs(Date.now() / 1000 - signedAt) > windowSeconds) {
      context.log.warn({ signedAt }, 'an event signed outside of the time window was dropped');
      return;
    }
    await next();
  };
}

function workspaceOf(body: object): unknown {
  if ('team_id' in body) return body.team_id;
  if ('team' in body && typeof body.team === 'object' && body.team !== null && 'id' in body.team)
    return body.team.id;
  return undefined;
}
