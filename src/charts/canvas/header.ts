import { ink, typeSizes } from '../theme.ts';
import type { ChartFonts } from './fonts.ts';
import { type Context, drawText, textRuler } from './sheet.ts';
import { cutMiddleToWidth, type MeasureText, wrapKeepingTail, wrapToWidth } from './text-fit.ts';

/** A sign and a name above the plot. */
export interface LegendItem {
  readonly name: string;
  readonly colour: string;
  readonly sign: 'square' | 'line' | 'band';
  /** Shape on the line, for readers who cannot tell the colours apart. */
  readonly marker?: MarkerShape;
}

export const markerShapes = ['circle', 'rect', 'triangle', 'rectRot'] as const;
export type MarkerShape = (typeof markerShapes)[number];

export interface Header {
  /** Layout pixels from the top edge down to where the plot may begin. */
  readonly height: number;
  draw(context: Context): void;
}

export interface HeaderInput {
  readonly title: string;
  readonly subtitle: string;
  readonly width: number;
  readonly fonts: ChartFonts;
  readonly legend?: readonly LegendItem[];
  /** Smaller type for small pictures. */
  readonly compact?: boolean;
}

export const pageMargin = 20;
const signWidth = 18;
const signGap = 6;
const itemGap = 18;
const legendRowHeight = 21;
const legendRowLimit = 4;

/** Lays out title (two lines at most), subtitle (two lines at most) and legend (four rows at most). */
export function layOutHeader(input: HeaderInput): Header {
  const { fonts } = input;
  const titleSize = input.compact === true ? 17 : typeSizes.title;
  const subtitleSize = input.compact === true ? 13 : typeSizes.subtitle;
  const room = input.width - 2 * pageMargin;
  const title = wrapToWidth(input.title, room, 2, textRuler(fonts, titleSize, 600));
  const asOf = /\bas of \S.{0,60}$/i.exec(input.subtitle)?.[0] ?? '';
  const subtitle = wrapKeepingTail(input.subtitle, asOf, room, 2, textRuler(fonts, subtitleSize));
  const titleTop = input.compact === true ? 12 : 16;
  const subtitleTop = titleTop + title.length * (titleSize + 5);
  const legendTop = subtitleTop + subtitle.length * (subtitleSize + 5) + 6;
  const rows = legendRows(input.legend ?? [], room, fonts);
  return {
    height: legendTop + rows.length * legendRowHeight + (rows.length > 0 ? 14 : 4),
    draw: (context) => {
      title.forEach((line, index) => {
        drawText(context, fonts, line, pageMargin, titleTop + index * (titleSize + 5), {
          size: titleSize,
          weight: 600,
          colour: ink.title,
          baseline: 'top',
        });
      });
      subtitle.forEach((line, index) => {
        drawText(context, fonts, line, pageMargin, subtitleTop + index * (subtitleSize + 5), {
          size: subtitleSize,
          colour: ink.quiet,
          baseline: 'top',
        });
      });
      rows.forEach((row, index) => {
        drawLegendRow(context, fonts, row, legendTop + index * legendRowHeight + legendRowHeight / 2);
      });
    },
  };
}

interface PlacedItem {
  readonly item: LegendItem | null;
  readonly text: string;
  readonly left: number;
}

/** With their full names if these fit; else cut to three in a row. */
function legendRows(
  items: readonly LegendItem[],
  room: number,
  fonts: ChartFonts,
): readonly (readonly PlacedItem[])[] {
  const measure = textRuler(fonts, typeSizes.small);
  const generous = flowItems(items, room, room * 0.45, measure);
  const placed = generous.flat().filter(({ item }) => item !== null).length;
  if (placed === items.length) return generous;
  return flowItems(items, room, (room - 2 * itemGap) / 3 - signWidth - signGap, measure);
}

/** Items flow from left to right; those beyond the last row are counted instead. */
function flowItems(
  items: readonly LegendItem[],
  room: number,
  nameWidth: number,
  measure: MeasureText,
): readonly (readonly PlacedItem[])[] {
  const rows: PlacedItem[][] = [];
  const moreWidth = 90;
  let left = room;
  for (const [index, item] of items.entries()) {
    const text = cutMiddleToWidth(item.name, nameWidth, measure);
    const width = signWidth + signGap + measure(text);
    const isLastRow = rows.length === legendRowLimit;
    const reserved = isLastRow && index < items.length - 1 ? moreWidth : 0;
    if (left + width + reserved > room) {
      if (isLastRow) {
        rows.at(-1)?.push({ item: null, text: `and ${items.length - index} more`, left });
        return rows;
      }
      rows.push([]);
      left = 0;
    }
    rows.at(-1)?.push({ item, text, left });
    left += width + itemGap;
  }
  return rows;
}

function drawLegendRow(
  context: Context,
  fonts: ChartFonts,
  row: readonly PlacedItem[],
  middle: number,
): void {
  for (const { item, text, left } of row) {
    const x = pageMargin + left;
    if (item !== null) drawSign(context, item, x, middle);
    const textLeft = item === null ? x : x + signWidth + signGap;
    drawText(context, fonts, text, textLeft, middle + 0.5, {
      size: typeSizes.small,
      colour: ink.body,
      baseline: 'middle',
    });
  }
}

function drawSign(context: Context, item: LegendItem, x: number, middle: number): void {
  context.save();
  context.fillStyle = item.colour;
  context.strokeStyle = item.colour;
  if (item.sign === 'square') {
    context.beginPath();
    context.roundRect(x + 2, middle - 7, 14, 14, 3);
    context.fill();
  } else if (item.sign === 'band') {
    context.fillStyle = ink.band;
    context.fillRect(x, middle - 6, signWidth, 12);
    context.strokeStyle = ink.bandEdge;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, middle - 5.5, signWidth - 1, 11);
  } else {
    context.lineWidth = 3;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(x + 1, middle);
    context.lineTo(x + signWidth - 1, middle);
    context.stroke();
    if (item.marker !== undefined) drawMarker(context, item.marker, x + signWidth / 2, middle, 4.5);
  }
  context.restore();
}

/** Fills one of the marker shapes in the current fill colour. */
export function drawMarker(context: Context, shape: MarkerShape, x: number, y: number, radius: number): void {
  context.beginPath();
  switch (shape) {
    case 'circle':
      context.arc(x, y, radius, 0, 2 * Math.PI);
      break;
    case 'rect':
      context.rect(x - radius * 0.85, y - radius * 0.85, radius * 1.7, radius * 1.7);
      break;
    case 'triangle':
      context.moveTo(x, y - radius * 1.15);
      context.lineTo(x + radius * 1.1, y + radius * 0.85);
      context.lineTo(x - radius * 1.1, y + radius * 0.85);
      break;
    case 'rectRot':
      context.moveTo(x, y - radius * 1.2);
      context.lineTo(x + radius * 1.2, y);
      context.lineTo(x, y + radius * 1.2);
      context.lineTo(x - radius * 1.2, y);
      break;
  }
  context.closePath();
  context.fill();
}
