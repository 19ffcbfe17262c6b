import { createRequire } from 'node:module';
import { createCanvas } from '@napi-rs/canvas';
import type { Chart } from 'chart.js';

const { Chart: ChartJs } = createRequire(import.meta.url)('chart.js/auto') as { Chart: typeof Chart };

export interface PostedChart {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
  readonly backgroundColor: string;
  readonly chart: unknown;
}

/** Draws a posted body the way a QuickChart server does: plain Chart.js 4, no plugins, no functions. */
export function drawAsHost(body: PostedChart): Buffer {
  const canvas = createCanvas(body.width, body.height);
  const context = canvas.getContext('2d');
  const { options, ...rest } = body.chart as { options: object };
  const chart = new ChartJs(canvas, {
    ...(rest as { type: 'line'; data: never }),
    options: { ...options, animation: false, responsive: false, devicePixelRatio: body.devicePixelRatio },
    plugins: [
      {
        id: 'background',
        beforeDraw: () => {
          context.fillStyle = body.backgroundColor;
          context.fillRect(0, 0, body.width, body.height);
        },
      },
    ],
  });
  const png = canvas.toBuffer('image/png');
  chart.destroy();
  return png;
}
