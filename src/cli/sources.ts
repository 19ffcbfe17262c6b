import type { Command } from 'commander';
import { buildConnectors } from '../app/connectors.ts';
import { openHeed } from '../app/open-heed.ts';
import { describeSources, listAllSources } from '../app/sources.ts';
import { openContext, withExamples } from './verb.ts';

export function addSources(program: Command): void {
  const command = program
    .command('sources')
    .description('what has been read, when, how much of it, and what was rejected')
    .argument('[source]', 'one source in full: rejects, notes, how far each stream is')
    .option('--json', 'print the list as JSON')
    .action(async (name: string | undefined, options: { json?: true }) => {
      const { config, stdout } = openContext();
      const live = buildConnectors(config).map(({ source }) => source);
      const webhooks = [...new Set(config.HEED_INGEST_SECRETS.map((entry) => entry.split(':')[0] ?? ''))];
      const heed = await openHeed(config);
      try {
        const sources = await listAllSources(heed, live, webhooks, name);
        const text = () => describeSources(sources, heed.clock.now(), name !== undefined);
        stdout(options.json ? JSON.stringify(sources) : text());
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed sources', 'every source'],
    ['heed sources salesforce', 'one, with its rejects'],
  ]);
}
