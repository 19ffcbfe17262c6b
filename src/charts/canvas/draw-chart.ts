import { exhaustive } from '../../toolkit/exhaustive.ts';
import type { ChartSpec } from '../chart-spec.ts';
import { hasData } from '../has-data.ts';
import type { ChartFonts } from './fonts.ts';
import { drawGaugeChart } from './gauge-chart.ts';
import { drawHorizontalBarChart } from './horizontal-bar-chart.ts';
import { drawKpiStripChart } from './kpi-strip-chart.ts';
import { drawLineChart } from './line-chart.ts';
import { drawNoData } from './no-data.ts';
import type { Drawing } from './sheet.ts';
import { drawStackedBarChart } from './stacked-bar-chart.ts';

/** Draws any spec whose texts the fonts can show. */
export function drawChart(spec: ChartSpec, fonts: ChartFonts): Drawing {
  if (!hasData(spec)) return drawNoData(spec, fonts);
  switch (spec.kind) {
    case 'line':
      return drawLineChart(spec, fonts);
    case 'stacked-bar':
      return drawStackedBarChart(spec, fonts);
    case 'gauge':
      return drawGaugeChart(spec, fonts);
    case 'horizontal-bar':
      return drawHorizontalBarChart(spec, fonts);
    case 'kpi-strip':
      return drawKpiStripChart(spec, fonts);
    default:
      return exhaustive(spec);
  }
}
