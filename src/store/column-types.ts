import type { ColumnType } from 'kysely';

/** Timestamps read as Date; the pool's parsers do that on every engine. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** Written as a JSON string (`toJson`), read as parsed JSON that must pass a zod schema before it is trusted. */
export type Json = ColumnType<unknown, string, string>;

export type DefaultTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
export type DefaultJson = ColumnType<unknown, string | undefined, string>;
export type NullableTimestamp = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>;
export type NullableJson = ColumnType<unknown, string | null | undefined, string | null>;
