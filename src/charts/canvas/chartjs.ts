import { createRequire } from 'node:module';
import { createCanvas } from '@napi-rs/canvas';
import type * as ChartJs from 'chart.js';
import type { ChartOptions, ChartType, Plugin } from 'chart.js';
import { ink, typeSizes } from '../theme.ts';
import type { ChartFonts } from './fonts.ts';
import type { Header } from './header.ts';
import { type Context, type Drawing, pixelRatio } from './sheet.ts';

// As CommonJS: chart.js keeps its registry per module instance, and the CommonJS and ES builds are two instances.
// Whatever is added later must meet the registry that is used here.
const chartJs = createRequire(import.meta.url)('chart.js') as typeof ChartJs;
const {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  DoughnutController,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} = chartJs;

Chart.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  DoughnutController,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
);

/** Draws at a named moment on the same context that chart.js uses, in layout pixels. */
export interface Layer {
  readonly name: string;
  readonly moment: 'behind-data' | 'over-data';
  draw(context: Context, chart: ChartJs.Chart): void;
}

export interface ChartJsInput<Type extends ChartType> {
  readonly width: number;
  readonly height: number;
  readonly header: Header;
  readonly fonts: ChartFonts;
  readonly type: Type;
  readonly data: ChartJs.ChartData<Type>;
  readonly options: ChartOptions<Type>;
  readonly layers: readonly Layer[];
}

/** Runs chart.js once, without animation, on white paper with the header on top. */
export function drawWithChartJs<Type extends ChartType>(input: ChartJsInput<Type>): Drawing {
  const canvas = createCanvas(input.width, input.height);
  const context = canvas.getContext('2d');
  const plugins: Plugin[] = [paper(context, input), ...input.layers.map((layer) => asPlugin(context, layer))];
  const settings = {
    responsive: false,
    animation: false,
    devicePixelRatio: pixelRatio,
    events: [],
    font: { family: input.fonts.family, size: typeSizes.small },
  };
  const chart = new Chart(canvas, {
    type: input.type,
    data: input.data,
    options: Object.assign(settings, input.options) as unknown as ChartOptions<Type>,
    plugins: plugins as Plugin<Type>[],
  });
  return { canvas, release: () => chart.destroy() };
}

function paper(context: Context, input: { width: number; height: number; header: Header }): Plugin {
  return {
    id: 'paper',
    beforeDraw: () => {
      context.save();
      context.fillStyle = ink.paper;
      context.fillRect(0, 0, input.width, input.height);
      context.restore();
      input.header.draw(context);
    },
  };
}

function asPlugin(context: Context, layer: Layer): Plugin {
  const draw = (chart: ChartJs.Chart) => {
    context.save();
    layer.draw(context, chart);
    context.restore();
  };
  return layer.moment === 'behind-data'
    ? { id: layer.name, beforeDatasetsDraw: (chart) => draw(chart) }
    : { id: layer.name, afterDatasetsDraw: (chart) => draw(chart) };
}
