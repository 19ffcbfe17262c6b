import { conversationFields } from './fields/conversations.ts';
import { customerFields } from './fields/customers.ts';
import { type FieldKind, instant, json } from './fields/field.ts';
import { peopleFields } from './fields/people.ts';
import { revenueFields } from './fields/revenue.ts';
import { salesFields } from './fields/sales.ts';
import { supportFields } from './fields/support.ts';

/**
 * Every entity that can be imported, with its fields: the one table from which record types, Kysely's tables, staging
 * and the checks of mappings are derived. Migrations are compared with it by a test.
 */
const fields = {
  ...peopleFields,
  ...customerFields,
  ...revenueFields,
  ...salesFields,
  ...supportFields,
  ...conversationFields,
} as const;

export type RecordFields = typeof fields;
export type Entity = keyof RecordFields;

export type FieldDefinition = (
  | Exclude<FieldKind, { kind: 'reference' }>
  | { readonly kind: 'reference'; readonly to: Entity }
) & { readonly required: boolean; readonly fallback?: boolean | number };

export const recordFields: { readonly [E in Entity]: Readonly<Record<string, FieldDefinition>> } = fields;

export const entities = Object.keys(fields) as readonly Entity[];

/** Fields that every record may carry. */
export const commonFields = {
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant,
  raw: json<Readonly<Record<string, unknown>>>(),
} as const;

/** Fields of an entity by name, common fields included. */
export function fieldsOf(entity: Entity): Readonly<Record<string, FieldDefinition>> {
  return { ...recordFields[entity], ...commonFields };
}
