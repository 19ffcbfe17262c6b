import type { Asker } from '../access/asker.ts';
import type { Board } from '../catalogue/boards.ts';
import type { Block, Message } from '../messages/message.ts';
import { type ShowBoardDeps, showBoard } from './show-board.ts';
import { showHelp } from './show-help.ts';

/**
 * The App Home: the board that fits the role, then what can be asked.
 *
 * @param first stands above everything else
 */
export async function showHome(
  deps: ShowBoardDeps,
  asker: Asker,
  boards: ReadonlyMap<string, Board>,
  first: readonly Block[] = [],
): Promise<Message> {
  const board = boards.get(asker.role === 'rep' ? 'pipeline' : 'status');
  const help = showHelp();
  if (board === undefined) return { ...help, blocks: [...first, ...help.blocks] };
  const shown = await showBoard(deps, asker, board);
  return { text: shown.text, blocks: [...first, ...shown.blocks, { kind: 'divider' }, ...help.blocks] };
}
