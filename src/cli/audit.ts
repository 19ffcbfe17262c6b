import type { Command } from 'commander';
import { checkAudit } from '../app/audit.ts';
import { openHeed } from '../app/open-heed.ts';
import { ExitWith, openContext, withExamples } from './verb.ts';

export function addAudit(program: Command): void {
  const command = program.command('audit').description('the trail of who did what');
  const verify = command
    .command('verify')
    .description(
      'walk the trail and name the first entry that was changed or is missing; exit code 1 when there is one',
    )
    .option('--head <hash>', 'hash of an entry that you noted earlier; it must still be in the trail')
    .option('--json', 'print JSON')
    .action(async (options: { head?: string; json?: true }) => {
      const { config, stdout } = openContext();
      const heed = await openHeed(config);
      try {
        const verdict = await checkAudit(heed, options.head);
        if (options.json) stdout(JSON.stringify(verdict));
        else if (verdict.kind === 'whole') {
          const pruned =
            verdict.prunedThrough === 0 ? '' : `; retention has removed the first ${verdict.prunedThrough}`;
          const erased =
            verdict.rewritten === 0 ? '' : `; erasures have replaced words in ${verdict.rewritten}`;
          stdout(
            `The audit trail is whole: ${verdict.entries.toLocaleString('en')} entries${pruned}${erased}.`,
          );
          stdout(`Newest entry ${verdict.head.seq}: ${verdict.head.hash}`);
        } else {
          const id = verdict.id === null ? '' : ` (${verdict.id})`;
          stdout(`The audit trail is broken at entry ${verdict.seq}${id}: ${verdict.why}.`);
        }
        if (verdict.kind === 'broken') throw new ExitWith(1);
      } finally {
        await heed.close();
      }
    });
  withExamples(verify, [
    ['heed audit verify', 'is everything as it was written'],
    ['heed audit verify --head 3f1c…', 'also that an earlier newest entry is still in it'],
  ]);
}
