import type { ValueFormat } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';

/** The range and the marks of a value axis. Every mark is a multiple of `step`. */
export interface NumberAxis {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

export interface NumberAxisOptions {
  readonly format: ValueFormat;
  /** `always` for bars, whose length is the number; `when-near` for lines, where detail may matter more. */
  readonly zero: 'always' | 'when-near';
  /** Free room above the largest value, as a share of the range: for labels on top of bars. */
  readonly headroom?: number;
  /** About how many steps; 5 if not given. */
  readonly steps?: number;
}

const smallestStep = 1e-9;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Steps that people count time in, in seconds. */
const durationSteps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((count) => count * day),
];

/** Chooses round limits around the values; with no values, or only zeros, the axis goes from 0 to 1. */
export function numberAxis(values: readonly number[], options: NumberAxisOptions): NumberAxis {
  const drawn = values.map(drawableValue);
  let low = Math.min(...drawn);
  let high = Math.max(...drawn);
  if (drawn.length === 0 || (Math.abs(low) < smallestStep && Math.abs(high) < smallestStep)) {
    return { minimum: 0, maximum: 1, step: 1 };
  }
  const nearZero = high - low >= 0.35 * Math.max(Math.abs(low), Math.abs(high));
  if (options.zero === 'always' || nearZero || high === low) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }
  const room = (high - low) * (options.headroom ?? 0);
  if (high > 0) high += room;
  if (low < 0 && options.zero === 'always') low -= room;
  const whole = drawn.every(Number.isInteger) && options.format.kind !== 'percent';
  const step = roundStep((high - low) / (options.steps ?? 5), options.format, whole);
  const minimum = Math.floor(low / step + smallestStep) * step;
  const maximum = Math.ceil(high / step - smallestStep) * step;
  // At the edge of floating point a narrow range can collapse onto one mark.
  return maximum > minimum ? { minimum, maximum, step } : { minimum, maximum: minimum + step, step };
}

/** A mark of the axis without floating-point dust (0.30000000000000004 becomes 0.3). */
export function axisMark(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

function roundStep(rough: number, format: ValueFormat, whole: boolean): number {
  if (format.kind === 'duration' && rough > 0.5) {
    const known = durationSteps.find((step) => step >= rough * 0.9);
    if (known !== undefined) return known;
    return decimalStep(rough / day, true) * day;
  }
  return decimalStep(rough, whole);
}

/** 1, 2, 2.5 or 5 times a power of ten; whole numbers only where the values are counts. */
function decimalStep(rough: number, whole: boolean): number {
  const safe = Math.max(rough, smallestStep);
  const power = 10 ** Math.floor(Math.log10(safe));
  const factor = [1, 2, 2.5, 5, 10].find(
    (one) => one * power >= safe * 0.9 && (!whole || Number.isInteger(one * power)),
  );
  const step = (factor ?? 10) * power;
  return whole ? Math.max(1, Math.round(step)) : step;
}
