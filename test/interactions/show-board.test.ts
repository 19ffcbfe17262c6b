import { beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { loadBoards } from '../../src/catalogue/boards.ts';
import { checkBlocks } from '../../src/chat/sandbox/rules/block-rules.ts';
import { renderMessage } from '../../src/chat/slack/render/render-message.ts';
import { parseCommand } from '../../src/interactions/parse-command.ts';
import { type ShowBoardDeps, showBoard } from '../../src/interactions/show-board.ts';
import { type RecordKind, showRecord } from '../../src/interactions/show-record.ts';
import { renderPlainText } from '../../src/messages/fallback-text.ts';
import { runQuery } from '../../src/query/run-query.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import type { Result } from '../../src/toolkit/issue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { shippedCatalogue } from '../support/shipped-catalogue.ts';
import { openTestStore } from '../support/store.ts';

const clock = fixedClock(new Date('2026-11-20T14:00:00Z'));
const manager: Asker = {
  personId: stableId('person', 't', 'm'),
  name: 'Maria',
  role: 'manager',
  teamId: null,
  zone: 'Europe/Berlin',
};
const rep: Asker = {
  personId: stableId('person', 't', 'jonas'),
  name: 'Jonas',
  role: 'rep',
  teamId: null,
  zone: 'Europe/Berlin',
};

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const catalogue = shippedCatalogue();
const boards = must(loadBoards(packagePath('catalogue')));

describe('boards', () => {
  let store: Store;
  let deps: ShowBoardDeps;

  beforeAll(async () => {
    store = await openTestStore();
    deps = {
      catalogue,
      now: () => clock.now(),
      run: (asker, plan) => runQuery({ store, catalogue, asker, clock, zone: asker.zone }, plan),
    };
    const account = (name: string, owner: string) => ({
      id: stableId('account', 't', name),
      source: 't',
      source_id: name,
      name,
      owner_id: stableId('person', 't', owner),
      arr: 120_000,
      currency: 'USD',
    });
    await store.db
      .insertInto('person')
      .values(
        ['jonas', 'claire'].map((name) => ({
          id: stableId('person', 't', name),
          source: 't',
          source_id: name,
          name,
          role: 'rep' as const,
        })),
      )
      .execute();
    await store.db
      .insertInto('account')
      .values([account('Kestrel Payments', 'jonas'), account('Ostara Health', 'claire')])
      .execute();
    const deal = (name: string, owner: string, amount: number) => ({
      id: stableId('opportunity', 't', name),
      source: 't',
      source_id: name,
      name,
      owner_id: stableId('person', 't', owner),
      account_id: stableId('account', 't', 'Kestrel Payments'),
      stage: 'Negotiation',
      amount,
      currency: 'USD',
      probability: 0.8,
      close_date: '2026-11-10',
      opened_on: '2026-09-01',
    });
    await store.db
      .insertInto('opportunity')
      .values([deal('Ledger', 'jonas', 80_000), deal('Archive', 'claire', 50_000)])
      .execute();
    const ticket = (id: string, hours: number) => ({
      id: stableId('ticket', 't', id),
      source: 't',
      source_id: id,
      number: id,
      subject: 'Slow reads',
      status: 'open' as const,
      priority: 'high' as const,
      account_id: stableId('account', 't', 'Kestrel Payments'),
      opened_at: new Date(clock.now().getTime() - hours * 3_600_000),
    });
    await store.db
      .insertInto('ticket')
      .values([ticket('1', 5), ticket('2', 30), ticket('3', 80)])
      .execute();
  });

  it.each(['status', 'pipeline'])('computes every tile of "%s" (S0-16, S0-31)', async (name) => {
    const board = boards.get(name);
    if (board === undefined) throw new Error('no such board');
    const message = await showBoard(deps, manager, board);
    // A tile that could not be computed says why under its title.
    expect(message.blocks.filter(({ kind }) => kind === 'context')).toHaveLength(1);
    const images = message.blocks
      .filter(({ kind }) => kind === 'chart')
      .map(() => ({ imageId: 'F0123456789' }));
    expect(
      checkBlocks(JSON.parse(JSON.stringify(renderMessage(message, images, []).blocks)), 'message'),
    ).toEqual([]);
    expect(
      checkBlocks(JSON.parse(JSON.stringify(renderMessage(message, images, [], 'home').blocks)), 'home'),
    ).toEqual([]);
  });

  it('shows the numbers that the rows add up to (S0-31, S0-32)', async () => {
    const board = boards.get('pipeline');
    if (board === undefined) throw new Error('no such board');
    expect((await showBoard(deps, manager, board)).text).toContain('Open pipeline $130,000');
    expect((await showBoard(deps, manager, board)).text).toContain('Weighted $104,000');
  });

  it('shows a rep only their own deals (S1-44)', async () => {
    const board = boards.get('pipeline');
    if (board === undefined) throw new Error('no such board');
    const message = await showBoard(deps, rep, board);
    expect(message.text).toContain('Open pipeline $80,000');
    expect(JSON.stringify(message)).not.toContain('Archive');
  });

  const open = async (who: Asker, name: string, kind: RecordKind = 'account') =>
    (await showRecord(deps, who, boards, { kind, name })).message;

  it('fills every tile of an account (S3-08)', async () => {
    const message = await open(manager, 'Kestrel Payments');
    expect(message.blocks.filter(({ kind }) => kind === 'context')).toHaveLength(1);
  });

  it('shows one account on one screen, found by part of its name (S2-06, S3-08, S0-06)', async () => {
    const message = await open(manager, 'kestrel');
    expect(message.text).toContain('Kestrel Payments');
    expect(message.text).toContain('Open tickets 3');
    expect(renderPlainText(message)).toContain('Slow reads');
  });

  it.each([
    ['account Kestrel Payments', 'account', 'Kestrel Payments'],
    ['product Quorum Vault', 'product', 'Quorum Vault'],
  ])('reads "/heed %s" as the name of a record (S2-06, S2-09)', (text, of, name) => {
    expect(parseCommand(text)).toEqual({ kind: 'record', of, name });
  });

  it('forgives a slip of the keys, and shows nothing else in the place of what is not there', async () => {
    const isShown = async (name: string, kind: RecordKind) =>
      (await showRecord(deps, manager, boards, { kind, name })).isShown;
    expect(await isShown('Kestrel Paymnets', 'account')).toBe(true);
    expect(await isShown('health by region', 'account')).toBe(false);
    expect(await isShown('sales by month', 'product')).toBe(false);
  });

  it('knows nothing of an account that belongs to somebody else (S1-44)', async () => {
    const foreign = await open(rep, 'Ostara Health');
    const absent = await open(rep, 'Nonesuch Ltd');
    expect(foreign.text.replace('Ostara Health', '…')).toBe(absent.text.replace('Nonesuch Ltd', '…'));
  });
});
