import { createHash, randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An id in Slack's shape that is the same for the same name, so that a restarted world keeps its ids. */
export function stableSlackId(prefix: string, name: string): string {
  return prefix + encode(createHash('sha256').update(`${prefix}:${name}`).digest());
}

/** A fresh id in Slack's shape, for example `F` and ten letters or digits. */
export function newSlackId(prefix: string): string {
  return prefix + encode(randomBytes(10));
}

function encode(bytes: Buffer): string {
  return [...bytes.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length] ?? '0').join('');
}
