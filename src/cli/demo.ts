import { type Command, InvalidArgumentError } from 'commander';
import { runDemo } from '../app/demo/run-demo.ts';
import { demoScreen } from './demo-screen.ts';
import { terminalProgress } from './terminal-progress.ts';
import { untilSignal } from './until-signal.ts';
import { openContext, withExamples } from './verb.ts';

interface DemoFlags {
  readonly once?: true;
  readonly json?: true;
  readonly seed: number;
  readonly size: 'small' | 'demo';
  readonly asOf?: Date;
  readonly port: number;
  readonly withStandInModel?: true;
}

export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('the whole product on this machine: a made-up company, alerts and answers in a local Slack')
    .option('--once', 'do everything once and stop, without staying up')
    .option('--json', 'print one JSON object with what happened')
    .option('--seed <number>', 'another world', wholeNumber, 42)
    .option(
      '--size <size>',
      'small (15 accounts, 30 days) or demo (40 accounts, 90 days)',
      oneOf('small', 'demo'),
      'demo',
    )
    .option(
      '--as-of <instant>',
      'the demo believes it is this time, for example 2026-11-20T14:20:00Z',
      instant,
    )
    .option('--port <port>', 'port of the page', wholeNumber, 4010)
    .option(
      '--with-stand-in-model',
      'send what the rules do not understand to a local stand-in for Bedrock: it replies from a script and is no model',
    )
    .action(async (flags: DemoFlags) => {
      const { config, stdout, stderr } = openContext();
      const once = flags.once === true;
      const demo = await runDemo(config, terminalProgress(process.stderr), {
        seed: flags.seed,
        size: flags.size,
        asOf: flags.asOf,
        port: once ? 0 : flags.port,
        once,
        withStandInModel: flags.withStandInModel === true,
      });
      if (flags.json) stdout(JSON.stringify(demo.result));
      else stdout(demoScreen(demo.result, once));
      if (!once) {
        await untilSignal();
        stderr('Stopping …');
      }
      await demo.stop();
    });
  withExamples(command, [
    ['npm run demo', 'start it and open the page it names'],
    ['npm run demo -- --once --json', 'for scripts: everything once, one JSON object'],
  ]);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function oneOf<T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new InvalidArgumentError(`must be ${words.join(' or ')}`);
    return found;
  };
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('must be an instant such as 2026-11-20T14:20:00Z');
  return at;
}
