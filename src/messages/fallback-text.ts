import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Action, Block, Inline, Message, TableBlock } from './message.ts';

/** A message as plain text: for terminals, for mail, and where a platform refuses its blocks. */
export function renderPlainText(message: Message): string {
  return message.blocks
    .map(renderBlock)
    .filter((text) => text !== '')
    .join('\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'headline':
      return block.word === undefined ? block.text : `${block.word}: ${block.text}`;
    case 'paragraph':
    case 'context':
      return renderInlines(block.content);
    case 'fields':
      return block.fields.map(({ label, value }) => `  ${label}: ${value}`).join('\n');
    case 'table':
      return renderTable(block);
    case 'chart':
      return `[Chart] ${block.spec.altText}`;
    case 'actions':
      return block.actions.map(renderAction).join(' ');
    case 'code':
      return block.text;
    case 'file':
      return `[File] ${block.fileName}`;
    case 'divider':
      return '---';
    default:
      return exhaustive(block);
  }
}

/** Text of a run without its markup. */
export function renderInlines(content: readonly Inline[]): string {
  return content.map(renderInline).join('');
}

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  switch (inline.kind) {
    case 'strong':
    case 'emphasis':
    case 'code':
      return inline.text;
    case 'person':
      return `@${inline.name}`;
    case 'link':
      return `${inline.text} (${inline.url})`;
    default:
      return exhaustive(inline);
  }
}

function renderAction(action: Action): string {
  if (action.kind === 'button') return `[${action.label}]`;
  const name = action.kind === 'menu' ? action.placeholder : action.label;
  return `[${name}: ${action.options.map(({ label }) => label).join(' | ')}]`;
}

function renderTable(table: TableBlock): string {
  const header = table.columns.map(({ label }) => label);
  const widths = header.map((label, column) =>
    Math.max(label.length, ...table.rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return table.columns[column]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const more = table.omittedRows ? [`and ${table.omittedRows} more`] : [];
  return [table.caption, line(header), ...table.rows.map(line), ...more].join('\n');
}
