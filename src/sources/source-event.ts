import type { AnyRecord } from '../domain/records.ts';
import type { Issue } from '../toolkit/issue.ts';
import { detach } from './text/detach.ts';

/** A row of a source that could not become records. */
export interface Reject {
  readonly file: string;
  /** 1-based line at which the row begins; null where the format has no lines. */
  readonly line: number | null;
  /** The source's column or heading. */
  readonly field: string | null;
  readonly reason: string;
  /** What stood there, cut to 200 characters. */
  readonly value: string | null;
  /** What to do about it, where that is known; begins with a verb. */
  readonly fix?: string;
}

/** Something the user should know that stopped nothing. Equal notes are counted, not repeated. */
export interface Note {
  /** Stable kebab-case name, for example `value-renamed`. */
  readonly code: string;
  readonly file: string;
  readonly message: string;
  readonly count: number;
}

/**
 * What a reader yields, in file order. Every row of a source (a line of CSV, an element of JSON, a file of text) is
 * either `accepted` or `rejected`, never both and never neither, so rows in = accepted + rejected.
 */
export type SourceEvent =
  | {
      readonly kind: 'accepted';
      readonly file: string;
      readonly line: number | null;
      readonly records: readonly AnyRecord[];
    }
  | { readonly kind: 'rejected'; readonly reject: Reject }
  /** Blank lines, comments, headings of a list. */
  | { readonly kind: 'skipped'; readonly lines: number }
  /** Records that stand for several rows: a ticket collapsed from its events, a team named by its members. */
  | { readonly kind: 'derived'; readonly file: string; readonly records: readonly AnyRecord[] }
  | { readonly kind: 'note'; readonly note: Note }
  /** The file was read to its end and did not change meanwhile. */
  | { readonly kind: 'file-read'; readonly file: string; readonly bytes: number; readonly sha256: string }
  /** The file cannot be trusted as a whole; nothing of this source may be stored. */
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] };

const VALUE_LIMIT = 200;

/** Cuts what is shown of a bad value; a pair of surrogates is never split. */
export function shownValue(value: string): string {
  if (value.length <= VALUE_LIMIT) return detach(value);
  const end = /[\uD800-\uDBFF]/.test(value.charAt(VALUE_LIMIT - 1)) ? VALUE_LIMIT - 1 : VALUE_LIMIT;
  return `${detach(value.slice(0, end))}…`;
}

/** Shorthand for a rejected row. */
export function rejected(
  file: string,
  line: number | null,
  reason: string,
  field: string | null = null,
  value: string | null = null,
  fix: string | null = null,
): SourceEvent {
  const shown = value === null ? null : shownValue(value);
  const reject = { file, line, field, reason, value: shown };
  return { kind: 'rejected', reject: fix === null ? reject : { ...reject, fix } };
}

/** Shorthand for a note that happened once. */
export function noted(file: string, code: string, message: string): SourceEvent {
  return { kind: 'note', note: { code, file, message, count: 1 } };
}
