import type { Asker } from '../access/asker.ts';
import { audit } from '../access/audit.ts';
import { findAsker } from '../access/find-asker.ts';
import { linkIdentity } from '../access/link-identity.ts';
import type { ChatPerson } from '../interactions/interactions.ts';
import { stableId } from '../toolkit/ids.ts';
import type { Heed } from './open-heed.ts';

/** What the platform vouches for about somebody. */
interface PlatformMember {
  readonly name: string;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly isFullMember: boolean;
}

/**
 * Who a chat user is. Somebody who is not linked yet is linked once, by the confirmed e-mail address of a full member,
 * when exactly one imported person has it; from then on only the immutable id counts. Whoever SLACK_ADMIN_USERS names
 * is an administrator, with or without an imported person.
 */
export async function whoIs(
  heed: Heed,
  who: ChatPerson,
  lookUpMember: (chatUserId: string) => Promise<PlatformMember | null>,
): Promise<Asker | null> {
  const isAdmin = heed.config.SLACK_ADMIN_USERS.includes(who.chatUserId);
  const asker =
    (await find(heed, who)) ?? (await linkMember(heed, who, isAdmin, await lookUpMember(who.chatUserId)));
  return asker !== null && isAdmin ? { ...asker, role: 'admin' } : asker;
}

const find = (heed: Heed, who: ChatPerson): Promise<Asker | null> =>
  findAsker(heed.store, who, heed.config.HEED_TIME_ZONE);

async function linkMember(
  heed: Heed,
  who: ChatPerson,
  isAdmin: boolean,
  member: PlatformMember | null,
): Promise<Asker | null> {
  if (member === null || !member.isFullMember) return null;
  const personId = await personByEmail(heed, member.email);
  if (personId !== null) {
    await link(heed, who, personId, 'confirmed-email');
    const asker = await find(heed, who);
    if (asker !== null || !isAdmin) return asker;
  }
  return isAdmin ? await addAdmin(heed, who, member) : null;
}

async function personByEmail(heed: Heed, email: string | null): Promise<string | null> {
  if (email === null) return null;
  const people = await heed.store.db
    .selectFrom('person')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .where('active', '=', true)
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute();
  // Two people with one address: nobody can say which.
  return people.length === 1 ? (people[0]?.id ?? null) : null;
}

/** An administrator whom no source knows, so that somebody can begin. */
async function addAdmin(heed: Heed, who: ChatPerson, member: PlatformMember): Promise<Asker | null> {
  const id = stableId('person', who.platform, who.workspaceId, who.chatUserId);
  await heed.store.db
    .insertInto('person')
    .values({
      id,
      source: who.platform,
      source_id: `${who.workspaceId}/${who.chatUserId}`,
      name: member.name,
      email: member.email,
      role: 'admin',
      time_zone: member.timeZone,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await link(heed, who, id, 'SLACK_ADMIN_USERS');
  return await find(heed, who);
}

async function link(heed: Heed, who: ChatPerson, personId: string, by: string): Promise<void> {
  await heed.store.transaction(async (trx) => {
    await linkIdentity(trx, who, personId);
    const detail = { platform: who.platform, by };
    await audit(trx, { actorId: personId, action: 'link-identity', subject: `person:${personId}`, detail });
  });
}
