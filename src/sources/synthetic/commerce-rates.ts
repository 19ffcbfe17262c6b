import { dayMs } from './presence-hours.ts';
import type { Random } from './random.ts';
import type { Cell } from './world.ts';

export const rateHeader = ['currency', 'to_currency', 'day', 'rate'] as const;

const starts = [
  ['EUR', 1.08],
  ['GBP', 1.26],
] as const;
const dailySpread = 0.0035;

/**
 * Rates to the US dollar for every day from `dailyFrom`, and for the first of every month before that, back to the
 * oldest customer. Epoch milliseconds of midnights in UTC.
 */
export function* streamRates(
  random: Random,
  span: { readonly oldest: number; readonly dailyFrom: number; readonly end: number },
): Generator<readonly Cell[]> {
  for (const [currency, start] of starts) {
    const own = random.fork(currency);
    let rate = start;
    for (let day = span.oldest; day < span.end; day += dayMs) {
      // Drawn back to where it began, so that years do not carry it away.
      rate *= Math.exp(dailySpread * own.normal() + 0.004 * Math.log(start / rate));
      const isFirst = day === span.oldest || new Date(day).getUTCDate() === 1;
      if (day < span.dailyFrom && !isFirst) continue;
      yield [currency, 'USD', new Date(day).toISOString().slice(0, 10), rate.toFixed(4)];
    }
  }
}
