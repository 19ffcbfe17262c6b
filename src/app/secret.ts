import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key that signs message markers: HEED_SECRET, or one that is made once and kept in the home. Replicas need the
 * same one, so more than one replica needs HEED_SECRET.
 */
export function markerSecret(home: string, configured: string | undefined): string {
  if (configured !== undefined) return configured;
  const file = join(home, 'secret');
  mkdirSync(home, { recursive: true });
  try {
    // Fails when it exists already, also when another process was faster.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
