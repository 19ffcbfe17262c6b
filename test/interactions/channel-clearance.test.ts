import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/access/asker.ts';
import { createClearanceOf } from '../../src/app/channel-clearance.ts';
import { createMembership } from '../../src/app/membership.ts';
import { loadBoards } from '../../src/catalogue/boards.ts';
import type { Role } from '../../src/domain/records.ts';
import { answerQuestion } from '../../src/interactions/answer-question.ts';
import { audienceOf, mayPost } from '../../src/interactions/audience-of.ts';
import { createInteractions } from '../../src/interactions/create-interactions.ts';
import { createRulesPlanner } from '../../src/planner/rules/rules-planner.ts';
import { runQuery } from '../../src/query/run-query.ts';
import type { Store } from '../../src/store/database.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { listPlan, metricPlan, theCatalogue } from '../query/support/ask.ts';
import { visibleTo } from '../query/support/ownership.ts';
import { people, seedMatrixWorld } from '../query/support/scope-matrix.ts';
import { asker, idOf, now } from '../query/support/world.ts';
import { openTestStore } from '../support/store.ts';

const catalogue = theCatalogue();
const clock = fixedClock(now);
const roles: readonly Role[] = ['agent', 'rep', 'supervisor', 'manager', 'executive', 'admin'];
const emea = idOf('team', 'Support EMEA');
const loaded = loadBoards(packagePath('catalogue'));
if (!loaded.ok) throw new Error('the boards have mistakes');
const boards = loaded.value;
let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedMatrixWorld(store);
});

describe('the audience of an answer (S1-44)', () => {
  it('holds only roles whose every member sees all rows that the answer was computed from', async () => {
    for (const entity of catalogue.entities.values()) {
      const claims = people
        .filter(({ role }) => entity.rowScope.byRole[role] !== undefined)
        .flatMap((who) => {
          const audience = audienceOf(catalogue, who, listPlan(entity.id));
          return roles.flatMap((role) => {
            // Somebody with that role who owns nothing sees the least.
            const least = { role, personId: idOf('person', 'Nobody'), teamId: null };
            const ofTeam = { ...least, teamId: who.teamId };
            return [least, ofTeam]
              .filter((reader) => mayPost(reader, audience))
              .map((reader) => ({ who, reader, table: entity.table }));
          });
        });
      expect(await claimsThatShowMore(claims), entity.id).toEqual([]);
    }
  });

  /** Of claims that a reader sees all that somebody sees, those that are wrong. */
  async function claimsThatShowMore(
    claims: readonly { who: Asker; reader: Parameters<typeof visibleTo>[1]; table: string }[],
  ): Promise<readonly string[]> {
    if (claims.length === 0) return [];
    const counted = claims.map(
      ({ who, reader, table }) =>
        `select '${who.name} ${reader.role} ${reader.teamId ?? ''}' as claim, exists (select from "${table}" where (${visibleTo(table, who)}) and (${visibleTo(table, reader)}) is not true) as is_wrong`,
    );
    const { rows } = await sql
      .raw<{ claim: string; is_wrong: boolean }>(counted.join(' union all '))
      .execute(store.db);
    return rows.filter(({ is_wrong }) => is_wrong).map(({ claim }) => claim);
  }

  it('of a team answer is that team, and of a restricted metric those who may ask for it', () => {
    const open = metricPlan('open_tickets');
    const ada = audienceOf(catalogue, asker('Ada Agent'), open);
    expect(mayPost({ role: 'supervisor', teamId: emea }, ada)).toBe(true);
    expect(mayPost({ role: 'supervisor', teamId: idOf('team', 'Support Americas') }, ada)).toBe(false);
    expect(mayPost({ role: 'supervisor', teamId: null }, ada)).toBe(false);
    expect(mayPost({ role: 'agent', teamId: emea }, ada)).toBe(false);
    expect(mayPost({ role: 'manager', teamId: null }, ada)).toBe(true);
    // A rep sees the tickets of their customers, which are not those of their team.
    const rita = audienceOf(catalogue, asker('Rita Rep'), open);
    expect(mayPost({ role: 'supervisor', teamId: idOf('team', 'Sales') }, rita)).toBe(false);
    expect(mayPost({ role: 'manager', teamId: null }, rita)).toBe(true);
    const restricted = [...catalogue.metrics.values()].find(
      ({ roles: only }) => only.length > 0 && !only.includes('supervisor') && only.includes('manager'),
    );
    const secret = audienceOf(catalogue, asker('Ann Admin'), metricPlan(restricted!.id));
    expect(mayPost({ role: 'supervisor', teamId: emea }, secret)).toBe(false);
    expect(mayPost({ role: 'manager', teamId: null }, secret)).toBe(true);
    expect(mayPost(null, secret)).toBe(false);
  });
});

