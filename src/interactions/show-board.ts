import type { Asker } from '../access/asker.ts';
import { type Board, fillParameters } from '../catalogue/boards.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Tone } from '../domain/chart-data.ts';
import { formatCell } from '../messages/answer-cells.ts';
import { buildAnswerChart } from '../messages/answer-chart.ts';
import { answerTable } from '../messages/answer-table.ts';
import type { AnswerView } from '../messages/answer-view.ts';
import { type BoardTile, buildBoardMessage } from '../messages/board-message.ts';
import { formatInstant } from '../messages/format.ts';
import type { Message } from '../messages/message.ts';
import type { AnswerData } from '../query/answer-data.ts';
import { type QueryPlan, queryPlanSchema } from '../query/metric-query.ts';
import { ok, type Result } from '../toolkit/issue.ts';
import { answerViewOf } from './answer-view-of.ts';

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
  const asOf = `as of ${formatInstant(deps.now(), asker.zone)}`;
  const scopes = new Set<string>();
  const tiles: BoardTile[] = [];
  for (const tile of board.tiles) {
    const view = await compute(deps, asker, tile.title, tile.plan, parameters);
    if (!view.ok) {
      tiles.push({ kind: 'missing', title: tile.title, why: view.issues[0]?.message ?? 'is not available' });
      continue;
    }
    scopes.add(view.value.scope);
    const trend = tile.trend && (await compute(deps, asker, tile.title, tile.trend, parameters));
    tiles.push(buildTile(tile, view.value, trend?.ok ? historyOf(trend.value) : []));
  }
  const title = board.title.startsWith('$') ? (parameters[board.title.slice(1)] ?? board.title) : board.title;
  return buildBoardMessage({ title, asOf, tiles, scope: scopeWords(scopes) });
}

async function compute(
  deps: ShowBoardDeps,
  asker: Asker,
  title: string,
  given: unknown,
  parameters: Readonly<Record<string, string>>,
): Promise<Result<AnswerView>> {
  const plan = queryPlanSchema.parse(fillParameters(given, parameters));
  const data = await deps.run(asker, plan);
  if (!data.ok) return data;
  const about = { question: title, plan, planner: 'board', notes: [], answerId: '', zone: asker.zone };
  return ok(answerViewOf(deps.catalogue, data.value, about));
}

function buildTile(tile: Board['tiles'][number], view: AnswerView, history: readonly number[]): BoardTile {
  const { title } = tile;
  switch (tile.show) {
    case 'number':
      return numberTile(title, view, history);
    case 'table':
      return { kind: 'table', title, table: answerTable(view) };
    case 'bar':
    case 'line': {
      const spec = buildAnswerChart({ ...view, chart: tile.show }, title);
      return spec === null
        ? { kind: 'missing', title, why: 'too little data for a chart' }
        : { kind: 'chart', title, spec };
    }
  }
}

function numberTile(title: string, view: AnswerView, history: readonly number[]): BoardTile {
  const at = view.columns.findIndex((column) => column.role === 'metric');
  const column = view.columns[at];
  // Amounts in several currencies come as one row each and are never added.
  const values =
    column === undefined ? [] : view.rows.map((row) => formatCell(view, row[at] ?? null, column, row));
  const value = values.length === 0 ? '–' : values.slice(0, 2).join(' + ');
  return { kind: 'number', title, value, ...changeOf(view), history };
}

/** Below this share a change is noise for a tile. */
const steadyShare = 0.005;

function changeOf(view: AnswerView): { readonly change: string; readonly tone: Tone } {
  const [metric] = view.metrics;
  const now = view.rows[0]?.[view.columns.findIndex(({ id }) => id === metric?.id)];
  const before = view.rows[0]?.[view.columns.findIndex(({ id }) => id === `${metric?.id ?? ''}__previous`)];
  if (typeof before !== 'number' || typeof now !== 'number' || before === 0)
    return { change: '', tone: 'neutral' };
  const share = now / before - 1;
  if (Math.abs(share) < steadyShare) return { change: 'steady', tone: 'neutral' };
  const direction = share > 0 ? 'up' : 'down';
  const size = `${direction} ${Math.abs(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
  const good = metric?.goodDirection ?? 'none';
  if (good === 'none') return { change: size, tone: 'neutral' };
  return good === direction
    ? { change: `${size}, good`, tone: 'good' }
    : { change: `${size}, worse`, tone: 'warning' };
}

function historyOf(view: AnswerView): readonly number[] {
  const at = view.columns.findIndex((column) => column.role === 'metric');
  return view.rows.flatMap((row) => (typeof row[at] === 'number' ? [row[at]] : []));
}

function scopeWords(scopes: ReadonlySet<string>): string {
  const limited = [...scopes].filter((scope) => !/^all /i.test(scope));
  if (limited.length === 0) return 'all rows';
  return limited.slice(0, 2).join('; ');
}
