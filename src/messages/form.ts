import type { Inline } from './message.ts';

/** A dialog with fields, free of any platform. Whoever opens it hands `form` and `state` back with the answers. */
export interface Form {
  /** Verb known to `interactions`, for example `filter-answer`. */
  readonly form: string;
  /** At most 24 characters. */
  readonly title: string;
  /** Word on the button, at most 24 characters. */
  readonly submit: string;
  /** Stands above the fields. */
  readonly intro: readonly Inline[];
  readonly fields: readonly FormField[];
  /** Opaque, at most 2,000 characters; ids, never rights. */
  readonly state: string;
}

interface FieldBase {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
}

export type FormField =
  | (FieldBase & {
      readonly kind: 'choice';
      /** At most 100; values of at most 150 characters. */
      readonly options: readonly { readonly label: string; readonly value: string }[];
      readonly initial?: string;
    })
  | (FieldBase & {
      readonly kind: 'text';
      readonly initial?: string;
      readonly placeholder?: string;
      readonly isMultiline?: boolean;
    })
  | (FieldBase & { readonly kind: 'number'; readonly initial?: number });

/** What was filled in, by field id; an empty field is absent. */
export type FormAnswers = Readonly<Record<string, string>>;
