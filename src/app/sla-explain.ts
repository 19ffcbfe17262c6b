import { cyclesOf } from '../analysis/sla/clock-cycles.ts';
import { type ClockSpan, explainClock } from '../analysis/sla/explain-clock.ts';
import { computeClocks, type SlaClock } from '../analysis/sla/sla-clock.ts';
import { readTicketHistory } from '../analysis/sla/ticket-history.ts';
import { computeTicketTimes, type TicketTimes } from '../analysis/sla/ticket-times.ts';
import { axesFrom } from '../jobs/analysis-sla-clocks.ts';
import {
  findTicketsNamed,
  listSimilarTickets,
  listSlaEvents,
  listSlaTickets,
  listSourcesWithoutReplies,
  listStoredClocks,
} from '../store/analysis-sla.ts';
import { UserError } from '../toolkit/issue.ts';
import type { Heed } from './open-heed.ts';

/** A clock with its account. */
export interface ExplainedClock
  extends Pick<
    SlaClock,
    | 'metric'
    | 'cycle'
    | 'state'
    | 'policy'
    | 'calendar'
    | 'calendarVersion'
    | 'targetSeconds'
    | 'usedSeconds'
    | 'startedAt'
    | 'dueAt'
    | 'stoppedAt'
  > {
  readonly priority: string | null;
  readonly remainingSeconds: number;
  /** IANA zone of the calendar, in which its times are shown; UTC when the calendar is gone. */
  readonly zone: string;
  readonly warnAt: Date | null;
  readonly urgentAt: Date | null;
  /** How the used time came about. Empty for a clock that stopped under another SLA file: its hours are gone. */
  readonly spans: readonly ClockSpan[];
  readonly isOfEarlierRules: boolean;
}

export interface SlaExplanation {
  readonly ticket: {
    readonly id: string;
    readonly number: string | null;
    readonly subject: string | null;
    readonly account: string | null;
    readonly status: string;
    readonly priority: string | null;
    readonly openedAt: Date;
    readonly source: string;
  };
  readonly asOf: Date;
  readonly clocks: readonly ExplainedClock[];
  readonly times: TicketTimes;
  /** What people should know: why a clock is missing. */
  readonly notes: readonly string[];
}

/**
 * Computes the clocks of one ticket now and says how they came about.
 *
 * @param word number of the ticket, the source's id or ours
 * @throws UserError when no ticket, or several, go by that word
 */
export async function explainSla(
  { store, clock, sla }: Pick<Heed, 'store' | 'clock' | 'sla'>,
  word: string,
): Promise<SlaExplanation> {
  const asOf = clock.now();
  const id = await findTicket(store, word);
  const [ticket] = await listSlaTickets(
    store.db,
    { kind: 'tickets', ids: [id] },
    { asOf, afterId: null, limit: 1 },
  );
  if (ticket === undefined)
    throw new UserError([
      { code: 'ticket-not-open-yet', path: word, message: 'this ticket opens in the future' },
    ]);
  const now = Math.floor(asOf.getTime() / 1000);
  const history = readTicketHistory(ticket, await listSlaEvents(store.db, [id]), now);
  const input = { ticket, history, policies: sla, axisOf: axesFrom(ticket.openedAt, asOf), now };
  const isSilent = (await listSourcesWithoutReplies(store.db)).includes(ticket.source);
  const computed = computeClocks(input)
    .filter(({ metric }) => !isSilent || metric !== 'first_response')
    .map((one) => {
      const cycle = cyclesOf(history, one.metric)[one.cycle - 1];
      return withSpans(one, cycle === undefined ? [] : explainClock(input, one.metric, cycle), sla);
    });
  const earlier = (await listStoredClocks(store.db, id)).filter(
    ({ stoppedAt, rulesVersion }) =>
      stoppedAt !== null && rulesVersion !== null && rulesVersion !== sla.version,
  );
  return {
    ticket: {
      id,
      number: ticket.number,
      subject: ticket.subject,
      account: ticket.account,
      status: ticket.status,
      priority: ticket.priority,
      openedAt: ticket.openedAt,
      source: ticket.source,
    },
    asOf,
    clocks: mergeEarlier(computed, earlier, sla),
    times: computeTicketTimes(input),
    notes: notesOf(ticket, computed.length + earlier.length, isSilent),
  };
}

async function findTicket({ db }: Heed['store'], word: string): Promise<string> {
  const found = await findTicketsNamed(db, word);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first.id;
  if (first === undefined) {
    const suggestions = await listSimilarTickets(db, word);
    const message =
      suggestions.length === 0
        ? 'there are no tickets yet; heed import or heed sync brings them'
        : 'no ticket has this number or id; give its number, its id at the source or its id here';
    throw new UserError([{ code: 'unknown-ticket', path: `ticket "${word}"`, message, suggestions }]);
  }
  throw new UserError([
    {
      code: 'ambiguous-ticket',
      path: `ticket "${word}"`,
      message: `several tickets go by this: ${found
        .map(({ source, subject }) => `${source} "${subject ?? ''}"`)
        .join(', ')}; give the id of one`,
      suggestions: found.map(({ id }) => id),
    },
  ]);
}

function withSpans(clock: SlaClock, spans: readonly ClockSpan[], sla: Heed['sla']): ExplainedClock {
  return {
    ...clock,
    remainingSeconds: clock.targetSeconds - clock.usedSeconds,
    zone: zoneOf(sla, clock.calendar),
    spans,
    isOfEarlierRules: false,
  };
}

type StoredClock = Awaited<ReturnType<typeof listStoredClocks>>[number];

/** Clocks that stopped under another SLA file are shown as they were counted. */
function mergeEarlier(
  computed: readonly ExplainedClock[],
  earlier: readonly StoredClock[],
  sla: Heed['sla'],
): readonly ExplainedClock[] {
  const keyOf = ({ metric, cycle }: Pick<SlaClock, 'metric' | 'cycle'>) => `${metric}/${cycle}`;
  const byKey = new Map(computed.map((one) => [keyOf(one), one]));
  for (const { rulesVersion: _version, ...stored } of earlier) {
    const now = byKey.get(keyOf(stored));
    // Opened again since: the clock runs on by the present rules.
    if (now !== undefined && now.stoppedAt?.getTime() !== stored.stoppedAt?.getTime()) continue;
    byKey.set(keyOf(stored), {
      ...stored,
      remainingSeconds: stored.targetSeconds - stored.usedSeconds,
      zone: zoneOf(sla, stored.calendar),
      warnAt: null,
      urgentAt: null,
      spans: [],
      isOfEarlierRules: true,
    });
  }
  return [...byKey.values()];
}

function zoneOf({ policies }: Heed['sla'], calendar: string): string {
  return policies.find((policy) => policy.calendar.id === calendar)?.calendar.zone ?? 'UTC';
}

function notesOf(
  ticket: { readonly priority: string | null; readonly tier: string | null; readonly region: string | null },
  clocks: number,
  isSilent: boolean,
): readonly string[] {
  return [
    ...(isSilent ? ['Its source never tells of replies, so a first response cannot be measured.'] : []),
    ...(clocks === 0
      ? [
          `No policy of sla.yml promises anything for it (priority ${ticket.priority ?? 'none'}, tier ${ticket.tier ?? 'none'}, region ${ticket.region ?? 'none'}).`,
        ]
      : []),
  ];
}
