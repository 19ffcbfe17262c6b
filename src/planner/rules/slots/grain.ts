import type { TimeUnit } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import type { Reading } from '../reading.ts';

const adverbs: Readonly<Record<string, TimeUnit>> = wordTable({
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annually: 'year',
});
const units = new Set(['hour', 'day', 'week', 'month', 'quarter', 'year']);

/** "For each of the last four quarters": one by one. */
function eachOfSeveral(words: readonly string[], index: number): TimeUnit | null {
  if (!/^(?:each|every)$/.test(words[index] ?? '') || words[index + 1] !== 'of') return null;
  const at = words[index + 2] === 'the' ? index + 3 : index + 2;
  if (!/^(?:last|past|previous|these)$/.test(words[at] ?? '')) return null;
  const unit = words.slice(at + 1, at + 4).find((word) => units.has(word));
  return unit === undefined ? null : (unit as TimeUnit);
}

/** "by month", "per week", "each day", "weekly", "month by month". */
export function readGrain(reading: Reading): TimeUnit | null {
  const words = reading.tokens.map((token) => token.word);
  for (const [index, word] of words.entries()) {
    if (!reading.isFree(index)) continue;
    const adverb = adverbs[word];
    // "Which yearly contracts": a kind of them, where "yearly contracts" alone are those of every year.
    const isKind =
      /^(?:which|what|whose)$/.test(words[index - 1] ?? '') &&
      /s$/.test(reading.tokens[index + 1]?.lower ?? '');
    if (adverb !== undefined && isKind) continue;
    if (adverb !== undefined) {
      reading.take('grain', [index], `by ${adverb}`);
      return adverb;
    }
    // "which month had the most" asks for one period out of all.
    const marker =
      /^(?:by|per|each|every)$/.test(word) ||
      (/^(?:which|what)$/.test(word) && /^(?:had|has|was|saw|did)$/.test(words[index + 2] ?? ''));
    const each = eachOfSeveral(words, index);
    if (each !== null) {
      reading.take('grain', [index, index + 1], `by ${each}`);
      return each;
    }
    const skipped = words[index + 1] === 'calendar' ? 2 : 1;
    const unit = words[index + skipped];
    if (!marker || unit === undefined || !units.has(unit)) continue;
    const isOfPeriod = /^(?:this|last|the|20\d\d)$/.test(words[index + skipped + 2] ?? '');
    if (words[index + skipped + 1] === 'of' && !(/^(?:each|every)$/.test(word) && isOfPeriod)) continue;
    // "by quarter end" is a date, not a grouping.
    if (words[index + skipped + 1] === 'end') continue;
    // "month by month", but not "last 12 months by month".
    const before =
      reading.tokens[index - 1]?.word === unit && !/s$/.test(reading.tokens[index - 1]?.lower ?? '')
        ? [index - 1]
        : [];
    const taken = [...before, ...Array.from({ length: skipped + 1 }, (_, offset) => index + offset)];
    reading.take('grain', taken, `by ${unit}`);
    return unit as TimeUnit;
  }
  return null;
}
