/**
 * Door of the findings about neglected deals: `deal-stale` (older than nearly all deals were when they were won) and
 * `deal-untouched` (large, and nobody did anything for weeks).
 */
import type { HorizontalBarChart } from '../../domain/chart-data.ts';
import type { Finding, FindingEvidence } from '../../domain/finding.ts';
import { groupBy } from '../group-by.ts';
import { asOf, localDay, shorten, writeNumber } from '../wording.ts';

/** An open deal with what the analyser thinks of it. */
export interface WatchedDeal {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly account: string | null;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly teamId: string | null;
  readonly stage: string;
  readonly amount: number | null;
  readonly currency: string;
  readonly closeDate: string | null;
  readonly ageDays: number | null;
  readonly stageDays: number | null;
  readonly touches: number;
  readonly lastTouchAt: Date | null;
  readonly contactsEngaged: number;
}

const BARS = 10;
const EVIDENCE_ROWS = 20;

interface Telling {
  readonly now: Date;
  readonly zone: string;
  /** Ids of deals that need no new finding; they still stand beside others. Default: none. */
  readonly told?: ReadonlySet<string>;
}

/**
 * @param deals stale ones
 * @param limit days of age above which a deal is stale, and what it comes from
 */
export function buildStaleFindings(
  deals: readonly WatchedDeal[],
  limit: { readonly days: number; readonly percentile: number; readonly wonDeals: number },
  telling: Telling,
): readonly Finding[] {
  const ofOwner = groupBy(deals, ({ ownerId }) => ownerId);
  const days = Math.round(limit.days);
  const formula = `stale = open for more than ${days} days, the ${limit.percentile}th percentile of the ages at which ${writeNumber(limit.wonDeals)} deals were won`;
  return untold(deals, telling).map((deal) => {
    const age = deal.ageDays ?? 0;
    const own = longestFirst(ofOwner.get(deal.ownerId) ?? [deal], (one) => one.ageDays ?? 0);
    return {
      ...common('deal-stale', deal, telling.now),
      value: age,
      facts: {
        headline: `${shorten(deal.name, 80)}${inMoney(deal)} has been open for ${age} days`,
        sentence: `${limit.percentile} % of the deals that were won took at most ${days} days; it is left out of the forecast of the open deals.`,
        over: `${shorten(deal.name, 80)} is no longer stale`,
        ...commonFacts(deal),
        age_days: deal.ageDays,
        stage_days: deal.stageDays,
        stale_after_days: days,
      },
      evidence: evidenceOf(`Stale deals ${whose(deal)}; ${formula}`, deal, own, telling.zone),
      chart: chartOf(deal, own, telling, {
        title: `Stale deals ${whose(deal)}`,
        subtitle: 'Days since the deal was opened',
        days: (one) => one.ageDays ?? 0,
        threshold: { value: days, label: `${limit.percentile} % of won deals took less`, tone: 'warning' },
      }),
    };
  });
}

/**
 * @param deals untouched ones
 * @param rule days without a call, mail or meeting, and from which amount on that is told
 */
export function buildUntouchedFindings(
  deals: readonly WatchedDeal[],
  rule: { readonly days: number; readonly amount: number },
  telling: Telling,
): readonly Finding[] {
  const ofOwner = groupBy(deals, ({ ownerId }) => ownerId);
  const quietDays = (deal: WatchedDeal): number =>
    deal.lastTouchAt === null
      ? Math.max(deal.ageDays ?? rule.days, rule.days)
      : Math.floor((telling.now.getTime() - deal.lastTouchAt.getTime()) / 86_400_000);
  const formula = `untouched = at least ${writeNumber(rule.amount)} in its currency, and no call, e-mail, meeting or message for ${rule.days} days`;
  return untold(deals, telling).map((deal) => {
    const days = quietDays(deal);
    const own = longestFirst(ofOwner.get(deal.ownerId) ?? [deal], quietDays);
    const last = deal.lastTouchAt === null ? null : localDay(deal.lastTouchAt, telling.zone);
    return {
      ...common('deal-untouched', deal, telling.now),
      value: days,
      facts: {
        headline: `Nobody has touched ${shorten(deal.name, 80)}${inMoney(deal)} for ${days} days`,
        sentence:
          last === null
            ? 'No call, e-mail, meeting or message is known for the deal or its account.'
            : `The last call, e-mail, meeting or message was on ${last}; ${deal.contactsEngaged === 1 ? '1 person at the customer was' : `${deal.contactsEngaged} people at the customer were`} part of the last ones.`,
        over: `${shorten(deal.name, 80)} is being worked on again`,
        ...commonFacts(deal),
        days_without_touch: days,
        last_touch_at: deal.lastTouchAt?.toISOString() ?? null,
        contacts_engaged: deal.contactsEngaged,
      },
      evidence: evidenceOf(`Untouched deals ${whose(deal)}; ${formula}`, deal, own, telling.zone),
      chart: chartOf(deal, own, telling, {
        title: `Untouched deals ${whose(deal)}`,
        subtitle: 'Days since the last call, mail or meeting',
        days: quietDays,
        threshold: { value: rule.days, label: `${rule.days} days`, tone: 'warning' },
      }),
    };
  });
}

