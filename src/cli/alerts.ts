import type { Command } from 'commander';
import { listAlerts } from '../app/alerts.ts';
import { openHeed } from '../app/open-heed.ts';
import { openContext, withExamples } from './verb.ts';

export function addAlerts(program: Command): void {
  const command = program
    .command('alerts')
    .description('list the alerts with their messages')
    .option('--all', 'resolved ones too')
    .option('--json', 'print JSON')
    .action(async (options: { all?: true; json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config);
      try {
        const alerts = (await listAlerts(heed, options.all ? 'all' : 'open')).map(
          ({ spec: _chart, ...alert }) => alert,
        );
        if (options.json) stdout(JSON.stringify(alerts));
        else if (alerts.length === 0) stdout('No alert is open.');
        else
          for (const alert of alerts)
            stdout(
              `${alert.severity.padEnd(9)}${alert.state.padEnd(11)}${alert.rule.padEnd(36)}${alert.text ?? alert.subject}`,
            );
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed alerts', 'what is firing now'],
    ['heed alerts --all --json', 'everything, for scripts'],
  ]);
}
