import type { ChartSpec, Tone } from '../charts/chart-spec.ts';

/**
 * A message free of any platform. Renderers in `chat/<platform>/render` turn it into Block Kit or Adaptive Cards and
 * escape every text at that edge, once: texts here are plain, never markup, and may hold customers' words.
 */
export interface Message {
  /**
   * Complete on its own: shown in mobile notifications, by screen readers and when blocks are refused. One or two
   * sentences with the number.
   */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Who may see it besides the one it was made for; absent: nobody. It decides where it goes and is not sent along. */
  readonly audience?: Audience;
}

/** Roles whose every member may see a message, and roles that may see it as members of a team. */
export interface Audience {
  readonly roles: readonly string[];
  readonly team: { readonly id: string; readonly roles: readonly string[] } | null;
}

export type Block =
  | HeadlineBlock
  | ParagraphBlock
  | FieldsBlock
  | TableBlock
  | ChartBlock
  | ActionsBlock
  | ContextBlock
  | CodeBlock
  | FileBlock
  | DividerBlock;

/** First block of a message: what happened, in one line. */
export interface HeadlineBlock {
  readonly kind: 'headline';
  readonly text: string;
  /** Drawn as a mark before the text; `word` says the same (colour is never alone). */
  readonly tone: Tone;
  /** For example `Critical`, `Resolved`, `Good`. */
  readonly word?: string;
}

/** A run of text. Plain strings are escaped; the other kinds are the only markup there is. */
export type Inline =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** Mentions a person by platform id; `name` stands in where the platform cannot. */
  | { readonly kind: 'person'; readonly chatUserId: string | null; readonly name: string }
  /** Only for hosts of the configured allow-list; renderers write the bare text otherwise. */
  | { readonly kind: 'link'; readonly url: string; readonly text: string };

export interface ParagraphBlock {
  readonly kind: 'paragraph';
  readonly content: readonly Inline[];
}

/** Up to ten label/value pairs, drawn in two columns. */
export interface FieldsBlock {
  readonly kind: 'fields';
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

export interface TableBlock {
  readonly kind: 'table';
  /** What the table shows; read out by screen readers. */
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly align?: 'left' | 'right' }[];
  /** Formatted cells; each row as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  /** Rows that exist beyond those shown. */
  readonly omittedRows?: number;
}

/** A picture, uploaded by the delivery before the message is posted. */
export interface ChartBlock {
  readonly kind: 'chart';
  readonly spec: ChartSpec;
}

export interface ActionsBlock {
  readonly kind: 'actions';
  /** Up to five are shown in a row. */
  readonly actions: readonly Action[];
}

export type Action =
  | {
      readonly kind: 'button';
      /** Verb known to `interactions`, for example `acknowledge-alert`. */
      readonly action: string;
      readonly label: string;
      /** Opaque value handed back on click; at most 2,000 characters; holds ids and a state version, never rights. */
      readonly value: string;
      readonly style?: 'primary' | 'danger';
      /** Read by screen readers, at most 75 characters. */
      readonly accessibilityLabel?: string;
    }
  | {
      readonly kind: 'menu';
      readonly action: string;
      readonly placeholder: string;
      readonly options: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      /** What is seldom needed, behind three dots; at most five options. */
      readonly kind: 'overflow';
      readonly action: string;
      /** Said by screen readers and in plain text. */
      readonly label: string;
      readonly options: readonly { readonly label: string; readonly value: string }[];
    };

/** Small print: as of when, source, rule id. */
export interface ContextBlock {
  readonly kind: 'context';
  readonly content: readonly Inline[];
}

/** Lines as they are, in a fixed width: a plan, a statement. */
export interface CodeBlock {
  readonly kind: 'code';
  readonly text: string;
}

/** A file that the delivery shares together with the message; at most one a message. */
export interface FileBlock {
  readonly kind: 'file';
  /** Id of its bytes in the store. */
  readonly fileId: string;
  readonly fileName: string;
}

export interface DividerBlock {
  readonly kind: 'divider';
}
