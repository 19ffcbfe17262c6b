import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { ValueFormat } from '../chart-spec.ts';

/** A config without functions cannot format axis marks, so values are brought into a unit that needs no format. */
export interface PlainUnit {
  /** Multiply a value by this. */
  readonly factor: number;
  /** Written beside the axis; empty for plain numbers. */
  readonly name: string;
}

const units = [
  { seconds: 86_400, name: 'days' },
  { seconds: 3_600, name: 'hours' },
  { seconds: 60, name: 'minutes' },
] as const;

/** @param values everything that is drawn: durations take the largest unit that the largest value fills twice */
export function plainUnit(format: ValueFormat, values: readonly number[]): PlainUnit {
  switch (format.kind) {
    case 'number':
      return { factor: 1, name: '' };
    case 'percent':
      return { factor: 100, name: '%' };
    case 'money':
      return { factor: 1, name: format.currency };
    case 'duration': {
      const largest = Math.max(0, ...values.map(Math.abs));
      const unit = units.find(({ seconds }) => largest >= 2 * seconds);
      return unit === undefined
        ? { factor: 1, name: 'seconds' }
        : { factor: 1 / unit.seconds, name: unit.name };
    }
    default:
      return exhaustive(format);
  }
}
