import type { App } from '@slack/bolt';
import { onAction } from './actions.ts';
import { onCommand } from './commands.ts';
import type { ListenerContext } from './context.ts';
import { onHomeOpened, onMention } from './events.ts';
import { guardWorkspace } from './guard.ts';
import { onDirectMessage } from './messages.ts';
import { onViewSubmitted } from './views.ts';

/** The list of everything Slack can tell us, one listener a line. */
export function registerListeners(app: App, context: ListenerContext): void {
  app.use(guardWorkspace(context));
  app.event('app_mention', onMention(context));
  app.message(onDirectMessage(context));
  app.event('app_home_opened', onHomeOpened(context));
  app.command('/heed', onCommand(context));
  app.action(/.*/, onAction(context));
  app.view(/.*/, onViewSubmitted(context));
  app.error(async (error) => {
    context.log.error({ error }, 'a Slack event could not be handled');
  });
}
