import type { Command } from 'commander';
import { startService } from '../app/start-service.ts';
import { terminalProgress } from './terminal-progress.ts';
import { untilSignal } from './until-signal.ts';
import { openContext, withExamples } from './verb.ts';

export function addStart(program: Command): void {
  const command = program
    .command('start')
    .description(
      'connect to your Slack and run: analyse every 10 minutes, evaluate the rules every minute, answer questions',
    )
    .action(async () => {
      const { config, stdout, stderr } = openContext();
      const service = await startService(config, terminalProgress(process.stderr));
      for (const { name, why } of service.missingChannels) {
        const hint =
          why === 'not-a-member'
            ? `invite the app: /invite @Heed in #${name}`
            : 'make it, or change catalogue/routes.yml';
        stderr(`! #${name}: ${why === 'not-a-member' ? 'Heed is not a member' : why}; ${hint}`);
      }
      stdout(
        `Heed is connected to ${service.workspaceId}. Ctrl-C stops it; the log is ${config.home}/heed.log.`,
      );
      await untilSignal();
      stderr('Stopping …');
      await service.stop();
    });
  withExamples(command, [
    ['heed start', 'needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN, see docs/guides/connect-slack.md'],
  ]);
}
