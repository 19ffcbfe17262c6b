import { parseSimulation, type SimulationRequest } from './simulate.ts';

/** What `/heed …` asks for. */
export type SlashCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'ask'; readonly question: string }
  | { readonly kind: 'board'; readonly board: string }
  | { readonly kind: 'account'; readonly name: string }
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
        : { kind: 'account', name: rest };
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
