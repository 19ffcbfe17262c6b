import type { Asker } from '../access/asker.ts';
import type { Board } from '../catalogue/boards.ts';
import type { Message } from '../messages/message.ts';
import { type ShowBoardDeps, showBoard } from './show-board.ts';
import { showHelp } from './show-help.ts';

/** The App Home: the board that fits the role, then what can be asked. */
export async function showHome(
  deps: ShowBoardDeps,
  asker: Asker,
  boards: ReadonlyMap<string, Board>,
): Promise<Message> {
  const board = boards.get(asker.role === 'rep' ? 'pipeline' : 'status');
  const help = showHelp();
  if (board === undefined) return help;
  const shown = await showBoard(deps, asker, board);
  return { text: shown.text, blocks: [...shown.blocks, { kind: 'divider' }, ...help.blocks] };
}
