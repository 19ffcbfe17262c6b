/**
 * Charts. In: a `ChartSpec`, plain data with texts of any origin. Out: a PNG at twice its layout size, or null with
 * the reason. Never: sends figures to a host that is not ours, runs code from a spec, or throws because of a drawing.
 * This door loads the canvas; `format-value.ts`, `chart-spec.ts` and `chart-spec-schema.ts` are pure and imported
 * directly.
 */

import type { Clock } from '../toolkit/clock.ts';
import { createCanvasRenderer } from './canvas/canvas-renderer.ts';
import { type ChartDrawer, withFallback } from './chart-drawer.ts';
import {
  createQuickChartRenderer,
  type QuickChartRendererOptions,
} from './quickchart/quickchart-renderer.ts';

export type { ChartDrawer } from './chart-drawer.ts';

export interface ChartRendererOptions {
  /** An own QuickChart host; left out, everything is drawn in process. */
  readonly quickchart?: QuickChartRendererOptions;
  /** Absolute paths of fonts for scripts that Inter lacks, for example Noto Sans CJK (none). */
  readonly extraFontFiles?: readonly string[];
  readonly clock?: Clock;
}

/**
 * The drawer of the service: the own QuickChart host when one is set, with the canvas behind it; else the canvas.
 *
 * ```ts
 * const charts = createChartRenderer({});
 * const drawn = await charts.draw(spec);
 * if (drawn.image === null) log.warn({ errors: drawn.errors }, 'chart left out');
 * ```
 *
 * @throws {UserError} when the QuickChart host is the public service, or no host name
 */
export function createChartRenderer(options: ChartRendererOptions = {}): ChartDrawer {
  const canvas = createCanvasRenderer({ extraFontFiles: options.extraFontFiles ?? [] });
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  if (options.quickchart === undefined) return withFallback(canvas, null, { capSeconds: 20, ...clock });
  const quickchart = createQuickChartRenderer(options.quickchart);
  // The renderer has its own cap; this one is a little later, so that its clearer error is the one that is logged.
  const capSeconds = (options.quickchart.capSeconds ?? 5) + 1;
  return withFallback(quickchart, canvas, { capSeconds, ...clock });
}
