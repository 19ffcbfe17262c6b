import { Temporal } from 'temporal-polyfill';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Where an instant lies on the wall clock of a place. */
export interface LocalHour {
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
  readonly hour: number;
  /** Local days since 1970-01-01. */
  readonly dayNumber: number;
}

/** Reads wall clocks of a zone that is whole hours from UTC; a zone is asked once a day, not once an hour. */
export class LocalClock {
  readonly zone: string;
  private readonly offsets = new Map<number, number | null>();

  constructor(zone: string) {
    this.zone = zone;
  }

  /** @param epochMs of any instant; the answer is that of its hour */
  at(epochMs: number): LocalHour {
    const local = epochMs + this.offsetMs(epochMs);
    const dayNumber = Math.floor(local / dayMs);
    return {
      dayNumber,
      hour: Math.floor((local - dayNumber * dayMs) / hourMs),
      // 1970-01-01 was a Thursday.
      dayOfWeek: ((dayNumber + 3) % 7) + 1,
    };
  }

  private offsetMs(epochMs: number): number {
    const day = Math.floor(epochMs / dayMs);
    let offset = this.offsets.get(day);
    if (offset === undefined) {
      const [first, last] = [this.ask(day * dayMs), this.ask((day + 1) * dayMs)];
      offset = first === last ? first : null;
      this.offsets.set(day, offset);
    }
    // On the day on which the clocks change, each hour is asked.
    return offset ?? this.ask(epochMs);
  }

  private ask(epochMs: number): number {
    return (
      Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(this.zone).offsetNanoseconds / 1e6
    );
  }
}
