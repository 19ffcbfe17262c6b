import type { JsonObject } from './client.ts';

/** A value of an answer that may be of any kind. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** Ids are numbers in the API; those beyond 2^53 do not occur in it. */
export const keyOf = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : textOf(value);

export const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

export function instantOf(value: unknown): Date | null {
  const at = typeof value === 'number' ? new Date(value * 1000) : new Date(textOf(value) ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

export const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export const listOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null).map(objectOf) : [];

/** One of the words, or null. */
export const wordOf = <W extends string>(value: unknown, words: readonly W[]): W | null =>
  words.find((word) => word === value) ?? null;
