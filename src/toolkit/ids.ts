import { hash, randomBytes } from 'node:crypto';

/**
 * UUID derived from what names a thing, so that every importer computes the same id for the same record and a child
 * row can point at its parent before the parent has been read. Shape: RFC 9562 version 8 over SHA-256.
 *
 * @param parts for example `('account', 'salesforce', '0018Z00002')`
 */
export function stableId(...parts: readonly string[]): string {
  // In one call: an import makes several ids per row, and a hash object costs four times as much as the hash.
  return formatUuid(hash('sha256', parts.join('\u001f'), 'hex'), 8);
}

/** Random UUID that sorts by time of creation (RFC 9562 version 7). */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return formatUuid(bytes.toString('hex'), 7);
}

/** Version in the thirteenth digit, variant in the upper two bits of the seventeenth. */
function formatUuid(hex: string, version: number): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
