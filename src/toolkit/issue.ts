/**
 * A mistake that a user made and can repair. Issues are values: they are collected, merged and shown all at once;
 * exceptions are for bugs.
 */
export interface Issue {
  /** Stable kebab-case name, for example `unknown-metric`. */
  readonly code: string;
  /** Where: a path in the query (`filters[0].values[1]`), a key, or `file.csv:12 field "amount"`. */
  readonly path: string;
  /** One sentence for the user: what is wrong and what to do. */
  readonly message: string;
  /** Nearest valid values, best first. */
  readonly suggestions?: readonly string[];
}

/** A value, or the reasons why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (
  ...issues: readonly Issue[]
): { readonly ok: false; readonly issues: readonly Issue[] } => ({
  ok: false,
  issues,
});

/** Bad input or configuration of a user; the command line prints its issues and exits with 2. */
export class UserError extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(issues.map((issue) => `${issue.path}: ${issue.message}`).join('\n'));
    this.name = 'UserError';
    this.issues = issues;
  }
}
