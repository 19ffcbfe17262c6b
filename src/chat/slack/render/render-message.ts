import type { Tone } from '../../../domain/chart-data.ts';
import type {
  Action,
  ActionsBlock,
  Block,
  FieldsBlock,
  HeadlineBlock,
  Message,
  TableBlock,
} from '../../../messages/message.ts';
import { exhaustive } from '../../../toolkit/exhaustive.ts';
import type { UploadedImage } from '../../platform.ts';
import { slackLimits as limits } from '../limits.ts';
import {
  type ButtonElement,
  mrkdwn,
  type OverflowElement,
  plainText,
  type SelectElement,
  type SlackBlock,
} from './block-kit.ts';
import { cleanText, cut, escapeText, type LinkHosts, renderInlines } from './mrkdwn.ts';

/** A message as the Web API takes it. */
export interface RenderedMessage {
  readonly text: string;
  readonly blocks: SlackBlock[];
}

/**
 * A message in Block Kit that keeps every limit of Slack: texts are cut, rows and blocks beyond the limit are left
 * out with a line that says how many. Escapes every text, here and nowhere else.
 *
 * @param images by position of the chart blocks; a missing one is replaced by its description
 */
export function renderMessage(
  message: Message,
  images: readonly (UploadedImage | null)[],
  hosts: LinkHosts,
  surface: 'message' | 'home' = 'message',
): RenderedMessage {
  // The home tab knows no tables; there they become lines.
  const tables = surface === 'home' ? limits.tablesPerMessage : 0;
  const state: RenderState = { images: [...images], hosts, tables };
  const blocks = message.blocks.flatMap((block) => renderBlock(block, state));
  return { text: cut(escapeText(message.text), limits.fallbackText), blocks: withinBlockLimit(blocks) };
}

interface RenderState {
  readonly images: (UploadedImage | null)[];
  readonly hosts: LinkHosts;
  tables: number;
}

function renderBlock(block: Block, state: RenderState): SlackBlock[] {
  switch (block.kind) {
    case 'headline':
      return renderHeadline(block);
    case 'paragraph': {
      const text = renderInlines(block.content, state.hosts, limits.sectionText);
      return text.trim() === '' ? [] : [{ type: 'section', text: mrkdwn(text) }];
    }
    case 'fields':
      return renderFields(block);
    case 'table':
      return renderTable(block, state);
    case 'chart': {
      const image = state.images.shift() ?? null;
      const alt = cut(cleanText(block.spec.altText), limits.altText);
      return image === null
        ? contextLine(`Chart not available. ${cut(escapeText(alt), limits.contextText - 40)}`)
        : [{ type: 'image', slack_file: { id: image.imageId }, alt_text: alt || 'chart' }];
    }
    case 'actions':
      return renderActions(block);
    case 'context':
      return contextLine(renderInlines(block.content, state.hosts, limits.contextText));
    case 'code':
      return renderCode(block.text);
    case 'file':
      // Shared by the delivery together with the message, not a block of it.
      return [];
    case 'divider':
      return [{ type: 'divider' }];
    default:
      return exhaustive(block);
  }
}

/** Drawn beside the word that says the same. */
const toneMarks: Readonly<Record<Tone, string>> = {
  critical: ':red_circle: ',
  warning: ':large_orange_circle: ',
  notice: ':large_yellow_circle: ',
  good: ':large_green_circle: ',
  neutral: '',
};

function renderHeadline(block: HeadlineBlock): SlackBlock[] {
  const word = block.word === undefined ? '' : `${block.word}: `;
  const whole = `${toneMarks[block.tone]}${word}${cleanText(block.text).replaceAll('\n', ' ')}`;
  if (whole.trim() === '') return [];
  const header: SlackBlock = { type: 'header', text: plainText(cut(whole, limits.header)) };
  // What does not fit into a header is not lost.
  return whole.length <= limits.header
    ? [header]
    : [header, { type: 'section', text: mrkdwn(cut(escapeText(block.text), limits.sectionText)) }];
}

const fence = '```';

/** In as many sections as it takes, cut between lines where that is possible. */
function renderCode(text: string): SlackBlock[] {
  const room = limits.sectionText - 2 * fence.length - 2;
  const sections: SlackBlock[] = [];
  let rest = escapeText(text).replaceAll(fence, 'ˋˋˋ');
  while (rest !== '') {
    const line = rest.length <= room ? rest.length : rest.lastIndexOf('\n', room);
    const end = line > 0 ? line : room;
    sections.push({ type: 'section', text: mrkdwn(`${fence}\n${rest.slice(0, end)}\n${fence}`) });
    rest = rest.slice(end).replace(/^\n/, '');
  }
  return sections;
}

function renderFields(block: FieldsBlock): SlackBlock[] {
  const fields = block.fields.map(({ label, value }) =>
    mrkdwn(
      `*${escapeText(label).replaceAll('*', '∗')}*\n${cut(escapeText(value), limits.fieldText - label.length * 2 - 8) || '–'}`,
    ),
  );
  const sections: SlackBlock[] = [];
  for (let start = 0; start < fields.length; start += limits.fieldsPerSection) {
    sections.push({ type: 'section', fields: fields.slice(start, start + limits.fieldsPerSection) });
  }
  return sections;
}

