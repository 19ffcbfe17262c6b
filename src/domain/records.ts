import type { ValueOf } from './fields/field.ts';
import type { Entity, RecordFields } from './record-fields.ts';

export type { Entity } from './record-fields.ts';

/**
 * What importers produce: one plain value per row of a source, in our words. `id` is `stableId(entity, source,
 * sourceId)`, so records may arrive in any order. Absent optional fields leave a stored value as it is; null clears it.
 * Dates without a time are `YYYY-MM-DD`; instants are Date (UTC).
 */
export interface RecordBase {
  readonly id: string;
  /** Name of the source, for example `salesforce`, `maven-crm`. */
  readonly source: string;
  /** The source's own key of the record. */
  readonly sourceId: string;
  readonly createdAt?: Date | null;
  readonly updatedAt?: Date | null;
  readonly deletedAt?: Date | null;
  /** The source's row where a column of ours cannot hold it. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** Skew of one shard against the mean of its table, read from a CE text. */
export interface HotShard {
  readonly cluster: string | null;
  readonly table: string | null;
  readonly shard: string | null;
  /** Load of the shard over the mean load; 1 is even. */
  readonly skewRatio: number | null;
}

type RequiredField = { readonly required: true };
type FallbackField = { readonly fallback: boolean | number };

/** The fields of an entity as TypeScript sees them: required, never null, or optional. */
type FieldValues<F> = {
  readonly [K in keyof F as F[K] extends RequiredField ? K : never]: ValueOf<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends RequiredField ? never : K]?: F[K] extends FallbackField
    ? ValueOf<F[K]>
    : ValueOf<F[K]> | null;
};

/** The record of an entity: its base and its fields as `domain/fields` declares them. */
export type RecordOf<E extends Entity> = RecordBase & { readonly entity: E } & FieldValues<RecordFields[E]>;

export type AnyRecord = { [E in Entity]: RecordOf<E> }[Entity];

export type AccountRecord = RecordOf<'account'>;
export type CustomerEscalationRecord = RecordOf<'customer_escalation'>;
export type PersonRecord = RecordOf<'person'>;
export type TeamRecord = RecordOf<'team'>;
export type TicketEventRecord = RecordOf<'ticket_event'>;
export type TicketRecord = RecordOf<'ticket'>;

export type Role = NonNullable<PersonRecord['role']>;
export type TicketStatus = TicketRecord['status'];
export type CustomerEscalationStatus = CustomerEscalationRecord['status'];
