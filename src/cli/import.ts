import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importFiles, rejectsAsCsv } from '../app/import-files.ts';
import { openHeed } from '../app/open-heed.ts';
import { UserError } from '../toolkit/issue.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

interface ImportFlags {
  readonly mapping?: string;
  readonly dryRun?: true;
  readonly rejects?: string;
  readonly json?: true;
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description(
      'import customer lists, customer escalations, Salesforce exports, or any CSV through a mapping',
    )
    .argument('<path>', 'a file, or a folder with customers.txt, on_call/, sfdc/')
    .option(
      '--mapping <file>',
      'YAML that tells how the columns become our entities (docs/guides/mapping.md)',
    )
    .option('--dry-run', 'read and check everything, store nothing')
    .option('--rejects <file>', 'write the rejected rows with what to do about each to a CSV file')
    .option('--json', 'print the whole report as JSON')
    .action(async (path: string, options: ImportFlags) => {
      const { config, stdout, stderr } = openContext();
      for (const file of [path, options.mapping].filter((one) => one !== undefined)) {
        if (!existsSync(file))
          throw new UserError([{ code: 'not-found', path: file, message: 'does not exist; check the path' }]);
      }
      if (options.rejects !== undefined && existsSync(options.rejects)) {
        const message = 'is there already and is not overwritten; name another file for the rejects';
        throw new UserError([{ code: 'file-exists', path: options.rejects, message }]);
      }
      const progress = terminalProgress(process.stderr);
      const heed = await openHeed(config, { progress });
      try {
        const mapping = options.mapping === undefined ? {} : { mapping: resolve(options.mapping) };
        const { report, rejects, summary } = await importFiles(
          heed,
          { path: resolve(path), ...mapping, dryRun: options.dryRun === true },
          progress,
        );
        if (options.rejects !== undefined) {
          writeFileSync(options.rejects, await rejectsAsCsv(heed, report), { flag: 'wx' });
          stderr(`Rejected rows: ${options.rejects}`);
        }
        if (options.json) stdout(JSON.stringify(report));
        else stdout(summary);
        if (rejects !== '') stderr(`\nRejected:\n${rejects}`);
        if (!report.ok) throw new ExitWith(2);
      } finally {
        await heed.close();
      }
    });
  withExamples(command, [
    ['heed import fixtures', 'the sample files of every format'],
    ['heed import --mapping fixtures/mappings/maven-crm.yml ./crm', 'four CSV files of a CRM'],
    [
      'heed import ./exports --dry-run --rejects bad-rows.csv',
      'what would be rejected, for whoever mends it',
    ],
    ['heed import ./exports --json | jq .rowsRejected', 'for scripts'],
  ]);
}
