import { type Clock, systemClock } from '../toolkit/clock.ts';
import type { ChartImage, ChartRenderer, ChartSpec } from './chart-spec.ts';
import { withinSeconds } from './within-seconds.ts';

/** How a drawing went. `reason` is for logs and names every renderer that failed, with its error. */
export type DrawnChart =
  | {
      readonly image: ChartImage;
      readonly renderer: string;
      readonly reason: DrawnReason;
      readonly errors: readonly string[];
    }
  | {
      readonly image: null;
      readonly renderer: null;
      readonly reason: 'all-failed';
      readonly errors: readonly string[];
    };

/**
 * - `first-choice`: the primary drew it.
 * - `primary-failed`: the fallback drew it, because the primary rejected or was too slow.
 * - `primary-resting`: the fallback drew it; the primary failed a moment ago and was not asked.
 */
type DrawnReason = 'first-choice' | 'primary-failed' | 'primary-resting';

/** Draws without ever throwing: a message is sent with or without its picture. */
export interface ChartDrawer {
  readonly name: string;
  draw(spec: ChartSpec): Promise<DrawnChart>;
}

export interface FallbackOptions {
  /** Seconds that each renderer may take (5). */
  readonly capSeconds?: number;
  /** Seconds that a failed primary is left alone (30), so that a burst does not wait for it again and again. */
  readonly restSeconds?: number;
  readonly clock?: Clock;
}

/** Asks the primary, then the fallback; each within the cap. Without a fallback there is only the primary. */
export function withFallback(
  primary: ChartRenderer,
  fallback: ChartRenderer | null,
  options: FallbackOptions = {},
): ChartDrawer {
  const capSeconds = options.capSeconds ?? 5;
  const restMilliseconds = (options.restSeconds ?? 30) * 1000;
  const clock = options.clock ?? systemClock;
  let restsUntil = 0;
  return {
    name: fallback === null ? primary.name : `${primary.name}, else ${fallback.name}`,
    draw: async (spec) => {
      const errors: string[] = [];
      const isResting = fallback !== null && clock.now().getTime() < restsUntil;
      if (!isResting) {
        const image = await attempt(primary, spec, capSeconds, errors);
        if (image !== null) return { image, renderer: primary.name, reason: 'first-choice', errors };
        restsUntil = clock.now().getTime() + restMilliseconds;
      }
      if (fallback !== null) {
        const image = await attempt(fallback, spec, capSeconds, errors);
        const reason = isResting ? 'primary-resting' : 'primary-failed';
        if (image !== null) return { image, renderer: fallback.name, reason, errors };
      }
      return { image: null, renderer: null, reason: 'all-failed', errors };
    },
  };
}

async function attempt(
  renderer: ChartRenderer,
  spec: ChartSpec,
  capSeconds: number,
  errors: string[],
): Promise<ChartImage | null> {
  try {
    return await withinSeconds(capSeconds, `renderer ${renderer.name}`, renderer.render(spec));
  } catch (error) {
    errors.push(`${renderer.name}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
