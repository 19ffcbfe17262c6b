import type { AnyRecord, Entity } from '../../domain/records.ts';
import { customersSource, type Directory, recordId, salesforceSource, sourceKey } from '../identity.ts';
import type { Built } from './build-record.ts';
import { compileRules, type FieldReader, type FieldRules, from } from './field-table.ts';
import { columnKey, type SalesforceRow } from './salesforce-row.ts';

/**
 * A report joins objects in one table and shows labels instead of field names: "Account Name", "Stage", "Close Date".
 * Each row gives an account and, where it names them, a contact and an opportunity.
 */
const accountRules: FieldRules = {
  name: from('account name'),
  domain: { ...from('website', 'domain'), keepWhenEmpty: true },
  industry: { ...from('industry'), keepWhenEmpty: true },
  region: { ...from('region', 'billing country', 'country'), keepWhenEmpty: true },
  segment: { ...from('segment'), keepWhenEmpty: true },
  tier: { ...from('tier', 'account tier', 'customer priority'), keepWhenEmpty: true },
  arr: { ...from('arr', 'annual recurring revenue'), keepWhenEmpty: true },
  revenue: { ...from('annual revenue'), keepWhenEmpty: true },
  employees: { ...from('employees', 'number of employees'), keepWhenEmpty: true },
  currency: { ...from('currency', 'account currency'), keepWhenEmpty: true },
};

const contactRules: FieldRules = {
  name: from('contact name', 'primary contact', 'contact'),
  email: from('contact email', 'email'),
  phone: from('contact phone', 'phone'),
  role: from('contact title', 'title'),
};

const opportunityRules: FieldRules = {
  name: from('opportunity name'),
  stage: from('stage', 'stage name'),
  amount: from('amount', 'opportunity amount'),
  currency: from('currency', 'opportunity currency', 'account currency'),
  probability: { ...from('probability (%)', 'probability'), times: 0.01 },
  forecastCategory: from('forecast category'),
  openedOn: from('created date', 'opportunity created date'),
  closeDate: from('close date'),
  type: from('type', 'opportunity type'),
  leadSource: from('lead source'),
  nextStep: from('next step'),
  dbRequirements: from('database requirements', 'db requirements'),
};

/** Every label that is read, to tell a report from other tables with an "Account Name". */
export const reportLabels: ReadonlySet<string> = new Set(
  [accountRules, contactRules, opportunityRules].flatMap((rules) =>
    Object.values(rules).flatMap((rule) => rule.columns),
  ),
);

export class ReportBuilder {
  private readonly directory: Directory;
  private readonly account: FieldReader;
  private readonly contact: FieldReader;
  private readonly opportunity: FieldReader;

  constructor(directory: Directory, onNote: (message: string) => void) {
    this.directory = directory;
    this.account = compileRules('account', accountRules, onNote);
    this.contact = compileRules('contact', contactRules, onNote);
    this.opportunity = compileRules('opportunity', opportunityRules, onNote);
  }

  build(raw: SalesforceRow): Built {
    const row = withLabels(raw);
    const name = row.get('account name');
    if (typeof name !== 'string')
      return { problem: { field: 'Account Name', reason: 'is empty', value: null } };
    const account = this.account.read(row);
    const contact = this.contact.read(row);
    const opportunity = this.opportunity.read(row);
    for (const part of [account, contact, opportunity]) if ('problem' in part) return part;
    if ('problem' in account || 'problem' in contact || 'problem' in opportunity) return { records: [] };

    const identity = this.accountOf(row, name);
    const records: AnyRecord[] = [];
    if (!identity.isKnown) records.push(record('account', identity.source, identity.key, account.fields));
    const contactKey = row.get('contact id') ?? row.get('contact email') ?? row.get('email');
    if (typeof contact.fields['name'] === 'string') {
      const key = contactKey ?? `${name}/${contact.fields['name']}`;
      records.push(record('contact', salesforceSource, key, { ...contact.fields, accountId: identity.id }));
    }
    if (typeof opportunity.fields['name'] === 'string' && typeof opportunity.fields['stage'] === 'string') {
      const key = row.get('opportunity id') ?? `${name}/${opportunity.fields['name']}`;
      const stage = opportunity.fields['stage'].toLowerCase();
      const flags = { isClosed: stage.startsWith('closed'), isWon: stage.startsWith('closed won') };
      const owner = this.directory.findPerson(row.get('opportunity owner') ?? row.get('account owner') ?? '');
      const ownerId = owner === null ? {} : { ownerId: owner.id };
      const fields = { ...opportunity.fields, ...flags, ...ownerId, accountId: identity.id };
      records.push(record('opportunity', salesforceSource, key, fields));
    }
    return { records };
  }

  /** By its id where the report shows it; else by name, as customer lists do, until a system knows it better. */
  private accountOf(row: SalesforceRow, name: string) {
    const id = row.get('account id');
    if (typeof id === 'string') {
      const source = salesforceSource;
      return { id: recordId('account', source, id), source, key: id, isKnown: false };
    }
    const known = this.directory.findAccount(name);
    const isKnown = known !== null && known.source !== customersSource;
    const source = customersSource;
    return { id: known?.id ?? recordId('account', source, name), source, key: name, isKnown };
  }
}

function record(
  entity: Entity,
  source: string,
  key: string,
  fields: Readonly<Record<string, unknown>>,
): AnyRecord {
  const base = { entity, id: recordId(entity, source, key), source, sourceId: sourceKey(source, key) };
  return { ...base, ...fields } as unknown as AnyRecord;
}

/** `account_name` and `Account  Name` are one label. */
export const labelKey = (column: string): string => columnKey(column).replace(/[_\s]+/g, ' ');

function withLabels(row: SalesforceRow): SalesforceRow {
  const labels = new Map([...row.columns()].map((column) => [labelKey(column), column]));
  return {
    line: row.line,
    type: row.type,
    get: (label) => row.get(labels.get(label) ?? label),
    columns: () => labels.keys(),
  };
}
