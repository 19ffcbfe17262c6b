import type { AnswerColumn } from '../../src/query/answer-data.ts';

/** A column of an answer with the unit that its metric declares, for example `days`. */
export interface UnitColumn extends AnswerColumn {
  readonly unit: string | null;
}

const secondsOf: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 604_800,
};
const sharedParts = [1, 100];

/**
 * What an answer's numbers may be multiplied with before they are compared: a length of time may be expected in
 * seconds, minutes, hours or days, a share as a fraction or in percent; everything else as it is.
 */
export function factorsOf(column: UnitColumn): readonly number[] {
  const seconds = column.format?.kind === 'duration' ? 1 : secondsOf[column.unit ?? ''];
  if (seconds !== undefined) return Object.values(secondsOf).map((unit) => seconds / unit);
  return column.format?.kind === 'percent' ? sharedParts : [1];
}

const relativeTolerance = 0.005;

/**
 * Whether a number is the expected one: counts exactly; anything else within 0.5 % or within the rounding of what is
 * shown or was expected. An expected null is met by null or nought.
 */
export function sameNumber(
  expected: number | null,
  got: number | null,
  column: UnitColumn,
  factor: number,
): boolean {
  if (expected === null || got === null) return (expected ?? 0) === 0 && (got ?? 0) === 0;
  const value = got * factor;
  const off = Math.abs(value - expected);
  const isCount =
    column.format?.kind === 'number' && factor === 1 && Number.isInteger(expected) && Number.isInteger(got);
  if (isCount) return off === 0;
  const slack = Math.max(
    Math.abs(expected) * relativeTolerance,
    shownRounding(column) * factor,
    writtenRounding(expected),
  );
  return off <= slack * (1 + 1e-9);
}

/** Half of the last place that an answer shows. */
function shownRounding({ format }: UnitColumn): number {
  switch (format?.kind) {
    case 'percent':
      return 0.0005;
    case 'duration':
    case 'money':
      return 0.5;
    case 'number':
      return format.decimals === undefined || format.decimals === 0 ? 0 : 0.5 * 10 ** -format.decimals;
    case undefined:
      return 0;
  }
}

/** Half of the last written place of an expected number that was rounded to 1-4 places. */
function writtenRounding(expected: number): number {
  const places = String(expected).split('.')[1]?.length ?? 0;
  return places >= 1 && places <= 4 ? 0.5 * 10 ** -places : 0;
}
