import type { Command } from 'commander';
import { renderEnvExample } from '../config/env-example.ts';
import { type SettingName, settings } from '../config/settings.ts';
import { openContext, withExamples } from './verb.ts';

export function addConfig(program: Command): void {
  const config = program.command('config').description('show the settings in force, or the template of .env');
  config
    .command('print')
    .description('print every setting in force; secrets are masked')
    .action(() => {
      const { config: values, stdout } = openContext();
      const read = values as unknown as Readonly<Record<string, unknown>>;
      stdout(`home=${values.home}`);
      stdout(`catalogue=${values.catalogueFolders.join(' + ')}`);
      for (const name of Object.keys(settings) as SettingName[]) {
        if (!(name in read)) continue;
        const value = read[name];
        const isSecret = 'secret' in settings[name];
        stdout(`${name}=${value === undefined ? '(not set)' : isSecret ? '***' : shown(value)}`);
      }
    });
  config
    .command('env-example')
    .description('print the text of .env.example')
    .action(() => void process.stdout.write(renderEnvExample()));
  withExamples(config, [
    ['heed config print', 'what is in force right now'],
    ['heed config env-example > .env.example', 'write the template anew'],
  ]);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
