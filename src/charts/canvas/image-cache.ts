import { createHash } from 'node:crypto';
import type { ChartImage, ChartSpec } from '../chart-spec.ts';

/** Remembers the latest images; two requests for the same spec share one drawing. */
export interface ImageCache {
  getOrDraw(spec: ChartSpec, draw: () => Promise<ChartImage>): Promise<ChartImage>;
}

/**
 * @param capacity images kept, the longest unused is dropped first; an image is about 80 kB. A failed drawing is not
 * remembered.
 */
export function imageCache(capacity: number): ImageCache {
  const images = new Map<string, Promise<ChartImage>>();
  return {
    getOrDraw: (spec, draw) => {
      const key = specHash(spec);
      const known = images.get(key);
      if (known !== undefined) {
        images.delete(key);
        images.set(key, known);
        return known;
      }
      const drawn = draw();
      images.set(key, drawn);
      drawn.catch(() => {
        if (images.get(key) === drawn) images.delete(key);
      });
      const oldest = images.keys().next();
      if (images.size > capacity && oldest.done !== true) images.delete(oldest.value);
      return drawn;
    },
  };
}

/** SHA-256 over the content; the order of keys in the object makes no difference. */
export function specHash(spec: ChartSpec): string {
  return createHash('sha256').update(JSON.stringify(spec, sortedKeys)).digest('hex');
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
