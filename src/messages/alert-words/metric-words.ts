import { upperFirst } from '../../toolkit/letter-case.ts';
import { formatNumber, shorten } from '../format.ts';
import { type AlertWords, factText, fieldsOf, type Subject } from './subject.ts';

/** A series other than the number of tickets: the finding says its value and its usual range in the series' own unit. */
export function wordsOfMetric(subject: Subject): AlertWords {
  const { seen } = subject;
  const label = shorten(subject.label, 80);
  const direction = factText(seen, 'direction') === 'below' ? 'low' : 'high';
  const band = factText(seen, 'band');
  const observed = factText(seen, 'observed_text') ?? factText(seen, 'observed') ?? 'unknown';
  const together = factText(seen, 'pattern') === 'sustained' ? ' The last 12 hours together stand out.' : '';
  const segment = factText(seen, 'segment');
  return {
    headline: `${label}: unusually ${direction}, ${observed}`,
    sentence: `${upperFirst(observed)}${band === null ? '' : `; ${band}`}.${together}`,
    fields: fieldsOf([
      ['Observed', observed],
      ['Usual', band],
      ['Segment', segment === null ? 'All' : upperFirst(segment)],
      ['Standing out', factText(seen, 'standing_out')],
      ['Distance from usual', `${formatNumber(Math.abs(seen.value))} robust standard deviations`],
    ]),
    over: {
      headline: `${label}: back to usual`,
      sentence: 'The newest values are in the expected range again.',
      isGood: true,
    },
  };
}
