import type { webApi } from '@slack/bolt';

/**
 * Whether only this workspace's people can read a channel. Slack must say so: an answer that leaves the flags out counts
 * as shared.
 */
export async function isInsideChannel(client: webApi.WebClient, channelId: string): Promise<boolean> {
  const { channel } = await client.conversations.info({ channel: channelId });
  if (channel === undefined) return false;
  const invitations = 'pending_connected_team_ids' in channel ? channel.pending_connected_team_ids : [];
  return (
    channel.is_ext_shared === false &&
    channel.is_pending_ext_shared !== true &&
    channel.is_org_shared !== true &&
    !(Array.isArray(invitations) && invitations.length > 0)
  );
}
