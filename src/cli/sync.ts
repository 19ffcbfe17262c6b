import type { Command } from 'commander';
import { buildConnectors } from '../app/connectors.ts';
import { openHeed } from '../app/open-heed.ts';
import { describeSync, syncSources } from '../app/sync.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

export function addSync(program: Command): void {
  const command = program
    .command('sync')
    .description(
      'read what is new in the live sources (Salesforce, Zendesk); goes on where the last sync stopped',
    )
    .argument('[sources...]', 'default: all that are configured')
    .option('--stream <names...>', 'only these streams, for example Account')
    .option('--full', 'from the beginning instead of from where the last sync stopped')
    .option('--json', 'print the reports as JSON')
    .action(async (sources: string[], options: { stream?: string[]; full?: true; json?: true }) => {
      const { config, stdout } = openContext();
      const progress = terminalProgress(process.stderr);
      const stopping = new AbortController();
      // The page in hand is stored before it ends; a second Ctrl-C ends it at once.
      process.once('SIGINT', () => stopping.abort());
      const connectors = buildConnectors(config);
      const heed = await openHeed(config, { progress });
      try {
        const reports = await syncSources(
          heed,
          connectors,
          {
            sources,
            ...(options.stream === undefined ? {} : { streams: options.stream }),
            full: options.full === true,
            signal: stopping.signal,
          },
          progress,
        );
        stdout(options.json ? JSON.stringify(reports) : describeSync(reports));
        if (reports.some(({ state }) => state === 'failed' || state === 'busy')) throw new ExitWith(1);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed sync', 'every live source'],
    ['heed sync salesforce --stream Account Opportunity', 'two objects'],
    ['heed sync zendesk --full', 'everything again'],
  ]);
}
