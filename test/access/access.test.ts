import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/access/audit.ts';
import { findAsker, findAskerByName } from '../../src/access/find-asker.ts';
import { linkIdentity } from '../../src/access/link-identity.ts';
import type { Store } from '../../src/store/database.ts';
import { stableId } from '../../src/toolkit/ids.ts';
import { openTestStore } from '../support/store.ts';

let store: Store;
const idOf = (name: string) => stableId('person', 'test', name);
const team = stableId('team', 'test', 'Support');
const slack = (chatUserId: string, workspaceId = 'T1') => ({
  platform: 'slack' as const,
  workspaceId,
  chatUserId,
});

beforeAll(async () => {
  store = await openTestStore();
  const person = (name: string, more: object = {}) => ({
    id: idOf(name),
    source: 'test',
    source_id: name,
    name,
    email: `${name.split(' ')[0]!.toLowerCase()}@example.com`,
    role: 'agent' as const,
    ...more,
  });
  await store.db
    .insertInto('person')
    .values([
      person('Ada Agent', { team_id: team, time_zone: 'Europe/Berlin' }),
      person('Bad Zone', { time_zone: 'Mars/Olympus' }),
      person('Lena Lead', { role: 'supervisor' }),
      person('Nora Norole', { role: null }),
      person('Ina Inactive', { active: false }),
      person('Del Eted', { deleted_at: new Date() }),
      person('Sam Same', { email: 'sam1@example.com' }),
      {
        ...person('Sam Same', { email: 'sam2@example.com' }),
        id: idOf('Sam Same 2'),
        source_id: 'Sam Same 2',
      },
    ])
    .execute();
  await store.db
    .insertInto('team')
    .values({
      id: team,
      source: 'test',
      source_id: 'Support',
      name: 'Support',
      manager_id: idOf('Lena Lead'),
    })
    .execute();
});

describe('who asks in chat (S0-46)', () => {
  it('is nobody before a link exists', async () => {
    expect(await findAsker(store, slack('U1'))).toBeNull();
  });

  it('is the linked person, with role, team and zone', async () => {
    await linkIdentity(store.db, slack('U1'), idOf('Ada Agent'));
    expect(await findAsker(store, slack('U1'))).toEqual({
      personId: idOf('Ada Agent'),
      name: 'Ada Agent',
      role: 'agent',
      teamId: team,
      zone: 'Europe/Berlin',
    });
  });

  it('is nobody with the same user id in another workspace or on another platform', async () => {
    expect(await findAsker(store, slack('U1', 'T2'))).toBeNull();
    expect(await findAsker(store, { ...slack('U1'), platform: 'teams' })).toBeNull();
  });

  it.each(['Nora Norole', 'Ina Inactive', 'Del Eted'])(
    'is nobody when the link leads to %s',
    async (name) => {
      await linkIdentity(store.db, slack(`U-${name}`), idOf(name));
      expect(await findAsker(store, slack(`U-${name}`))).toBeNull();
    },
  );

  it('is somebody else after the link was replaced', async () => {
    await linkIdentity(store.db, slack('U9'), idOf('Ada Agent'));
    await linkIdentity(store.db, slack('U9'), idOf('Lena Lead'));
    expect((await findAsker(store, slack('U9')))?.name).toBe('Lena Lead');
  });

  it('belongs to the team they lead when they are in none', async () => {
    const asker = await findAskerByName(store, 'lena lead');
    expect(asker.ok && asker.value.teamId).toBe(team);
  });

  it('falls back to the given zone when their own is unknown', async () => {
    const asker = await findAskerByName(store, 'Bad Zone', 'America/New_York');
    expect(asker.ok && asker.value.zone).toBe('America/New_York');
  });
});

describe('who is meant on the command line', () => {
  it.each(['Ada Agent', ' ada  AGENT ', 'ada@example.com', 'Ada'])('finds Ada by %j', async (text) => {
    const asker = await findAskerByName(store, text);
    expect(asker.ok && asker.value.personId).toBe(idOf('Ada Agent'));
  });

  it.each([
    ['Sam Same', 'ambiguous-person'],
    ['Nora Norole', 'person-without-role'],
    ['Ina Inactive', 'unknown-person'],
    ['Adalbert', 'unknown-person'],
    ["' or true --", 'unknown-person'],
    ['', 'unknown-person'],
  ])('does not guess for %j', async (text, code) => {
    const asker = await findAskerByName(store, text);
    expect(asker.ok ? [] : asker.issues.map((issue) => issue.code)).toEqual([code]);
  });

  it('suggests addresses for namesakes', async () => {
    const asker = await findAskerByName(store, 'Sam Same');
    expect(asker.ok ? [] : asker.issues[0]?.suggestions?.toSorted()).toEqual([
      'sam1@example.com',
      'sam2@example.com',
    ]);
  });
});

describe('the audit trail (S0-47)', () => {
  it('keeps who did what to what', async () => {
    await audit(store.db, {
      actorId: idOf('Ada Agent'),
      action: 'answer',
      subject: 'answer 1',
      detail: { metric: 'open_tickets', note: 'a\0b' },
    });
    const [row] = await store.db.selectFrom('audit_log').selectAll().execute();
    expect(row).toMatchObject({
      actor_id: idOf('Ada Agent'),
      action: 'answer',
      subject: 'answer 1',
      detail: { metric: 'open_tickets', note: 'ab' },
    });
    expect(row?.at).toBeInstanceOf(Date);
  });

  it('is taken back together with what it speaks of', async () => {
    const before = (await store.db.selectFrom('audit_log').select('id').execute()).length;
    await expect(
      store.transaction(async (trx) => {
        await audit(trx, { actorId: null, action: 'export', subject: 'x' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await store.db.selectFrom('audit_log').select('id').execute()).toHaveLength(before);
  });
});
