import type { ValueFormat } from '../chart-spec.ts';
import { formatShort } from '../format-value.ts';
import { ink, typeSizes } from '../theme.ts';
import { categoryMarks } from './category-marks.ts';
import type { ChartFonts } from './fonts.ts';
import { axisMark, type NumberAxis } from './number-axis.ts';
import { textRuler } from './sheet.ts';

/** Value axis on the left, with quiet grid lines and short numbers. */
export function valueScale(axis: NumberAxis, format: ValueFormat, fonts: ChartFonts) {
  // Decimals belong to labels of single values; marks of an axis need as many as its step has.
  const markFormat: ValueFormat = format.kind === 'number' ? { kind: 'number' } : format;
  return {
    type: 'linear',
    position: 'left',
    min: axis.minimum,
    max: axis.maximum,
    border: { display: false },
    grid: { color: ink.grid, lineWidth: 1, drawTicks: false },
    ticks: {
      stepSize: axis.step,
      autoSkip: false,
      color: ink.quiet,
      padding: 8,
      font: { family: fonts.family, size: typeSizes.small },
      callback: (value: string | number) => writeMark(axisMark(Number(value), axis.step), markFormat),
    },
  } as const;
}

/** Zero has no unit worth naming: `0`, not `0 s` under `2 h`. */
function writeMark(value: number, format: ValueFormat): string {
  return value === 0 && format.kind === 'duration' ? '0' : formatShort(value, format);
}

/** Room that half of the last label needs to the right of the last point. */
export function lastLabelRoom(labels: readonly string[], fonts: ChartFonts): number {
  return Math.min(60, textRuler(fonts, typeSizes.small)(labels.at(-1) ?? '') / 2);
}

/**
 * Category axis at the bottom.
 *
 * @param plotWidth about how wide the plot will be; decides which labels are written
 * @param isOffset whether a category is a column rather than a point on the edge
 */
export function wordScale(
  labels: readonly string[],
  fonts: ChartFonts,
  plotWidth: number,
  isOffset: boolean,
) {
  const marks = categoryMarks(labels, plotWidth, textRuler(fonts, typeSizes.small));
  return {
    type: 'category',
    position: 'bottom',
    offset: isOffset,
    border: { color: ink.axis },
    grid: { display: false },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: ink.quiet,
      padding: 6,
      font: { family: fonts.family, size: typeSizes.small },
      callback: (_value: string | number, index: number) => {
        const lines = marks[index] ?? [];
        return lines.length === 0 ? '' : [...lines];
      },
    },
  } as const;
}
