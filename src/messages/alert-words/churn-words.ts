import { upperFirst } from '../../toolkit/letter-case.ts';
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

/** A change of at least this share of the customers is worth a word. */
const noticeableChange = 0.01;

export function wordsOfChurn(subject: Subject): AlertWords {
  const { seen } = subject;
  const who = accountName(subject) ?? shorten(subject.label, 60);
  const index = Math.round((factNumber(seen, 'risk_index') ?? seen.value) * 100);
  const priority = factText(seen, 'priority') ?? 'unknown';
  const driver = factText(seen, 'top_driver');
  const tenure = factNumber(seen, 'tenure_months');
  const health = factNumber(seen, 'health');
  return {
    headline: `${who} may leave: risk index ${index} of 100, priority ${priority}`,
    sentence: `${chanceOf(subject)}${changeOf(subject)}.${driver === null ? '' : ` What raises it most: ${driver}.`}`,
    fields: fieldsOf([
      ['Account', who],
      ['ARR', arrOf(subject)],
      ['Tier', subject.account?.tier ?? null],
      ['Risk band', wordOf(subject, 'risk_band')],
      ['Health score', health === null ? null : formatNumber(Math.round(health))],
      ['Second driver', factText(seen, 'second_driver')],
      ['Third driver', factText(seen, 'third_driver')],
      ['Customer for', tenure === null ? null : `${formatNumber(tenure)} months`],
    ]),
    over: subject.hasLeft
      ? {
          headline: `${who}: no risk to act on any more`,
          sentence: 'The priority is low now, or the customer is not scored any more.',
          isGood: true,
        }
      : {
          headline: `${who}: risk index is down to ${index}`,
          sentence: `The priority is ${priority} now.`,
          isGood: true,
        },
  };
}

/** The number together with how far it may be trusted. */
function chanceOf({ seen }: Subject): string {
  const state = factText(seen, 'state') ?? 'uncalibrated';
  if (state === 'uncalibrated') return 'The index is not calibrated: nobody is known to have left yet';
  return `${formatShare(seen.value)} chance of leaving, ${state}`;
}

function changeOf({ seen }: Subject): string {
  const change = factNumber(seen, 'change_30d');
  if (change === null || Math.abs(change) < noticeableChange) return '';
  return `, ${change > 0 ? 'up' : 'down'} ${Math.round(Math.abs(change) * 100)} points in 30 days`;
}

function wordOf({ seen }: Subject, name: string): string | null {
  const word = factText(seen, name);
  return word === null ? null : upperFirst(word);
}
