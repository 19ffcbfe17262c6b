import type { FactValue, FindingEvidence } from '../../domain/finding.ts';
import { lowerFirst } from '../../toolkit/letter-case.ts';
import { writeNumber } from '../wording.ts';
import type { Insight } from './insight.ts';
import { amount, counted, importance, listed, longFor } from './insight-words.ts';

/** A stored finding, as far as a sentence needs it. */
export interface StoredFinding {
  readonly subjectId: string;
  readonly label: string;
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly value: number;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly evidence: FindingEvidence;
}

/** Amounts of one currency. */
export interface AmountSum {
  readonly currency: string | null;
  readonly count: number;
  readonly amount: number;
}

const LEAST_FALL = 5;
const UNHEALTHY = 50;
const OLD_SECONDS = 3 * 86_400;

const whole = { accountId: null, ownerId: null, teamId: null };

/**
 * The account whose health fell most in seven days, by at least 5 points. Importance: 40, plus two points per point of
 * the fall, plus 15 when the score is now below 50.
 */
export function findHealthFall(fallen: StoredFinding | null): readonly Insight[] {
  const change = numberOf(fallen?.facts['change_7d']);
  if (!fallen || change === null || change > -LEAST_FALL) return [];
  const driver = textOf(fallen.facts['top_driver']);
  const reason = driver === null ? '' : ` What moved it most is ${lowerFirst(driver)}.`;
  return [
    {
      kind: 'health-fall',
      subject: { kind: 'account', id: fallen.subjectId, label: fallen.label },
      accountId: fallen.accountId,
      ownerId: fallen.ownerId,
      teamId: fallen.teamId,
      title: `${fallen.label} lost ${writeNumber(-change)} health points`,
      sentence: `The health of ${fallen.label} fell by ${writeNumber(-change)} points in a week, to ${writeNumber(fallen.value)} of 100, the largest fall of all accounts.${reason}`,
      importance: importance(40 - 2 * change + (fallen.value < UNHEALTHY ? 15 : 0)),
      value: change,
      evidence: fallen.evidence,
    },
  ];
}

/**
 * The customer escalation that has been open longest, from three days on. Importance: 30, plus a point per day (at most
 * 40), plus 20 when it is urgent and 10 when it is high.
 */
export function findOldestEscalation(oldest: StoredFinding | null): readonly Insight[] {
  const age = numberOf(oldest?.facts['age_seconds']);
  if (!oldest || age === null || age < OLD_SECONDS) return [];
  const priority = textOf(oldest.facts['priority']) ?? 'normal';
  const number = textOf(oldest.facts['ce_number']) ?? oldest.label;
  const account = textOf(oldest.facts['account']);
  const step = textOf(oldest.facts['next_step']);
  return [
    {
      kind: 'oldest-escalation',
      subject: { kind: 'customer_escalation', id: oldest.subjectId, label: oldest.label },
      accountId: oldest.accountId,
      ownerId: oldest.ownerId,
      teamId: oldest.teamId,
      title: `${number} open for ${longFor(age)}`,
      sentence: `The oldest open customer escalation is ${number}${account === null ? '' : ` of ${account}`}: ${priority} priority, open for ${longFor(age)}.${step === null ? '' : ` Suggested next step: ${ended(lowerFirst(step))}`}`,
      importance: importance(
        30 + Math.min(40, age / 86_400) + (priority === 'urgent' ? 20 : priority === 'high' ? 10 : 0),
      ),
      value: age,
      evidence: oldest.evidence,
    },
  ];
}

/**
 * Open deals that are past their close date or were put off, summed by currency. Importance: 40, plus two points per
 * deal (at most 40).
 */
