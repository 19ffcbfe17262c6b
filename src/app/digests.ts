import type { Digest } from '../catalogue/digests.ts';
import { type Severity, severities } from '../domain/priority.ts';
import { showBoard } from '../interactions/show-board.ts';
import { buildDigestMessage } from '../messages/digest-message.ts';
import { severityWord } from '../messages/format.ts';
import type { Message } from '../messages/message.ts';
import { putMessage } from '../store/outbox-store.ts';
import { listAlerts } from './alerts.ts';
import type { Heed } from './open-heed.ts';

/** Somebody without a person's own rows: a digest speaks for a role. */
const nobody = '00000000-0000-8000-8000-000000000000';

/**
 * Posts every digest whose time of day has come and that was not posted on this local date yet. Safe to call as often
 * as one likes and from every replica: the date is part of the message's key.
 *
 * @returns how many were written
 */
export async function postDueDigests(
  heed: Heed,
  channels: ReadonlyMap<string, string>,
  options: { readonly evenIfEarly?: boolean } = {},
): Promise<number> {
  let written = 0;
  for (const digest of heed.digests) {
    const local = localTime(heed.clock.now(), heed.config.HEED_TIME_ZONE);
    if (local.time < digest.at && options.evenIfEarly !== true) continue;
    const dedupeKey = `digest:${digest.id}:${local.date}`;
    const posted = await heed.store.db
      .selectFrom('outbox')
      .select('id')
      .where('dedupe_key', '=', dedupeKey)
      .executeTakeFirst();
    if (posted !== undefined) continue;
    const body = await buildDigest(heed, digest, local.day);
    const conversation = channels.get(digest.channel.replace(/^#/, '')) ?? digest.channel;
    await heed.store.transaction((trx) =>
      putMessage(trx, { dedupeKey, platform: 'slack', conversation, lane: 'digest', body }),
    );
    written += 1;
  }
  return written;
}

async function buildDigest(heed: Heed, digest: Digest, day: string): Promise<Message> {
  const board = heed.boards.get(digest.board);
  const asker = {
    personId: nobody,
    name: digest.title,
    role: digest.role,
    teamId: null,
    zone: heed.config.HEED_TIME_ZONE,
  };
  const shown: Message =
    board === undefined
      ? {
          text: '',
          blocks: [{ kind: 'context', content: [`The catalogue has no board "${digest.board}".`] }],
        }
      : await showBoard(
          { catalogue: heed.catalogue, run: heed.run, now: () => heed.clock.now() },
          asker,
          board,
        );
  const dayAgo = new Date(heed.clock.now().getTime() - 86_400_000);
  const resolved = await heed.store.db
    .selectFrom('alert')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('resolved_at', '>=', dayAgo)
    .executeTakeFirstOrThrow();
  return buildDigestMessage({
    title: digest.title,
    day,
    board: shown,
    alerts: await openAlerts(heed),
    resolvedCount: resolved.count,
  });
}

/** Firing ones, worst first. */
async function openAlerts(heed: Heed) {
  const firing = (await listAlerts(heed, 'open', null)).filter(({ state }) => state === 'firing');
  const rank = (severity: Severity): number => severities.indexOf(severity);
  return firing
    .map(({ severity, text, subject, acknowledgedBy }) => ({
      severity,
      text: text ?? `${severityWord(severity)}: ${subject}`,
      acknowledgedBy,
    }))
    .sort((a, b) => rank(a.severity) - rank(b.severity));
}

function localTime(
  at: Date,
  zone: string,
): { readonly date: string; readonly time: string; readonly day: string } {
  const part = (options: Intl.DateTimeFormatOptions, locale = 'en-CA'): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, hourCycle: 'h23' }).format(at);
  return {
    date: part({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    time: part({ hour: '2-digit', minute: '2-digit' }, 'en-GB'),
    day: part({ weekday: 'long', day: 'numeric', month: 'long' }, 'en-GB'),
  };
}
