import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import {
  checkAgainstDatabase,
  exportCatalogue,
  importCatalogue,
  lint,
  openCatalogue,
} from '../app/catalogue.ts';
import { listCatalogue, showOne } from '../app/catalogue-list.ts';
import { writeEntries, writeReadiness, writeShown } from '../app/catalogue-page.ts';
import { UserError } from '../toolkit/issue.ts';
import { openContext, withExamples } from './verb.ts';

interface Json {
  readonly json?: true;
}

export function addCatalogue(program: Command): void {
  const catalogue = program
    .command('catalogue')
    .alias('catalog')
    .description('what can be asked: metrics, dimensions, records and boards, shipped and of your own');
  addReading(catalogue);
  addChecks(catalogue);
  addInterchange(catalogue);
  withExamples(catalogue, [
    ['heed catalogue list --kind metric revenue', 'metrics about revenue'],
    ['heed catalogue show open_tickets', 'formula, filters, groupings and words of one metric'],
    ['heed catalogue lint', 'how ready the catalogue is for questions'],
    ['heed catalogue check', 'compare your own tables with the database'],
    ['heed catalogue export --format osi > model.yml', 'for other programs'],
    ['heed catalogue import --format osi model.yml --out ./our-catalogue', 'from other programs'],
  ]);
}

function addReading(catalogue: Command): void {
  catalogue
    .command('list')
    .description('list metrics, dimensions, entities and boards, all or those that hold the words')
    .argument('[words...]', 'in id, label, description or synonyms')
    .addOption(new Option('--kind <kind>', 'only these').choices(['metric', 'dimension', 'entity', 'board']))
    .option('--all', 'hidden ones as well')
    .option('--json', 'print JSON')
    .action((words: string[], options: Json & { readonly kind?: string; readonly all?: true }) => {
      const { config, stdout } = openContext();
      const found = listCatalogue(openCatalogue(config), { kind: options.kind, words: words.join(' ') });
      const entries = options.all ? found : found.filter(({ hidden }) => !hidden);
      stdout(options.json ? JSON.stringify(entries) : writeEntries(entries));
    });
  catalogue
    .command('show')
    .description('everything about one metric, dimension, entity or board')
    .argument('<id>', 'as `heed catalogue list` prints it')
    .option('--json', 'print JSON')
    .action((id: string, options: Json) => {
      const { config, stdout } = openContext();
      const shown = showOne(openCatalogue(config), id);
      stdout(options.json ? JSON.stringify(Object.fromEntries(shown)) : writeShown(shown));
    });
}

function addChecks(catalogue: Command): void {
  catalogue
    .command('lint')
    .description('score how ready the catalogue is for questions (0-100) and say what could be better')
    .option('--all', 'every finding')
    .option('--json', 'print JSON')
    .action((options: Json & { readonly all?: true }) => {
      const { config, stdout } = openContext();
      const readiness = lint(config);
      stdout(
        options.json ? JSON.stringify(readiness) : writeReadiness(readiness, { all: options.all === true }),
      );
    });
  catalogue
    .command('check')
    .description('check every file, and your own tables against the database; exit 2 when something is wrong')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const { config, stdout } = openContext();
      const issues = await checkAgainstDatabase(config);
      if (options.json) stdout(JSON.stringify(issues));
      if (issues.length > 0) throw new UserError(issues);
      if (!options.json) stdout('The catalogue holds together and fits the database.');
    });
}

function addInterchange(catalogue: Command): void {
  const format = () =>
    new Option('--format <format>', 'osi: Open Semantic Interchange').choices(['osi']).default('osi');
  catalogue
    .command('export')
    .description('print the catalogue for other programs')
    .addOption(format())
    .option('--out <file>', 'write a file instead')
    .action((options: { readonly out?: string }) => {
      const { config, stdout } = openContext();
      const text = exportCatalogue(config);
      if (options.out === undefined) stdout(text.trimEnd());
      else writeFileSync(resolve(options.out), text);
    });
  catalogue
    .command('import')
    .description('turn a document of another program into a directory for HEED_CATALOGUE_DIR')
    .argument('<file>', 'YAML or JSON')
    .addOption(format())
    .requiredOption('--out <folder>', 'a new folder')
    .option('--json', 'print JSON')
    .action((file: string, options: Json & { readonly out: string }) => {
      const { config, stdout, stderr } = openContext();
      const { files, notes, counts, problems } = importCatalogue(config, resolve(file), resolve(options.out));
      const written = Object.keys(files);
      if (options.json) stdout(JSON.stringify({ files: written, counts, notes, problems }));
      else {
        const { entities, dimensions, metrics, unchanged } = counts;
        stdout(
          `${entities} entities, ${dimensions} dimensions, ${metrics} metrics in ${written.join(', ') || 'no file'}; ${unchanged} stood in the catalogue already.`,
        );
        for (const note of notes) stderr(`! ${note}`);
      }
      if (problems.length > 0) throw new UserError(problems);
    });
}
