/** The Block Kit we write: the subset of Slack's blocks that messages need, typed as they go over the wire. */
export type SlackBlock =
  | HeaderBlock
  | SectionBlock
  | ContextBlock
  | ActionsBlock
  | ImageBlock
  | TableBlock
  | { readonly type: 'divider' };

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: boolean;
}

/** `verbatim`: Slack turns no bare address or channel name into a link by itself. */
export interface MrkdwnText {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

interface HeaderBlock {
  readonly type: 'header';
  readonly text: PlainText;
}

interface SectionBlock {
  readonly type: 'section';
  readonly text?: MrkdwnText;
  readonly fields?: readonly MrkdwnText[];
}

interface ContextBlock {
  readonly type: 'context';
  readonly elements: readonly MrkdwnText[];
}

interface ActionsBlock {
  readonly type: 'actions';
  readonly elements: readonly (ButtonElement | SelectElement | OverflowElement)[];
}

export interface ButtonElement {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  readonly accessibility_label?: string;
}

export interface SelectElement {
  readonly type: 'static_select';
  readonly action_id: string;
  readonly placeholder: PlainText;
  readonly options: readonly { readonly text: PlainText; readonly value: string }[];
}

export interface OverflowElement {
  readonly type: 'overflow';
  readonly action_id: string;
  readonly options: readonly { readonly text: PlainText; readonly value: string }[];
}

interface ImageBlock {
  readonly type: 'image';
  readonly slack_file: { readonly id: string };
  readonly alt_text: string;
}

interface TableBlock {
  readonly type: 'table';
  readonly column_settings: readonly { readonly align: 'left' | 'right'; readonly is_wrapped: boolean }[];
  readonly rows: readonly (readonly { readonly type: 'raw_text'; readonly text: string }[])[];
}

export const plainText = (text: string): PlainText => ({ type: 'plain_text', text, emoji: true });
export const mrkdwn = (text: string): MrkdwnText => ({ type: 'mrkdwn', text, verbatim: true });
