import type { Command } from 'commander';
import { churnReport, writeChurnReport } from '../app/churn-report.ts';
import { openHeed } from '../app/open-heed.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

export function addChurn(program: Command): void {
  const churn = program.command('churn').description('who may leave, and how good that is known');
  const command = churn
    .command('report')
    .description('the churn model in use: discrimination, calibration, backtest, coefficients, monthly churn')
    .option('--json', 'print the report as JSON')
    .action(async (options: { json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config, { progress: terminalProgress(process.stderr) });
      try {
        const report = await churnReport(heed);
        if (report === null) throw new ExitWith(1, '✗ there is no churn model yet: run `heed analyse` first');
        stdout(options.json ? JSON.stringify(report) : writeChurnReport(report).join('\n'));
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed churn report', 'how far churn probabilities may be trusted'],
    ['heed churn report --json', 'the same for a program'],
  ]);
}
