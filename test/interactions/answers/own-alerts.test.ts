import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { linkIdentity } from '../../../src/access/link-identity.ts';
import type { AnswerDeps } from '../../../src/interactions/answer-deps.ts';
import { answerQuestion } from '../../../src/interactions/answer-question.ts';
import { makeOwnAlert, removeOwnAlert, showOwnAlerts } from '../../../src/interactions/answers/own-alerts.ts';
import {
  addToBoard,
  removeFromBoard,
  showOwnBoard,
} from '../../../src/interactions/answers/saved-questions.ts';
import { evaluateOwnAlerts } from '../../../src/jobs/own-alerts.ts';
import { createRulesPlanner } from '../../../src/planner/rules/rules-planner.ts';
import type { Store } from '../../../src/store/database.ts';
import { fixedClock } from '../../../src/toolkit/clock.ts';
import { theCatalogue } from '../../query/support/ask.ts';
import { asker, now, seedWorld, world } from '../../query/support/world.ts';
import { openTestStore } from '../../support/store.ts';

let store: Store;
let deps: AnswerDeps;
const surface = { platform: 'slack', conversation: 'D1', threadId: null };
const max = asker('Max Manager');
const ada = asker('Ada Agent');
const later = (minutes: number) => fixedClock(new Date(now.getTime() + minutes * 60_000));

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  const who = { platform: 'slack' as const, workspaceId: 'T1' };
  await linkIdentity(store.db, { ...who, chatUserId: 'UMAX' }, max.personId);
  await linkIdentity(store.db, { ...who, chatUserId: 'UADA' }, ada.personId);
  deps = { store, catalogue: theCatalogue(), planner: createRulesPlanner(), clock: fixedClock(now) };
});
beforeEach(async () => {
  for (const table of ['own_alert', 'saved_question', 'outbox'] as const)
    await store.db.deleteFrom(table).execute();
});

const answered = async (question: string, who = max) =>
  (await answerQuestion(deps, { asker: who, question, surface, requestId: 'r' })).answer;
const look = (minutes = 0) =>
  evaluateOwnAlerts({
    store,
    catalogue: deps.catalogue,
    clock: later(minutes),
    platform: 'slack',
    zone: 'UTC',
  });
const told = async () =>
  (
    await store.db
      .selectFrom('outbox')
      .select(['conversation', 'body', 'wanted_revision'])
      .orderBy('created_at')
      .execute()
  ).map(({ conversation, body, wanted_revision: revision }) => ({
    conversation,
    text: (body as { text: string }).text,
    revision,
  }));

describe('an alert of one’s own', () => {
  const open = world.customer_escalation.filter((row) => !['resolved', 'closed'].includes(row.status));

  it('is told once to the one who made it, stays quiet while it holds, and ends in place', async () => {
    const { id } = await answered('how many escalations are open?');
    const limit = open.length - 1;
    await makeOwnAlert(deps, max, id, { op: 'gt', threshold: limit, everyMinutes: 60 });
    expect(await look()).toEqual({ checked: 1, told: 1, failed: 0 });
    expect(await told()).toEqual([
      {
        conversation: '@UMAX',
        text: expect.stringContaining(`is ${open.length}, above ${limit}`) as string,
        revision: 1,
      },
    ]);
    expect(await look(30)).toEqual({ checked: 0, told: 0, failed: 0 });
    expect(await look(61)).toEqual({ checked: 1, told: 0, failed: 0 });
    await store.db.updateTable('own_alert').set({ threshold: open.length }).execute();
    expect(await look(130)).toEqual({ checked: 1, told: 1, failed: 0 });
    expect(await told()).toEqual([
      { conversation: '@UMAX', text: expect.stringContaining('no longer above') as string, revision: 2 },
    ]);
  });

  it('is computed under the rights of the one who made it', async () => {
    const { id, rows } = await answered('open tickets by priority', ada);
    await makeOwnAlert(deps, ada, id, { op: 'gte', threshold: 0, everyMinutes: 15 });
    await look();
    const [message] = await told();
    expect(message?.conversation).toBe('@UADA');
    const body = JSON.stringify(
      (await store.db.selectFrom('outbox').select('body').executeTakeFirstOrThrow()).body,
    );
    expect(body).toContain('your own tickets');
    expect(message?.text).toContain(`${rows.length} group`);
  });

  it('is deleted by nobody else, and listed to nobody else', async () => {
    const { id } = await answered('how many escalations are open?');
    await makeOwnAlert(deps, max, id, { op: 'lt', threshold: 0, everyMinutes: 60 });
    const { id: alertId } = await store.db.selectFrom('own_alert').select('id').executeTakeFirstOrThrow();
    expect((await removeOwnAlert(deps, ada, alertId)).text).toContain('no such alert');
    expect((await showOwnAlerts(deps, ada)).text).toContain('no alerts of your own');
    expect((await showOwnAlerts(deps, max)).text).toContain('1 alert');
    expect((await removeOwnAlert(deps, max, alertId.slice(-8))).text).toContain('Deleted');
    expect(await store.db.selectFrom('own_alert').select('id').execute()).toEqual([]);
  });

  it('says why it cannot look any more', async () => {
    const { id } = await answered('how many escalations are open?');
    await makeOwnAlert(deps, max, id, { op: 'gt', threshold: 1, everyMinutes: 60 });
    await store.db.updateTable('person').set({ active: false }).where('id', '=', max.personId).execute();
    try {
      expect(await look()).toEqual({ checked: 1, told: 0, failed: 1 });
    } finally {
      await store.db.updateTable('person').set({ active: true }).where('id', '=', max.personId).execute();
    }
    expect(JSON.stringify(await showOwnAlerts(deps, max))).toContain('no role any more');
  });
});

describe('a board of one’s own', () => {
  it('shows saved questions computed now, for the one who saved them', async () => {
    await answered('how many escalations are open?');
    expect((await addToBoard(deps, max, null, 'Fires')).text).toContain('“Fires” is on your board');
    await answered('open tickets by priority');
    await addToBoard(deps, max, null, 'Tickets');
    await addToBoard(deps, max, null, 'tickets');
    const shown = JSON.stringify(await showOwnBoard(deps, max));
    expect(shown).toContain('Fires');
    expect(shown.match(/"text":"tickets"/gi)).toHaveLength(1);
    expect((await showOwnBoard(deps, ada)).text).toContain('Your board is empty');
    expect((await removeFromBoard(deps, ada, 'Fires')).text).toContain('nothing called');
    expect((await removeFromBoard(deps, max, 'FIRES')).text).toContain('off your board');
    expect(JSON.stringify(await showOwnBoard(deps, max))).not.toContain('Fires');
  });
});
