import type { ChurnSignals } from '../../src/analysis/churn/churn-signals.ts';
import type { HealthMoment } from '../../src/analysis/health/account-signals.ts';
import { addDays } from '../../src/analysis/wording.ts';
import { endOf, type WorldAccount } from '../../src/sources/synthetic/accounts.ts';
import type { Cell, WorldSink } from '../../src/sources/synthetic/world.ts';
import { writeSignals } from '../../src/sources/synthetic/write-signals.ts';
import { writeTickets } from '../../src/sources/synthetic/write-tickets.ts';
import { buildBasis } from '../../src/sources/synthetic/write-world.ts';

/** A customer at its own end: when it left, or now. */
export interface SyntheticCustomer {
  readonly signals: ChurnSignals;
  readonly moment: HealthMoment;
  /** What it was drawn from and what came; never shown to the code under test. */
  readonly truth: { readonly probability: number; readonly left: 0 | 1 };
}

const asOf = new Date('2026-06-30T00:00:00Z');

/**
 * Customers of a world of this seed, from the rows that the world exports. Who is planted as declining was not drawn
 * and is left out.
 */
export async function syntheticCustomers(seed: number, count: number): Promise<readonly SyntheticCustomer[]> {
  const whole = buildBasis({ seed, size: 'large', asOf, days: 500 });
  const accounts = whole.accounts.slice(0, count);
  const tickets = Math.round((whole.scale.tickets * count) / whole.accounts.length);
  const basis = { ...whole, accounts, scale: { ...whole.scale, accounts: count, tickets } };
  const rows = new Rows(accounts.map(({ id }) => id));
  await writeTickets(basis, rows);
  await writeSignals(basis, rows);
  return accounts
    .filter(({ traits }) => traits.planted !== 'declining')
    .map((account) => customerOf(account, rows));
}

type Values = Readonly<Record<string, Cell>>;

/** Keeps the rows of the tables that a score reads, by account. */
class Rows implements WorldSink {
  private readonly tables = new Map<string, Map<string, Values[]>>();
  private readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  table(name: string, header: readonly string[]) {
    const byAccount = new Map<string, Values[]>(this.ids.map((id) => [id, []]));
    this.tables.set(name, byAccount);
    const place = header.findIndex((one) => one === 'account_id' || one === 'AccountId');
    const isKept = /usage|incidents|surveys|Case\.csv/.test(name);
    return {
      write: (row: readonly Cell[]): undefined => {
        if (isKept)
          byAccount.get(String(row[place]))?.push(Object.fromEntries(header.map((one, i) => [one, row[i]!])));
      },
    };
  }

  text(): void {
    // Nothing of it is read.
  }

  of(table: string, account: string): readonly Values[] {
    return this.tables.get(table)?.get(account) ?? [];
  }
}

function customerOf(account: WorldAccount, rows: Rows): SyntheticCustomer {
  const end = new Date(endOf(account, asOf));
  const day = end.toISOString().slice(0, 10);
  const at = (value: Cell | undefined) => new Date(String(value));
  const usage = rows.of('signals/usage_daily.csv', account.id).map((row) => ({
    day: String(row['day']),
    apiCalls: Number(row['api_calls']),
    logins: Number(row['logins']),
    activeUsers: Number(row['active_users']),
    seatsEntitled: Number(row['seats']),
    featuresUsed: Number(row['features_used']),
    featuresAvailable: Number(row['features_available']),
    recordedAt: null,
  }));
  const tickets = rows.of('sfdc/Case.csv', account.id);
  return {
    truth: { probability: account.traits.churnProbability, left: account.churnedOn === null ? 0 : 1 },
    moment: { day, until: end, feedDay: addDays(day, -1) },
    signals: {
      account: {
        id: account.id,
        sourceId: account.id,
        name: account.name,
        ownerId: null,
        teamId: null,
        arr: account.arr,
        currency: account.currency,
        lifecycleStage: null,
        // Time as a customer ends earlier for those who left: of no use where everybody is seen at the own end.
        since: null,
        commitment: null,
        isPastDue: null,
      },
      usage,
      firstUsageDay: usage[0]?.day ?? null,
      incidents: rows.of('signals/incidents.csv', account.id).map((row) => ({
        severity: row['severity'] as 'critical' | 'high' | 'medium' | 'low',
        startedAt: at(row['started_at']),
        resolvedAt: row['resolved_at'] === '' ? null : at(row['resolved_at']),
        recordedAt: null,
      })),
      surveys: rows.of('signals/surveys.csv', account.id).map((row) => ({
        kind: row['kind'] as 'csat' | 'nps',
        score: Number(row['score']),
        respondedAt: at(row['responded_at']),
        recordedAt: null,
      })),
      tones: tickets.map((row) => ({
        score: Number(row['Sentiment__c']),
        at: at(row['CreatedDate']),
        recordedAt: null,
        isLeaving: false,
      })),
      tickets: tickets.map((row) => ({
        at: at(row['CreatedDate']),
        isUrgent: ['Critical', 'High'].includes(String(row['Priority'])),
        recordedAt: null,
      })),
    },
  };
}
