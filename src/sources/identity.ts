import type { Entity } from '../domain/records.ts';
import { stableId } from '../toolkit/ids.ts';
import { canonicalSalesforceId } from './values/salesforce-id.ts';

/** Name of the source that customer lists and customer escalations give accounts to when no system knows them. */
export const customersSource = 'customers';
export const salesforceSource = 'salesforce';

/** Id of a record of ours by the key that its source gives it; every reader and reference goes through here. */
export function recordId(entity: Entity, source: string, key: string): string {
  return stableId(entity, source, sourceKey(source, key));
}

/** The key as it is stored: Salesforce ids in their long form, customer names without case and doubled blanks. */
export function sourceKey(source: string, key: string): string {
  if (source === salesforceSource) return canonicalSalesforceId(key);
  if (source === customersSource) return customerKey(key);
  return key.trim();
}

/** `  ACME   Corp. ` and `Acme Corp.` are one customer. */
export function customerKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

const legalForms =
  /\s+(?:incorporated|inc|llc|ltd|limited|gmbh|ag|se|kg|corp|corporation|company|co|plc|b\s?v|n\s?v|s\s?a|s\s?r\s?l|a\s?b|oy|pty)$/u;

/** A looser key for finding a customer by name: no punctuation, no legal form. */
export function looseCustomerKey(name: string): string {
  const words = customerKey(name)
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const stripped = words.replace(legalForms, '').replace(legalForms, '');
  return stripped === '' ? words : stripped;
}

/** An account that is stored already. */
export interface KnownAccount {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly name: string;
  readonly industry: string | null;
  readonly region: string | null;
  readonly tier: string | null;
}

export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/**
 * Who is already known, by name. Readers of free text find their customers, engineers and tickets here.
 * The job builds it from the store; `emptyDirectory` knows nobody.
 */
export interface Directory {
  findAccount(name: string): KnownAccount | null;
  findPerson(nameOrEmail: string): KnownPerson | null;
  /** Id of a ticket by its number, with or without leading zeros. */
  findTicket(number: string): string | null;
  /** When a stored customer escalation was opened; a text without a date keeps it. */
  findEscalationOpenedAt(ceNumber: string): Date | null;
}

export const emptyDirectory: Directory = {
  findAccount: () => null,
  findPerson: () => null,
  findTicket: () => null,
  findEscalationOpenedAt: () => null,
};

/** A name that fits several accounts or people finds none, because a guess would show one customer's trouble to another. */
export function buildDirectory(rows: {
  readonly accounts: readonly KnownAccount[];
  readonly people: readonly KnownPerson[];
  readonly tickets?: readonly { readonly id: string; readonly number: string }[];
  readonly escalations?: readonly { readonly ceNumber: string; readonly openedAt: Date }[];
}): Directory {
  const accounts = index(rows.accounts, (row) => [customerKey(row.name)]);
  const loose = index(rows.accounts, (row) => [looseCustomerKey(row.name)]);
  const people = index(rows.people, (row) => [
    customerKey(row.name),
    ...(row.email === null ? [] : [customerKey(row.email)]),
  ]);
  const tickets = index(rows.tickets ?? [], (row) => [ticketNumberKey(row.number)]);
  const opened = new Map((rows.escalations ?? []).map(({ ceNumber, openedAt }) => [ceNumber, openedAt]));
  return {
    findAccount: (name) => accounts.get(customerKey(name)) ?? loose.get(looseCustomerKey(name)) ?? null,
    findPerson: (name) => people.get(customerKey(name)) ?? null,
    findTicket: (number) => tickets.get(ticketNumberKey(number))?.id ?? null,
    findEscalationOpenedAt: (ceNumber) => opened.get(ceNumber) ?? null,
  };
}

/** `#00012345` and `12345` are one case number. */
export function ticketNumberKey(number: string): string {
  return number
    .trim()
    .replace(/^#/, '')
    .replace(/^0+(?=\d)/, '')
    .toLowerCase();
}

function index<T extends { readonly id: string }>(
  rows: readonly T[],
  keys: (row: T) => readonly string[],
): ReadonlyMap<string, T | null> {
  const found = new Map<string, T | null>();
  for (const row of rows) {
    for (const key of keys(row)) {
      const before = found.get(key);
      found.set(key, before === undefined || before?.id === row.id ? row : null);
    }
  }
  return found;
}
