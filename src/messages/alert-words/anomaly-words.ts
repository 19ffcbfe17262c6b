import { upperFirst } from '../../toolkit/letter-case.ts';
import { formatInstant, formatNumber, shorten } from '../format.ts';
import { type AlertWords, factInstant, factNumber, factText, fieldsOf, type Subject } from './subject.ts';

export function wordsOfAnomaly(subject: Subject): AlertWords {
  const { seen } = subject;
  const label = shorten(subject.label, 80);
  const observed = factNumber(seen, 'observed');
  const expected = factNumber(seen, 'expected');
  const count = observed === null ? 'an unusual number' : formatNumber(observed);
  const usual = expected === null ? '' : `; about ${formatNumber(Math.round(expected))} are usual`;
  const bucket = bucketOf(subject);
  const direction = factText(seen, 'direction') === 'below' ? 'fewer' : 'more';
  return {
    headline: `${label}: ${count}, ${times(observed, expected) ?? `${direction} than usual`}`,
    sentence: `${upperFirst(count)}${bucket.inSentence}${usual}${rangeOf(subject)}.`,
    fields: fieldsOf([
      ['Observed', observed === null ? null : formatNumber(observed)],
      ['Expected', expectedRange(subject)],
      ['Segment', segmentOf(subject)],
      ['Starting', bucket.start],
      ['Distance from usual', `${formatNumber(Math.abs(seen.value))} robust standard deviations`],
    ]),
    over: {
      headline: `${label}: back to usual`,
      sentence:
        subject.hasLeft || observed === null
          ? 'The newest counts are in the expected range again.'
          : `${formatNumber(observed)}${bucket.inSentence}${usual}${rangeOf(subject)}.`,
      isGood: true,
    },
  };
}

/** `2.7 times the usual`, or `a third of the usual`; null where the factor says nothing. */
function times(observed: number | null, expected: number | null): string | null {
  if (observed === null || expected === null || expected <= 0) return null;
  const factor = observed / expected;
  if (factor >= 1.2) return `${factor.toFixed(1).replace(/\.0$/, '')} times the usual`;
  return factor <= 0.8 ? `${Math.round(factor * 100)} % of the usual` : null;
}

function rangeOf({ seen }: Subject): string {
  const lower = factNumber(seen, 'lower');
  const upper = factNumber(seen, 'upper');
  if (lower === null || upper === null) return '';
  return ` (${formatNumber(Math.max(0, Math.round(lower)))} to ${formatNumber(Math.round(upper))})`;
}

function expectedRange(subject: Subject): string | null {
  const expected = factNumber(subject.seen, 'expected');
  if (expected === null) return null;
  const range = rangeOf(subject).replace(' (', '').replace(')', '');
  return range === '' ? formatNumber(Math.round(expected)) : range;
}

function segmentOf({ seen }: Subject): string | null {
  const segment = factText(seen, 'segment');
  return segment === null ? 'All' : upperFirst(segment);
}

interface Bucket {
  readonly inSentence: string;
  readonly start: string | null;
}

function bucketOf({ seen, zone, asOf }: Subject): Bucket {
  const at = factInstant(seen, 'bucket_start');
  const grain = factText(seen, 'grain') ?? 'hour';
  if (at === null) return { inSentence: ' now', start: null };
  const start = formatInstant(at, zone, asOf);
  // A day needs no hour: "Tue 10 Mar", not "Tue 10 Mar 00:00 CET".
  const day = start.replace(/ \d\d:\d\d .*$/, '');
  const words =
    grain === 'hour'
      ? `in the hour from ${start}`
      : grain === 'day'
        ? `on ${day}`
        : `in the week from ${day}`;
  return { inSentence: ` ${words}`, start: grain === 'hour' ? start : day };
}