describe('a question in a channel', () => {
  const answerDeps = () => ({ store, catalogue, planner: createRulesPlanner(), clock });
  const inside = new Set(['C-managers', 'C-emea']);

  function office() {
    const clearances = new Map([
      ['C-managers', { role: 'manager' as const, team: null }],
      ['C-emea', { role: 'supervisor' as const, team: 'support emea' }],
      ['C-shared', { role: 'manager' as const, team: null }],
    ]);
    return createInteractions({
      store,
      boards,
      board: {
        catalogue,
        run: (who, plan) => runQuery({ store, catalogue, asker: who, clock, zone: 'UTC' }, plan),
        now: () => now,
      },
      whoIs: async ({ chatUserId }) => people.find(({ name }) => name === chatUserId) ?? null,
      answer: async ({ asker: who, question, requestId }) => {
        const surface = { platform: 'slack', conversation: null, threadId: null };
        return (await answerQuestion(answerDeps(), { asker: who, question, surface, requestId })).message;
      },
      pressAlert: async () => undefined,
      answerChoice: async () => null,
      pressAnswer: async () => null,
      submitAnswer: async () => null,
      ownBoard: async () => [],
      answerCommand: async () => Promise.reject(new Error('no answer')),
      simulator: { panel: async () => null, run: () => Promise.reject(new Error('no demo')) },
      clearanceOf: createClearanceOf({ clearances, store }, new Map(), async (id) => inside.has(id)),
      kick: () => undefined,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined } as never,
    });
  }

  async function ask(name: string, channelId: string, text = 'how many open tickets') {
    await store.db.deleteFrom('outbox').execute();
    const eventKey = `${name} ${channelId} ${text}`;
    await office().ask({
      who: { platform: 'slack', workspaceId: 'T1', chatUserId: name },
      ...{ eventKey, text, channelId, requestId: eventKey, threadId: '1.1' },
      channelKind: channelId.startsWith('D') ? 'direct' : 'channel',
    });
    const rows = await store.db
      .selectFrom('outbox')
      .select(['conversation', 'body'])
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ conversation, body }) => [conversation, (body as { text: string }).text] as const);
  }

  it('is answered there when everybody there may see it', async () => {
    for (const [name, channel] of [
      ['Max Manager', 'C-managers'],
      ['Ann Admin', 'C-managers'],
      ['Ada Agent', 'C-managers'],
      ['Ada Agent', 'C-emea'],
      ['Sue Supervisor', 'C-emea'],
      ['Zoe Agent', 'D1'],
    ] as const) {
      const posted = await ask(name, channel);
      expect(
        posted.map(([where]) => where),
        `${name} in ${channel}`,
      ).toEqual([channel]);
    }
  });

  it('goes to the asker alone where somebody may not, where nothing is declared and where another company reads along', async () => {
    for (const [name, channel] of [
      ['Max Manager', 'C-emea'],
      ['Zoe Agent', 'C-emea'],
      ['Rita Rep', 'C-emea'],
      ['Max Manager', 'C-undeclared'],
      ['Max Manager', 'C-shared'],
      ['Ada Agent', 'C-shared'],
    ] as const) {
      const posted = await ask(name, channel);
      expect(posted.map(([where]) => where).toSorted(), `${name} in ${channel}`).toEqual(
        [`@${name}`, channel].toSorted(),
      );
      const [, note] = posted.find(([where]) => where === channel)!;
      expect(note).toBe('I sent you the answer in a direct message: not everybody here may see these rows.');
    }
  });

  it('gives the same figures in a message, a channel and a terminal', async () => {
    const surface = { platform: 'cli', conversation: null, threadId: null };
    const askers = ['Ada Agent', 'Rita Rep', 'Sue Supervisor', 'Max Manager'].map(asker);
    for (const who of askers) {
      const question = 'how many tickets were opened this year';
      const { message } = await answerQuestion(answerDeps(), {
        asker: who,
        question,
        surface,
        requestId: 'r',
      });
      for (const channel of ['D1', 'C-managers', 'C-undeclared']) {
        const texts = (await ask(who.name, channel, question)).map(([, text]) => text);
        expect(texts, `${who.name} in ${channel}`).toContain(message.text);
      }
    }
  });

  it('of somebody unknown gets a polite refusal and nothing else (S0-46)', async () => {
    const posted = await ask('Gus Guest', 'C-managers');
    expect(posted).toEqual([['C-managers', expect.stringMatching(/^I do not know you yet/)]]);
  });

  it('keeps who may see an answer out of what is sent', async () => {
    await ask('Max Manager', 'C-managers', 'open tickets by priority');
    const { body } = await store.db.selectFrom('outbox').select('body').executeTakeFirstOrThrow();
    expect(Object.keys(body as object).toSorted()).toEqual(['blocks', 'text']);
  });

  it('shows the business board to managers alone and notes every look (S1-45)', async () => {
    const look = (name: string) =>
      office().command({
        who: { platform: 'slack', workspaceId: 'T1', chatUserId: name },
        ...{ eventKey: name, text: 'business', channelId: 'C-managers', requestId: `look of ${name}` },
      });
    expect((await look('Max Manager')).message.text).toMatch(/Business impact/);
    expect((await look('Sue Supervisor')).message.text).toBe(
      'Business impact is for manager, executive, admin; your role is supervisor.',
    );
    const entries = await store.db
      .selectFrom('audit_log')
      .select(['actor_id', 'subject', 'detail'])
      .where('action', '=', 'view-board')
      .orderBy('seq')
      .execute();
    expect(
      entries.map(({ actor_id, detail }) => [actor_id, (detail as { outcome: string }).outcome]),
    ).toEqual([
      [asker('Max Manager').personId, 'shown'],
      [asker('Sue Supervisor').personId, 'refused'],
    ]);
  });

  it('about a restricted metric is noted by name, answered or not (S1-45)', async () => {
    const metric = [...catalogue.metrics.values()].find(
      ({ roles: only, verifiedQuestions }) => only.length === 3 && verifiedQuestions.length > 0,
    )!;
    for (const name of ['Max Manager', 'Ada Agent']) await ask(name, 'D1', metric.verifiedQuestions[0]);
    const entries = await store.db
      .selectFrom('audit_log')
      .select(['actor_id', 'detail'])
      .where('action', '=', 'answer')
      .orderBy('seq', 'desc')
      .limit(2)
      .execute();
    expect(entries.map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ outcome: 'refused' }),
      expect.objectContaining({ outcome: 'answered', restricted: [metric.id] }),
    ]);
  });
});

describe('who is in the house', () => {
  it('is asked again after a while: guests and people of other companies are not, nor whom Slack says nothing of', async () => {
    let atMs = 0;
    let calls = 0;
    let isFullMember = true;
    let isShared = false;
    const members = createMembership(
      {
        lookUpMember: async (id) => {
          calls += 1;
          return id === 'U0' ? null : { chatUserId: id, name: id, email: null, timeZone: null, isFullMember };
        },
        isInsideChannel: async (id) => {
          if (id === 'C0') throw new Error('channel_not_found');
          return !isShared;
        },
      },
      () => atMs,
    );
    expect([await members.isOurs('U1'), await members.isOurs('U1'), await members.isOurs('U0')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(calls).toBe(2);
    expect([await members.isInside('C1'), await members.isInside('C0')]).toEqual([true, false]);
    isFullMember = false;
    isShared = true;
    atMs = 5 * 60_000;
    expect([await members.isOurs('U1'), await members.isInside('C1')]).toEqual([false, false]);
  });
});
