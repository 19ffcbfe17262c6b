import type { Asker } from '../access/asker.ts';
import type { Board } from '../catalogue/boards.ts';
import type { Message } from '../messages/message.ts';
import { buildNotice } from '../messages/notice-message.ts';
import { type ShowBoardDeps, showBoard } from './show-board.ts';

/** What has a board of its own by name: entity, dimension of its name and board have this one id. */
export type RecordKind = 'account' | 'product';

export interface ShownRecord {
  readonly isShown: boolean;
  readonly message: Message;
}

/**
 * One record on one screen. The name is looked up under the asker's own scope, so an account of somebody else is as
 * unknown as one that does not exist.
 */
export async function showRecord(
  deps: ShowBoardDeps,
  asker: Asker,
  boards: ReadonlyMap<string, Board>,
  { kind, name }: { readonly kind: RecordKind; readonly name: string },
): Promise<ShownRecord> {
  const board = boards.get(kind);
  if (board === undefined)
    return unseen(`The catalogue has no board called "${kind}" (catalogue/boards/${kind}.yml).`);
  const found = await deps.run(asker, {
    kind: 'list',
    entity: kind,
    columns: [kind],
    time: null,
    where: [{ any: [{ dimension: kind, op: 'eq', values: [name] }] }],
    orderBy: [],
    limit: 5,
    subject: 'none',
  });
  if (!found.ok) {
    const names = found.issues[0]?.suggestions ?? [];
    const hint =
      names.length === 0
        ? `Nothing near it is among the ${kind}s you may see.`
        : `Did you mean ${names.slice(0, 3).join(', ')}?`;
    return unseen(`I found no ${kind} called "${name}". ${hint}`);
  }
  const names = found.value.rows
    .map((row) => row[0])
    .filter((cell): cell is string => typeof cell === 'string');
  const [only] = names;
  if (only === undefined)
    return unseen(`I found no ${kind} called "${name}" among the ${kind}s you may see.`);
  if (new Set(names).size > 1)
    return unseen(`"${name}" can be ${names.join(', ')}. Write \`/heed ${kind} ${only}\` for the first.`);
  return { isShown: true, message: await showBoard(deps, asker, board, { [kind]: only }) };
}

function unseen(words: string): ShownRecord {
  return { isShown: false, message: buildNotice(words) };
}
