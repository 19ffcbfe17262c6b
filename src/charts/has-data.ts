import { exhaustive } from '../toolkit/exhaustive.ts';
import type { ChartSpec } from './chart-spec.ts';

/** Drawn instead of an empty plot, which would look like a fault. */
export const noDataText = 'No data in this range';

/** Whether there is a value to draw; a zero is a value, a gap is none. */
export function hasData(spec: ChartSpec): boolean {
  switch (spec.kind) {
    case 'line':
      return spec.series.some((series) => series.values.some((value) => value !== null));
    case 'stacked-bar':
      return spec.labels.length > 0 && spec.series.length > 0;
    case 'horizontal-bar':
      return spec.bars.length > 0;
    case 'gauge':
    case 'kpi-strip':
      return true;
    default:
      return exhaustive(spec);
  }
}
