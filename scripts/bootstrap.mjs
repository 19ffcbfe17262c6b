// The one plain-JavaScript entry behind `npm run demo`, `npm test` and friends: installs what is missing, compiles
// what changed, then hands over. Needs nothing but Node, so it must not import from node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [verb, ...rest] = process.argv.slice(2);
const isWindows = process.platform === 'win32';

/** Progress goes to stderr: stdout belongs to the verb (`--json` prints one object there). */
const say = (text) => process.stderr.write(`${text}\n`);

/** For a process that holds all sources with their types; of its own accord Node gives a small machine too little. */
const roomy = ['--max-semi-space-size=128', '--max-old-space-size=4096'];

requireNode([20, 19]);
installIfNeeded();

switch (verb) {
  case 'demo':
  case 'start':
    build();
    finish(run('node', ['--enable-source-maps', 'dist/cli/main.js', verb, ...rest]));
    break;
  case 'test':
    // Types and their lint hold one process for minutes: the quick checks run beside it, and tests do not wait.
    await runBeside(
      [['types and type-aware lint', 'node', [...roomy, 'scripts/check-types-and-lint.mjs']]],
      [
        ['build', 'tsc', ['-p', 'tsconfig.build.json', '--noCheck']],
        ['format and lint', 'biome', ['check', '.']],
        ['dead code', 'knip', []],
        ['room boundaries', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'src']],
        ['tests', 'vitest', ['run', ...rest]],
      ],
    );
    break;
  case 'torture':
    build();
    finish(bin('vitest', ['run', '--config', 'vitest.torture.config.ts', ...rest]));
    break;
  case 'accept':
    build();
    finish(run('node', ['scripts/accept.mjs', ...rest]));
    break;
  case 'eval':
    build();
    finish(run('node', ['scripts/eval.mjs', ...rest]));
    break;
  case 'bench':
    build();
    finish(run('node', ['benchmarks/run.mjs', ...rest]));
    break;
  case 'install':
    build();
    break;
  default:
    say(
      `bootstrap: unknown verb "${verb ?? ''}"; use demo, start, test, torture, accept, eval, bench or install`,
    );
    process.exit(2);
}

function requireNode([major, minor]) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  say(
    `Heed needs Node ${major}.${minor} or newer; this is ${process.versions.node}. Install a current Node and try again.`,
  );
  process.exit(2);
}

/** Runs `npm ci` when node_modules does not belong to this lock file (stamped by its hash). */
function installIfNeeded() {
  const stampFile = join(root, 'node_modules', '.heed-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  say('Installing packages (npm ci) …');
  const started = Date.now();
  const result = run(isWindows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdout: 2,
  });
  if (result !== 0) {
    say(
      'npm ci failed; see its message above. Check the network and the registry, then run the same command again.',
    );
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, lock);
  say(`Packages installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

function build() {
  const started = Date.now();
  const code = bin('tsc', ['-p', 'tsconfig.build.json'], { stdout: 2 });
  if (code !== 0) {
    say('The sources do not compile; see the messages above.');
    process.exit(1);
  }
  if (Date.now() - started > 1000) say(`Compiled in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

/** Runs rows of steps side by side, the steps of a row one after another; the first that fails ends everything. */
async function runBeside(...rows) {
  const running = new Set();
  const stopAll = () => {
    for (const child of running) child.kill();
  };
  const runStep = async ([title, tool, args]) => {
    const started = Date.now();
    say(`── ${title} ──`);
    const shell = isWindows && tool !== 'node';
    const child = spawn(entryOf(tool), args, { cwd: root, stdio: 'inherit', shell });
    running.add(child);
    const code = await new Promise((resolve) => {
      child.on('error', () => resolve(1));
      child.on('close', (status) => resolve(status ?? 1));
    });
    running.delete(child);
    if (code !== 0) {
      say(`✗ ${title} failed`);
      stopAll();
      process.exit(code);
    }
    say(`✓ ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  };
  await Promise.all(
    rows.map(async (steps) => {
      for (const step of steps) await runStep(step);
    }),
  );
}

function entryOf(tool) {
  if (tool === 'node') return process.execPath;
  return join(root, 'node_modules', '.bin', isWindows ? `${tool}.cmd` : tool);
}

function bin(tool, args, options = {}) {
  return run(entryOf(tool), args, options);
}

function run(command, args, { stdout = 1 } = {}) {
  const result = spawnSync(command === 'node' ? process.execPath : command, args, {
    cwd: root,
    stdio: ['inherit', stdout, 'inherit'],
    shell: isWindows,
  });
  return result.status ?? 1;
}

function finish(code) {
  process.exit(code);
}
