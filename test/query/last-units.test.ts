import { describe, expect, it } from 'vitest';
import type { CheckedGroup } from '../../src/query/check-metric-plan.ts';
import type { TimeRange, TimeUnit } from '../../src/query/metric-query.ts';
import { absoluteRange, resolveRange } from '../../src/query/resolve/time-range.ts';
import { wholeIfSplit } from '../../src/query/timeline.ts';

/** Friday. */
const settings = { now: new Date('2026-11-20T14:00:00Z'), zone: 'Europe/Berlin' };

function firstDay(range: TimeRange, grain: TimeUnit): string | null {
  const resolved = resolveRange(range, settings);
  if (!resolved.ok) throw new Error('not resolved');
  const groups: readonly CheckedGroup[] = [{ kind: 'time', dimension: null, grain }];
  return absoluteRange(wholeIfSplit(resolved.value, groups, range, settings), 'date', settings).start;
}

const last = (n: number, unit: TimeUnit, completeOnly = false): TimeRange => ({
  kind: 'relative',
  unit,
  n,
  completeOnly,
});

describe('the last units, one by one', () => {
  it.each<[string, TimeRange, TimeUnit, string]>([
    ['8 weeks by week: the running one and seven whole ones', last(8, 'week'), 'week', '2026-09-28'],
    ['12 months by month', last(12, 'month'), 'month', '2025-12-01'],
    ['4 quarters by quarter', last(4, 'quarter'), 'quarter', '2026-01-01'],
    ['4 whole quarters by quarter', last(4, 'quarter', true), 'quarter', '2025-10-01'],
    ['8 weeks by day: told to the day', last(8, 'week'), 'day', '2026-09-26'],
    ['30 days by week: told to the day', last(30, 'day'), 'week', '2026-10-22'],
  ])('%s', (_what, range, grain, day) => {
    expect(firstDay(range, grain)).toBe(day);
  });
});