function untold(deals: readonly WatchedDeal[], { told }: Telling): readonly WatchedDeal[] {
  return told === undefined ? deals : deals.filter(({ id }) => !told.has(id));
}

function common(kind: Finding['kind'], deal: WatchedDeal, now: Date) {
  return {
    kind,
    subject: { kind: 'opportunity', id: deal.id, label: deal.name },
    accountId: deal.accountId,
    ownerId: deal.ownerId,
    teamId: deal.teamId,
    observedAt: now,
  } as const;
}

function commonFacts(deal: WatchedDeal) {
  return {
    name: deal.name,
    account: deal.account,
    owner: deal.owner,
    amount: deal.amount,
    currency: deal.currency === '' ? null : deal.currency,
    stage: deal.stage,
    close_date: deal.closeDate,
  };
}

function longestFirst(
  deals: readonly WatchedDeal[],
  days: (one: WatchedDeal) => number,
): readonly WatchedDeal[] {
  return deals.toSorted((a, b) => days(b) - days(a));
}

function evidenceOf(
  caption: string,
  deal: WatchedDeal,
  own: readonly WatchedDeal[],
  zone: string,
): FindingEvidence {
  const rows = [deal, ...own.filter((one) => one !== deal)].slice(0, EVIDENCE_ROWS);
  const more = own.length > rows.length ? ` (${rows.length} of ${own.length} shown)` : '';
  return {
    caption: `${caption}${more}`,
    columns: [
      'Deal',
      'Account',
      'Amount',
      'Currency',
      'Stage',
      'Age',
      'In stage',
      'Last touch',
      'Touches',
      'Contacts',
    ],
    rows: rows.map((one) => [
      shorten(one.name, 80),
      one.account,
      one.amount,
      one.currency,
      one.stage,
      one.ageDays,
      one.stageDays,
      one.lastTouchAt === null ? null : localDay(one.lastTouchAt, zone),
      one.touches,
      one.contactsEngaged,
    ]),
  };
}

function chartOf(
  deal: WatchedDeal,
  own: readonly WatchedDeal[],
  { now, zone }: Telling,
  {
    title,
    subtitle,
    days,
    threshold,
  }: {
    readonly title: string;
    readonly subtitle: string;
    readonly days: (one: WatchedDeal) => number;
    readonly threshold: NonNullable<HorizontalBarChart['thresholds']>[number];
  },
): HorizontalBarChart {
  const top = own.slice(0, BARS);
  const shown = top.includes(deal) ? top : [...top.slice(0, BARS - 1), deal];
  const bars = shown.map((one) => {
    const amount = amountOf(one);
    return {
      label: shorten(one.name, 40),
      value: days(one),
      ...(amount !== null && { note: amount }),
      tone: one === deal ? ('warning' as const) : ('neutral' as const),
    };
  });
  const which = own.length > shown.length ? `${shown.length} of ${own.length} deals` : `${own.length} deals`;
  return {
    kind: 'horizontal-bar',
    title: shorten(title, 80),
    subtitle: `${subtitle}, ${which}, ${asOf(now, zone)}`,
    altText: shorten(
      `${title}, in days: ${bars.map(({ label, value }) => `${label} ${value}`).join('; ')}.`,
      2_000,
    ),
    bars,
    thresholds: [threshold],
    format: { kind: 'number', decimals: 0 },
  };
}

function whose(deal: WatchedDeal): string {
  return deal.owner === null ? 'without a known owner' : `of ${deal.owner}`;
}

function amountOf({ amount, currency }: WatchedDeal): string | null {
  return amount === null ? null : `${writeNumber(amount)} ${currency}`.trim();
}

function inMoney(deal: WatchedDeal): string {
  const amount = amountOf(deal);
  return amount === null ? '' : ` (${amount})`;
}
