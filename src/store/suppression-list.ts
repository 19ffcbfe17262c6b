import { createHash, createHmac } from 'node:crypto';
import { bucketOf } from './suppression-keys.ts';

export type Kind = 'id' | 'email' | 'phone' | 'name';

export interface SuppressionEntry {
  readonly replacement_id: string | null;
  readonly pseudonym: string;
  readonly erasure_id: string;
}

export interface SuppressionRow extends SuppressionEntry {
  readonly hash: string;
  readonly kind: Kind;
  readonly bucket: number;
  /** Words of a name. */
  readonly words: number;
}

/** The list in memory. A look-up costs a cheap hash, and the keyed one only when the cheap one is on the list. */
export class SuppressionList {
  /** Words of the names on the list, longest first. */
  readonly nameLengths: readonly number[];
  private readonly key: string;
  private readonly salt: number;
  private readonly entries: Map<string, SuppressionEntry>;
  private readonly buckets: Set<string>;

  constructor(key: string, rows: readonly SuppressionRow[]) {
    this.key = key;
    this.salt = saltOf(key);
    this.entries = new Map(rows.map((row) => [row.hash, row]));
    this.buckets = new Set(rows.map(({ kind, bucket }) => `${kind}${bucket}`));
    const lengths = rows.filter(({ kind }) => kind === 'name').map(({ words }) => words);
    this.nameLengths = [...new Set(lengths)].sort((a, b) => b - a);
  }

  find(kind: Kind, value: string): SuppressionEntry | undefined {
    if (!this.buckets.has(`${kind}${bucketOf(kind + value, this.salt)}`)) return undefined;
    return this.entries.get(hashOf(this.key, kind, value));
  }

  /** Adds an id that was met in a load; the row is to be kept with the load. */
  learn(id: string, entry: SuppressionEntry): SuppressionRow {
    const hash = hashOf(this.key, 'id', id);
    const bucket = bucketOf(`id${id}`, this.salt);
    const { replacement_id, pseudonym, erasure_id } = entry;
    const row = { hash, kind: 'id' as const, bucket, words: 1, replacement_id, pseudonym, erasure_id };
    this.entries.set(hash, row);
    this.buckets.add(`id${bucket}`);
    return row;
  }
}

export const hashOf = (key: string, kind: Kind, value: string): string =>
  createHmac('sha256', key).update(`${kind}\u001f${value}`).digest('base64url');

export const saltOf = (key: string): number => createHash('sha256').update(key).digest().readUInt32LE(0);
