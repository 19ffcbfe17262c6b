import type { Random } from './random.ts';
import { categoryShares, type TicketPeriod } from './ticket-period.ts';

export type PlantedKind = 'hour-spike' | 'day-spike' | 'outage' | 'level-shift' | 'recent-spike';

/** Something out of the ordinary in the tickets of a segment; from `start` to before `end`, whole hours of UTC. */
export interface PlantedEvent {
  readonly kind: PlantedKind;
  readonly metric: 'tickets_opened';
  /** `all`, `region=EMEA`, `category=Billing`. */
  readonly segment: string;
  readonly start: string;
  readonly end: string;
  /** The segment's mean is multiplied by `factor` (0: silence), or exactly `tickets` come on top. */
  readonly size: { readonly factor: number } | { readonly tickets: number };
}

const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** Nothing is planted in the first days (a baseline needs them) nor in the last ones, where the recent spike is. */
const quietStartDays = 5;
const quietEndDays = 3;
/** In this order the slots of the period are filled; level shifts come first, where they disturb least. */
const turns = ['level-shift', 'day-spike', 'outage', 'hour-spike'] as const;
const slotDays = 22;

/** Events that do not overlap, each kind in turn, in as many slots as the period has. */
export function planEvents(random: Random, period: TicketPeriod): readonly PlantedEvent[] {
  const first = Math.ceil(period.start / dayMs) * dayMs + quietStartDays * dayMs;
  const last = Math.floor(period.end / dayMs) * dayMs - quietEndDays * dayMs;
  const days = Math.floor((last - first) / dayMs);
  // A short world holds the short kinds only.
  const rounds = Math.max(1, Math.floor(days / (slotDays * turns.length)));
  const kinds: readonly (typeof turns)[number][] =
    days < 60 ? ['outage', 'hour-spike'] : Array.from({ length: rounds }, () => turns).flat();
  const slot = Math.floor(days / kinds.length);
  if (slot < 3) return [];
  return kinds.map((kind, index) => {
    const from = first + index * slot * dayMs;
    return planEvent(random.fork(`${kind} ${index}`), kind, from, slot);
  });
}

function planEvent(random: Random, kind: (typeof turns)[number], from: number, slot: number): PlantedEvent {
  const metric = 'tickets_opened' as const;
  const at = (start: number, hours: number) => ({
    start: new Date(start).toISOString(),
    end: new Date(start + hours * hourMs).toISOString(),
  });
  // A working day well inside the slot; two days in a row from there are never both weekend.
  const workday = nextWorkday(from + random.whole(1, Math.max(1, slot - 4)) * dayMs);
  switch (kind) {
    case 'level-shift': {
      const days = Math.max(7, slot - random.whole(2, 4));
      const size = { factor: random.pick([1.6, 1.8, 0.5]) };
      return { kind, metric, segment: segmentOf(random), ...at(from, days * 24), size };
    }
    case 'day-spike':
      return {
        kind,
        metric,
        segment: random.pick(['all', 'region=EMEA']),
        ...at(workday, 24),
        size: { factor: random.pick([2.2, 2.6, 3]) },
      };
    case 'outage':
      // Nobody can reach the support desk: silence in the hours in which both regions work.
      return {
        kind,
        metric,
        segment: 'all',
        ...at(workday + random.whole(9, 12) * hourMs, random.whole(5, 8)),
        size: { factor: 0 },
      };
    case 'hour-spike': {
      const segment = segmentOf(random);
      const factor = segment.startsWith('category') ? random.whole(15, 25) : random.whole(5, 8);
      return {
        kind,
        metric,
        segment,
        ...at(workday + random.whole(8, 14) * hourMs, random.whole(1, 3)),
        size: { factor },
      };
    }
  }
}

function segmentOf(random: Random): string {
  return random.pick(['all', 'region=EMEA', `category=${random.pick(Object.keys(categoryShares))}`]);
}

function nextWorkday(epochMs: number): number {
  const weekday = new Date(epochMs).getUTCDay();
  return epochMs + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * dayMs;
}

/** What the events make of the means of an hour. */
export interface HourFactors {
  /** For all categories of a region. */
  readonly region: number;
  /** For single categories, on top. */
  readonly categories: readonly (readonly [category: string, factor: number])[];
}

const undisturbed: HourFactors = { region: 1, categories: [] };

/** @returns the factors of a region at an hour */
export function factorsAt(events: readonly PlantedEvent[], region: string, epochMs: number): HourFactors {
  const active = events.filter(({ start, end }) => Date.parse(start) <= epochMs && epochMs < Date.parse(end));
  if (active.length === 0) return undisturbed;
  let factor = 1;
  const categories: (readonly [string, number])[] = [];
  for (const { segment, size } of active) {
    if (!('factor' in size)) continue;
    if (segment === 'all' || segment === `region=${region}`) factor *= size.factor;
    else if (segment.startsWith('category=')) categories.push([segment.slice(9), size.factor]);
  }
  return { region: factor, categories };
}

/** What the events make of the mean of a region's hour, all categories together. */
export function totalFactor({ region, categories }: HourFactors): number {
  return categories.reduce(
    (factor, [category, own]) => factor + region * (categoryShares[category] ?? 0) * (own - 1),
    region,
  );
}
