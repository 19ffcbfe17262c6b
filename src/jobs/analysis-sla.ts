import type { Finding } from '../domain/finding.ts';
import {
  cancelClocksOfDeletedTickets,
  findOldestTicketAt,
  listChangedTickets,
  listOpenTicketIds,
  listSlaTickets,
  listSourcesWithoutReplies,
  listUnsettledTickets,
} from '../store/analysis-sla.ts';
import { replaceFindings } from '../store/finding-store.ts';
import {
  axesFrom,
  type ClockSettings,
  computeTicketClocks,
  type SlaTicketRow,
  saveComputed,
} from './analysis-sla-clocks.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

const PAGE = 2_000;
/** Open clocks beyond this many are counted but not reported; the newest promises come first. */
const FINDINGS_AT_MOST = 5_000;
/** With more changed tickets than this, a pass over all that are not settled is cheaper than to know them by name. */
const CHANGED_AT_MOST = 100_000;

/**
 * SLA clocks and times of all tickets that are not settled: those that changed since the last run, and those whose
 * clocks are open. A clock that stopped stays as it was counted then, with the calendar of that time, until its ticket
 * changes.
 */
export const slaStep: AnalysisStep = { name: 'sla', run: runSlaStep };

async function runSlaStep(context: StepContext): Promise<StepResult> {
  const { store, sla, asOf, zone, isLive } = context;
  const oldest = await findOldestTicketAt(store.db);
  const sourcesWithoutReplies = await listSourcesWithoutReplies(store.db);
  const settings: ClockSettings = {
    policies: sla,
    axisOf: axesFrom(oldest ?? asOf, asOf),
    now: asOf,
    zone,
    sourcesWithoutReplies,
  };
  let reported: readonly Finding[] = [];
  let found = 0;
  const rows = { read: 0, written: 0 };
  for await (const page of unsettledTickets(context)) {
    const computed = await computeTicketClocks(store, page, settings);
    await context.write((trx) => saveComputed(trx, computed, sla, isLive));
    found += computed.findings.length;
    reported = newestFirst([...reported, ...computed.findings]).slice(0, FINDINGS_AT_MOST);
    rows.read += page.length + computed.eventsRead;
    rows.written += computed.clocks.length;
    context.say(`${rows.written} clocks`);
  }
  const cancelled = await context.write(async (trx) => {
    await replaceFindings(trx, 'sla-clock', reported, context.run);
    return cancelClocksOfDeletedTickets(trx, asOf);
  });
  const left = found - reported.length;
  return {
    rowsRead: rows.read,
    rowsWritten: rows.written + reported.length + cancelled,
    findings: reported.length,
    notes: [
      ...sourcesWithoutReplies.map(
        (source) => `SLA: ${source} never tells of replies, so it has no first response`,
      ),
      ...(left > 0 ? [`SLA: ${left} clocks that broke longest ago are not reported to alert rules`] : []),
    ],
  };
}

/** Pages of tickets, each ticket once. */
async function* unsettledTickets(context: StepContext): AsyncGenerator<readonly SlaTicketRow[]> {
  const { store, changedSince, asOf } = context;
  const changed =
    changedSince === null ? null : await listChangedTickets(store.db, changedSince, CHANGED_AT_MOST);
  const read = (ids: readonly string[]) =>
    listSlaTickets(store.db, { kind: 'tickets', ids }, { asOf, afterId: null, limit: ids.length });
  if (changed === null || changed.length > CHANGED_AT_MOST) {
    yield* allUnsettled(context, read);
    return;
  }
  for (let from = 0; from < changed.length; from += PAGE) yield await read(changed.slice(from, from + PAGE));
  const seen = new Set(changed);
  // Computing a page closes or keeps clocks of that page alone, so the pages do not move.
  let ids = await listOpenTicketIds(store.db, null, PAGE);
  while (ids.length > 0) {
    yield await read(ids.filter((id) => !seen.has(id)));
    ids = ids.length < PAGE ? [] : await listOpenTicketIds(store.db, ids.at(-1)!, PAGE);
  }
}

async function* allUnsettled(
  { store, isLive, asOf }: StepContext,
  read: (ids: readonly string[]) => Promise<readonly SlaTicketRow[]>,
): AsyncGenerator<readonly SlaTicketRow[]> {
  let afterId: string | null = null;
  do {
    const page = { asOf, afterId, limit: PAGE };
    if (isLive) {
      const { ids, lastId }: Awaited<ReturnType<typeof listUnsettledTickets>> = await listUnsettledTickets(
        store.db,
        page,
      );
      if (ids.length > 0) yield await read(ids);
      afterId = lastId;
    } else {
      const tickets: readonly SlaTicketRow[] = await listSlaTickets(store.db, { kind: 'all' }, page);
      if (tickets.length > 0) yield tickets;
      afterId = tickets.length < PAGE ? null : tickets.at(-1)!.id;
    }
  } while (afterId !== null);
}

/** Latest due first; a paused clock without a due date is as good as new. */
function newestFirst(findings: readonly Finding[]): readonly Finding[] {
  const dueOf = ({ facts }: Finding) => String(facts['due_at'] ?? '9999');
  return findings.toSorted((a, b) => (dueOf(a) < dueOf(b) ? 1 : -1));
}
