import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { ListPlan, QueryPlan, TimeRange } from '../../../query/metric-query.ts';
import type { PlanPatch } from '../../../query/plan-patch.ts';
import { comingPeriod, isWhole, wholeUnit } from '../compose/place-time.ts';
import { tells, toCome } from '../date-events.ts';
import { speaksOfAhead } from '../slots/time-slot.ts';
import type { Understanding } from '../understand.ts';

/** The period and the comparison that a follow-up names. */
export function timeChange(
  catalogue: Catalogue,
  previous: QueryPlan,
  understood: Understanding,
): Pick<PlanPatch, 'time' | 'compare'> {
  const { time } = understood;
  return {
    ...(time.range !== null && { time: periodOf(catalogue, previous, understood, time.range) }),
    ...(time.compare !== 'none' && { compare: time.compare }),
  };
}

/** "Only the ones closing this year": by a date that may lie ahead all of the year, as in a question of its own. */
function periodOf(
  catalogue: Catalogue,
  previous: QueryPlan,
  { reading, time: { coming }, today }: Understanding,
  range: TimeRange,
): TimeRange {
  const isAhead =
    previous.kind === 'list'
      ? tells(catalogue, dateOf(catalogue, previous), toCome)
      : previous.metrics.some((id) => {
          const metric = catalogue.metrics.get(id);
          return metric !== undefined && isWhole(metric);
        });
  if (!isAhead) return range;
  const whole = wholeUnit(coming ?? range);
  return previous.kind === 'metric' || speaksOfAhead(reading) ? comingPeriod(whole, today) : wholeUnit(range);
}

const dateOf = (catalogue: Catalogue, { timeDimension, entity }: ListPlan) =>
  timeDimension ?? catalogue.entities.get(entity)?.defaultTime;
