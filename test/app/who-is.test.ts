import { beforeAll, describe, expect, it } from 'vitest';
import type { Heed } from '../../src/app/open-heed.ts';
import { whoIs } from '../../src/app/who-is.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Store } from '../../src/store/database.ts';
import { newId } from '../../src/toolkit/ids.ts';
import { openTestStore } from '../support/store.ts';

type Member = NonNullable<Awaited<ReturnType<Parameters<typeof whoIs>[2]>>>;

const aMember = (overrides: Partial<Member> = {}): Member => ({
  name: 'Ada',
  email: 'ada@example.com',
  timeZone: 'Europe/Paris',
  isFullMember: true,
  ...overrides,
});
const user = (chatUserId: string) => ({ platform: 'slack' as const, workspaceId: 'T1', chatUserId });

describe('somebody who writes to Heed', () => {
  let store: Store;
  let heed: Heed;

  beforeAll(async () => {
    store = await openTestStore();
    const config = loadConfig({ SLACK_ADMIN_USERS: 'UADMIN' });
    if (!config.ok) throw new Error('no configuration');
    heed = { store, config: config.value } as Heed;
    const person = (name: string, email: string, role: 'rep' | 'agent' | null) => ({
      id: newId(),
      source: 't',
      source_id: newId(),
      name,
      email,
      role,
    });
    await store.db
      .insertInto('person')
      .values([
        person('Ada', 'Ada@Example.com', 'rep'),
        person('Two', 'two@example.com', 'rep'),
        person('Also Two', 'two@example.com', 'rep'),
        person('No Role', 'none@example.com', null),
      ])
      .execute();
  });

  it('is linked once by a confirmed address, and then known by id alone (S0-46)', async () => {
    expect(await whoIs(heed, user('U1'), async () => aMember())).toMatchObject({ name: 'Ada', role: 'rep' });
    expect(await whoIs(heed, user('U1'), async () => null)).toMatchObject({ name: 'Ada' });
  });

  it.each([
    ['is a guest', aMember({ isFullMember: false })],
    ['has no confirmed address', aMember({ email: null })],
    ['has an address that nobody has', aMember({ email: 'stranger@example.com' })],
    ['has an address that two people have', aMember({ email: 'two@example.com' })],
    ['is a person without a role', aMember({ email: 'none@example.com' })],
    ['is unknown to the platform', null],
  ])('is nobody when they are or have: %s (S0-46)', async (_, member) => {
    expect(await whoIs(heed, user(`U${newId()}`), async () => member)).toBeNull();
  });

  it('is an administrator when the configuration says so, imported or not (S0-46)', async () => {
    const asker = await whoIs(heed, user('UADMIN'), async () =>
      aMember({ email: 'boss@example.com', name: 'Boss' }),
    );
    expect(asker).toMatchObject({ name: 'Boss', role: 'admin' });
    expect(await whoIs(heed, user('UADMIN'), async () => null)).toMatchObject({ role: 'admin' });
    const audits = await store.db
      .selectFrom('audit_log')
      .select('detail')
      .where('action', '=', 'link-identity')
      .execute();
    expect(JSON.stringify(audits)).toContain('SLACK_ADMIN_USERS');
  });
});
