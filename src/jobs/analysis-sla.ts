import type { Finding } from '../domain/finding.ts';
import {
  cancelClocksOfDeletedTickets,
  findOldestTicketAt,
  listSlaTickets,
  listSourcesWithoutReplies,
  saveSlaClocks,
} from '../store/analysis-sla.ts';
import { replaceFindings } from '../store/finding-store.ts';
import { axesFrom, computeTicketClocks } from './analysis-sla-clocks.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

const PAGE = 2_000;
/** Open clocks beyond this many are counted but not reported; the newest promises come first. */
const FINDINGS_AT_MOST = 5_000;

/**
 * SLA clocks of all tickets that are not settled. A clock that stopped stays as it was counted then, with the calendar
 * of that time, until its ticket changes.
 */
export const slaStep: AnalysisStep = { name: 'sla', run: runSlaStep };

async function runSlaStep(context: StepContext): Promise<StepResult> {
  const { store, sla, asOf, zone } = context;
  const oldest = await findOldestTicketAt(store.db);
  const axisOf = axesFrom(oldest ?? asOf, asOf);
  const sourcesWithoutReplies = await listSourcesWithoutReplies(store.db);
  const settings = { policies: sla, axisOf, now: asOf, zone, sourcesWithoutReplies };
  const findings: Finding[] = [];
  const rows = { read: 0, written: 0 };
  let afterId: string | null = null;
  for (;;) {
    const scope = { kind: context.isLive ? 'unsettled' : 'all' } as const;
    const page: Awaited<ReturnType<typeof listSlaTickets>> = await listSlaTickets(store.db, scope, {
      asOf,
      afterId,
      limit: PAGE,
    });
    const last = page.at(-1);
    if (last === undefined) break;
    const computed = await computeTicketClocks(store, page, settings);
    await context.write((trx) =>
      saveSlaClocks(
        trx,
        page.map(({ id }) => id),
        computed.clocks,
      ),
    );
    findings.push(...computed.findings);
    rows.read += page.length + computed.eventsRead;
    rows.written += computed.clocks.length;
    afterId = last.id;
    context.say(`${rows.written} clocks`);
    if (page.length < PAGE) break;
  }
  const reported = newestFirst(findings).slice(0, FINDINGS_AT_MOST);
  const cancelled = await context.write(async (trx) => {
    await replaceFindings(trx, 'sla-clock', reported, context.run);
    return cancelClocksOfDeletedTickets(trx, asOf);
  });
  const left = findings.length - reported.length;
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

/** Latest due first; a paused clock without a due date is as good as new. */
function newestFirst(findings: readonly Finding[]): readonly Finding[] {
  const dueOf = ({ facts }: Finding) => String(facts['due_at'] ?? '9999');
  return findings.toSorted((a, b) => (dueOf(a) < dueOf(b) ? 1 : -1));
}
