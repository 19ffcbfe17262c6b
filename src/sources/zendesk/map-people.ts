import type { AnyRecord, RecordOf } from '../../domain/records.ts';
import { recordId } from '../identity.ts';
import type { JsonObject } from './client.ts';
import { instantOf, keyOf, numberOf, objectOf, textOf } from './values.ts';

export const zendeskSource = 'zendesk';

/** What a row becomes, or why it becomes nothing. */
export type Mapped = { readonly records: readonly AnyRecord[] } | { readonly problem: string };

export const zendeskId = (entity: AnyRecord['entity'], key: string): string =>
  recordId(entity, zendeskSource, key);

/** Id of the record that a field points at; null when it points at nothing. */
export function refTo(entity: AnyRecord['entity'], value: unknown): string | null {
  const key = keyOf(value);
  return key === null ? null : zendeskId(entity, key);
}

/** What every row has: its key, and when it was made and changed. */
export function baseOf<E extends AnyRecord['entity']>(entity: E, key: string, row: JsonObject) {
  return {
    entity,
    id: zendeskId(entity, key),
    source: zendeskSource,
    sourceId: key,
    createdAt: instantOf(row['created_at']),
    updatedAt: instantOf(row['updated_at']),
  };
}

const noId: Mapped = { problem: 'has no id' };

export function mapOrganization(row: JsonObject): Mapped {
  const key = keyOf(row['id']);
  const name = textOf(row['name']);
  if (key === null) return noId;
  if (name === null) return { problem: 'has no name' };
  const fields = objectOf(row['organization_fields']);
  const domains = Array.isArray(row['domain_names']) ? row['domain_names'] : [];
  const record: RecordOf<'account'> = {
    ...baseOf('account', key, row),
    name,
    domain: textOf(domains[0]),
    ...given('industry', textOf(fields['industry'])),
    ...given('region', textOf(fields['region'])),
    ...given('segment', textOf(fields['segment'])),
    ...given('tier', textOf(fields['tier']) ?? textOf(fields['plan'])),
    ...given('lifecycleStage', textOf(fields['lifecycle_stage'])),
    ...given('arr', numberOf(fields['arr'])),
    ...given('currency', textOf(fields['currency'])),
    deletedAt: instantOf(row['deleted_at']),
  };
  return { records: [record] };
}

/** A field of the organisation's own that this account may not have: then another source may know better. */
const given = <K extends string, V>(key: K, value: V | null): Partial<Record<K, V>> =>
  value === null ? {} : ({ [key]: value } as Record<K, V>);

export function mapGroup(row: JsonObject): Mapped {
  const key = keyOf(row['id']);
  const name = textOf(row['name']);
  if (key === null) return noId;
  if (name === null) return { problem: 'has no name' };
  const base = baseOf('team', key, row);
  return { records: [{ ...base, name, deletedAt: row['deleted'] === true ? base.updatedAt : null }] };
}

/**
 * End users are contacts, agents and administrators are people of ours. Both get Heed's role of an agent: what somebody
 * may see in Zendesk says nothing of what they may see of deals and revenue.
 */
export function mapUser(row: JsonObject): Mapped {
  const key = keyOf(row['id']);
  const name = textOf(row['name']) ?? textOf(row['email']);
  if (key === null) return noId;
  if (name === null) return { problem: 'has neither name nor email' };
  const isGone = row['active'] === false;
  if (row['role'] === 'end-user') {
    const base = baseOf('contact', key, row);
    const record: RecordOf<'contact'> = {
      ...base,
      name,
      accountId: refTo('account', row['organization_id']),
      email: textOf(row['email']),
      phone: textOf(row['phone']),
      timeZone: textOf(row['iana_time_zone']),
      deletedAt: isGone ? base.updatedAt : null,
    };
    return { records: [record] };
  }
  const base = baseOf('person', key, row);
  const record: RecordOf<'person'> = {
    ...base,
    name,
    email: textOf(row['email']),
    role: 'agent',
    teamId: refTo('team', row['default_group_id']),
    timeZone: textOf(row['iana_time_zone']),
    active: !isGone && row['suspended'] !== true,
    deletedAt: isGone ? base.updatedAt : null,
  };
  return { records: [record] };
}
