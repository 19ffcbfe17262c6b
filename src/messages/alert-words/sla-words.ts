import { upperFirst } from '../../toolkit/letter-case.ts';
import { formatClock, formatDuration, formatInstant, formatShare, shorten } from '../format.ts';
import {
  type AlertWords,
  accountName,
  arrOf,
  factInstant,
  factNumber,
  factText,
  fieldsOf,
  type Subject,
} from './subject.ts';

/** Wall-clock and working time are told apart only when they differ by more than this. */
const noticeableSeconds = 120;

/** What people say for each target, and what fulfils it. */
const targets: Readonly<Record<string, { readonly name: string; readonly met: string }>> = {
  first_response: { name: 'first response', met: 'answered' },
  next_response: { name: 'next response', met: 'answered' },
  update: { name: 'update', met: 'updated' },
  resolution: { name: 'resolution', met: 'resolved' },
};

export function wordsOfSla(subject: Subject): AlertWords {
  const { seen, zone, asOf } = subject;
  const metric = factText(seen, 'metric') ?? 'resolution';
  const target = targets[metric] ?? { name: metric.replaceAll('_', ' '), met: 'done' };
  const label = shorten(subject.label, 80);
  const due = factInstant(seen, 'due_at');
  const isBreached = factText(seen, 'state') === 'breached' || seen.value >= 1;
  const dueText = due === null ? null : formatInstant(due, zone, asOf);
  return {
    headline: isBreached
      ? `${label}: ${target.name} is late`
      : `${label}: ${target.name} due${dueText === null ? ' soon' : ` ${dueText}`}`,
    sentence: isBreached
      ? breachedSentence(subject, target.name, due)
      : atRiskSentence(subject, target.name, due),
    fields: fieldsOf([
      ['Account', accountName(subject)],
      ['ARR', arrOf(subject)],
      ['Priority', upperFirst(factText(seen, 'priority') ?? '')],
      ['Assignee', factText(seen, 'assignee') ?? 'nobody yet'],
      ['Target', targetText(subject, target.name)],
      ['Due', dueText],
      ['Category', factText(seen, 'category')],
      ['SLA policy', factText(seen, 'policy')],
    ]),
    over: over(subject, label, target),
  };
}

/** Times left and late are as of the message; it names the minute, because it is read later. */
function atRiskSentence(subject: Subject, name: string, due: Date | null): string {
  const { seen, zone, asOf } = subject;
  const who = accountName(subject) ?? 'A customer';
  const used = `${formatShare(seen.value)} of the time for the ${name} is used`;
  if (due === null) return `${who} is waiting: ${used}; the clock is paused.`;
  const wallSeconds = (due.getTime() - asOf.getTime()) / 1000;
  const working = workingTime(factNumber(seen, 'remaining_seconds'), wallSeconds);
  const left = working === null ? '' : `, of which ${working} are working time`;
  return `${who} is waiting: ${used}. At ${formatClock(asOf, zone)}, ${formatDuration(wallSeconds)} were left${left}.`;
}

function breachedSentence(subject: Subject, name: string, due: Date | null): string {
  const { seen, zone, asOf } = subject;
  const who = accountName(subject) ?? 'a customer';
  const overdue = factNumber(seen, 'remaining_seconds');
  if (due === null) {
    const by = overdue === null ? '' : ` by ${formatDuration(overdue)}`;
    return `The ${name} for ${who} is late${by}.`;
  }
  const wallSeconds = (asOf.getTime() - due.getTime()) / 1000;
  const working = workingTime(overdue, wallSeconds);
  const late = `${formatDuration(wallSeconds)} late${working === null ? '' : `, of which ${working} are working time`}`;
  return `The ${name} for ${who} was due ${formatInstant(due, zone, asOf)}. At ${formatClock(asOf, zone)} it was ${late}.`;
}

/** Business time beside the wall clock: over a weekend an hour is left on the clock, but two days until it is due. */
function workingTime(seconds: number | null, wallSeconds: number): string | null {
  if (seconds === null || Math.abs(Math.abs(seconds) - wallSeconds) <= noticeableSeconds) return null;
  return formatDuration(seconds);
}

function targetText({ seen }: Subject, name: string): string | null {
  const seconds = factNumber(seen, 'target_seconds');
  return seconds === null ? null : `${upperFirst(name)} within ${formatDuration(seconds)}`;
}

function over(
  subject: Subject,
  label: string,
  target: { readonly name: string; readonly met: string },
): AlertWords['over'] {
  const { seen, fired } = subject;
  const wasBreached = factText(fired, 'state') === 'breached';
  if (subject.hasLeft) {
    return wasBreached
      ? {
          headline: `${label}: ${target.met} after the target`,
          sentence: `The ticket was ${target.met} or closed, after its ${target.name} target had passed.`,
          isGood: true,
        }
      : {
          headline: `${label}: ${target.name} no longer at risk`,
          sentence: `The ticket was ${target.met} or closed${wasInTime(subject) ? ' before the target ran out' : ''}.`,
          isGood: true,
        };
  }
  if (factText(seen, 'state') === 'breached' && !wasBreached) {
    return {
      headline: `${label}: ${target.name} is late`,
      sentence: 'The target has passed.',
      isGood: false,
    };
  }
  return {
    headline: `${label}: ${target.name} no longer ${wasBreached ? 'late' : 'at risk'}`,
    sentence: `${formatShare(seen.value)} of the target is used now.`,
    isGood: true,
  };
}

/** Seen to be over before it was due; what happened while nobody looked is not claimed. */
function wasInTime({ seen, endedAt }: Subject): boolean {
  const due = factInstant(seen, 'due_at');
  return due !== null && endedAt !== null && endedAt <= due;
}
