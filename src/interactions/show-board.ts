import type { Asker } from '../access/asker.ts';
import { type Board, fillParameters } from '../catalogue/boards.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Tone } from '../domain/chart-data.ts';
import { type BoardTile, buildBoardMessage } from '../messages/board-message.ts';
import type { Message } from '../messages/message.ts';
import type { AnswerData } from '../query/answer-data.ts';
import { type QueryPlan, queryPlanSchema } from '../query/metric-query.ts';
import type { Result } from '../toolkit/issue.ts';
import { chartOf, formatCell, formatInstant, formatTable } from './format-answer.ts';

export interface ShowBoardDeps {
  readonly catalogue: Catalogue;
  /** Runs a plan as somebody; `query/run-query.ts` with its dependencies filled in. */
  readonly run: (asker: Asker, plan: QueryPlan) => Promise<Result<AnswerData>>;
  readonly now: () => Date;
}

/**
 * Computes a board for somebody: every tile under their own scope. A tile that they may not see, or that fails, says so
 * and leaves the others alone.
 *
 * @param parameters values for the board's `$names`
 */
export async function showBoard(
  deps: ShowBoardDeps,
  asker: Asker,
  board: Board,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Message> {
  const asOf = `as of ${formatInstant(deps.now(), asker.zone)} ${asker.zone}`;
  let scope = '';
  const tiles: BoardTile[] = [];
  for (const tile of board.tiles) {
    const data = await compute(deps, asker, tile.plan, parameters);
    if (!data.ok) {
      tiles.push({ kind: 'missing', title: tile.title, why: data.issues[0]?.message ?? 'is not available' });
      continue;
    }
    scope ||= data.value.provenance.scope;
    const trend = tile.trend && (await compute(deps, asker, tile.trend, parameters));
    tiles.push(
      buildTile(tile, data.value, trend?.ok ? historyOf(trend.value) : [], { deps, asOf, zone: asker.zone }),
    );
  }
  const title = board.title.startsWith('$') ? (parameters[board.title.slice(1)] ?? board.title) : board.title;
  return buildBoardMessage({ title, asOf, tiles, scope: scope === '' ? 'no rows' : scope });
}

async function compute(
  deps: ShowBoardDeps,
  asker: Asker,
  plan: unknown,
  parameters: Readonly<Record<string, string>>,
): Promise<Result<AnswerData>> {
  return await deps.run(asker, queryPlanSchema.parse(fillParameters(plan, parameters)));
}

interface TileContext {
  readonly deps: ShowBoardDeps;
  readonly asOf: string;
  readonly zone: string;
}

function buildTile(
  tile: Board['tiles'][number],
  data: AnswerData,
  history: readonly number[],
  context: TileContext,
): BoardTile {
  const { title } = tile;
  switch (tile.show) {
    case 'number':
      return numberTile(title, data, history, context);
    case 'table':
      return { kind: 'table', title, table: formatTable(data, context.zone) };
    case 'bar':
    case 'line': {
      const words = data.provenance.time?.words;
      const subtitle = words === undefined ? context.asOf : `${words} · ${context.asOf}`;
      const spec = chartOf(data, tile.show, title, subtitle, context.zone);
      return spec === null
        ? { kind: 'missing', title, why: 'no data in this range' }
        : { kind: 'chart', title, spec };
    }
  }
}

function numberTile(
  title: string,
  data: AnswerData,
  history: readonly number[],
  context: TileContext,
): BoardTile {
  const at = data.columns.findIndex((column) => column.role === 'metric');
  const column = data.columns[at];
  // Amounts in several currencies come as one row each and are never added.
  const values = data.rows.map((row) =>
    column === undefined ? '–' : formatCell(row[at] ?? null, column, context.zone),
  );
  const value = values.length === 0 ? '–' : values.slice(0, 2).join(' + ');
  const { change, tone } = changeOf(data, column?.id, context.deps.catalogue);
  return { kind: 'number', title, value, change, tone, history };
}

/** Below this share a change is noise for a tile. */
const steadyShare = 0.005;

function changeOf(
  data: AnswerData,
  metricId: string | undefined,
  catalogue: Catalogue,
): { change: string; tone: Tone } {
  const at = data.columns.findIndex((column) => column.id === `${metricId ?? ''}__previous`);
  const now = data.columns.findIndex((column) => column.id === metricId);
  const [row] = data.rows;
  const before = row?.[at];
  const current = row?.[now];
  if (typeof before !== 'number' || typeof current !== 'number' || before === 0)
    return { change: '', tone: 'neutral' };
  const share = current / before - 1;
  if (Math.abs(share) < steadyShare) return { change: 'steady', tone: 'neutral' };
  const direction = share > 0 ? 'up' : 'down';
  const size = `${direction} ${Math.abs(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
  const good = metricId === undefined ? 'none' : (catalogue.metrics.get(metricId)?.goodDirection ?? 'none');
  if (good === 'none') return { change: size, tone: 'neutral' };
  return good === direction
    ? { change: `${size}, good`, tone: 'good' }
    : { change: `${size}, worse`, tone: 'warning' };
}

function historyOf(data: AnswerData): readonly number[] {
  const at = data.columns.findIndex((column) => column.role === 'metric');
  return data.rows.flatMap((row) => (typeof row[at] === 'number' ? [row[at]] : []));
}
