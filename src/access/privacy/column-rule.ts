/** What a column that can hold words means for the privacy of a person. */
export type ColumnRule =
  /** Holds a datum of the person whom the row belongs to: replaced in rows of that person, searched in all others. */
  | { readonly kind: 'personal'; readonly becomes: 'pseudonym' | 'nothing' | 'row-id' | 'erased' }
  /** Words or JSON that may name anybody: every mention is replaced. */
  | { readonly kind: 'free-text' }
  /** Ids by which systems know people or conversations: searched like free text. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'never'; readonly why: string };

export interface TableRule {
  /** Primary key. */
  readonly key: readonly string[];
  /** Columns by which a row belongs to somebody, directly or through a ticket or conversation of theirs. */
  readonly belongsBy: readonly Belonging[];
  readonly columns: Readonly<Record<string, ColumnRule>>;
}

export interface Belonging {
  readonly column: string;
  /** Null: the column holds the id of the person's record itself. */
  readonly through: 'ticket' | 'conversation' | 'alert' | null;
  /**
   * False: the row is about somebody else and only looked after by the person (an account, a deal). It is part of an
   * export, but a first name alone in it is left as it is.
   */
  readonly isOwn: boolean;
}

export const personal = (becomes: Extract<ColumnRule, { kind: 'personal' }>['becomes']): ColumnRule => ({
  kind: 'personal',
  becomes,
});
export const freeText: ColumnRule = { kind: 'free-text' };
export const reference: ColumnRule = { kind: 'reference' };
export const never = (why: string): ColumnRule => ({ kind: 'never', why });

/** The same rule for several columns. */
export const all = (rule: ColumnRule, ...columns: readonly string[]): Record<string, ColumnRule> =>
  Object.fromEntries(columns.map((column) => [column, rule]));

export const by = (...columns: readonly string[]): readonly Belonging[] =>
  columns.map((column) => ({ column, through: null, isOwn: true }));

export const lookedAfterBy = (...columns: readonly string[]): readonly Belonging[] =>
  columns.map((column) => ({ column, through: null, isOwn: false }));
