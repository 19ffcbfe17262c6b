import { englishNumber } from '../toolkit/english-number.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { ValueFormat } from './chart-spec.ts';

/** Written where there is no number. */
export const noValue = '–';

/** Above this, digits are noise: written as a power of ten. */
const largestPlain = 1e15;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A value as people read it, in English, for labels, tables and sentences.
 *
 * | format | in | out |
 * |---|---|---|
 * | number | 12345.678 | `12,345.7` (whole numbers without decimals, small ones with two) |
 * | percent | 0.9417 (a share) | `94.2 %` |
 * | money | 2982255, USD | `$2,982,255` |
 * | duration | 7500 (seconds) | `2 h 05 min` |
 *
 * Not a number, or infinite: `–`. A currency that is no three-letter code is written after the number.
 */
export function formatValue(value: number, format: ValueFormat): string {
  if (!Number.isFinite(value)) return noValue;
  if (Math.abs(value) >= largestPlain) return `${powerOfTen(value)}${unitSuffix(format)}`;
  switch (format.kind) {
    case 'number':
      return formatNumber(value, format.decimals);
    case 'percent':
      return `${writeNumber(value * 100, 0, decimalsOfPercent(value))} %`;
    case 'money':
      return formatMoney(value, format.currency, false);
    case 'duration':
      return withoutNegativeZero(formatDuration(value));
    default:
      return exhaustive(format);
  }
}

/** The same, short enough for an axis or inside a bar: `1.2M`, `$3.4K`, `35 %`, `2 h`. */
export function formatShort(value: number, format: ValueFormat): string {
  if (!Number.isFinite(value)) return noValue;
  if (Math.abs(value) >= largestPlain) return `${powerOfTen(value)}${unitSuffix(format)}`;
  switch (format.kind) {
    case 'number':
      return Math.abs(value) >= 10_000 ? compact(value) : formatNumber(value, format.decimals);
    case 'money':
      return formatMoney(value, format.currency, Math.abs(value) >= 10_000);
    case 'percent':
    case 'duration':
      return formatValue(value, format);
    default:
      return exhaustive(format);
  }
}

function formatNumber(value: number, decimals: number | undefined): string {
  return writeNumber(value, decimals ?? 0, decimals ?? decimalsOf(value));
}

function writeNumber(value: number, fewestDecimals: number, mostDecimals: number): string {
  const digits = { minimumFractionDigits: fewestDecimals, maximumFractionDigits: mostDecimals };
  return withoutNegativeZero(englishNumber(value, digits));
}

function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (Number.isInteger(value)) return 0;
  if (size >= 10) return 1;
  return size >= 0.01 ? 2 : 4;
}

const compactDigits = { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 2 } as const;

/** One decimal; two near the ends, where 99.95 % must not read 100 %. */
function decimalsOfPercent(share: number): number {
  const nearEnd = (share > 0.999 && share < 1) || (share > 0 && share < 0.001);
  return nearEnd ? 2 : 1;
}

function compact(value: number): string {
  return englishNumber(value, compactDigits);
}

function formatMoney(value: number, currency: string, short: boolean): string {
  if (!/^[A-Za-z]{3}$/.test(currency)) {
    return `${short ? compact(value) : formatNumber(value, undefined)} ${currency}`.trim();
  }
  const style = { style: 'currency', currency: currency.toUpperCase() } as const;
  const whole = Number.isInteger(value) ? { ...style, maximumFractionDigits: 0 } : style;
  const amount = englishNumber(value, short ? { ...style, ...compactDigits } : whole);
  // Codes without a sign come with a no-break space ("CHF 12"); plain text everywhere keeps search working.
  return withoutNegativeZero(amount.replaceAll('\u00a0', ' '));
}

/** Two largest units: `45 s`, `2 min 05 s`, `35 min`, `2 h 05 min`, `3 d 04 h`. */
function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(seconds);
  if (size < 10 && !Number.isInteger(size)) return `${sign}${formatNumber(size, undefined)} s`;
  // Rounded to the smallest unit shown before it is split, so that 59 min 59 s never reads 60 min.
  const bySecond = Math.round(size);
  if (bySecond < minute) return `${sign}${bySecond} s`;
  if (bySecond < 10 * minute) return sign + twoUnits(bySecond, minute, 'min', 1, 's');
  const byMinute = Math.round(size / minute) * minute;
  if (byMinute < hour) return `${sign}${byMinute / minute} min`;
  if (byMinute < 2 * day) return sign + twoUnits(byMinute, hour, 'h', minute, 'min');
  return sign + twoUnits(Math.round(size / hour) * hour, day, 'd', hour, 'h');
}

function twoUnits(seconds: number, large: number, largeName: string, small: number, smallName: string) {
  const whole = Math.floor(seconds / large);
  const rest = Math.round((seconds - whole * large) / small);
  const head = `${whole.toLocaleString('en-US')} ${largeName}`;
  return rest === 0 ? head : `${head} ${String(rest).padStart(2, '0')} ${smallName}`;
}

function powerOfTen(value: number): string {
  return value.toExponential(1).replace('e+', 'e');
}

function unitSuffix(format: ValueFormat): string {
  switch (format.kind) {
    case 'number':
      return '';
    case 'percent':
      return ' (share)';
    case 'money':
      return ` ${format.currency}`;
    case 'duration':
      return ' s';
    default:
      return exhaustive(format);
  }
}

function withoutNegativeZero(written: string): string {
  return /^-[^1-9]*$/.test(written) ? written.slice(1) : written;
}
