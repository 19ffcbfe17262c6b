import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { ink } from '../theme.ts';
import type { ChartFonts, FontWeight } from './fonts.ts';
import type { MeasureText } from './text-fit.ts';

/** Pixels per layout pixel: sharp on the screens that chat is read on. */
export const pixelRatio = 2;

export type Context = SKRSContext2D;

/** A finished drawing. `release` frees what chart.js holds, after the pixels have been encoded. */
export interface Drawing {
  readonly canvas: Canvas;
  readonly release: () => void;
}

export interface TextStyle {
  readonly size: number;
  readonly weight?: FontWeight;
  readonly colour?: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly baseline?: 'alphabetic' | 'middle' | 'top';
}

/** Draws one line of text at a point. */
export function drawText(
  context: Context,
  fonts: ChartFonts,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
): void {
  context.save();
  context.font = fonts.font(style.size, style.weight);
  context.fillStyle = style.colour ?? ink.body;
  context.textAlign = style.align ?? 'left';
  context.textBaseline = style.baseline ?? 'alphabetic';
  context.fillText(text, x, y);
  context.restore();
}

/** A white, empty sheet with a context in layout pixels, for pictures drawn without chart.js. */
export function plainSheet(width: number, height: number): { canvas: Canvas; context: Context } {
  const canvas = createCanvas(width * pixelRatio, height * pixelRatio);
  const context = canvas.getContext('2d');
  context.scale(pixelRatio, pixelRatio);
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

const ruler = createCanvas(8, 8).getContext('2d');

/** Measures text in a font without any picture, so that a layout can be computed before it is drawn. */
export function textRuler(fonts: ChartFonts, size: number, weight?: FontWeight): MeasureText {
  return (text) => {
    ruler.font = fonts.font(size, weight);
    return ruler.measureText(text).width;
  };
}
