import type { churnModel } from './churn-model.ts';
import type { PlantedEvent } from './planted-events.ts';
import type { quarterEnd } from './quarter-end.ts';
import type { TicketSeries } from './ticket-series.ts';

/** How a name is written in another file. */
export interface NameVariant {
  readonly name: string;
  readonly variant: string;
  readonly file: string;
}

/** What was planted, and the parameters of what was drawn; tests and backtests read it, the product never does. */
export interface WorldTruth {
  readonly seed: number;
  readonly asOf: string;
  readonly accounts: number;
  readonly tickets: number;
  /** Rows of all CSV files. */
  readonly rows: number;
  /** About to leave: usage collapses, incidents, unhappy; they are still customers. */
  readonly decliningAccounts: readonly string[];
  /** The tickets of the last complete hour that came on top. */
  readonly spike: {
    readonly from: string;
    readonly to: string;
    readonly tickets: number;
    readonly category: string;
  };
  /** The mean of every hour, before `events`. */
  readonly series: TicketSeries;
  readonly events: readonly PlantedEvent[];
  /** Share of negative tickets (sentiment below zero): usual median, and the accounts with far more. */
  readonly negativeShare: {
    readonly usual: number;
    readonly outliers: readonly { readonly account: string; readonly share: number }[];
  };
  /** Each account's features, probability and outcome are in truth/churn.csv. */
  readonly churn: {
    readonly horizonDays: number;
    readonly model: typeof churnModel;
    readonly churned: number;
  };
  /** Days of usage: the last ones of the calendar, or of each account's own time as a customer. */
  readonly usageDays: { readonly days: number; readonly window: 'calendar' | 'own' };
  readonly nearBreachTickets: readonly string[];
  readonly breachedTickets: readonly string[];
  readonly overdueDeals: readonly string[];
  readonly pushedDeals: readonly string[];
  readonly staleDeals: readonly string[];
  readonly dealsWithoutAccount: readonly string[];
  readonly quarterEnd: typeof quarterEnd;
  /** True chance of winning, by rep. */
  readonly winRates: readonly { readonly rep: string; readonly rate: number }[];
  readonly nameVariants: {
    readonly accounts: readonly NameVariant[];
    readonly products: readonly NameVariant[];
  };
  readonly openEscalations: readonly string[];
  /** Texts that depart from the template, by number. */
  readonly irregularEscalations: readonly { readonly number: string; readonly quirk: string }[];
  /** What the other parts of the world planted, by name of the part. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
