import { writeNumber } from '../wording.ts';

/** `14 percent`; below one percent with a decimal. */
export function percent(share: number): string {
  const points = share * 100;
  return `${writeNumber(points, Math.abs(points) < 1 ? 1 : 0)} percent`;
}

/** `12 days`, `5 hours`. */
export function longFor(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  if (days >= 2) return counted(days, 'day');
  const hours = Math.floor(seconds / 3600);
  return hours >= 2 ? counted(hours, 'hour') : counted(Math.max(1, Math.round(seconds / 60)), 'minute');
}

/** `1 deal`, `3 deals`, `4 categories`. */
export function counted(n: number, noun: string): string {
  if (n === 1) return `1 ${noun}`;
  return `${writeNumber(n)} ${noun.endsWith('y') && !/[aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** `1.2 million USD`, `48,500 EUR`. */
export function amount(value: number, currency: string | null): string {
  const number = value >= 1e6 ? `${writeNumber(value / 1e6, 1)} million` : writeNumber(value);
  return currency === null ? number : `${number} ${currency}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** A number kept between 0 and 100. */
export function importance(value: number): number {
  return Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;
}
