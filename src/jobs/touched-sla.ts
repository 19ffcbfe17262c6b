import { slaSubjectId } from '../analysis/sla/sla-findings.ts';
import {
  cancelClocksOfDeletedTickets,
  listSlaCycles,
  listSlaTickets,
  listSourcesWithoutReplies,
} from '../store/analysis-sla.ts';
import { axesFrom, computeTicketClocks, saveComputed } from './analysis-sla-clocks.ts';
import type { Look, TouchedKind } from './touched-kind.ts';

const DAY_MS = 86_400_000;
const AXIS_DAYS = 120;
/** Whether a source ever tells of replies is asked over all its tickets, and hardly ever changes. */
const SILENT_SOURCES_FOR_MS = 300_000;

/** SLA clocks of tickets. Business hours and what is known of sources are kept between looks. */
export function buildTouchedSla(): TouchedKind {
  const axes = keepAxes();
  let silent: { readonly sources: readonly string[]; readonly at: number } | null = null;
  const silentSources = async ({ trx, now }: Look): Promise<readonly string[]> => {
    if (silent === null || Math.abs(now.getTime() - silent.at) > SILENT_SOURCES_FOR_MS)
      silent = { sources: await listSourcesWithoutReplies(trx), at: now.getTime() };
    return silent.sources;
  };
  return {
    kind: 'sla-clock',
    idsOf: ({ tickets }) => tickets,
    async look(ids, look) {
      const { trx, now, zone, sla } = look;
      const page = { asOf: now, afterId: null, limit: ids.length };
      const tickets = await listSlaTickets(trx, { kind: 'tickets', ids }, page);
      const oldest = tickets.reduce((first, { openedAt }) => (openedAt < first ? openedAt : first), now);
      const computed = await computeTicketClocks({ db: trx }, tickets, {
        policies: sla,
        axisOf: axes(oldest, now),
        now,
        zone,
        sourcesWithoutReplies: await silentSources(look),
      });
      // Those that have no clock any more are well too.
      const before = (await listSlaCycles(trx, ids)).map((clock) => slaSubjectId(clock.ticketId, clock));
      return {
        findings: computed.findings,
        subjectIds: [...new Set([...before, ...computed.subjectIds])],
        save: async () => {
          await saveComputed(trx, computed, sla);
          if (tickets.length < ids.length) await cancelClocksOfDeletedTickets(trx, now, ids);
        },
      };
    },
  };
}

/** Building a year of business hours takes longer than everything else of a look, so it is done once a day. */
function keepAxes(): (oldest: Date, now: Date) => ReturnType<typeof axesFrom> {
  let kept: {
    readonly from: Date;
    readonly builtAt: number;
    readonly axisOf: ReturnType<typeof axesFrom>;
  } | null = null;
  return (oldest, now) => {
    const isUsable = kept !== null && kept.from <= oldest && Math.abs(now.getTime() - kept.builtAt) < DAY_MS;
    if (kept !== null && isUsable) return kept.axisOf;
    const from = new Date(Math.min(oldest.getTime(), now.getTime() - AXIS_DAYS * DAY_MS));
    const axisOf = axesFrom(from, now);
    kept = { from, builtAt: now.getTime(), axisOf };
    return axisOf;
  };
}
