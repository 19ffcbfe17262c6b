import type { Command } from 'commander';
import { openHeed } from '../app/open-heed.ts';
import { pruneStore } from '../app/prune.ts';
import { openContext, withExamples } from './verb.ts';

export function addPrune(program: Command): void {
  const command = program
    .command('prune')
    .description('delete what is older than catalogue/retention.yml says; heed start does it every night')
    .option('--dry-run', 'only count it')
    .option('--json', 'print JSON')
    .action(async (options: { dryRun?: true; json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config);
      try {
        const report = await pruneStore(heed, { dryRun: options.dryRun === true });
        if (options.json) {
          stdout(JSON.stringify(report));
          return;
        }
        for (const [kind, rows] of Object.entries(report.kinds))
          stdout(`${kind.padEnd(20)} ${rows.toLocaleString('en').padStart(10)}`);
        stdout(`${report.rows.toLocaleString('en')} rows ${options.dryRun ? 'would go' : 'are gone'}.`);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed prune --dry-run', 'what would go'],
    ['heed prune --json', 'for scripts'],
  ]);
}
