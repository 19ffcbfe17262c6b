import type { Command } from 'commander';
import { migrate, migrationStates } from '../app/migrate.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

export function addMigrate(program: Command): void {
  const group = program
    .command('migrate')
    .description('bring the database to the tables of this version, or show where it stands');
  group
    .command('up')
    .description('apply every migration that is pending')
    .action(async () => {
      const { config, stdout, stderr } = openContext();
      const report = await migrate(config, (name) => stderr(`  ✓ ${name}`));
      stdout(
        report.applied.length === 0
          ? 'Nothing to do: the database is up to date.'
          : `Applied ${report.applied.length} migrations.`,
      );
    });
  group
    .command('status')
    .description('list the migrations and whether each is applied')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => {
      const { config, stdout } = openContext();
      const states = await migrationStates(config);
      if (options.json) stdout(JSON.stringify(states));
      else for (const { name, state } of states) stdout(`${state.padEnd(8)} ${name}`);
      if (states.some(({ state }) => state === 'changed' || state === 'unknown')) throw new ExitWith(1);
    });
  withExamples(group, [
    ['heed migrate status', 'which migrations are applied'],
    ['heed migrate up', 'apply the pending ones (the embedded store does it by itself)'],
  ]);
}
