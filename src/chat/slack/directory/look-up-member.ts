import { webApi } from '@slack/bolt';

/** What Slack says about somebody, as far as it matters for who they are in Heed. */
export interface Member {
  readonly chatUserId: string;
  readonly name: string;
  /** Only when Slack has confirmed it; null otherwise. */
  readonly email: string | null;
  readonly timeZone: string | null;
  /** Full member of our own workspace: not a guest, not of another company, not a bot, not deactivated. */
  readonly isFullMember: boolean;
}

/** @returns null when Slack knows no such member */
export async function lookUpMember(
  client: webApi.WebClient,
  chatUserId: string,
  workspaceId: string,
): Promise<Member | null> {
  try {
    const { user } = await client.users.info({ user: chatUserId });
    if (user === undefined) return null;
    const stranger =
      user.deleted === true ||
      user.is_bot === true ||
      user.is_restricted === true ||
      user.is_ultra_restricted === true ||
      user.is_stranger === true ||
      (user.team_id !== undefined && user.team_id !== workspaceId);
    return {
      chatUserId,
      name: user.profile?.real_name ?? user.real_name ?? user.name ?? chatUserId,
      email: user.is_email_confirmed === false ? null : (user.profile?.email ?? null),
      timeZone: user.tz ?? null,
      isFullMember: !stranger,
    };
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && error.data.error === 'user_not_found') return null;
    throw error;
  }
}
