import type { Command } from 'commander';
import { ask } from '../app/ask.ts';
import { openHeed } from '../app/open-heed.ts';
import { openContext, withExamples } from './verb.ts';

export function addAsk(program: Command): void {
  const command = program
    .command('ask')
    .description(
      'ask a question in your own words; the answer says what was counted, for which dates, as of when',
    )
    .argument('<question...>', 'for example: total value of deals won in Q3 2017')
    .option(
      '--as <person>',
      'ask as this person (name or e-mail), with their rows; default: an administrator',
    )
    .option('--json', 'print question, text, plan, rows and provenance as JSON')
    .action(async (words: string[], options: { as?: string; json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config);
      try {
        const result = await ask(heed, { question: words.join(' '), as: options.as });
        stdout(options.json ? JSON.stringify(result) : result.page);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed ask "open escalations by priority"', ''],
    [
      'heed ask "which of my deals over 50k slipped this quarter?" --as "Jonas Weber"',
      'a rep sees their own deals',
    ],
    ['heed ask "total value of deals won in Q3 2017" --json', 'for scripts'],
  ]);
}
