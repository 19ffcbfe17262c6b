/** Door of the command line: one verb per file, exit codes 0 ok, 1 failed, 2 usage or bad input. */
import { Command, CommanderError } from 'commander';
import { UserError } from '../toolkit/issue.ts';
import { scrub } from '../toolkit/scrub.ts';
import { addAggregate } from './aggregate.ts';
import { addAlerts } from './alerts.ts';
import { addAnalyse } from './analyse.ts';
import { addAnswer } from './answer.ts';
import { addAsk } from './ask.ts';
import { addAudit } from './audit.ts';
import { addCatalogue } from './catalogue.ts';
import { addChurn } from './churn.ts';
import { addConfig } from './config.ts';
import { addDemo } from './demo.ts';
import { addFeedback } from './feedback.ts';
import { addImport } from './import.ts';
import { addMigrate } from './migrate.ts';
import { addPrivacy } from './privacy.ts';
import { addPrune } from './prune.ts';
import { addSimulate } from './simulate.ts';
import { addSla } from './sla.ts';
import { addSources } from './sources.ts';
import { addStart } from './start.ts';
import { addSync } from './sync.ts';
import { addSynth } from './synth.ts';
import { ExitWith } from './verb.ts';

const program = new Command('heed')
  .description(
    'Watches customers, tickets and deals; alerts the right people in Slack once; answers questions with checked numbers.',
  )
  .configureOutput({
    writeOut: (text) => void process.stdout.write(text),
    writeErr: (text) => void process.stderr.write(text),
  })
  .exitOverride()
  .showHelpAfterError('(heed <verb> --help shows what it takes)');

for (const add of [
  addDemo,
  addStart,
  addImport,
  addSync,
  addSources,
  addAnalyse,
  addAggregate,
  addAsk,
  addAnswer,
  addFeedback,
  addAlerts,
  addCatalogue,
  addChurn,
  addSla,
  addSynth,
  addSimulate,
  addMigrate,
  addAudit,
  addPrivacy,
  addPrune,
  addConfig,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeFor(error);
}
// Everything is closed by now, but Slack's socket client keeps a timer of 30 seconds after it was stopped.
await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
process.exit();

function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ExitWith) {
    if (error.message !== '') process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof UserError) {
    for (const issue of error.issues) {
      process.stderr.write(`✗ ${issue.path}: ${issue.message}\n`);
      if (issue.suggestions?.length)
        process.stderr.write(`  did you mean: ${issue.suggestions.join(', ')}?\n`);
    }
    return 2;
  }
  const text =
    error instanceof Error
      ? process.env['HEED_DEBUG']
        ? (error.stack ?? error.message)
        : error.message
      : String(error);
  process.stderr.write(`✗ ${scrub(text)}\n`);
  return 1;
}
