import { createHash, randomBytes } from 'node:crypto';

/**
 * UUID derived from what names a thing, so that every importer computes the same id for the same record and a child
 * row can point at its parent before the parent has been read. Shape: RFC 9562 version 8 over SHA-256.
 *
 * @param parts for example `('account', 'salesforce', '0018Z00002')`
 */
export function stableId(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\u001f')).digest();
  return formatUuid(hash.subarray(0, 16), 8);
}

/** Random UUID that sorts by time of creation (RFC 9562 version 7). */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return formatUuid(bytes, 7);
}

function formatUuid(bytes: Buffer, version: number): string {
  const out = Buffer.from(bytes);
  out.writeUInt8((out.readUInt8(6) & 0x0f) | (version << 4), 6);
  out.writeUInt8((out.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = out.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
