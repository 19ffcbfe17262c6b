import { setImmediate } from 'node:timers/promises';
import type { ChartImage, ChartRenderer, ChartSpec } from '../chart-spec.ts';
import { withDrawableText } from '../chart-text.ts';
import { drawChart } from './draw-chart.ts';
import { type ChartFonts, loadFonts } from './fonts.ts';
import { imageCache } from './image-cache.ts';
import { renderSlots } from './render-slots.ts';

export interface CanvasRendererOptions {
  /** Images remembered by content (64). */
  readonly cachedImages?: number;
  /** Drawings under way at the same time (2); encoding runs beside the main thread, drawing does not. */
  readonly concurrency?: number;
  /** Absolute paths of font files for scripts that Inter lacks, for example Noto Sans CJK (none). */
  readonly extraFontFiles?: readonly string[];
}

/**
 * Draws in this process with chart.js on a canvas and the shipped fonts; nothing leaves the machine. The same spec
 * gives the same bytes.
 *
 * @throws Error when an extra font file cannot be read
 */
export function createCanvasRenderer(options: CanvasRendererOptions = {}): ChartRenderer {
  const fonts = loadFonts(options.extraFontFiles);
  const cache = imageCache(options.cachedImages ?? 64);
  const slots = renderSlots(options.concurrency ?? 2);
  return {
    name: 'canvas',
    render: (spec) => cache.getOrDraw(spec, () => slots.run(() => renderOnce(spec, fonts))),
  };
}

async function renderOnce(spec: ChartSpec, fonts: ChartFonts): Promise<ChartImage> {
  // Lets waiting work of the service in between two drawings, and native memory be freed.
  await setImmediate();
  const drawing = drawChart(withDrawableText(spec, fonts.canDraw), fonts);
  try {
    const { width, height } = drawing.canvas;
    const png = await drawing.canvas.encode('png');
    return { png, width, height, altText: spec.altText };
  } finally {
    drawing.release();
  }
}
