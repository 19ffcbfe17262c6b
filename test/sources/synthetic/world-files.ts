import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { WorldSize } from '../../../src/sources/synthetic/world.ts';
import { type WorldTruth, writeWorld } from '../../../src/sources/synthetic/write-world.ts';
import { afterThisFile } from '../../support/clean-ups.ts';

export const usualEnd = '2026-11-20T14:20:00Z';

/** An empty folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-world-'));
  afterThisFile(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface WrittenWorld {
  readonly dir: string;
  readonly truth: WorldTruth;
}

export async function world(
  seed: number,
  size: WorldSize = 'small',
  options: { readonly asOf?: string; readonly days?: number } = {},
): Promise<WrittenWorld> {
  const dir = temporaryFolder();
  const asOf = new Date(options.asOf ?? usualEnd);
  return { dir, truth: await writeWorld({ seed, size, asOf, outDir: dir, days: options.days }) };
}

export type Row = Readonly<Record<string, string>>;

export function readTable(dir: string, name: string): readonly Row[] {
  return parse(readFileSync(join(dir, name)), { columns: true });
}

/** Salesforce's way of writing an instant, read. */
export const instantOf = (row: Row, column: string): number =>
  Date.parse((row[column] ?? '').replace('+0000', 'Z'));

/** A hash over the names and bytes of all files. */
export function bytes(dir: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort())
    hash.update(entry.slice(dir.length)).update(readFileSync(entry));
  return hash.digest('hex');
}

export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
