import type { Asker } from '../access/asker.ts';
import { audit } from '../access/audit.ts';
import { findAsker } from '../access/find-asker.ts';
import { linkIdentity } from '../access/link-identity.ts';
import type { ChatPerson } from '../interactions/interactions.ts';
import type { Heed } from './open-heed.ts';

/** What the platform vouches for about somebody. */
interface PlatformMember {
  readonly email: string | null;
  readonly isFullMember: boolean;
}

/**
 * Who a chat user is. Somebody who is not linked yet is linked once, by the confirmed e-mail address of a full member,
 * when exactly one imported person has it; from then on only the immutable id counts.
 */
export async function whoIs(
  heed: Heed,
  who: ChatPerson,
  lookUpMember: (chatUserId: string) => Promise<PlatformMember | null>,
): Promise<Asker | null> {
  const known = await findAsker(heed.store, who, heed.config.HEED_TIME_ZONE);
  if (known !== null) return known;
  const member = await lookUpMember(who.chatUserId);
  if (member === null || !member.isFullMember || member.email === null) return null;
  const people = await heed.store.db
    .selectFrom('person')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', member.email?.toLowerCase() ?? ''))
    .where('active', '=', true)
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute();
  const [person, another] = people;
  if (person === undefined || another !== undefined) return null;
  await heed.store.transaction(async (trx) => {
    await linkIdentity(trx, who, person.id);
    await audit(trx, {
      actorId: person.id,
      action: 'link-identity',
      subject: `person:${person.id}`,
      detail: { platform: who.platform, by: 'confirmed-email' },
    });
  });
  return await findAsker(heed.store, who, heed.config.HEED_TIME_ZONE);
}
