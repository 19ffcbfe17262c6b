import type { ChartImage } from '../../../charts/chart-spec.ts';
import type { ChartSpec } from '../../../domain/chart-data.ts';
import type { ChatPerson, Interactions } from '../../../interactions/interactions.ts';
import { newId } from '../../../toolkit/ids.ts';
import type { Log } from '../../../toolkit/log.ts';
import type { ChatPlatform } from '../../platform.ts';

/** What every listener works with. */
export interface ListenerContext {
  readonly interactions: Interactions;
  readonly platform: ChatPlatform;
  readonly workspaceId: string;
  readonly linkHosts: readonly string[];
  readonly draw: (spec: ChartSpec) => Promise<ChartImage | null>;
  readonly log: Log;
  /** Work that was acknowledged to Slack and is not done yet. */
  readonly inHand: Set<Promise<void>>;
}

export function personOf(chatUserId: string, context: ListenerContext): ChatPerson {
  return { platform: 'slack', workspaceId: context.workspaceId, chatUserId };
}

/**
 * Runs work after Slack got its acknowledgement (3 seconds are all there is). A failure is logged with the request id
 * that the person sees.
 */
export function afterAck(
  context: ListenerContext,
  what: string,
  work: (requestId: string, log: Log) => Promise<void>,
  onFailure?: (requestId: string) => Promise<unknown>,
): void {
  const requestId = newId();
  const log = context.log.child({ requestId, listener: what });
  const started = Date.now();
  const running = work(requestId, log)
    .then(() => log.info({ elapsedMs: Date.now() - started }, 'handled'))
    .catch(async (error: unknown) => {
      log.error({ error }, 'failed');
      await onFailure?.(requestId).catch((second: unknown) =>
        log.error({ error: second }, 'could not say so'),
      );
    })
    .finally(() => context.inHand.delete(running));
  context.inHand.add(running);
}

/** What a person reads when something broke; the id leads to the log line. */
export const apology = (requestId: string): string =>
  `Something went wrong on our side, and nothing was changed. Please try again; if it happens again, pass on this id: ${requestId}.`;
