import type { Command } from 'commander';
import { openForSimulation, simulateOnce } from '../app/simulate.ts';
import { terminalProgress } from './terminal-progress.ts';
import { openContext, withExamples } from './verb.ts';

type Request = Parameters<typeof simulateOnce>[1];

export function addSimulate(program: Command): void {
  const simulate = program
    .command('simulate')
    .description('make something happen in the demo: an ordinary hour, an outage, and everything back');
  const verb = (
    name: string,
    description: string,
    requestOf: (words: readonly string[]) => Request,
  ): void => {
    simulate
      .command(name)
      .description(description)
      .option('--json', 'print one JSON object with what happened')
      .action(async (...given: unknown[]) => {
        // Commander hands over the arguments, then the options, then the command.
        const [first] = given;
        const options = given.at(-2) as { json?: true };
        await run(requestOf(Array.isArray(first) ? first.map(String) : []), options.json === true);
      });
  };
  verb('pulse', 'one more hour of ordinary life for every account', () => ({ kind: 'pulse' }));
  verb(
    'outage <account...>',
    'break the product for one account: its health falls and an alert fires',
    (words) => ({
      kind: 'outage',
      account: { by: 'name', name: words.join(' ') },
    }),
  );
  verb('reset [account...]', 'put everything back as it was, for one account or all', (words) => ({
    kind: 'reset',
    account: words.length === 0 ? null : { by: 'name', name: words.join(' ') },
  }));
  withExamples(simulate, [
    [
      'heed simulate outage Kestrel Payments',
      'while the demo runs, type /heed simulate outage … on its page',
    ],
    ['heed simulate reset Kestrel Payments', 'everything as before; the alert is resolved in place'],
    ['heed simulate pulse', 'nothing alarming'],
  ]);
}

async function run(request: Request, asJson: boolean): Promise<void> {
  const { config, stdout } = openContext();
  const progress = terminalProgress(process.stderr);
  const heed = await openForSimulation(config, progress);
  try {
    const { view, line, next } = await simulateOnce(heed, request, progress);
    stdout(asJson ? JSON.stringify(view) : `${line}\nNext: heed ${next}`);
  } finally {
    await heed.close();
  }
}
