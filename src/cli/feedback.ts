import type { Command } from 'commander';
import { describeFeedback } from '../app/kept-answer.ts';
import { openHeed } from '../app/open-heed.ts';
import { openContext, withExamples } from './verb.ts';

export function addFeedback(program: Command): void {
  const command = program
    .command('feedback')
    .description('what people found wrong with answers, and how often per planner and version of its prompt')
    .option('--json', 'print every opinion and the counts as JSON')
    .action(async (options: { json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config);
      try {
        const printed = await describeFeedback(heed);
        stdout(options.json ? JSON.stringify(printed.json) : printed.page);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [['heed feedback --json', 'for a look at which questions go wrong']]);
}
