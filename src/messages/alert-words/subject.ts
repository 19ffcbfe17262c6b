import type { AlertSnapshot, SeenFinding } from '../../domain/alert.ts';
import { formatMoney, shorten } from '../format.ts';

/** What an alert of one kind says. */
export interface AlertWords {
  /** What is wrong, in one line, after the severity word. */
  readonly headline: string;
  /** One or two sentences with the number, who is affected, since or until when. */
  readonly sentence: string;
  readonly fields: readonly Field[];
  /** The same when it is over. `isGood`: false when it ended without anything having become better. */
  readonly over: { readonly headline: string; readonly sentence: string; readonly isGood: boolean };
}

export interface Field {
  readonly label: string;
  readonly value: string;
}

export interface Subject {
  readonly label: string;
  readonly seen: SeenFinding;
  readonly fired: SeenFinding;
  readonly account: AlertSnapshot['account'];
  readonly zone: string;
  /** When the facts were observed. */
  readonly asOf: Date;
  /** The analyser no longer reports it (as opposed to: its numbers are good again). */
  readonly hasLeft: boolean;
  /** Null while it is open. */
  readonly endedAt: Date | null;
}

/** A fact as text, or null. */
export function factText(seen: SeenFinding, name: string): string | null {
  const fact = seen.facts[name];
  return fact === null || fact === undefined || fact === '' ? null : String(fact);
}

/** A fact as a number, or null. */
export function factNumber(seen: SeenFinding, name: string): number | null {
  const fact = seen.facts[name];
  return typeof fact === 'number' && Number.isFinite(fact) ? fact : null;
}

/** A fact as an instant, or null. */
export function factInstant(seen: SeenFinding, name: string): Date | null {
  const written = factText(seen, name);
  const at = written === null ? Number.NaN : Date.parse(written);
  return Number.isNaN(at) ? null : new Date(at);
}

/** Name of the customer, from the finding or from the account's record. */
export function accountName({ seen, account }: Subject): string | null {
  const name = factText(seen, 'account') ?? account?.name ?? null;
  return name === null ? null : shorten(name, 60);
}

/** What the customer pays a year, from the account's record or from the finding. */
export function arrOf({ seen, account }: Subject): string | null {
  const arr = account?.arr ?? factNumber(seen, 'arr');
  return arr === null ? null : formatMoney(arr, account?.currency ?? factText(seen, 'currency'));
}

/** The pairs that have a value. */
export function fieldsOf(
  pairs: readonly (readonly [label: string, value: string | null])[],
): readonly Field[] {
  return pairs.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [{ label, value: shorten(value, 160) }],
  );
}
