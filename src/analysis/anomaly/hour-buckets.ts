/** One hour as the local clock shows it. Where clocks change an hour is there twice, or not at all. */
export interface HourBucket {
  readonly start: Date;
  readonly end: Date;
  /** Local hour, 0-23. */
  readonly hourOfDay: number;
  /** 0 is Monday 00:00, 167 Sunday 23:00. */
  readonly hourOfWeek: number;
  /** Local days since 1970. */
  readonly localDay: number;
}

/** Offsets of all zones are multiples of this, so local hours are made of whole slots. */
export const slotSeconds = 900;

/** Number of the slot an instant falls into; the store counts tickets per slot, whatever the zone. */
export function slotOf(at: Date): number {
  return Math.floor(at.getTime() / (slotSeconds * 1000));
}

/** As many as the series of a run have among them. */
const mostSpans = 32;
const spans = new Map<string, readonly HourBucket[]>();

/** The local hours that touch [from, to), in order. Series ask for the same span one after the other. */
export function buildHourBuckets(from: Date, to: Date, zone: string): readonly HourBucket[] {
  const key = `${from.getTime()} ${to.getTime()} ${zone}`;
  const known = spans.get(key);
  if (known) return known;
  if (spans.size >= mostSpans) spans.clear();
  const buckets = hourBucketsOf(from, to, zone);
  spans.set(key, buckets);
  return buckets;
}

function hourBucketsOf(from: Date, to: Date, zone: string): readonly HourBucket[] {
  const localSeconds = localClock(zone);
  const buckets: { start: number; end: number; key: string; local: number }[] = [];
  // An hour earlier than asked, so that the first bucket is whole.
  for (let slot = slotOf(from) - 4; slot * slotSeconds * 1000 < to.getTime(); slot += 1) {
    const start = slot * slotSeconds;
    const local = localSeconds(start);
    const key = `${Math.floor(local / 3600)}/${local - start}`;
    const last = buckets.at(-1);
    if (last?.key === key) last.end = start + slotSeconds;
    else buckets.push({ start, end: start + slotSeconds, key, local });
  }
  return buckets.filter((bucket) => bucket.end * 1000 > from.getTime()).map(toBucket);
}

function toBucket({ start, end, local }: { start: number; end: number; local: number }): HourBucket {
  const localDay = Math.floor(local / 86_400);
  const hourOfDay = Math.floor((local - localDay * 86_400) / 3600);
  // 1 January 1970 was a Thursday.
  const weekday = (localDay + 3) % 7;
  return {
    start: new Date(start * 1000),
    end: new Date(end * 1000),
    hourOfDay,
    hourOfWeek: weekday * 24 + hourOfDay,
    localDay,
  };
}

/** From seconds in UTC to what a clock in the zone shows, as if that were UTC. */
function localClock(zone: string): (seconds: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (seconds) => {
    const shown = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/.exec(format.format(new Date(seconds * 1000)));
    const [day, month, year, hour, minute] = shown?.slice(1).map(Number) ?? [];
    return Date.UTC(year!, month! - 1, day, hour, minute) / 1000;
  };
}
