import type { ChartSpec } from '../chart-spec.ts';
import { noDataText } from '../has-data.ts';
import { pictureSizes } from '../picture-sizes.ts';
import { ink, typeSizes } from '../theme.ts';
import type { ChartFonts } from './fonts.ts';
import { layOutHeader, pageMargin } from './header.ts';
import { type Drawing, drawText, plainSheet } from './sheet.ts';

/** The headline and the words that there is nothing to draw. */
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
  drawText(context, fonts, noDataText, width / 2, header.height + panelHeight / 2, {
    size: typeSizes.body,
    weight: 600,
    colour: ink.quiet,
    align: 'center',
    baseline: 'middle',
  });
  return { canvas, release: () => undefined };
}
