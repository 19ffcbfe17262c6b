import { formatNumber, formatShare, shorten } from '../format.ts';
import {
  type AlertWords,
  accountName,
  arrOf,
  factNumber,
  factText,
  fieldsOf,
  type Subject,
} from './subject.ts';

export function wordsOfShare(subject: Subject): AlertWords {
  const { seen } = subject;
  const who = accountName(subject) ?? shorten(subject.label, 60);
  const isBreach = factText(seen, 'measure') === 'sla_breaches';
  const noun = isBreach ? 'SLA clocks breached' : 'tickets negative';
  const share = formatShare(seen.value);
  const times = factNumber(seen, 'times');
  const portfolio = factNumber(seen, 'portfolio_share');
  const more = times === null ? '' : `, ${formatNumber(times)} times the share of all accounts`;
  return {
    headline: `${who}: ${share} of ${noun}${more}`,
    sentence: factText(seen, 'sentence') ?? `${share} of ${noun}.`,
    fields: fieldsOf([
      ['Account', who],
      ['ARR', arrOf(subject)],
      ['Cases', countsOf(subject)],
      ['All accounts', portfolio === null ? null : formatShare(portfolio)],
    ]),
    over: {
      headline: `${who}: no longer stands out`,
      sentence: subject.hasLeft
        ? 'The share is too near to that of all accounts now to be called unusual.'
        : `The share is ${share} now.`,
      isGood: true,
    },
  };
}

function countsOf({ seen }: Subject): string | null {
  const [hits, cases] = [factNumber(seen, 'hits'), factNumber(seen, 'cases')];
  return hits === null || cases === null ? null : `${formatNumber(hits)} of ${formatNumber(cases)}`;
}
