import type { ChartSpec, Tone } from '../domain/chart-data.ts';
import type { Block, Message, TableBlock } from './message.ts';

/** What a board shows, computed and formatted. */
export interface BoardView {
  readonly title: string;
  /** For example `as of 21 Nov 2026, 09:00 Europe/Berlin`. */
  readonly asOf: string;
  readonly tiles: readonly BoardTile[];
  /** How the rows were limited, for example `rows of your team`. */
  readonly scope: string;
}

export type BoardTile =
  | {
      readonly kind: 'number';
      readonly title: string;
      readonly value: string;
      /** Words, for example `up 12 %, good`; empty where nothing is compared. */
      readonly change: string;
      readonly tone: Tone;
      readonly history: readonly number[];
    }
  | { readonly kind: 'chart'; readonly title: string; readonly spec: ChartSpec }
  | { readonly kind: 'table'; readonly title: string; readonly table: Omit<TableBlock, 'kind' | 'caption'> }
  | { readonly kind: 'missing'; readonly title: string; readonly why: string };

/** A strip holds so many tiles before it is too small to read on a phone. */
const tilesPerStrip = 4;

/** Numbers first (as a strip and as text), then charts and tables; what could not be had is said, not left out. */
export function buildBoardMessage(view: BoardView): Message {
  const numbers = view.tiles.filter((tile) => tile.kind === 'number');
  const spoken = numbers.map(
    (tile) => `${tile.title} ${tile.value}${tile.change === '' ? '' : ` (${tile.change})`}`,
  );
  const blocks: Block[] = [
    { kind: 'headline', text: view.title, tone: worstTone(numbers.map((tile) => tile.tone)) },
  ];
  for (let start = 0; start < numbers.length; start += tilesPerStrip) {
    const strip = numbers.slice(start, start + tilesPerStrip);
    if (strip.length < 2) {
      blocks.push({
        kind: 'fields',
        fields: strip.map((tile) => ({ label: tile.title, value: numberInWords(tile) })),
      });
    } else blocks.push({ kind: 'chart', spec: stripOf(view, strip) });
  }
  for (const tile of view.tiles) blocks.push(...blocksOf(tile));
  blocks.push({ kind: 'context', content: [`${view.scope} · ${view.asOf}`] });
  const text = spoken.length === 0 ? `${view.title}, ${view.asOf}` : `${view.title}: ${spoken.join(', ')}.`;
  return { text, blocks };
}

function blocksOf(tile: BoardTile): Block[] {
  switch (tile.kind) {
    case 'number':
      return [];
    case 'chart':
      return [{ kind: 'chart', spec: tile.spec }];
    case 'table':
      return tile.table.rows.length === 0
        ? [{ kind: 'paragraph', content: [{ kind: 'strong', text: tile.title }, ': none.'] }]
        : [{ ...tile.table, kind: 'table', caption: tile.title }];
    case 'missing':
      return [{ kind: 'context', content: [`${tile.title}: ${tile.why}`] }];
  }
}

type NumberTile = Extract<BoardTile, { kind: 'number' }>;

const numberInWords = (tile: NumberTile): string =>
  tile.change === '' ? tile.value : `${tile.value} (${tile.change})`;

function stripOf(view: BoardView, tiles: readonly NumberTile[]): ChartSpec {
  return {
    kind: 'kpi-strip',
    title: view.title,
    subtitle: view.asOf,
    altText: `${tiles.map((tile) => `${tile.title}: ${numberInWords(tile)}`).join('. ')}.`,
    tiles: tiles.map(({ title, value, change, tone, history }) => ({
      label: title,
      value,
      change,
      tone,
      history,
    })),
  };
}

function worstTone(tones: readonly Tone[]): Tone {
  const order: readonly Tone[] = ['critical', 'warning', 'notice'];
  return order.find((tone) => tones.includes(tone)) ?? 'neutral';
}
