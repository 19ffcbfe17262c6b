import { formatDate, formatMoney, plural, shorten } from '../format.ts';
import {
  type AlertWords,
  accountName,
  arrOf,
  factNumber,
  factText,
  fieldsOf,
  type Subject,
} from './subject.ts';

export function wordsOfDeal(subject: Subject): AlertWords {
  const { seen } = subject;
  const name = shorten(factText(seen, 'name') ?? subject.label, 80);
  const amount = factNumber(seen, 'amount');
  const money = amount === null ? null : formatMoney(amount, factText(seen, 'currency'));
  const close = dateOf(seen.facts['close_date']);
  const before = dateOf(seen.facts['previous_close_date']);
  const days = Math.round(factNumber(seen, 'days_slipped') ?? seen.value);
  const isOverdue = seen.facts['is_overdue'] === true || before === null;
  const stage = factText(seen, 'stage');
  const deal = money === null ? name : `${name} (${money})`;
  return {
    headline: isOverdue
      ? `${deal} is ${plural(days, 'day')} past its close date`
      : `${deal} slipped by ${plural(days, 'day')}`,
    sentence: `${isOverdue ? overdue(close) : `The close date was moved from ${before} to ${close ?? 'no date'}`}${stage === null ? '' : `; the deal is in stage ${stage}`}.`,
    fields: fieldsOf([
      ['Account', accountName(subject)],
      ['Amount', money],
      ['Stage', stage],
      ['Owner', factText(seen, 'owner')],
      ['Close date', close],
      ['Close date before', before],
      ['ARR', arrOf(subject)],
    ]),
    over: subject.hasLeft
      ? {
          headline: `${deal} is no longer late`,
          sentence: 'The deal was closed, or has a close date ahead of it.',
          isGood: true,
        }
      : {
          headline: `${deal} is back on its date`,
          sentence: `The close date is ${close ?? 'not set'} now.`,
          isGood: true,
        },
  };
}

function overdue(close: string | null): string {
  return close === null
    ? 'The deal is past its close date and still open'
    : `It was to close on ${close} and is still open`;
}

function dateOf(fact: unknown): string | null {
  return typeof fact === 'string' && fact !== '' ? formatDate(fact) : null;
}
