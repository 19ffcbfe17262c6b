import type { webApi } from '@slack/bolt';

export interface FoundChannels {
  /** Name without `#` -> channel id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Not there, archived, or the bot is not a member of it. */
  readonly missing: readonly {
    readonly name: string;
    readonly why: 'unknown' | 'not-a-member' | 'archived';
  }[];
}

/** Looks channels up by name, once at the start; ids never change after that. */
export async function findChannels(
  client: webApi.WebClient,
  names: readonly string[],
): Promise<FoundChannels> {
  const wanted = new Set(names.map((name) => name.replace(/^#/, '')));
  const ids = new Map<string, string>();
  const reasons = new Map<string, 'not-a-member' | 'archived'>();
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: false,
      limit: 500,
      ...(cursor ? { cursor } : {}),
    });
    for (const channel of page.channels ?? []) {
      if (channel.name === undefined || channel.id === undefined || !wanted.has(channel.name)) continue;
      if (channel.is_archived) reasons.set(channel.name, 'archived');
      else if (channel.is_member) ids.set(channel.name, channel.id);
      else reasons.set(channel.name, 'not-a-member');
    }
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  const missing = [...wanted]
    .filter((name) => !ids.has(name))
    .map((name) => ({ name, why: reasons.get(name) ?? ('unknown' as const) }));
  return { ids, missing };
}
