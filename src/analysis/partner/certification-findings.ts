/** Certifications of partners that have expired or are about to: one `partner-certification` finding for each. */
import type { HorizontalBarChart } from '../../domain/chart-data.ts';
import type { Finding } from '../../domain/finding.ts';
import { groupBy } from '../group-by.ts';
import { asOf, shorten } from '../wording.ts';

export interface CertifiedPartner {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
  readonly tier: string | null;
  readonly accountId: string | null;
  readonly managerId: string | null;
  readonly manager: string | null;
  readonly teamId: string | null;
  readonly certification: string | null;
  readonly certExpiresOn: string | null;
  readonly enablementStatus: string | null;
  readonly openDeals: number;
  /** Negative: it has expired. */
  readonly daysLeft: number | null;
  readonly enablementStale: boolean;
}

const BARS = 10;
const EVIDENCE_ROWS = 20;

/** @param noticeDays certifications that expire within so many days, or have expired, are told */
export function buildCertificationFindings(
  partners: readonly CertifiedPartner[],
  noticeDays: number,
  { now, zone }: { readonly now: Date; readonly zone: string },
): readonly Finding[] {
  const due = partners.flatMap((partner) =>
    partner.daysLeft !== null && partner.daysLeft <= noticeDays
      ? { ...partner, daysLeft: partner.daysLeft }
      : [],
  );
  const ofManager = groupBy(
    due.toSorted((a, b) => a.daysLeft - b.daysLeft),
    ({ managerId }) => managerId,
  );
  return due.map((partner): Finding => {
    const own = ofManager.get(partner.managerId) ?? [partner];
    const rows = [partner, ...own.filter(({ id }) => id !== partner.id)].slice(0, EVIDENCE_ROWS);
    return {
      kind: 'partner-certification',
      subject: { kind: 'partner', id: partner.id, label: partner.name },
      accountId: partner.accountId,
      ownerId: partner.managerId,
      teamId: partner.teamId,
      value: partner.daysLeft,
      observedAt: now,
      facts: {
        headline: `${certificationOf(partner)} of ${shorten(partner.name, 60)} ${whenOf(partner.daysLeft)}`,
        sentence: `It ${partner.daysLeft < 0 ? 'expired' : 'expires'} on ${partner.certExpiresOn ?? ''}; ${partner.openDeals === 0 ? 'no open deal has' : partner.openDeals === 1 ? 'one open deal has' : `${partner.openDeals} open deals have`} a part of this partner.`,
        over: `${certificationOf(partner)} of ${shorten(partner.name, 60)} is valid again`,
        partner: partner.name,
        manager: partner.manager,
        partner_type: partner.type,
        tier: partner.tier,
        certification: partner.certification,
        expires_on: partner.certExpiresOn,
        days_left: partner.daysLeft,
        enablement: partner.enablementStatus,
        enablement_stale: partner.enablementStale,
        open_deals: partner.openDeals,
      },
      evidence: {
        caption: `Certifications ${whose(partner)} that have expired or expire within ${noticeDays} days${own.length > rows.length ? ` (${rows.length} of ${own.length} shown)` : ''}`,
        columns: [
          'Partner',
          'Type',
          'Tier',
          'Certification',
          'Expires',
          'Days left',
          'Enablement',
          'Open deals',
        ],
        rows: rows.map((one) => [
          one.name,
          one.type,
          one.tier,
          one.certification,
          one.certExpiresOn,
          one.daysLeft,
          one.enablementStatus,
          one.openDeals,
        ]),
      },
      chart: chartOf(partner, own, now, zone),
    };
  });
}

type Due = CertifiedPartner & { readonly daysLeft: number };

function chartOf(partner: Due, own: readonly Due[], now: Date, zone: string): HorizontalBarChart {
  const top = own.slice(0, BARS);
  const shown = top.some(({ id }) => id === partner.id) ? top : [...top.slice(0, BARS - 1), partner];
  const bars = shown.map((one) => ({
    label: shorten(one.name, 40),
    value: Math.abs(one.daysLeft),
    note: one.daysLeft < 0 ? 'days since it expired' : 'days left',
    tone: one.daysLeft < 0 ? ('critical' as const) : ('warning' as const),
  }));
  const title = shorten(`Certifications ${whose(partner)}`, 80);
  return {
    kind: 'horizontal-bar',
    title,
    subtitle: `Days until they expire or since they have, ${own.length} partners, ${asOf(now, zone)}`,
    altText: shorten(
      `${title}: ${bars.map((bar) => `${bar.label} ${bar.value} ${bar.note}`).join('; ')}.`,
      2_000,
    ),
    bars,
    format: { kind: 'number', decimals: 0 },
  };
}

function whenOf(daysLeft: number): string {
  if (daysLeft < 0) return `expired ${-daysLeft} days ago`;
  return daysLeft === 0 ? 'expires today' : `expires in ${daysLeft} days`;
}

function certificationOf({ certification }: CertifiedPartner): string {
  return certification === null ? 'Certification' : shorten(certification, 40);
}

function whose({ manager }: CertifiedPartner): string {
  return manager === null ? 'of partners without a known manager' : `of the partners of ${manager}`;
}
