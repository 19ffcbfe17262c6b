/**
 * The kinds of values that a field of a record can hold. Importers check values against them, mappings are validated
 * by them, and the store derives column names (snake case) and SQL types from them.
 */
export type FieldKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** 32-bit. */
  | { readonly kind: 'integer' }
  /** Up to 2^53 - 1. */
  | { readonly kind: 'count' }
  /** Two decimals, below 9 * 10^13 so that a double holds every cent. */
  | { readonly kind: 'money' }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'date' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'json' }
  | { readonly kind: 'reference'; readonly to: string };

export type Field = FieldKind & {
  /** A record without it is refused. */
  readonly required: boolean;
  /** What the column holds when no source has said; such a field is never null. */
  readonly fallback?: boolean | number;
};

export const text = { kind: 'text', required: false } as const;
export const integer = { kind: 'integer', required: false } as const;
export const count = { kind: 'count', required: false } as const;
export const money = { kind: 'money', required: false } as const;
export const number = { kind: 'number', required: false } as const;
export const boolean = { kind: 'boolean', required: false } as const;
export const date = { kind: 'date', required: false } as const;
export const instant = { kind: 'instant', required: false } as const;

export const word = <const W extends readonly string[]>(...words: W) =>
  ({ kind: 'word', words, required: false }) as const;

/** The id of another record. */
export const to = <const E extends string>(entity: E) =>
  ({ kind: 'reference', to: entity, required: false }) as const;

/** A JSON value; its type is a promise of the importer and must be checked when it is read back. */
export const json = <T>() => ({ kind: 'json', required: false }) as const as JsonField<T>;

export const required = <const F extends Field>(
  field: F,
): Omit<F, 'required'> & { readonly required: true } => ({ ...field, required: true });

export const withFallback = <const F extends Field, const V extends boolean | number>(
  field: F,
  fallback: V,
) => ({ ...field, fallback }) as const;

/** `holds` exists for the type checker alone. */
export interface JsonField<T> {
  readonly kind: 'json';
  readonly required: false;
  readonly holds?: T;
}

/** The TypeScript type of a field's value, null left out. */
export type ValueOf<F> = F extends { readonly kind: 'word'; readonly words: readonly (infer W)[] }
  ? W
  : F extends JsonField<infer T>
    ? T
    : F extends { readonly kind: 'integer' | 'count' | 'money' | 'number' }
      ? number
      : F extends { readonly kind: 'boolean' }
        ? boolean
        : F extends { readonly kind: 'instant' }
          ? Date
          : string;
