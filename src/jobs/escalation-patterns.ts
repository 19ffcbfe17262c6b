import {
  type EscalationCounts,
  type EscalationGroup,
  type EscalationPattern,
  findPatterns,
} from '../analysis/escalation/escalation-patterns.ts';
import { buildPatternFindings, type PatternExample } from '../analysis/escalation/pattern-findings.ts';
import type { Finding } from '../domain/finding.ts';
import {
  countRaisedByCategory,
  countTicketsByAccount,
  countTicketsByWeekday,
  listRaisedEscalations,
  type PatternRow,
} from '../store/escalation-store.ts';
import { stableId } from '../toolkit/ids.ts';
import type { StepContext } from './analysis-step.ts';

const DAYS = 90;
/** What categories are compared with lies before the days that are looked at. */
const DAYS_BEFORE = 270;
const ESCALATIONS_AT_MOST = 20_000;
/** Of each dimension the table keeps the notable groups and, in all, at most so many. */
const ROWS_PER_DIMENSION = 100;
const DAY_MS = 86_400_000;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

type Raised = Awaited<ReturnType<typeof listRaisedEscalations>>[number];

/** Where the customer escalations of the last 90 days pile up: rows for the table, and findings for what is notable. */
export async function findEscalationPatterns({ store: { db }, asOf, zone }: StepContext): Promise<{
  readonly rows: readonly PatternRow[];
  readonly findings: readonly Finding[];
  readonly read: number;
  readonly notes: readonly string[];
}> {
  const from = new Date(asOf.getTime() - DAYS * DAY_MS);
  const before = new Date(from.getTime() - DAYS_BEFORE * DAY_MS);
  const raised = await listRaisedEscalations(db, { from, until: asOf, zone, most: ESCALATIONS_AT_MOST });
  const counts: readonly EscalationCounts[] = [
    byAccount(raised, await countTicketsByAccount(db, from, asOf)),
    byCategory(raised, await countRaisedByCategory(db, before, from)),
    byWeekday(raised, await countTicketsByWeekday(db, from, asOf, zone)),
  ];
  const judged = counts.map((one) => ({ dimension: one.dimension, patterns: findPatterns(one) }));
  const examples = raised.flatMap(toExamples);
  const unjudged = judged.filter(({ patterns }) => patterns === null).map(({ dimension }) => dimension);
  return {
    rows: judged.flatMap(({ patterns }) =>
      (patterns ?? []).slice(0, ROWS_PER_DIMENSION).map((pattern) => toRow(pattern, asOf)),
    ),
    findings: judged.flatMap(({ patterns }) =>
      buildPatternFindings((patterns ?? []).slice(0, ROWS_PER_DIMENSION), examples, {
        days: DAYS,
        now: asOf,
        zone,
      }),
    ),
    read: raised.length,
    notes:
      unjudged.length === 0 || raised.length === 0
        ? []
        : [`customer escalations by ${unjudged.join(', ')}: too little to compare with`],
  };
}

function byAccount(
  raised: readonly Raised[],
  tickets: Awaited<ReturnType<typeof countTicketsByAccount>>,
): EscalationCounts {
  const groups = new Map<string, EscalationGroup>(
    tickets.map(({ accountId, account, count }) => [
      accountId,
      {
        key: accountId,
        label: account ?? 'an account that is not known',
        accountId,
        escalations: 0,
        base: count,
      },
    ]),
  );
  for (const { accountId, account } of raised) {
    if (accountId === null) continue;
    const label = account ?? 'an account that is not known';
    addTo(groups, { key: accountId, label, accountId, escalations: 0, base: 0 });
  }
  return { dimension: 'account', groups: [...groups.values()] };
}

function byCategory(
  raised: readonly Raised[],
  before: Awaited<ReturnType<typeof countRaisedByCategory>>,
): EscalationCounts {
  const groups = new Map<string, EscalationGroup>(
    before.map(({ category, count }) => [
      category,
      { key: category, label: category, accountId: null, escalations: 0, base: count },
    ]),
  );
  for (const { category } of raised)
    if (category !== null)
      addTo(groups, { key: category, label: category, accountId: null, escalations: 0, base: 0 });
  return { dimension: 'category', groups: [...groups.values()] };
}

function byWeekday(
  raised: readonly Raised[],
  tickets: Awaited<ReturnType<typeof countTicketsByWeekday>>,
): EscalationCounts {
  const groups = new Map<string, EscalationGroup>(
    weekdays.map((label, index) => {
      const base = tickets.find(({ weekday }) => weekday === index + 1)?.count ?? 0;
      return [String(index + 1), { key: String(index + 1), label, accountId: null, escalations: 0, base }];
    }),
  );
  for (const { weekday } of raised) {
    const known = groups.get(String(weekday));
    if (known !== undefined) addTo(groups, known);
  }
  return { dimension: 'weekday', groups: [...groups.values()] };
}

function addTo(groups: Map<string, EscalationGroup>, group: EscalationGroup): void {
  const known = groups.get(group.key) ?? group;
  groups.set(group.key, { ...known, escalations: known.escalations + 1 });
}

function toExamples({ accountId, category, weekday, ...rest }: Raised): readonly PatternExample[] {
  const example = { ...rest, category };
  return [
    ...(accountId === null ? [] : [{ ...example, dimension: 'account' as const, key: accountId }]),
    ...(category === null ? [] : [{ ...example, dimension: 'category' as const, key: category }]),
    { ...example, dimension: 'weekday' as const, key: String(weekday) },
  ];
}

function toRow(pattern: EscalationPattern, computedAt: Date): PatternRow {
  return {
    id: stableId('escalation_pattern', pattern.dimension, pattern.key),
    dimension: pattern.dimension,
    label: pattern.label,
    account_id: pattern.accountId,
    escalations: pattern.escalations,
    expected: pattern.expected,
    ratio: pattern.ratio,
    chance: pattern.chance,
    is_notable: pattern.isNotable,
    days: DAYS,
    computed_at: computedAt,
  };
}
