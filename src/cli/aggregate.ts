import type { Command } from 'commander';
import { aggregate } from '../app/aggregate.ts';
import { openHeed } from '../app/open-heed.ts';
import { inStep } from '../app/progress.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

export function addAggregate(program: Command): void {
  const command = program
    .command('aggregate')
    .description('count the kept values of metrics per hour, day and week anew')
    .requiredOption('--since <date>', 'first day to count anew, as YYYY-MM-DD')
    .action(async (options: { since: string }) => {
      const { config, stdout } = openContext();
      const progress = terminalProgress(process.stderr);
      const heed = await openHeed(config, { progress });
      try {
        const result = await inStep(
          progress,
          'Counting',
          (step) => aggregate(heed, options.since, (detail) => step.update(detail)),
          (counted) => (counted === null ? 'not done' : `${counted.rowsWritten} values`),
        );
        if (result === null)
          throw new ExitWith(
            1,
            '✗ the analyser is at work; it writes the same values. Try again in a minute.',
          );
        for (const note of result.notes) stdout(note);
        stdout(`${result.rowsWritten} values since ${options.since}`);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed aggregate --since 2026-01-01', 'after a correction in the sources that nobody noticed'],
  ]);
}
