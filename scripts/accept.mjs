// `npm run accept`: runs the suites over public data and prints every figure beside its floor and its goal. Exit code 1
// when a suite fails or a goal is missed. `--json` prints the figures alone; `--write` renews docs/acceptance.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const own = new Set(['--json', '--write']);
const args = process.argv.slice(2);
const isJson = args.includes('--json');
const folder = mkdtempSync(join(tmpdir(), 'heed-accept-'));
const file = join(folder, 'figures.jsonl');

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'vitest.acceptance.config.ts', ...args.filter((one) => !own.has(one))],
  {
    cwd: root,
    // With --json stdout belongs to the figures; progress is told on stderr.
    stdio: ['inherit', isJson ? 2 : 1, 'inherit'],
    env: { ...process.env, HEED_ACCEPT_FIGURES: file },
  },
);
const figures = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .sort((a, b) => compare(a.capability, b.capability) || compare(a.data, b.data))
  : [];
rmSync(folder, { recursive: true, force: true });

const missed = figures.filter(({ met }) => !met);
if (isJson) process.stdout.write(`${JSON.stringify(figures.map(published), null, 2)}\n`);
else if (figures.length > 0) process.stdout.write(`\n${table(figures)}\n\n${verdict()}${notes()}\n`);
if (args.includes('--write')) writeDocument();
process.exit(status !== 0 || missed.length > 0 ? 1 : 0);

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function published({ capability, data, figure, value, floor, goal, met }) {
  return { capability, data, figure, value, floor, goal, met };
}

function verdict() {
  const names = missed.map(({ capability, figure }) => `${capability}: ${figure}`);
  return missed.length === 0
    ? `${figures.length} figures, every goal met.`
    : `${figures.length} figures, ${missed.length} below their goal: ${names.join('; ')}.`;
}

function notes() {
  return figures
    .filter(({ note }) => note !== undefined)
    .map(({ capability, figure, note }) => `\n\n${capability}, ${figure}: ${note}`)
    .join('');
}

/** A table that reads the same in a terminal and as Markdown. */
function table(rows) {
  const head = ['Capability', 'Data', 'Figure', 'Value', 'Floor', 'Goal', 'Met'];
  const lines = rows.map((row) => [
    row.capability,
    row.data,
    row.figure,
    written(row.value),
    row.floor === null ? '–' : written(row.floor),
    `${row.better === 'higher' ? '≥' : '≤'} ${written(row.goal)}`,
    row.met ? 'yes' : 'NO',
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at].length)));
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(line)].join(
    '\n',
  );
}

function written(value) {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function writeDocument() {
  const text = `# What the analyser reaches on public data

Written by \`npm run accept -- --write\`; the data lies beside the checkout (or where \`HEED_ACCEPTANCE_DATA\` points) and is
not part of the project. Floor: what the naive way reaches on the same data in the same run.

${table(figures)}

${verdict()}${notes()}
`;
  writeFileSync(join(root, 'docs', 'acceptance.md'), text);
}
