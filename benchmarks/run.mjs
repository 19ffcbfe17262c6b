// Runs every benchmark beside this file, one after the other. Figures are for ratios within one run.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
for (const name of readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .sort()) {
  if (wanted.length > 0 && !wanted.includes(name.replace('.mjs', ''))) continue;
  process.stdout.write(`\n── ${name} ──\n`);
  const { status } = spawnSync(process.execPath, [join(folder, name)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
