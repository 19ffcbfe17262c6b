import type { AccountSignals, HealthAccount, HealthMoment, UsageDay } from '../health/account-signals.ts';
import { daysBetween } from '../wording.ts';
import type { Contract } from './risk-index.ts';

/** When a row came to be known, where its source says so; null: as soon as it happened. */
interface Recorded {
  readonly recordedAt: Date | null;
}

/** Everything a churn score is computed from, for one account. */
export interface ChurnSignals extends AccountSignals {
  readonly account: ChurnAccount;
  readonly usage: readonly (UsageDay & Recorded)[];
  readonly incidents: readonly (AccountSignals['incidents'][number] & Recorded)[];
  readonly surveys: readonly (AccountSignals['surveys'][number] & Recorded)[];
  readonly tones: readonly (AccountSignals['tones'][number] &
    Recorded & {
      /** Of a ticket about leaving itself: what follows the decision cannot foretell it. */
      readonly isLeaving: boolean;
    })[];
  /** Without those about leaving itself. */
  readonly tickets: readonly ChurnTicket[];
}

export interface ChurnAccount extends HealthAccount {
  readonly lifecycleStage: string | null;
  /** Day on which it became a customer; null: not known. */
  readonly since: string | null;
  /** The most binding of its subscriptions; null: not known. */
  readonly commitment: Contract['commitment'];
  /** As of now: what it was earlier is not known. */
  readonly isPastDue: boolean | null;
}

interface ChurnTicket extends Recorded {
  readonly at: Date;
  readonly isUrgent: boolean;
}

/**
 * What was known at the moment: rows that happened and were recorded by then. An incident that ended later was open,
 * and whether anybody paid late is only known of today.
 *
 * @param isToday the moment is the one the rows were read at
 */
export function knownAt(signals: ChurnSignals, moment: HealthMoment, isToday: boolean): ChurnSignals {
  const end = moment.until.getTime();
  const isKnown = ({ recordedAt }: Recorded) => recordedAt === null || recordedAt.getTime() <= end;
  const { account } = signals;
  return {
    ...signals,
    account: isToday ? account : { ...account, isPastDue: null },
    usage: signals.usage.filter((row) => row.day <= moment.day && isKnown(row)),
    incidents: signals.incidents.filter((one) => one.startedAt.getTime() <= end && isKnown(one)),
    surveys: signals.surveys.filter((one) => one.respondedAt.getTime() <= end && isKnown(one)),
    // Today's health counts every tone, as the health score does.
    tones: signals.tones.filter(
      (one) => one.at.getTime() <= end && isKnown(one) && (isToday || !one.isLeaving),
    ),
    tickets: signals.tickets.filter((one) => one.at.getTime() <= end && isKnown(one)),
  };
}

const DAYS_A_MONTH = 365.25 / 12;

export function contractAt({ since, commitment, isPastDue }: ChurnAccount, day: string): Contract {
  return {
    tenureMonths: since === null ? null : daysBetween(since, day) / DAYS_A_MONTH,
    commitment,
    isPastDue,
  };
}
