import type { Message } from '../messages/message.ts';

/**
 * What Heed can do, in the words to type.
 *
 * @param options.isDemo names what works in a demo alone
 */
export function showHelp(options: { readonly isDemo?: boolean } = {}): Message {
  const commands: readonly (readonly [string, string])[] = [
    ['/heed status', 'how support stands: escalations, SLA, response times'],
    ['/heed pipeline', 'open deals by stage, what is due, what slipped'],
    ['/heed kpi', 'today’s figures; also support, agents, load, whatsapp, automation, business'],
    ['/heed account <name>', 'one customer: health, tickets, escalations, deals'],
    [
      '/heed product <name>',
      'one product: sales, buyers, tickets, what it is bought with; all: /heed products',
    ],
    ['/heed ask <question>', 'a number or a list; “ask” may be left out'],
    ...(options.isDemo === true ? [simulateHelp] : []),
  ];
  const questions = [
    'Which of my deals over 50k slipped this quarter?',
    'Open escalations by priority',
    'SLA compliance last month by team',
  ];
  return {
    text: 'Ask Heed a question, or use /heed status, /heed pipeline, /heed account <name>.',
    blocks: [
      { kind: 'headline', text: 'What Heed can do', tone: 'neutral' },
      ...commands.map(([command, what]) => ({
        kind: 'paragraph' as const,
        content: [{ kind: 'code' as const, text: command }, `  ${what}`],
      })),
      {
        kind: 'paragraph',
        content: [
          { kind: 'strong', text: 'Questions people ask' },
          `\n${questions.map((question) => `• ${question}`).join('\n')}`,
        ],
      },
      {
        kind: 'context',
        content: [
          'Ask in a direct message, or mention @Heed in a channel. Every answer says what was counted, for which dates, and as of when.',
        ],
      },
    ],
  };
}

const simulateHelp = [
  '/heed simulate outage <account>',
  'demo only: break the product for one account and see the alert; also `pulse` and `reset`',
] as const;
