import type { Command } from 'commander';
import { openHeed } from '../app/open-heed.ts';
import { explainSla } from '../app/sla-explain.ts';
import { writeSlaPage } from '../app/sla-explain-page.ts';
import { openContext, withExamples } from './verb.ts';

export function addSla(program: Command): void {
  const sla = program.command('sla').description('what was promised for a ticket, and how its clocks stand');
  const explain = sla
    .command('explain')
    .description('print every SLA clock of a ticket as a table of what counted from when to when')
    .argument('<ticket>', "number of the ticket, its source's id or its id here")
    .option('--json', 'print JSON')
    .action(async (ticket: string, options: { json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config);
      try {
        const explanation = await explainSla(heed, ticket);
        stdout(options.json ? JSON.stringify(explanation) : writeSlaPage(explanation));
      } finally {
        await heed.close();
      }
    });
  withExamples(explain, [
    ['heed sla explain 1042', 'why the clock says what it says'],
    ['heed sla explain 1042 --json', 'for scripts'],
  ]);
}
