import type { Command } from 'commander';
import { type Config, loadConfig } from '../config/load-config.ts';
import { UserError } from '../toolkit/issue.ts';

/** What every verb gets: the checked configuration, and where to write. */
export interface VerbContext {
  readonly config: Config;
  /** Answers; with `--json` exactly one JSON value. */
  readonly stdout: (text: string) => void;
  /** Everything else. */
  readonly stderr: (text: string) => void;
}

/** Thrown by a verb that did its work and found a reason to exit with a code of its own. */
export class ExitWith extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, message = '') {
    super(message);
    this.name = 'ExitWith';
    this.exitCode = exitCode;
  }
}

/** Reads the configuration, or fails with all its mistakes at once. */
export function openContext(): VerbContext {
  const loaded = loadConfig();
  if (!loaded.ok) throw new UserError(loaded.issues);
  return {
    config: loaded.value,
    stdout: (text) => void process.stdout.write(`${text}\n`),
    stderr: (text) => void process.stderr.write(`${text}\n`),
  };
}

/** Adds examples below a verb's help. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}\n`);
}
