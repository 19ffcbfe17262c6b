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

/** A change of at least so many points is the news; less than that, the level is. */
const noticeablePoints = 10;
const shownComponents = 4;

export function wordsOfHealth(subject: Subject): AlertWords {
  const { seen } = subject;
  const who = accountName(subject) ?? shorten(subject.label, 60);
  const score = Math.round(seen.value);
  const change = factNumber(seen, 'change_7d');
  const previous = factNumber(seen, 'previous_score');
  const band = bandOf(subject);
  const driver = factText(seen, 'top_driver');
  const hasFallen = change !== null && change <= -noticeablePoints;
  return {
    headline:
      hasFallen && previous !== null
        ? `${who}: health fell from ${Math.round(previous)} to ${score}`
        : `${who}: health is low, ${score} of 100`,
    sentence: `${band === null ? `The score is ${score} of 100` : `Band ${band}`}${changeText(change)}.${driver === null ? '' : ` What pulls it down most: ${driver}.`}`,
    fields: fieldsOf([
      ['Account', who],
      ['ARR', arrOf(subject)],
      ['Tier', subject.account?.tier ?? null],
      ['Score 7 days before', previous === null ? null : formatNumber(Math.round(previous))],
      ...componentFields(subject),
      ['Data coverage', coverageOf(subject)],
    ]),
    over: subject.hasLeft
      ? {
          headline: `${who}: health is not scored any more`,
          sentence: 'Less than half of the score has data now, or the account is gone.',
          isGood: false,
        }
      : {
          headline: `${who}: health is back at ${score}`,
          sentence: `The score was ${Math.round(subject.fired.value)} when this fired and is ${score} of 100 now.`,
          isGood: true,
        },
  };
}

function bandOf({ seen }: Subject): string | null {
  const band = factText(seen, 'band');
  return band === null ? null : upperFirst(band.replaceAll(/[_-]/g, ' '));
}

function changeText(change: number | null): string {
  const points = change === null ? 0 : Math.round(change);
  if (points === 0) return change === null ? '' : ', unchanged in 7 days';
  const size = Math.abs(points);
  return `, ${points < 0 ? 'down' : 'up'} ${size} ${size === 1 ? 'point' : 'points'} in 7 days`;
}

/** The lowest parts of the score, lowest first: that is where help is needed. */
function componentFields({ seen }: Subject): readonly (readonly [string, string | null])[] {
  return Object.keys(seen.facts)
    .filter((name) => name.startsWith('component_') && factNumber(seen, name) !== null)
    .map((name) => ({ name: name.slice('component_'.length), value: factNumber(seen, name) ?? 0 }))
    .sort((a, b) => a.value - b.value)
    .slice(0, shownComponents)
    .map(({ name, value }) => [
      upperFirst(shorten(name.replaceAll('_', ' '), 30)),
      `${Math.round(value)} of 100`,
    ]);
}

/** Full coverage needs no word. */
function coverageOf({ seen }: Subject): string | null {
  const coverage = factNumber(seen, 'coverage');
  return coverage === null || coverage >= 1 ? null : formatShare(coverage);
}
