import { type ExportFormat, exportFormats } from './answers/export/export-answer.ts';
import { readExportFormat } from './answers/export/export-form.ts';
import type { RecordKind } from './show-record.ts';
import { parseSimulation, type SimulationRequest } from './simulate.ts';

/** What concerns answers that are there already. */
export type AnswerCommand =
  | { readonly kind: 'answer'; readonly id: string }
  | { readonly kind: 'again'; readonly id: string }
  | { readonly kind: 'export'; readonly id: string | null; readonly format: ExportFormat }
  | { readonly kind: 'feedback' }
  | { readonly kind: 'own-alerts' }
  | { readonly kind: 'own-alert-delete'; readonly id: string }
  | { readonly kind: 'own-board' }
  | { readonly kind: 'own-board-add'; readonly name: string }
  | { readonly kind: 'own-board-remove'; readonly name: string };

/** What `/heed …` asks for. */
export type SlashCommand =
  | AnswerCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'ask'; readonly question: string }
  | { readonly kind: 'board'; readonly board: string }
  | { readonly kind: 'record'; readonly of: RecordKind; readonly name: string }
  | { readonly kind: 'simulate'; readonly request: SimulationRequest }
  | { readonly kind: 'incomplete'; readonly message: string };

/**
 * First word a verb; anything else is a question, so that nobody has to know the verbs.
 *
 * @param boards ids of the boards that need no parameters
 */
export function parseCommand(text: string, boards: readonly string[] = []): SlashCommand {
  const trimmed = text.trim();
  const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(trimmed) ?? [];
  switch (verb.toLowerCase()) {
    case '':
    case 'help':
    case '?':
      return { kind: 'help' };
    case 'ask':
      return rest === ''
        ? {
            kind: 'incomplete',
            message: 'What do you want to know? For example: `/heed ask open escalations by priority`',
          }
        : { kind: 'ask', question: rest };
    case 'account':
    case 'customer':
      return rest === ''
        ? { kind: 'incomplete', message: 'Which account? For example: `/heed account Kestrel Payments`' }
        : { kind: 'record', of: 'account', name: rest };
    case 'product':
      return rest === ''
        ? {
            kind: 'incomplete',
            message:
              'Which product? For example: `/heed product Quorum Vault`; all of them: `/heed products`',
          }
        : { kind: 'record', of: 'product', name: rest };
    case 'answer':
      return parseAnswer(trimmed, rest);
    case 'export':
      return parseExport(rest);
    case 'alerts':
      return parseAlerts(trimmed, rest);
    case 'board':
      return parseBoard(trimmed, rest);
    case 'feedback':
      return rest === '' ? { kind: 'feedback' } : { kind: 'ask', question: trimmed };
    case 'simulate': {
      const request = parseSimulation(rest);
      return typeof request === 'string'
        ? { kind: 'incomplete', message: request }
        : { kind: 'simulate', request };
    }
    default:
      // "pipeline by region" is a question, not the board with a stray word.
      return rest === '' && boards.includes(verb.toLowerCase())
        ? { kind: 'board', board: verb.toLowerCase() }
        : { kind: 'ask', question: trimmed };
  }
}

const answerId = /^(?:[0-9a-f]{8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** `answer 1a2b3c4d`, `answer 1a2b3c4d again`; other words after it are a question. */
function parseAnswer(whole: string, rest: string): SlashCommand {
  const [id = '', more = ''] = rest.split(/\s+/);
  if (id === '')
    return {
      kind: 'incomplete',
      message: 'Which answer? Its id stands at the end of the small print: `/heed answer 1a2b3c4d`',
    };
  if (!answerId.test(id)) return { kind: 'ask', question: whole };
  return /^(?:again|--again)$/i.test(more) ? { kind: 'again', id } : { kind: 'answer', id };
}

/** `export 1a2b3c4d csv`, or `export csv` for the newest answer. */
function parseExport(rest: string): SlashCommand {
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const format = readExportFormat(words.at(-1));
  const id = words.length === 2 ? (words[0] ?? '') : null;
  if (format === null || words.length > 2 || (id !== null && !answerId.test(id)))
    return {
      kind: 'incomplete',
      message: `What as which kind of file? For example \`/heed export 1a2b3c4d csv\`; kinds: ${exportFormats.join(', ')}; without an id it is your newest answer.`,
    };
  return { kind: 'export', id, format };
}

/** `alerts mine`, `alerts delete 1a2b3c4d`; "alerts by severity" is a question. */
function parseAlerts(whole: string, rest: string): SlashCommand {
  if (/^mine$/i.test(rest)) return { kind: 'own-alerts' };
  const [, id] = /^delete\s+(\S+)$/i.exec(rest) ?? [];
  return id !== undefined && answerId.test(id)
    ? { kind: 'own-alert-delete', id }
    : { kind: 'ask', question: whole };
}

/** `board`, `board add <name>`, `board remove <name>`. */
function parseBoard(whole: string, rest: string): SlashCommand {
  if (rest === '' || /^mine$/i.test(rest)) return { kind: 'own-board' };
  const [, verb = '', name = ''] = /^(add|remove)\b\s*(.*)$/is.exec(rest) ?? [];
  if (verb === '') return { kind: 'ask', question: whole };
  if (name === '')
    return {
      kind: 'incomplete',
      message: `What is it called? For example: \`/heed board ${verb.toLowerCase()} My urgent tickets\``,
    };
  return verb.toLowerCase() === 'add' ? { kind: 'own-board-add', name } : { kind: 'own-board-remove', name };
}
