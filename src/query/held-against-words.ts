import type { ValueFormat } from '../domain/chart-data.ts';
import { englishNumber } from '../toolkit/english-number.ts';
import type { HeldAgainst } from './meets-having.ts';

const signs = { gt: 'above', gte: 'at or above', lt: 'below', lte: 'at or below', eq: 'equal to' } as const;
const mostMeans = 6;

/** "Only groups above the mean “Win rate” of all 7: 41.2 %", one sentence each without its full stop. */
export function heldAgainstWords(against: readonly HeldAgainst[]): readonly string[] {
  const said = against.slice(0, mostMeans).map(({ condition, column, mean, groups, of }) => {
    const shares = of.filter((value) => value !== null).join(', ');
    const times = condition.value === 1 ? '' : `${condition.value} times `;
    const whole = shares === '' ? `of all ${groups} groups` : `of the ${groups} groups of ${shares}`;
    return `Only groups ${signs[condition.op]} ${times}the mean “${column.label}” ${whole}: ${written(mean, column.format)}`;
  });
  return against.length > mostMeans ? [...said, `And so on for ${against.length - mostMeans} more`] : said;
}

const hour = 3600;

function written(mean: number, format: ValueFormat | null): string {
  const number = (value: number): string =>
    englishNumber(value, { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 });
  switch (format?.kind) {
    case 'percent':
      return `${number(mean * 100)} %`;
    case 'duration':
      return mean < hour ? `${number(mean / 60)} min` : `${number(mean / hour)} h`;
    case 'money':
      return `${format.currency} ${number(mean)}`;
    default:
      return number(mean);
  }
}
