import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commercePart } from '../../../src/sources/synthetic/commerce.ts';
import { riskPart } from '../../../src/sources/synthetic/commerce-risk.ts';
import { snapshotsPart } from '../../../src/sources/synthetic/commerce-snapshots.ts';
import { conversationsPart } from '../../../src/sources/synthetic/conversations.ts';
import { marketingPart } from '../../../src/sources/synthetic/marketing.ts';
import { partnersPart } from '../../../src/sources/synthetic/partners.ts';
import { presencePart } from '../../../src/sources/synthetic/presence.ts';
import type { WorldBasis, WorldSize } from '../../../src/sources/synthetic/world.ts';
import { createWorldSink } from '../../../src/sources/synthetic/world-sink.ts';
import { buildBasis } from '../../../src/sources/synthetic/write-world.ts';

export const usualEnd = '2026-11-20T14:20:00Z';

const parts = [
  conversationsPart,
  presencePart,
  marketingPart,
  partnersPart,
  commercePart,
  riskPart,
  snapshotsPart,
];

/** Folders and their files with the mapping that reads them. */
export const folders = [
  'marketing',
  'conversations',
  'presence',
  'partners',
  'commerce',
  'risk',
  'snapshots',
] as const;

export interface RecordWorld {
  readonly dir: string;
  readonly basis: WorldBasis;
  readonly rows: number;
  /** What each part planted, by its name. */
  readonly truth: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Writes the parts of a world without its core. @param dir a folder that may hold the core already */
export async function writeRecords(
  seed: number,
  size: WorldSize,
  options: { readonly asOf?: string; readonly dir?: string } = {},
): Promise<RecordWorld> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'heed-records-'));
  const asOf = new Date(options.asOf ?? usualEnd);
  const basis = buildBasis({ seed, size, asOf, days: undefined });
  const sink = createWorldSink(dir);
  const truth: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const part of parts) truth[part.name] = await part.write(basis, sink);
  await sink.close();
  return { dir, basis, rows: sink.rows(), truth };
}
