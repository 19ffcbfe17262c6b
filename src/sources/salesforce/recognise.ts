import { basename } from 'node:path';
import type { SalesforceObject } from './objects.ts';

/** Columns that tell an object apart; every one of a line must be there. The first match counts. */
const signatures: readonly (readonly [SalesforceObject, readonly string[]])[] = [
  ['CaseHistory', ['caseid', 'field']],
  ['OpportunityHistory', ['opportunityid', 'stagename']],
  ['Case', ['casenumber']],
  ['Opportunity', ['stagename', 'closedate']],
  ['User', ['email', 'isactive']],
  ['User', ['email', 'timezonesidkey']],
  ['Contact', ['accountid', 'email']],
  ['Contact', ['accountid', 'lastname']],
  ['Account', ['name', 'industry']],
  ['Account', ['name', 'billingcountry']],
  ['Account', ['name', 'annualrevenue']],
];

const names: Readonly<Record<string, SalesforceObject>> = {
  user: 'User',
  users: 'User',
  account: 'Account',
  accounts: 'Account',
  contact: 'Contact',
  contacts: 'Contact',
  opportunity: 'Opportunity',
  opportunities: 'Opportunity',
  opportunityhistory: 'OpportunityHistory',
  opportunityhistories: 'OpportunityHistory',
  case: 'Case',
  cases: 'Case',
  casehistory: 'CaseHistory',
  casehistories: 'CaseHistory',
};

/** By the name that Salesforce's data loader gives its files. */
export function objectOfFile(name: string): SalesforceObject | null {
  return (
    names[
      basename(name)
        .replace(/\.[^.]+$/, '')
        .toLowerCase()
        .replace(/[^a-z]/g, '')
    ] ?? null
  );
}

/** By the columns; null when they are not Salesforce's. */
export function objectOfColumns(columns: readonly string[]): SalesforceObject | null {
  const have = new Set(columns.map((column) => column.trim().toLowerCase()));
  if (!have.has('id')) return null;
  return signatures.find(([, needed]) => needed.every((column) => have.has(column)))?.[0] ?? null;
}

/** By what a JSON record says of itself. */
export function objectOfType(type: unknown): SalesforceObject | null {
  return typeof type === 'string' ? (names[type.toLowerCase()] ?? null) : null;
}
