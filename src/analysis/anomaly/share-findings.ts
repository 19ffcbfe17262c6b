import type { HorizontalBarChart } from '../../domain/chart-data.ts';
import type { Finding } from '../../domain/finding.ts';
import { asOf, shorten, writeNumber } from '../wording.ts';
import type { ShareOutlier } from './share-outliers.ts';

export type ShareMeasure = 'negative_tickets' | 'sla_breaches';

const words: Readonly<
  Record<ShareMeasure, { readonly noun: string; readonly bad: string; readonly share: string }>
> = {
  negative_tickets: { noun: 'tickets', bad: 'are negative', share: 'Negative share of tickets' },
  sla_breaches: { noun: 'SLA clocks', bad: 'were breached', share: 'Breached share of SLA clocks' },
};

export interface OutlierAccount {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
}

/** A bad case of an account, newest first. */
export interface BadCase {
  readonly accountId: string;
  /** Number of the ticket. */
  readonly ticket: string | null;
  readonly subject: string | null;
  readonly at: Date;
}

export interface ShareFindingInput {
  readonly measure: ShareMeasure;
  readonly outliers: readonly ShareOutlier[];
  readonly accounts: ReadonlyMap<string, OutlierAccount>;
  readonly badCases: ReadonlyMap<string, readonly BadCase[]>;
  readonly days: number;
  readonly factor: number;
  readonly now: Date;
  readonly zone: string;
}

const EVIDENCE_ROWS = 10;
const BARS = 8;

/** One finding per account, with the sentence that explains it. */
export function buildShareFindings(input: ShareFindingInput): readonly Finding[] {
  return input.outliers.flatMap((outlier) => {
    const account = input.accounts.get(outlier.accountId);
    return account === undefined ? [] : [toFinding(outlier, account, input)];
  });
}

function toFinding(outlier: ShareOutlier, account: OutlierAccount, input: ShareFindingInput): Finding {
  const { measure, now, factor } = input;
  const sentence = sentenceOf(outlier, account, input);
  const rows = (input.badCases.get(account.id) ?? []).slice(0, EVIDENCE_ROWS);
  return {
    kind: 'share-outlier',
    subject: { kind: 'account', id: `${account.id}/${measure}`, label: account.name },
    accountId: account.id,
    ownerId: account.ownerId,
    teamId: account.teamId,
    value: round(outlier.share),
    observedAt: now,
    facts: {
      measure,
      account: account.name,
      cases: outlier.cases,
      hits: outlier.hits,
      lower_bound: round(outlier.lower),
      portfolio_share: round(outlier.portfolioShare),
      times: Math.round((outlier.share / outlier.portfolioShare) * 10) / 10,
      p_value: outlier.pValue,
      q_value: outlier.qValue,
      sentence,
    },
    evidence: {
      caption: `${sentence} Rule: lower end of the 95 % Wilson interval above ${writeNumber(factor, 1)} times the share of all accounts; chance alone: p = ${writeP(outlier.pValue)}, false discovery rate ${writeP(outlier.qValue)}. The newest of them:`,
      columns: ['Ticket', 'Subject', 'On'],
      rows: rows.map(({ ticket, subject, at }) => [
        ticket === null ? null : `#${ticket}`,
        subject === null ? null : shorten(subject, 60),
        at.toISOString().slice(0, 10),
      ]),
    },
    chart: chartOf(outlier, account, input),
  };
}

/** `9 of the 14 tickets of Acme are negative (64.3%; at least 38.8% …), against 15.2% of all accounts' tickets …` */
function sentenceOf(
  { hits, cases, share, lower, portfolioShare }: ShareOutlier,
  { name }: OutlierAccount,
  { measure, days }: ShareFindingInput,
): string {
  const { noun, bad } = words[measure];
  return `${hits} of the ${cases} ${noun} of ${name} in the last ${days} days ${bad} (${writeShare(share)}, surely above ${writeShare(lower)}); over all accounts it is ${writeShare(portfolioShare)}.`;
}

/** The account among the others that stand out, with the share of all accounts as a line. */
function chartOf(
  outlier: ShareOutlier,
  account: OutlierAccount,
  input: ShareFindingInput,
): HorizontalBarChart {
  const { outliers, accounts, measure, now, zone, days } = input;
  const others = outliers.filter((one) => one !== outlier).slice(0, BARS - 1);
  const shown = [outlier, ...others].sort((a, b) => b.share - a.share);
  return {
    kind: 'horizontal-bar',
    title: shorten(`${words[measure].share}: ${account.name}`, 80),
    subtitle: `Accounts that stand out, last ${days} days, ${asOf(now, zone)}`,
    altText: sentenceOf(outlier, account, input),
    bars: shown.map((one) => ({
      label: accounts.get(one.accountId)?.name ?? 'unknown',
      value: one.share,
      note: `${one.hits} of ${one.cases}`,
      ...(one === outlier ? { tone: 'critical' as const } : {}),
    })),
    thresholds: [{ value: outlier.portfolioShare, label: 'All accounts', tone: 'neutral' }],
    format: { kind: 'percent' },
  };
}

function writeShare(share: number): string {
  return `${writeNumber(share * 100, 1)}%`;
}

function writeP(value: number): string {
  return value < 0.001 ? 'below 0.001' : value.toFixed(3);
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
