import { capitalise, formatDuration, formatInstant, formatShare, shorten } from '../format.ts';
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
    noun: 'ticket',
    headline: isBreached
      ? `${label}: ${target.name} is late`
      : `${label}: ${target.name} due${dueText === null ? ' soon' : ` ${dueText}`}`,
    sentence: isBreached
      ? breachedSentence(subject, target.name, due)
      : atRiskSentence(subject, target.name, due),
    fields: fieldsOf([
      ['Account', accountName(subject)],
      ['ARR', arrOf(subject)],
      ['Priority', capitalise(factText(seen, 'priority') ?? '')],
      ['Assignee', factText(seen, 'assignee') ?? 'nobody yet'],
      ['Target', targetText(subject, target.name)],
      ['Due', dueText],
      ['Category', factText(seen, 'category')],
      ['SLA policy', factText(seen, 'policy')],
    ]),
    over: over(subject, label, target),
  };
}

function atRiskSentence(subject: Subject, name: string, due: Date | null): string {
  const { seen, zone, asOf } = subject;
  const who = accountName(subject) ?? 'A customer';
  const used = `${formatShare(seen.value)} of the time for the ${name} is used`;
  if (due === null) return `${who} is waiting: ${used}. The clock is paused.`;
  const wallSeconds = (due.getTime() - asOf.getTime()) / 1000;
  const when = `It is due ${formatInstant(due, zone, asOf)}, in ${formatDuration(wallSeconds)}`;
  return `${who} is waiting: ${used}. ${when}${workingTime(seen.facts['remaining_seconds'], wallSeconds, 'left')}.`;
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
  const since = `${formatInstant(due, zone, asOf)}, ${formatDuration(wallSeconds)} ago`;
  return `The ${name} for ${who} was due ${since}${workingTime(overdue, wallSeconds, 'over')}.`;
}

/** Business time beside the wall clock: over a weekend an hour is left on the clock, but two days until it is due. */
function workingTime(seconds: unknown, wallSeconds: number, word: 'left' | 'over'): string {
  if (typeof seconds !== 'number' || Math.abs(Math.abs(seconds) - wallSeconds) <= noticeableSeconds)
    return '';
  return ` (${formatDuration(seconds)} of working time ${word})`;
}

function targetText({ seen }: Subject, name: string): string | null {
  const seconds = factNumber(seen, 'target_seconds');
  return seconds === null ? null : `${capitalise(name)} within ${formatDuration(seconds)}`;
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
        }
      : {
          headline: `${label}: ${target.name} no longer at risk`,
          sentence: `The ticket was ${target.met} or closed before the target ran out.`,
        };
  }
  if (factText(seen, 'state') === 'breached' && !wasBreached) {
    return { headline: `${label}: ${target.name} is late`, sentence: 'The target has passed.' };
  }
  return {
    headline: `${label}: ${target.name} no longer ${wasBreached ? 'late' : 'at risk'}`,
    sentence: `${formatShare(seen.value)} of the target is used now.`,
  };
}