/** A cell longer than this belongs into a paragraph; a header cell names a column. */
const tableCellCharacters = 300;
const tableHeaderCharacters = 80;

const lengthOf = (row: readonly { readonly text: string }[]): number =>
  row.reduce((sum, { text }) => sum + text.length, 0);

function renderTable(block: TableBlock, state: RenderState): SlackBlock[] {
  const columns = block.columns.slice(0, limits.tableColumns);
  if (columns.length === 0) return [];
  if (state.tables >= limits.tablesPerMessage) return renderTableAsText(block);
  state.tables += 1;
  const toRow = (cells: readonly string[], most: number) =>
    columns.map((_, index) => ({
      type: 'raw_text' as const,
      text: cut(cleanText(cells[index] ?? ''), most).trim() || '–',
    }));
  const rows = [
    toRow(
      block.columns.map((column) => column.label),
      tableHeaderCharacters,
    ),
  ];
  let characters = lengthOf(rows[0] ?? []);
  for (const cells of block.rows) {
    const row = toRow(cells, tableCellCharacters);
    characters += lengthOf(row);
    if (rows.length >= limits.tableRows || characters > limits.tableCharacters) break;
    rows.push(row);
  }
  const shown = rows.length - 1;
  const table: SlackBlock = {
    type: 'table',
    column_settings: columns.map((column) => ({
      align: column.align ?? 'left',
      is_wrapped: column.align !== 'right',
    })),
    rows,
  };
  return [...caption(block.caption), table, ...omitted(block.rows.length - shown + (block.omittedRows ?? 0))];
}

/** Slack takes one table a message; a further one becomes lines. */
function renderTableAsText(block: TableBlock): SlackBlock[] {
  const lines = block.rows.slice(0, 20).map((cells) => `• ${cells.map(escapeText).join(' · ')}`);
  const text = cut(lines.join('\n'), limits.sectionText);
  const rest = omitted(block.rows.length - lines.length + (block.omittedRows ?? 0));
  return [
    ...caption(block.caption),
    ...(text === '' ? [] : [{ type: 'section' as const, text: mrkdwn(text) }]),
    ...rest,
  ];
}

const caption = (text: string): SlackBlock[] => contextLine(cut(escapeText(text), limits.contextText));

const omitted = (count: number): SlackBlock[] =>
  count > 0 ? contextLine(`${count} more ${count === 1 ? 'row' : 'rows'} not shown.`) : [];

/** A small line; none where nothing is left to read, which Slack would refuse together with the whole message. */
function contextLine(text: string): SlackBlock[] {
  return text.trim() === '' ? [] : [{ type: 'context', elements: [mrkdwn(text)] }];
}

function renderActions(block: ActionsBlock): SlackBlock[] {
  const seen = new Map<string, number>();
  const elements = block.actions.slice(0, limits.actionsPerBlock).flatMap((action) => {
    const times = seen.get(action.action) ?? 0;
    seen.set(action.action, times + 1);
    // Ids must differ within a block; what follows the # is for Slack alone.
    return renderAction(action, times === 0 ? action.action : `${action.action}#${times}`);
  });
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function renderAction(
  action: Action,
  actionId: string,
): readonly (ButtonElement | SelectElement | OverflowElement)[] {
  switch (action.kind) {
    case 'button':
      return [
        {
          type: 'button',
          action_id: actionId,
          text: plainText(cut(cleanText(action.label), limits.buttonText) || '–'),
          value: action.value,
          ...(action.style === undefined ? {} : { style: action.style }),
          ...(action.accessibilityLabel === undefined
            ? {}
            : { accessibility_label: cut(action.accessibilityLabel, limits.accessibilityLabel) }),
        },
      ];
    case 'menu': {
      const options = renderOptions(action.options, limits.optionsPerSelect);
      const placeholder = plainText(cut(cleanText(action.placeholder), limits.placeholder));
      return options.length === 0
        ? []
        : [{ type: 'static_select', action_id: actionId, placeholder, options }];
    }
    case 'overflow': {
      const options = renderOptions(action.options, limits.optionsPerOverflow);
      return options.length === 0 ? [] : [{ type: 'overflow', action_id: actionId, options }];
    }
    default:
      return exhaustive(action);
  }
}

/** Options as menus take them; one whose value Slack would refuse is left out rather than the whole message. */
export function renderOptions(
  options: readonly { readonly label: string; readonly value: string }[],
  most: number,
): SelectElement['options'] {
  return options
    .filter(({ value }) => value.length > 0 && value.length <= limits.optionValue)
    .slice(0, most)
    .map(({ label, value }) => ({ text: plainText(cut(cleanText(label), limits.optionText) || '–'), value }));
}

/** The name of an action without what was added to make its id unique. */
export function actionName(actionId: string): string {
  return actionId.replace(/#\d+$/, '');
}

function withinBlockLimit(blocks: SlackBlock[]): SlackBlock[] {
  if (blocks.length <= limits.blocksPerMessage) return blocks;
  const kept = blocks.slice(0, limits.blocksPerMessage - 1);
  return [
    ...kept,
    ...contextLine(`${blocks.length - kept.length} more parts not shown: the message is at Slack's limit.`),
  ];
}
