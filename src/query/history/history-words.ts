import { Temporal } from 'temporal-polyfill';
import { dayWords } from '../resolve/range-words.ts';
import type { Cover, Kept } from './cover-range.ts';

interface CoverFacts {
  /** Days that changed since the values were taken. */
  readonly days: readonly string[];
  readonly asOf: Date;
  readonly now: Date;
  readonly kept: Kept;
}

/** Where the numbers come from: `hours until 13:00 from snapshots, the open hour live`. */
export function coverWords(
  { pieces, live }: Cover,
  range: { readonly from: number; readonly to: number },
  { days, asOf, now, kept }: CoverFacts,
): string {
  const last = pieces.reduce((latest, piece) => (piece.to > latest.to ? piece : latest));
  const unit = { hour: 'hours', day: 'days', week: 'weeks' }[last.grain];
  const until =
    last.to < range.to ? ` until ${momentWords(last.to, kept.zone, now, last.grain === 'hour')}` : '';
  const changed = days.filter((day) => {
    const from = Temporal.PlainDate.from(day).toZonedDateTime(kept.zone).epochMilliseconds;
    return live.some((span) => span.from <= from && from < span.to) && from < asOf.getTime();
  }).length;
  const isOpenAlone = live.length === 1 && live[0]?.from === last.to && changed === 0;
  const rest =
    live.length === 0
      ? ''
      : isOpenAlone
        ? `, the open ${last.grain} live`
        : changed > 0
          ? `, the rest live (${changed === 1 ? 'a day has' : `${changed} days have`} changed since)`
          : ', the rest live';
  return `${unit}${until} from snapshots${rest}`;
}

/** When a state was looked at. */
export function courseWords(first: Date | null, zone: string, now: Date): string {
  if (first === null) return 'the present state live; it has not been recorded before';
  return `as recorded since ${momentWords(first.getTime(), zone, now, false)}, at the last look in each period; the present one live`;
}

function momentWords(at: number, zone: string, now: Date, withTime: boolean): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = dayWords(local.toPlainDate());
  if (!withTime) return day;
  return local.toPlainDate().equals(today) ? time : `${day}, ${time}`;
}
