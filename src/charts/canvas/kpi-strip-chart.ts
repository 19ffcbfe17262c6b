import type { KpiStripChart } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { noValue } from '../format-value.ts';
import { pictureSizes } from '../picture-sizes.ts';
import { ink, toneColours, typeSizes } from '../theme.ts';
import type { ChartFonts } from './fonts.ts';
import { drawMarker, layOutHeader, pageMargin } from './header.ts';
import type { Box, Point } from './label-placement.ts';
import { type Context, type Drawing, drawText, plainSheet, textRuler } from './sheet.ts';
import { cutToWidth, wrapToWidth } from './text-fit.ts';

type Tile = KpiStripChart['tiles'][number];

const gap = 12;
/** Wide enough for a sparkline beside the number; below that it stands under the number. */
const wideTile = 220;
const wideTileHeight = 126;
const narrowTileHeight = 150;
const inset = 14;

/**
 * Tiles with label, number, change and sparkline. Two or three stand in one row, four and five in two: narrower
 * tiles could not be read on a phone. Drawn directly, since chart.js has no such thing to offer.
 */
export function drawKpiStripChart(spec: KpiStripChart, fonts: ChartFonts): Drawing {
  const { width } = pictureSizes.wide;
  const header = layOutHeader({ ...spec, width, fonts });
  const rows = tileRows(spec.tiles);
  const widthIn = (row: readonly Tile[]) => (width - 2 * pageMargin - (row.length - 1) * gap) / row.length;
  const heightOf = (row: readonly Tile[]) => (widthIn(row) < wideTile ? narrowTileHeight : wideTileHeight);
  const tilesHeight = rows.reduce((sum, row) => sum + heightOf(row) + gap, -gap);
  const height = Math.round(header.height + tilesHeight + 18);
  const { canvas, context } = plainSheet(width, height);
  header.draw(context);
  let top = header.height;
  for (const row of rows) {
    row.forEach((tile, index) => {
      drawTile(context, fonts, tile, {
        left: pageMargin + index * (widthIn(row) + gap),
        top,
        width: widthIn(row),
        height: heightOf(row),
      });
    });
    top += heightOf(row) + gap;
  }
  return { canvas, release: () => undefined };
}

function tileRows(tiles: readonly Tile[]): readonly (readonly Tile[])[] {
  if (tiles.length <= 3) return [tiles];
  const first = Math.ceil(tiles.length / 2);
  return [tiles.slice(0, first), tiles.slice(first)];
}

function drawTile(context: Context, fonts: ChartFonts, tile: Tile, box: Box): void {
  const colours = toneColours[tile.tone];
  context.save();
  context.beginPath();
  context.roundRect(box.left, box.top, box.width, box.height, 8);
  context.fillStyle = ink.panel;
  context.fill();
  context.clip();
  context.fillStyle = colours.graphic;
  context.fillRect(box.left, box.top, 5, box.height);
  context.restore();

  const left = box.left + inset + 5;
  const room = box.width - 2 * inset - 5;
  const label = cutToWidth(tile.label, room, textRuler(fonts, typeSizes.body));
  drawText(context, fonts, label, left, box.top + 24, { size: typeSizes.body, colour: ink.body });

  const isNarrow = box.width < wideTile;
  const written = tile.value === '' ? noValue : tile.value;
  const valueRoom = isNarrow ? room : room * 0.62;
  const size = [34, 30, 26, 22].find((one) => textRuler(fonts, one, 600)(written) <= valueRoom) ?? 18;
  const value = cutToWidth(written, valueRoom, textRuler(fonts, size, 600));
  drawText(context, fonts, value, left, box.top + 64, { size, weight: 600, colour: ink.title });

  drawChange(context, fonts, tile, left, box.top + (isNarrow ? 112 : 92), room);
  if (isNarrow) {
    drawSparkline(context, tile, { left: left + 2, top: box.top + 78, width: room - 8, height: 20 });
    return;
  }
  const valueWidth = textRuler(fonts, size, 600)(value);
  const sparkLeft = Math.max(left + valueWidth + 20, left + room * 0.5);
  drawSparkline(context, tile, {
    left: sparkLeft,
    top: box.top + 38,
    width: left + room - sparkLeft - 5,
    height: 30,
  });
}

type Direction = 'up' | 'down' | 'none';

/** The first word says which way: the arrow repeats it, it never decides. */
export function directionOf(change: string): Direction {
  if (/^(\+|(up|rose|risen|grew|more|higher)\b)/i.test(change)) return 'up';
  if (/^([-\u2212]|(down|fell|fallen|shrank|fewer|less|lower)\b)/i.test(change)) return 'down';
  return 'none';
}

/** Words of change on up to two lines, after an arrow drawn as a path: fonts for text often have no arrows. */
function drawChange(
  context: Context,
  fonts: ChartFonts,
  tile: Tile,
  left: number,
  top: number,
  room: number,
): void {
  const direction = directionOf(tile.change);
  const colour = toneColours[tile.tone].text;
  const indent = direction === 'none' ? 0 : 18;
  if (direction !== 'none') drawArrow(context, direction, left + 6, top + 3, colour);
  const lines = wrapToWidth(tile.change, room - indent, 2, textRuler(fonts, typeSizes.small, 600));
  lines.forEach((line, index) => {
    drawText(context, fonts, line, left + indent, top + 8 + index * 17, {
      size: typeSizes.small,
      weight: 600,
      colour,
    });
  });
}

function drawArrow(
  context: Context,
  direction: 'up' | 'down',
  x: number,
  middle: number,
  colour: string,
): void {
  const turn = direction === 'up' ? 1 : -1;
  context.beginPath();
  context.moveTo(x, middle - 6 * turn);
  context.lineTo(x + 6, middle + 4 * turn);
  context.lineTo(x - 6, middle + 4 * turn);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

function drawSparkline(context: Context, tile: Tile, box: Box): void {
  const points = sparkPoints(tile.history.map(drawableValue), box);
  const last = points.at(-1);
  if (last === undefined || box.width < 24) return;
  const colour = toneColours[tile.tone].graphic;
  context.save();
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = colour;
  context.beginPath();
  for (const point of points) context.lineTo(point.x, point.y);
  context.stroke();
  context.fillStyle = colour;
  drawMarker(context, 'circle', last.x, last.y, 4.5);
  context.restore();
}

/** From the smallest to the largest value of its own history: a sparkline shows shape, the number shows size. */
function sparkPoints(values: readonly number[], box: Box): readonly Point[] {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return values.map((value, index) => ({
    x: values.length === 1 ? box.left + box.width : box.left + (index / (values.length - 1)) * box.width,
    y: box.top + box.height * (range === 0 ? 0.5 : 1 - (value - low) / range),
  }));
}
