import type { SlackApp } from '../chat/slack/slack-app.ts';

/** What Slack says about who is in the house, remembered for a while. */
export interface Membership {
  /** A full member of our own workspace now: a guest, somebody of another company or a deactivated account is not. */
  isOurs(chatUserId: string): Promise<boolean>;
  /** Only our own people are in the channel, as far as Slack says; when it does not say, this is false. */
  isInside(channelId: string): Promise<boolean>;
}

/** People become guests and channels become shared; so much later it is noticed. */
const rememberMs = 5 * 60_000;
const mostRemembered = 10_000;

export function createMembership(
  slack: Pick<SlackApp, 'lookUpMember' | 'isInsideChannel'>,
  nowMs: () => number,
): Membership {
  return {
    isOurs: remembering(
      nowMs,
      async (chatUserId) => (await slack.lookUpMember(chatUserId))?.isFullMember === true,
    ),
    isInside: remembering(nowMs, (channelId) => slack.isInsideChannel(channelId).catch(() => false)),
  };
}

/** A failure is not remembered. */
function remembering(
  nowMs: () => number,
  ask: (id: string) => Promise<boolean>,
): (id: string) => Promise<boolean> {
  const known = new Map<string, { readonly value: boolean; readonly atMs: number }>();
  return async (id) => {
    const found = known.get(id);
    if (found && nowMs() - found.atMs < rememberMs) return found.value;
    const value = await ask(id);
    if (known.size >= mostRemembered) known.clear();
    known.set(id, { value, atMs: nowMs() });
    return value;
  };
}
