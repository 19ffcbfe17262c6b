import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../toolkit/issue.ts';

/**
 * Fills a folder so that it is there whole or not at all: the work goes into a folder beside it, which takes its name
 * at the end. A failure removes it; what a killed process left is removed by the next one.
 *
 * @param replaces an old folder of that name may be replaced, also when it holds something
 * @throws UserError when something is in the way
 */
export async function fillFolder<T>(
  outDir: string,
  replaces: boolean,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const target = resolve(outDir);
  refuseFull(target, outDir, replaces);
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  removeLeftovers(parent, basename(target));
  const folder = join(parent, `${leftoverPrefix(basename(target))}${process.pid}`);
  mkdirSync(folder);
  try {
    const result = await work(folder);
    if (existsSync(target)) {
      if (replaces) rmSync(target, { recursive: true, force: true });
      else rmdirSync(target);
    }
    renameSync(folder, target);
    return result;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

const leftoverPrefix = (name: string): string => `${name}.incomplete-`;

function refuseFull(target: string, outDir: string, replaces: boolean): void {
  if (replaces || !existsSync(target)) return;
  const entries = readdirSync(target);
  if (entries.length === 0) return;
  throw new UserError([
    {
      code: 'folder-in-use',
      path: outDir,
      message: `holds ${entries.length} files or folders (${entries.slice(0, 3).join(', ')} …). Name another folder, or replace this one with --force.`,
    },
  ]);
}

function removeLeftovers(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    if (!entry.startsWith(leftoverPrefix(name))) continue;
    const owner = Number(entry.slice(leftoverPrefix(name).length));
    if (Number.isInteger(owner) && owner !== process.pid && isRunning(owner)) {
      throw new UserError([
        {
          code: 'folder-in-use',
          path: name,
          message: `process ${owner} is writing this world right now. Wait for it, or name another folder.`,
        },
      ]);
    }
    rmSync(join(parent, entry), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
