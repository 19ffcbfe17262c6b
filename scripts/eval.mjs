// `npm run eval`: asks the question sets and prints how many answers are right. What was answered is judged by
// test/evals; this reads the arguments, runs it and shows what it found. See docs/guides/evaluation.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const sets = ['single', 'follow-ups', 'ambiguous', 'unanswerable', 'dates and zones', 'car dealership'];
const usage = `npm run eval -- [options]
  --questions FILE       ask the questions of this file instead of the sets (may be repeated)
  --set NAME             only this set (may be repeated): ${sets.join(', ')}
  --part open|frozen|all which part is asked; failures are listed for the open part only (default all)
  --planner rules|model  the rules alone, or with the model that BEDROCK_* names behind them (default rules)
  --json                 print the figures as JSON
  --write                renew docs/evaluation.md`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = readOptions();
const out = mkdtempSync(join(tmpdir(), 'heed-eval-'));
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'vitest.eval.config.ts',
    '--reporter=dot',
  ],
  {
    cwd: root,
    // stdout belongs to the figures; progress is told on stderr.
    stdio: ['inherit', 2, 'inherit'],
    env: {
      ...process.env,
      HEED_EVAL_OPTIONS: JSON.stringify({
        planner: options.planner,
        sets: options.set,
        part: options.part,
        files: options.questions,
        out,
      }),
    },
  },
);
const page = existsSync(join(out, 'page.txt')) ? readFileSync(join(out, 'page.txt'), 'utf8') : null;
const issues = page === null ? [] : JSON.parse(readFileSync(join(out, 'issues.json'), 'utf8'));
if (page !== null) {
  process.stdout.write(options.json ? `${readFileSync(join(out, 'figures.json'), 'utf8')}\n` : `\n${page}\n`);
  if (options.json) for (const { path, message } of issues) process.stderr.write(`${path}: ${message}\n`);
  if (options.write) writeFileSync(join(root, 'docs', 'evaluation.md'), readFileSync(join(out, 'page.md')));
}
rmSync(out, { recursive: true, force: true });
process.exit(status !== 0 || page === null ? 1 : issues.length > 0 ? 2 : 0);

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        questions: { type: 'string', multiple: true, default: [] },
        set: { type: 'string', multiple: true, default: [] },
        part: { type: 'string', default: 'all' },
        planner: { type: 'string', default: 'rules' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    stop(error.message);
  }
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  check('--part', values.part, ['open', 'frozen', 'all']);
  check('--planner', values.planner, ['rules', 'model']);
  for (const set of values.set) check('--set', set, sets);
  if (values.planner === 'model' && !process.env.BEDROCK_MODEL_ID)
    stop('--planner model: set BEDROCK_MODEL_ID (and AWS credentials), or leave it away for the rules');
  if (
    values.planner === 'model' &&
    values.write &&
    /\/\/(127\.|localhost)/.test(process.env.BEDROCK_ENDPOINT ?? '')
  )
    stop('--write: the replies of a stand-in on this machine are no measurement of a model');
  const questions = values.questions.map((file) => resolve(file));
  for (const file of questions) if (!existsSync(file)) stop(`--questions: there is no file ${file}`);
  if (values.write && (values.part !== 'all' || values.set.length > 0 || questions.length > 0))
    stop('--write: the document holds every set; leave --set, --part and --questions away');
  return { ...values, questions };
}

function check(name, value, allowed) {
  if (!allowed.includes(value)) stop(`${name}: "${value}" is none of ${allowed.join(', ')}`);
}

function stop(message) {
  process.stderr.write(`${message}\n${usage}\n`);
  process.exit(2);
}
