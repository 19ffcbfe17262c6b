import type { LineChart } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { ink } from '../theme.ts';
import type { Layer } from './chartjs.ts';
import type { Point } from './label-placement.ts';

/** The expected range as an area behind the lines; interrupted where a bound is missing. */
export function bandLayer(band: NonNullable<LineChart['band']>): Layer {
  return {
    name: 'expected band',
    moment: 'behind-data',
    draw: (context, chart) => {
      const [x, y] = [chart.scales['x'], chart.scales['y']];
      if (x === undefined || y === undefined) return;
      for (const run of runs(band)) {
        const edge = (pick: 'lower' | 'upper'): Point[] =>
          run.map((index) => ({
            x: x.getPixelForValue(index),
            y: y.getPixelForValue(drawableValue(band[pick][index] ?? 0)),
          }));
        const [upper, lower] = [edge('upper'), edge('lower')];
        context.beginPath();
        for (const point of [...widened(upper), ...widened(lower).reverse()])
          context.lineTo(point.x, point.y);
        context.closePath();
        context.fillStyle = ink.band;
        context.fill();
        context.lineWidth = 1;
        context.strokeStyle = ink.bandEdge;
        for (const line of [upper, lower]) {
          context.beginPath();
          for (const point of widened(line)) context.lineTo(point.x, point.y);
          context.stroke();
        }
      }
    },
  };
}

/** Stretches of indices where both bounds are known. */
function runs(band: NonNullable<LineChart['band']>): readonly (readonly number[])[] {
  const out: number[][] = [];
  let open: number[] | null = null;
  band.upper.forEach((upper, index) => {
    if (upper === null || (band.lower[index] ?? null) === null) {
      open = null;
      return;
    }
    if (open === null) {
      open = [];
      out.push(open);
    }
    open.push(index);
  });
  return out;
}

/** A single point has no area; it becomes a short stretch. */
function widened(points: readonly Point[]): Point[] {
  const only = points[0];
  if (points.length !== 1 || only === undefined) return [...points];
  return [
    { x: only.x - 8, y: only.y },
    { x: only.x + 8, y: only.y },
  ];
}
