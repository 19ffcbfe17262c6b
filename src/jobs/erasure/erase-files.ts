import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Matcher } from '../../access/privacy/build-matcher.ts';
import type { ErasureStep } from './erasure-step.ts';

/** Log lines are rewritten, pictures are deleted: what a picture shows cannot be read back, and each can be drawn again. */
export const eraseFiles: ErasureStep = {
  kind: 'outside',
  name: 'files',
  run: async ({ deps, matcher, counts }) => {
    if (matcher === null) return;
    counts.files('log lines', await scrubLogs(deps.home, matcher));
    counts.files('pictures', deletePictures(deps.home));
  },
};

/** Log files of a home, the rotated ones too. */
export function listLogs(home: string): readonly string[] {
  if (!existsSync(home)) return [];
  return readdirSync(home)
    .filter((name) => /^heed\.log(\.\d+)?$/.test(name))
    .map((name) => join(home, name));
}

/** Rewrites each log beside itself and swaps it in whole, so that a crash leaves the one or the other. */
async function scrubLogs(home: string, matcher: Matcher): Promise<number> {
  let changed = 0;
  for (const file of listLogs(home)) changed += await scrubLog(file, matcher);
  return changed;
}

async function scrubLog(file: string, matcher: Matcher): Promise<number> {
  const copy = `${file}.erasing`;
  const out = createWriteStream(copy, { mode: 0o600 });
  let changed = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const scrubbed = matcher.scrubText(line, false);
    if (scrubbed !== line) changed += 1;
    if (!out.write(`${scrubbed}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  if (changed === 0) {
    rmSync(copy);
    return 0;
  }
  const descriptor = openSync(copy, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(copy, file);
  return changed;
}

function deletePictures(home: string): number {
  const folder = join(home, 'charts');
  if (!existsSync(folder)) return 0;
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'));
  for (const name of pictures) rmSync(join(folder, name), { force: true });
  return pictures.length;
}
