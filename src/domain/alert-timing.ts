import { z } from 'zod';

/** How long something must last: by the clock, or by how often the analyser has looked. */
export type Wait =
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'evaluations'; readonly count: number };

export const noWait: Wait = { kind: 'seconds', seconds: 0 };

const secondsPerUnit: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  week: 604_800,
};

/** Seconds of `90`, `15 min`, `24 h`, `7 days`; null for anything else. */
export function parseDuration(written: string | number): number | null {
  if (typeof written === 'number') return Number.isFinite(written) && written >= 0 ? written : null;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(written);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const unit = match[2].toLowerCase();
  const factor = secondsPerUnit[unit] ?? secondsPerUnit[unit.replace(/s$/, '')];
  return factor === undefined ? null : Number(match[1]) * factor;
}

/** A duration in a catalogue file; seconds inside. */
export const durationSchema = z.union([z.string(), z.number()]).transform((written, context) => {
  const seconds = parseDuration(written);
  if (seconds !== null) return seconds;
  context.issues.push({
    code: 'custom',
    input: written,
    message: `must be a duration such as 15 min, 24 h or 7 days, not ${JSON.stringify(written)}`,
  });
  return z.NEVER;
});

/** A duration, or `2 evaluations`. */
export const waitSchema = z.union([z.string(), z.number()]).transform((written, context): Wait => {
  const match = typeof written === 'string' ? /^\s*(\d+)\s*evaluations?\s*$/i.exec(written) : null;
  if (match?.[1] !== undefined) return { kind: 'evaluations', count: Number(match[1]) };
  const seconds = parseDuration(written);
  if (seconds !== null) return { kind: 'seconds', seconds };
  context.issues.push({
    code: 'custom',
    input: written,
    message: `must be a duration such as 15 min, or a count such as 2 evaluations, not ${JSON.stringify(written)}`,
  });
  return z.NEVER;
});
