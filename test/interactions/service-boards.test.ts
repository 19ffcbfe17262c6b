import { beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { loadBoards } from '../../src/catalogue/boards.ts';
import { checkBlocks } from '../../src/chat/sandbox/rules/block-rules.ts';
import { renderMessage } from '../../src/chat/slack/render/render-message.ts';
import { parseCommand } from '../../src/interactions/parse-command.ts';
import { type ShowBoardDeps, showBoard } from '../../src/interactions/show-board.ts';
import { serviceStep } from '../../src/jobs/analysis-service.ts';
import { workloadStep } from '../../src/jobs/analysis-workload.ts';
import { runAnalysis } from '../../src/jobs/run-analysis.ts';
import { renderPlainText } from '../../src/messages/fallback-text.ts';
import { runQuery } from '../../src/query/run-query.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import type { Result } from '../../src/toolkit/issue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { addTicket, analysisDeps, idOf, worldNow } from '../jobs/analysis-world.ts';
import { serviceWorld, storeWorld } from '../jobs/service-world.ts';
import { shippedCatalogue } from '../support/shipped-catalogue.ts';
import { openTestStore } from '../support/store.ts';

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const catalogue = shippedCatalogue();
const boards = must(loadBoards(packagePath('catalogue')));
const clock = fixedClock(worldNow);
const asker = (name: string, role: Asker['role']): Asker => ({
  personId: idOf('person', name),
  name,
  role,
  teamId: null,
  zone: 'Europe/Berlin',
});
const manager = asker('Max', 'manager');

describe('boards of service', () => {
  let store: Store;
  let deps: ShowBoardDeps;
  beforeAll(async () => {
    store = await openTestStore();
    deps = {
      catalogue,
      now: () => worldNow,
      run: (who, plan) => runQuery({ store, catalogue, asker: who, clock, zone: who.zone }, plan),
    };
    await storeWorld(store, serviceWorld().records);
    await addTicket(store, '1', { assignee: 'Ann', priority: 'high', opened: '2026-03-30T08:00Z' });
    await addTicket(store, '2', {
      assignee: 'Ben',
      opened: '2026-03-30T08:00Z',
      status: 'solved',
      solved_at: new Date('2026-03-31T08:00Z'),
    });
    await runAnalysis(analysisDeps(store), { steps: [workloadStep, serviceStep] });
  });

  it.each([
    ['kpi', 'S1-06, S1-07, S1-08, S1-09, S1-10, S1-14, S1-15, S1-16'],
    ['load', 'S1-22, S1-23, S1-24, S1-25, S1-26, S2-27'],
    ['agents', 'S1-13, S1-27, S1-28, S1-29, S0-24'],
    ['whatsapp', 'S1-17, S1-18, S1-19, S1-20, S1-21'],
    ['automation', 'S1-30, S1-31, S1-32, S1-33, S1-34'],
    ['support', 'S0-18, S0-26, S0-27, S0-30, S1-36'],
    ['business', 'S1-35, S1-36, S1-37, S1-38'],
  ])('computes every tile of "%s" (%s)', async (id) => {
    const board = boards.get(id);
    if (board === undefined) throw new Error('no such board');
    const message = await showBoard(deps, manager, board);
    // A tile that could not be computed says why under its title.
    expect(message.blocks.filter(({ kind }) => kind === 'context')).toHaveLength(1);
    const images = message.blocks
      .filter(({ kind }) => kind === 'chart')
      .map(() => ({ imageId: 'F0123456789' }));
    const blocks = renderMessage(message, images, []).blocks;
    expect(checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message')).toEqual([]);
  });

  it('shows the peak hour and when agents are needed in words (S1-23, S2-27)', async () => {
    const text = renderPlainText(await showBoard(deps, manager, boards.get('load')!));
    const { rows } = await store.db
      .selectFrom('service_hour')
      .select(['weekday', 'hour', 'agents_needed'])
      .orderBy('agents_needed', 'desc')
      .orderBy('incoming_per_hour', 'desc')
      .limit(1)
      .execute()
      .then((all) => ({ rows: all }));
    const name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][
      rows[0]!.weekday - 1
    ];
    expect(text).toContain(`${name} ${String(rows[0]!.hour).padStart(2, '0')}:00`);
  });

  it('shows an agent only their own row, and no business impact (S1-44, S0-30)', async () => {
    const own = JSON.stringify(await showBoard(deps, asker('Ann', 'agent'), boards.get('agents')!));
    expect(own).toContain('Ann');
    expect(own).not.toMatch(/Ben|Cem|Dora|Eli/);
    const impact = renderPlainText(await showBoard(deps, asker('Ann', 'agent'), boards.get('business')!));
    expect(impact).toContain('does not see Cost per conversation');
  });

  it('opens a board by its name alone; with more words it is a question', () => {
    expect(parseCommand('Agents', ['agents'])).toEqual({ kind: 'board', board: 'agents' });
    expect(parseCommand('agents online by team', ['agents'])).toMatchObject({ kind: 'ask' });
    expect(parseCommand('kpi', ['agents'])).toMatchObject({ kind: 'ask' });
  });
});
