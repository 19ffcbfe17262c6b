import type { Command } from 'commander';
import { analyse } from '../app/analyse.ts';
import { openHeed } from '../app/open-heed.ts';
import { inStep } from '../app/progress.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

export function addAnalyse(program: Command): void {
  const command = program
    .command('analyse')
    .description(
      'run the analyser once: SLA, escalations, health, churn, anomalies, trends, pipeline, service, revenue, history',
    )
    .option('--json', 'print the report as JSON')
    .action(async (options: { json?: true }) => {
      const { config, stdout } = openContext();
      const progress = terminalProgress(process.stderr);
      const heed = await openHeed(config, { progress });
      try {
        const report = await inStep(
          progress,
          'Analysing',
          (step) => analyse(heed, step),
          ({ findings }) => `${findings} findings`,
        );
        if (options.json) stdout(JSON.stringify(report));
        else
          for (const step of report.steps)
            stdout(
              `${step.name.padEnd(24)} ${step.state.padEnd(8)} ${String(step.rowsRead).padStart(9)} rows ${String(step.findings).padStart(6)} findings  ${step.seconds.toFixed(1)} s${step.notes.map((note) => `\n  ${note}`).join('')}${step.error === null ? '' : `\n  ✗ ${step.error}`}`,
            );
        if (report.steps.some(({ state }) => state === 'failed')) throw new ExitWith(1);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [['heed analyse', 'one run over everything that is stored']]);
}
