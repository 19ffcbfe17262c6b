/**
 * Door of the slipped deals. In: open deals and the changes of their close dates. Out: one `deal-slipped` finding for
 * each that is past its close date, or that was put off into a later quarter. Closed deals never slip.
 */
import type { HorizontalBarChart, Tone } from '../../domain/chart-data.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import { groupBy } from '../group-by.ts';
import { asOf, daysBetween, localDay, shorten } from '../wording.ts';
import { type CloseDateMove, quarterOf } from './close-date-moves.ts';

export interface OpenDeal {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly account: string | null;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly teamId: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly stage: string;
  readonly closeDate: string | null;
}

export interface SlippedDeal {
  readonly deal: OpenDeal;
  readonly closeDate: string;
  readonly previousCloseDate: string | null;
  /** Days past the close date, or days it was put off. */
  readonly days: number;
  readonly isOverdue: boolean;
}

/** A deal put off longer ago is no news. */
export const movesSinceDays = 90;
const BARS = 10;
const EVIDENCE_ROWS = 20;

/** @param moves of open deals, see `readCloseDateMoves`; older ones than 90 days are ignored */
export function findSlippedDeals(
  deals: readonly OpenDeal[],
  moves: readonly CloseDateMove[],
  now: Date,
  zone: string,
): readonly SlippedDeal[] {
  const today = localDay(now, zone);
  const recently = now.getTime() - movesSinceDays * 86_400_000;
  const movesOf = groupBy(
    moves.filter(({ at }) => at.getTime() <= now.getTime() && at.getTime() >= recently),
    (move) => move.opportunityId,
  );
  return deals
    .map((deal) => judgeDeal(deal, movesOf.get(deal.id) ?? [], today))
    .filter((slipped) => slipped !== null)
    .sort((a, b) => (b.deal.amount ?? 0) - (a.deal.amount ?? 0) || b.days - a.days);
}

function judgeDeal(deal: OpenDeal, moves: readonly CloseDateMove[], today: string): SlippedDeal | null {
  const { closeDate } = deal;
  if (closeDate === null) return null;
  if (closeDate < today) {
    const previousCloseDate = moves.at(-1)?.from ?? null;
    return { deal, closeDate, previousCloseDate, days: daysBetween(closeDate, today), isOverdue: true };
  }
  // From the first date it was pushed off a quarter to the one it has now, so that many small pushes add up.
  const pushed = moves.find(({ from, to }) => quarterOf(to) > quarterOf(from));
  if (pushed === undefined || quarterOf(closeDate) <= quarterOf(pushed.from)) return null;
  const days = daysBetween(pushed.from, closeDate);
  return { deal, closeDate, previousCloseDate: pushed.from, days, isOverdue: false };
}

/** @param only ids of the deals to tell of; all without it */
export function buildSlippedFindings(
  slipped: readonly SlippedDeal[],
  now: Date,
  zone: string,
  only?: ReadonlySet<string>,
): readonly Finding[] {
  const ofOwner = groupBy(slipped, ({ deal }) => deal.ownerId);
  const told = only === undefined ? slipped : slipped.filter(({ deal }) => only.has(deal.id));
  return told.map((one): Finding => {
    const { deal } = one;
    const own = ofOwner.get(deal.ownerId) ?? [one];
    return {
      kind: 'deal-slipped',
      subject: { kind: 'opportunity', id: deal.id, label: deal.name },
      accountId: deal.accountId,
      ownerId: deal.ownerId,
      teamId: deal.teamId,
      value: one.days,
      observedAt: now,
      facts: {
        name: deal.name,
        account: deal.account,
        owner: deal.owner,
        amount: deal.amount,
        currency: deal.currency,
        stage: deal.stage,
        close_date: one.closeDate,
        previous_close_date: one.previousCloseDate,
        days_slipped: one.days,
        is_overdue: one.isOverdue,
      },
      evidence: buildEvidence(one, own),
      chart: buildChart(one, own, now, zone),
    };
  });
}

/** The deal itself, then the owner's other slipped deals, largest first. */
function buildEvidence(one: SlippedDeal, own: readonly SlippedDeal[]): FindingEvidence {
  const rows = [one, ...own.filter((other) => other !== one)].slice(0, EVIDENCE_ROWS);
  const more = own.length > rows.length ? ` (${rows.length} of ${own.length} shown)` : '';
  return {
    caption: `Slipped open deals ${whose(one.deal)}${more}`,
    columns: ['Deal', 'Account', 'Amount', 'Currency', 'Stage', 'Close date', 'Before', 'Days', 'Why'],
    rows: rows.map(({ deal, closeDate, previousCloseDate, days, isOverdue }) => [
      shorten(deal.name, 80),
      deal.account,
      deal.amount,
      deal.currency,
      deal.stage,
      closeDate,
      previousCloseDate,
      days,
      isOverdue ? 'past its close date' : 'put off into a later quarter',
    ]),
  };
}

function buildChart(
  one: SlippedDeal,
  own: readonly SlippedDeal[],
  now: Date,
  zone: string,
): HorizontalBarChart {
  const longest = own.toSorted((a, b) => b.days - a.days);
  const top = longest.slice(0, BARS);
  const shown = top.includes(one) ? top : [...top.slice(0, BARS - 1), one];
  const bars = shown.map((slipped) => {
    const tone: Tone = slipped === one ? (slipped.isOverdue ? 'critical' : 'warning') : 'neutral';
    const amount = writeAmount(slipped.deal);
    const what = slipped.isOverdue ? 'overdue' : 'put off';
    return {
      label: shorten(slipped.deal.name, 40),
      value: slipped.days,
      note: amount === null ? what : `${amount}, ${what}`,
      tone,
    };
  });
  const which = own.length > shown.length ? `${shown.length} of ${own.length} deals` : `${own.length} deals`;
  return {
    kind: 'horizontal-bar',
    title: shorten(`Slipped deals ${whose(one.deal)}`, 80),
    subtitle: `Days past the close date or put off, ${which}, ${asOf(now, zone)}`,
    altText: shorten(
      `Slipped deals ${whose(one.deal)} in days: ${bars.map((bar) => `${bar.label} ${bar.value} (${bar.note})`).join('; ')}.`,
      2_000,
    ),
    bars,
    format: { kind: 'number', decimals: 0 },
  };
}

function whose(deal: OpenDeal): string {
  return deal.owner === null ? 'without a known owner' : `of ${deal.owner}`;
}

function writeAmount({ amount, currency }: OpenDeal): string | null {
  if (amount === null) return null;
  const written = amount.toLocaleString('en-US', { maximumFractionDigits: 0 });
  return currency === null ? written : `${written} ${currency}`;
}
