/**
 * Door of the customers' demand. In: what came in each hour of the week. Out: the peak hours and how many agents each hour
 * needs: conversations an hour that reach a person x minutes of one / 60 / occupancy (offered load in Erlang over the
 * share of their time that agents can spend in conversations), rounded up.
 */
import { Temporal } from 'temporal-polyfill';
import type { WorkloadSettings } from '../../domain/workload-settings.ts';

export interface HourOfWeek {
  /** 0 is Monday 00:00, 167 Sunday 23:00. */
  readonly hourOfWeek: number;
  /** Conversations that began in this hour in all weeks. */
  readonly incoming: number;
  /** Those of them that a person answered, and how long they waited in all. */
  readonly answered: number;
  readonly waitSeconds: number;
}

export interface HourLoad extends HourOfWeek {
  readonly weeks: number;
  readonly incomingPerHour: number;
  readonly isPeak: boolean;
  readonly agentsNeeded: number;
  /** When the hour begins next, after the moment of the run. */
  readonly nextAt: Date;
}

const hoursOfWeek = 168;

/**
 * @param found hours in which anybody came; the others of the 168 are added with nothing in them
 * @param handlingSeconds mean of one conversation with a person; null: not known
 */
export function loadHours(
  found: readonly HourOfWeek[],
  weeks: number,
  handlingSeconds: number | null,
  { demand }: Pick<WorkloadSettings, 'demand'>,
  { now, zone }: { readonly now: Date; readonly zone: string },
): readonly HourLoad[] {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const byHour = new Map(found.map((hour) => [hour.hourOfWeek, hour]));
  const handling = handlingSeconds ?? demand.handlingMinutes * 60;
  const from = peakFrom(found, demand.peakShare);
  return Array.from({ length: hoursOfWeek }, (_, hourOfWeek): HourLoad => {
    const hour = byHour.get(hourOfWeek) ?? { hourOfWeek, incoming: 0, answered: 0, waitSeconds: 0 };
    const erlang = ((hour.answered / weeks) * handling) / 3600;
    return {
      ...hour,
      weeks,
      incomingPerHour: hour.incoming / weeks,
      isPeak: hour.incoming > 0 && hour.incoming >= from,
      agentsNeeded: Math.ceil(Math.round((erlang / demand.occupancy) * 1e9) / 1e9),
      nextAt: nextBegin(hourOfWeek, local),
    };
  });
}

/** An hour that the clock skips begins an hour later, one that it repeats the first time. */
function nextBegin(hourOfWeek: number, local: Temporal.ZonedDateTime): Date {
  const monday = local.toPlainDate().subtract({ days: local.dayOfWeek - 1 });
  const at = (weeks: number) =>
    monday
      .add({ days: Math.floor(hourOfWeek / 24), weeks })
      .toZonedDateTime({ timeZone: local.timeZoneId, plainTime: { hour: hourOfWeek % 24 } })
      .epochMilliseconds;
  return new Date(at(0) > local.epochMilliseconds ? at(0) : at(1));
}

/** What comes in the last of the busiest hours; as busy ones are peak hours as well. */
function peakFrom(found: readonly HourOfWeek[], share: number): number {
  const counts = found
    .map(({ incoming }) => incoming)
    .filter((n) => n > 0)
    .sort((a, b) => b - a);
  return counts[Math.max(0, Math.ceil(counts.length * share) - 1)] ?? Number.POSITIVE_INFINITY;
}
