import type { ColumnType, Generated } from 'kysely';
import type { ValueOf } from '../domain/fields/field.ts';
import type { Entity, RecordFields } from '../domain/record-fields.ts';
import type { DefaultTimestamp, NullableJson, NullableTimestamp, Timestamp } from './column-types.ts';

/** Columns that every imported record has. */
interface Imported {
  id: string;
  source: string;
  source_id: string;
  created_at: NullableTimestamp;
  updated_at: NullableTimestamp;
  synced_at: DefaultTimestamp;
  deleted_at: NullableTimestamp;
  raw: NullableJson;
}

type Snake<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Tail>}`
  : S;

type Required = { readonly required: true };
type Fallback = { readonly fallback: boolean | number };

type Column<F> = F extends { readonly kind: 'instant' }
  ? F extends Required
    ? Timestamp
    : NullableTimestamp
  : F extends { readonly kind: 'json' }
    ? NullableJson
    : F extends Fallback
      ? Generated<ValueOf<F>>
      : F extends Required
        ? ValueOf<F>
        : ColumnType<ValueOf<F> | null, ValueOf<F> | null | undefined, ValueOf<F> | null>;

type Columns<F> = { [K in keyof F & string as Snake<K>]: Column<F[K]> };

/** The table of every imported entity, derived from its fields. */
export type RecordTables = { [E in Entity]: Imported & Columns<RecordFields[E]> };