export function findSlippedPipeline(
  sums: readonly AmountSum[],
  largest: readonly StoredFinding[],
): readonly Insight[] {
  const deals = sums.reduce((total, { count }) => total + count, 0);
  const [first] = largest;
  if (deals === 0) return [];
  const worth = amountsOf(sums);
  const own = first && numberOf(first.facts['amount']);
  const biggest =
    first && typeof own === 'number' && deals > 1
      ? ` The largest is ${first.label} with ${amount(own, textOf(first.facts['currency']))}.`
      : '';
  return [
    {
      kind: 'slipped-pipeline',
      subject: { kind: 'series', id: 'pipeline', label: 'Open pipeline' },
      ...whole,
      title: `${counted(deals, 'open deal')} slipped`,
      sentence: `${counted(deals, 'open deal')}${worth === '' ? '' : ` worth ${worth}`} ${deals === 1 ? 'has' : 'have'} passed ${deals === 1 ? 'its' : 'their'} close date or been put off.${biggest}`,
      importance: importance(40 + Math.min(40, 2 * deals)),
      value: deals,
      evidence: {
        caption: 'Open deals past their close date or put off into a later quarter, largest amounts first',
        columns: ['Deal', 'Account', 'Amount', 'Currency', 'Close date', 'Days slipped'],
        rows: largest.map(({ label, facts }) => [
          label,
          textOf(facts['account']),
          numberOf(facts['amount']),
          textOf(facts['currency']),
          textOf(facts['close_date']),
          numberOf(facts['days_slipped']),
        ]),
      },
    },
  ];
}

/**
 * Annual revenue of accounts with a health score below 50, summed by currency. Importance: 50, plus two points per
 * account (at most 40).
 */
export function findRevenueAtRisk(
  sums: readonly AmountSum[],
  largest: readonly StoredFinding[],
): readonly Insight[] {
  const accounts = sums.reduce((total, { count }) => total + count, 0);
  const worth = amountsOf(sums);
  if (accounts === 0 || worth === '') return [];
  return [
    {
      kind: 'revenue-at-risk',
      subject: { kind: 'series', id: 'arr', label: 'Annual recurring revenue' },
      ...whole,
      title: `${worth} a year with unhealthy accounts`,
      sentence: `${counted(accounts, 'account')} with ${worth} of annual revenue ${accounts === 1 ? 'has' : 'have'} a health score below ${UNHEALTHY}.`,
      importance: importance(50 + Math.min(40, 2 * accounts)),
      value: accounts,
      evidence: {
        caption: `Accounts with a health score below ${UNHEALTHY}, largest annual revenue first`,
        columns: ['Account', 'Health', 'Change in 7 days', 'ARR', 'Currency'],
        rows: largest.map(({ label, value, facts }) => [
          label,
          value,
          numberOf(facts['change_7d']),
          numberOf(facts['arr']),
          textOf(facts['currency']),
        ]),
      },
    },
  ];
}

/** Score below which revenue counts as at risk. */
export const unhealthyBelow = UNHEALTHY;

/** The most unusual hour of the last day. Importance: 35, plus 5 points per unit of the robust score (at most 50). */
export function findUnusualVolume(strongest: StoredFinding | null): readonly Insight[] {
  if (!strongest) return [];
  const observed = numberOf(strongest.facts['observed']);
  const lower = numberOf(strongest.facts['lower']);
  const upper = numberOf(strongest.facts['upper']);
  if (observed === null || lower === null || upper === null) return [];
  const segment = textOf(strongest.facts['segment']) ?? 'all tickets';
  const bounds = `${writeNumber(Math.max(0, Math.round(lower)))} to ${writeNumber(Math.round(upper))}`;
  return [
    {
      kind: 'unusual-volume',
      subject: { kind: 'series', id: strongest.subjectId, label: strongest.label },
      ...whole,
      title: `Unusual number of tickets, ${segment}`,
      sentence: `${counted(observed, 'ticket')} came in within an hour for ${segment}, where ${bounds} are usual.`,
      importance: importance(35 + Math.min(50, 5 * Math.abs(strongest.value))),
      value: strongest.value,
      evidence: strongest.evidence,
    },
  ];
}

function amountsOf(sums: readonly AmountSum[]): string {
  return listed(
    sums
      .filter((one) => one.amount > 0)
      .toSorted((a, b) => b.amount - a.amount)
      .map((one) => amount(one.amount, one.currency)),
  );
}

const numberOf = (value: FactValue | undefined): number | null => (typeof value === 'number' ? value : null);
const textOf = (value: FactValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
