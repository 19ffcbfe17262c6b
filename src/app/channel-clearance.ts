import type { Clearance } from '../interactions/audience-of.ts';
import type { Heed } from './open-heed.ts';

/**
 * What everybody in a channel may see, by its id: as `catalogue/channels.yml` declares it, and only while nobody of
 * another company is in it. A team that does not exist, or of whose name there are two, clears nothing.
 *
 * @param channels ids by name without `#`
 */
export function createClearanceOf(
  heed: Pick<Heed, 'clearances' | 'store'>,
  channels: ReadonlyMap<string, string>,
  isInside: (channelId: string) => Promise<boolean>,
): (channelId: string) => Promise<Clearance | null> {
  const declared = new Map(
    [...heed.clearances].map(([channel, clearance]) => [
      channels.get(channel.replace(/^#/, '')) ?? channel,
      clearance,
    ]),
  );
  return async (channelId) => {
    const clearance = declared.get(channelId);
    if (clearance === undefined || !(await isInside(channelId))) return null;
    return {
      role: clearance.role,
      teamId: clearance.team === null ? null : await teamNamed(heed, clearance.team),
    };
  };
}

async function teamNamed({ store }: Pick<Heed, 'store'>, name: string): Promise<string | null> {
  const teams = await store.db
    .selectFrom('team')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute();
  return teams.length === 1 ? (teams[0]?.id ?? null) : null;
}
