import type { SlaMetric } from '../../../src/domain/sla-policy.ts';
import type { MinuteTable } from './minute-walk.ts';

/** What may happen to a ticket in a minute of its life. */
export type Word = 'open' | 'pending' | 'hold' | 'solved' | 'urgent' | 'normal' | 'reply' | 'message';

/** A ticket's life in minutes of a table; promises in seconds. */
export interface Story {
  readonly opened: number;
  readonly now: number;
  /** Minutes since the opening. */
  readonly events: readonly { readonly minute: number; readonly word: Word }[];
  readonly normal: number;
  readonly urgent: number;
  /** Whether urgent tickets are worked on day and night. */
  readonly isUrgentAlways: boolean;
  readonly updatePauses: boolean;
  readonly boundary: 'closing' | 'opening';
}

export interface WalkedClock {
  readonly usedSeconds: number;
  readonly state: string;
  readonly warnAt: Date | null;
  readonly urgentAt: Date | null;
  readonly dueAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly target: number;
}

const codes: readonly string[] = ['open', 'pending', 'hold', 'solved'];
const [OPEN, , HOLD, SOLVED] = [0, 1, 2, 3];

/** Every minute from 0 to now, written down once per story. */
interface Diary {
  readonly status: Uint8Array;
  readonly isUrgent: Uint8Array;
  readonly hasReply: Uint8Array;
  readonly hasMessage: Uint8Array;
  readonly firstReply: number;
}

export function writeDiary(story: Story): Diary {
  const size = story.now + 1;
  const status = new Uint8Array(size);
  const isUrgent = new Uint8Array(size);
  const hasReply = new Uint8Array(size);
  const hasMessage = new Uint8Array(size);
  let firstReply = Number.POSITIVE_INFINITY;
  for (const { minute, word } of story.events.toSorted((a, b) => a.minute - b.minute)) {
    const at = story.opened + minute;
    if (at > story.now) break;
    if (word === 'urgent' || word === 'normal') isUrgent.fill(word === 'urgent' ? 1 : 0, at);
    else if (word === 'message') hasMessage[at] = 1;
    else if (word === 'reply') {
      hasReply[at] = 1;
      firstReply = Math.min(firstReply, at);
    } else status.fill(codes.indexOf(word), at);
  }
  return { status, isUrgent, hasReply, hasMessage, firstReply };
}

interface Stretch {
  readonly from: number;
  /** Null: still open. */
  readonly to: number | null;
  readonly isAnswered: boolean;
}

/** From when to when each promise is owed, minute by minute. */
function stretchesOf(story: Story, diary: Diary, metric: SlaMetric): readonly Stretch[] {
  const { status, hasReply, hasMessage, firstReply } = diary;
  if (metric === 'first_response' && firstReply <= story.now)
    return [{ from: story.opened, to: firstReply, isAnswered: true }];
  if (metric === 'first_response' || metric === 'resolution') {
    let to: number | null = story.now + 1;
    while (to > story.opened && status[to - 1] === SOLVED) to -= 1;
    if (to > story.now) to = null;
    return [{ from: story.opened, to, isAnswered: metric === 'resolution' }];
  }
  const stretches: Stretch[] = [];
  let from: number | null = null;
  /** A message of the customer that neither an answer nor a solution has settled. */
  let isUnanswered = false;
  for (let minute = firstReply; minute <= story.now; minute += 1) {
    const isSolvedNow = status[minute] === SOLVED;
    const wasSolved = minute > story.opened && status[minute - 1] === SOLVED;
    if (hasMessage[minute] && minute > firstReply) isUnanswered = true;
    if (hasReply[minute] || (isSolvedNow && !wasSolved)) isUnanswered = false;
    const isOwed = !isSolvedNow && (metric === 'update' || isUnanswered);
    const ends = !isOwed || (metric === 'update' && hasReply[minute] === 1);
    if (from !== null && ends) {
      stretches.push({ from, to: minute, isAnswered: true });
      from = null;
    }
    if (isOwed) from ??= minute;
  }
  if (from !== null) stretches.push({ from, to: null, isAnswered: false });
  return stretches;
}

/** Lives through the story minute by minute and notes when 75 %, 90 % and all of each target are used. */
export function walkClocks(
  table: MinuteTable,
  open: Uint8Array,
  story: Story,
  diary: Diary,
  metric: SlaMetric,
): readonly WalkedClock[] {
  return stretchesOf(story, diary, metric).map((stretch) =>
    walkStretch(table, open, story, diary, metric, stretch),
  );
}

function walkStretch(
  table: MinuteTable,
  open: Uint8Array,
  story: Story,
  { status, isUrgent }: Diary,
  metric: SlaMetric,
  { from, to, isAnswered }: Stretch,
): WalkedClock {
  const last = to ?? story.now;
  const pauses = metric === 'resolution' || (metric === 'update' && story.updatePauses);
  const target = isUrgent[last] ? story.urgent : story.normal;
  const marks = [0.75, 0.9, 1].map((share) => Math.round((share * target) / 60));
  const reached: (number | null)[] = [null, null, null];
  const isAtOpening = story.boundary === 'opening';
  let used = 0;
  const count = (minute: number) => {
    if (isAtOpening) for (let mark = 0; mark < 3; mark += 1) if (marks[mark] === used) reached[mark] = minute;
    used += 1;
    if (!isAtOpening)
      for (let mark = 0; mark < 3; mark += 1) if (marks[mark] === used) reached[mark] = minute + 1;
  };
  for (let minute = from; minute < last; minute += 1) {
    const now = status[minute];
    if (now === SOLVED ? metric !== 'first_response' : pauses && now !== OPEN && now !== HOLD) continue;
    if (open[minute] || (isUrgent[minute] && story.isUrgentAlways)) count(minute);
  }
  const usedSeconds = used * 60;
  const isPaused = to === null && pauses && status[last] !== OPEN && status[last] !== HOLD;
  if (!isPaused) {
    const always = isUrgent[last] === 1 && story.isUrgentAlways;
    for (let minute = last; minute < open.length && reached[2] === null; minute += 1)
      if (always || open[minute]) count(minute);
  }
  const [warn, urgent, due] = reached;
  const isLate = due !== null && (to === null ? due! <= last : due! < last);
  const stopped = isAnswered ? 'met' : 'cancelled';
  const date = (minute: number | null | undefined) =>
    minute === null || minute === undefined ? null : new Date((table.firstMinute + minute) * 60_000);
  return {
    usedSeconds,
    state: isLate ? 'breached' : to !== null ? stopped : isPaused ? 'paused' : 'running',
    warnAt: date(warn),
    urgentAt: date(urgent),
    dueAt: date(due),
    stoppedAt: date(to),
    target,
  };
}
