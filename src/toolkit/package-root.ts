import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Folder that holds package.json: the home of migrations/, catalogue/, prompts/, fixtures/ and assets/. Works from
 * `src/` (tests) and from `dist/` (compiled) alike.
 */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of something shipped beside the code, for example `packagePath('migrations')`. */
export function packagePath(...segments: readonly string[]): string {
  return join(packageRoot, ...segments);
}

/**
 * URL of a compiled worker entry. Worker threads cannot load TypeScript on Node 20, so tests too take the worker
 * from `dist/` (`npm test` compiles before it runs them).
 *
 * @param name path below `src/` without extension, for example `store/embedded/worker`
 */
export function workerUrl(name: string): URL {
  return new URL(`file://${join(packageRoot, 'dist', `${name}.js`)}`);
}

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json not found above the running code');
  return findPackageRoot(parent);
}
