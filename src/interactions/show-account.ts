import type { Asker } from '../access/asker.ts';
import type { Board } from '../catalogue/boards.ts';
import type { Message } from '../messages/message.ts';
import { buildNotice } from '../messages/notice-message.ts';
import { type ShowBoardDeps, showBoard } from './show-board.ts';

/**
 * One account on one screen. The name is looked up under the asker's own scope, so an account of somebody else is as
 * unknown as one that does not exist.
 */
export async function showAccount(
  deps: ShowBoardDeps,
  asker: Asker,
  boards: ReadonlyMap<string, Board>,
  name: string,
): Promise<Message> {
  const board = boards.get('account');
  if (board === undefined)
    return buildNotice('The catalogue has no board called "account" (catalogue/boards/account.yml).');
  const found = await deps.run(asker, {
    kind: 'list',
    entity: 'account',
    columns: ['account'],
    time: null,
    where: [{ any: [{ dimension: 'account', op: 'eq', values: [name] }] }],
    orderBy: [],
    limit: 5,
    subject: 'none',
  });
  if (!found.ok) {
    const [issue] = found.issues;
    const names = issue?.suggestions ?? [];
    const hint =
      names.length === 0
        ? 'Nothing near it is among the accounts you may see.'
        : `Did you mean ${names.slice(0, 3).join(', ')}?`;
    return buildNotice(`I found no account called "${name}". ${hint}`);
  }
  const exact = found.value.rows
    .map((row) => row[0])
    .filter((cell): cell is string => typeof cell === 'string');
  const [only] = exact;
  if (only === undefined)
    return buildNotice(`I found no account called "${name}" among the accounts you may see.`);
  return await showBoard(deps, asker, board, { account: only });
}
