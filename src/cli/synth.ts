import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type SynthReport, synth } from '../app/synth.ts';
import { terminalProgress } from './terminal-progress.ts';
import { ExitWith, withExamples } from './verb.ts';

interface SynthFlags {
  readonly seed: number;
  readonly size: SynthReport['size'];
  readonly out: string;
  readonly asOf?: Date;
  readonly days?: number;
  readonly force?: true;
  readonly json?: true;
}

/** Exit code of a process that Ctrl-C ended. */
const interrupted = 130;

export function addSynth(program: Command): void {
  const command = program
    .command('synth')
    .description(
      'write the files of a made-up company: customers, tickets, deals, usage, and what was planted',
    )
    .requiredOption('--out <folder>', 'where the files go; the folder appears whole or not at all')
    .option('--seed <number>', 'another world', wholeNumber, 42)
    .addOption(
      new Option(
        '--size <size>',
        'small (15 accounts, 30 days), demo (40, 90 days) or large (10,000 accounts, a million tickets)',
      )
        .choices(['small', 'demo', 'large'])
        .default('demo'),
    )
    .option(
      '--as-of <instant>',
      'the world ends here, for example 2026-11-20T14:20:00Z; default: now',
      instant,
    )
    .option('--days <number>', 'days of tickets before that', wholeNumber)
    .option('--force', 'replace what is in the folder')
    .option('--json', 'print one JSON object about what was written')
    .action(async (flags: SynthFlags) => {
      const controller = new AbortController();
      const stop = (): void => controller.abort(new Interrupted());
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      try {
        const report = await synth(
          {
            seed: flags.seed,
            size: flags.size,
            outDir: resolve(flags.out),
            asOf: flags.asOf ?? new Date(),
            days: flags.days,
            replaces: flags.force === true,
            signal: controller.signal,
          },
          terminalProgress(process.stderr),
        );
        process.stdout.write(`${flags.json ? JSON.stringify(report) : describe(report)}\n`);
      } catch (error) {
        if (error instanceof Interrupted)
          throw new ExitWith(interrupted, 'Stopped; nothing was left behind.');
        throw error;
      } finally {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
    });
  withExamples(command, [
    ['heed synth --out ./world', 'the company of the demo'],
    ['heed synth --seed 7 --size large --out ./big', 'a million tickets; some minutes and about a gigabyte'],
    ['heed synth --size small --as-of 2026-11-20T14:20:00Z --out ./w', 'the same bytes every time'],
  ]);
}

class Interrupted extends Error {}

function describe(report: SynthReport): string {
  return `${report.rows.toLocaleString('en')} rows in ${report.seconds} s (${report.rowsPerSecond.toLocaleString('en')} a second), in ${report.folder}\nWhat was planted: ${report.folder}/truth.json\nNext: heed import ${report.folder}`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('must be an instant such as 2026-11-20T14:20:00Z');
  return at;
}
