import type { ChartSpec } from '../chart-spec.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { ink, typeSizes } from '../theme.ts';
import type { ChartFonts } from './fonts.ts';
import { layOutHeader, pageMargin } from './header.ts';
import { type Drawing, drawText, plainSheet } from './sheet.ts';
import { pictureSizes } from './sizes.ts';

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

/** The headline and the words "No data": an empty plot would look like a fault. */
export function drawNoData(spec: ChartSpec, fonts: ChartFonts): Drawing {
  const { width } = pictureSizes.wide;
  const header = layOutHeader({ ...spec, width, fonts });
  const panelHeight = 110;
  const height = Math.round(header.height + panelHeight + pageMargin);
  const { canvas, context } = plainSheet(width, height);
  header.draw(context);
  context.beginPath();
  context.roundRect(pageMargin, header.height, width - 2 * pageMargin, panelHeight, 8);
  context.fillStyle = ink.panel;
  context.fill();
  drawText(context, fonts, 'No data in this range', width / 2, header.height + panelHeight / 2, {
    size: typeSizes.body,
    weight: 600,
    colour: ink.quiet,
    align: 'center',
    baseline: 'middle',
  });
  return { canvas, release: () => undefined };
}
