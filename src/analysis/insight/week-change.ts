import { addDays } from '../wording.ts';
import { changeByChance, dispersionOf, keepDiscoveries } from './count-test.ts';
import type { Insight } from './insight.ts';
import { importance, percent } from './insight-words.ts';

/** Counts of one metric by local day; days without rows may be absent. */
export interface DailySeries {
  readonly metric: string;
  readonly label: string;
  readonly goodDirection: 'up' | 'down' | 'none';
  readonly days: ReadonlyMap<string, number>;
}

const WEEKS_BEFORE = 8;
const FEWEST_EVENTS = 20;
const LEAST_CHANGE = 0.2;
const FALSE_DISCOVERIES = 0.01;
const MOST = 3;

/** Days of history that the rule looks at. */
export const weekChangeDays = 7 * (WEEKS_BEFORE + 2);

/**
 * Metrics whose last seven complete days differ from the seven before by at least 20 % and by more than chance: the
 * conditional count test of `changeByChance`, with the dispersion of the eight weeks before, at a false discovery rate
 * of 1 % over all metrics; at least 20 events in the two weeks.
 *
 * Importance: 40, plus half a point per percent of change (at most 40), plus 20 when the change is for the worse.
 *
 * @param today local day that is not complete yet
 */
export function findWeekChanges(series: readonly DailySeries[], today: string): readonly Insight[] {
  const tests = series.flatMap((one) => {
    const [after = 0, before = 0, ...earlier] = weeksBack(one.days, today);
    if (before + after < FEWEST_EVENTS || before === 0) return [];
    const change = after / before - 1;
    return [{ one, after, before, change, chance: changeByChance(before, after, dispersionOf(earlier)) }];
  });
  return keepDiscoveries(tests, FALSE_DISCOVERIES)
    .filter(({ change }) => Math.abs(change) >= LEAST_CHANGE)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, MOST)
    .map(({ one, after, before, change }) => {
      const direction = change > 0 ? 'up' : 'down';
      const isWorse = one.goodDirection !== 'none' && one.goodDirection !== direction;
      const size = percent(Math.abs(change));
      return {
        kind: 'week-change',
        subject: { kind: 'series', id: one.metric, label: one.label },
        accountId: null,
        ownerId: null,
        teamId: null,
        title: `${one.label} ${direction} ${size}`,
        sentence: `${one.label} went ${direction} by ${size} in the last seven days: ${after} after ${before} in the seven days before, more than chance explains.`,
        importance: importance(40 + Math.min(40, Math.abs(change) * 50) + (isWorse ? 20 : 0)),
        value: change,
        evidence: {
          caption: `${one.label} by day, seven complete days against the seven before; two counts compared given their sum, with the spread of the eight weeks before`,
          columns: ['Day', one.label, 'A week before'],
          rows: Array.from({ length: 7 }, (_, index) => {
            const day = addDays(today, index - 7);
            return [day, one.days.get(day) ?? 0, one.days.get(addDays(day, -7)) ?? 0];
          }),
        },
      };
    });
}

/** Sums of the seven days before `today`, of the seven before those, and so on; weeks before the first event are left out. */
function weeksBack(days: ReadonlyMap<string, number>, today: string): readonly number[] {
  const first = [...days.keys()].sort()[0] ?? today;
  const sums: number[] = [];
  for (let week = 0; week < WEEKS_BEFORE + 2; week += 1) {
    const start = addDays(today, -7 * (week + 1));
    if (week > 1 && start < first) break;
    let sum = 0;
    for (let day = 0; day < 7; day += 1) sum += days.get(addDays(start, day)) ?? 0;
    sums.push(sum);
  }
  return sums;
}
