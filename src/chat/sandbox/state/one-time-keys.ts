import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../toolkit/clock.ts';

/** Why a key is not taken (any more). */
type KeyRefusal = 'unknown' | 'expired' | 'used';

/** Keys that work for a while and a number of times: trigger ids, response URLs, socket tickets. */
export interface OneTimeKeys<T> {
  issue(value: T): string;
  use(
    key: string,
  ): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: KeyRefusal };
}

/** @param limits how long a key lives and how often it works */
export function createKeys<T>(
  clock: Clock,
  limits: { readonly seconds: number; readonly uses: number; readonly prefix: string },
): OneTimeKeys<T> {
  const issued = new Map<string, { readonly value: T; readonly expiresAt: number; left: number }>();
  return {
    issue(value) {
      const key = `${limits.prefix}${randomBytes(12).toString('hex')}`;
      const expiresAt = clock.now().getTime() + limits.seconds * 1000;
      issued.set(key, { value, expiresAt, left: limits.uses });
      return key;
    },
    use(key) {
      const found = issued.get(key);
      if (found === undefined) return { ok: false, refusal: 'unknown' };
      if (clock.now().getTime() > found.expiresAt) return { ok: false, refusal: 'expired' };
      if (found.left === 0) return { ok: false, refusal: 'used' };
      found.left -= 1;
      return { ok: true, value: found.value };
    },
  };
}
