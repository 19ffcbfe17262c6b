import { rephrased, type Turn } from './turn.ts';

const whose = "(?:which |what |show |list |how many )?(?:of )?((?:my|our|my team's|the team's) )?";
const rows =
  '(?:open |unsolved |active )?(?:tickets|cases)((?: of| in| for| from) (?:my team|mine|ours|me))?';
const clock =
  '(?<clock>first (?:reply|response|answer)|initial (?:reply|response|answer)|resolution|solution|fix)';
const end = '(?:sla |target )?(?:deadlines?|due dates?|due times?|targets?|slas?|time limits?)';
const when =
  '(?:(?:with)?in (?=the next\\b)|over (?=the next\\b)|(?=(?:today|tomorrow|this|next)\\b)|(?:before|by|until) (?=(?:midnight|tonight|(?:the )?end of|today|tomorrow|noon|\\d)))';

const kindOf = (said: string): string => (/^(?:first|initial)/i.test(said) ? 'first response' : 'resolution');

/**
 * Tickets by a deadline that lies ahead: "that hit their first response deadline within the next 4 hours", "whose resolution
 * is due today", "that still owe a first reply before midnight". It is the clock that has the deadline.
 */
const turns: readonly Turn[] = [
  [/,? (?:according to|as per|per|going by|under) (?:the |our |their )?slas?(?=[?.!]*$)/i, ''],
  [
    new RegExp(
      `^${whose}${rows} (?:(?:that|which|who) )?(?:(?:do|will|are|is|still|going to|about to|also) )*(?:hit|reach|run into|face|near|approach|meet|owe|need|require|have|get|due for)(?: to (?:hit|get|be given|receive))? (?:their|an?|the|our)? ?${clock}(?: (?:${end}|due(?: at)?))?(?: due| falling due| expiring)? (?<when>${when})`,
      'i',
    ),
    (...found: string[]) => asClocks(found),
  ],
  [
    new RegExp(
      `^${whose}${rows} (?:whose|where the|for which the|with (?:an?|their) ) ?${clock}(?: ${end})?(?: (?:is|are|falls?|comes?|expires?|runs? out|has to be given))*(?: due| expiring| up)? (?<when>${when})`,
      'i',
    ),
    (...found: string[]) => asClocks(found),
  ],
  [
    /\b(clocks(?: of [a-z ]+?)? due) (?:before|by|until|till) (?:midnight(?: tonight)?|tonight)(?=[?.!,]|$)/i,
    '$1 today',
  ],
];

function asClocks(found: readonly unknown[]): string {
  const [, mine = '', of = ''] = found as (string | undefined)[];
  const groups = found.at(-1) as Readonly<Record<string, string | undefined>>;
  const ahead = /^with/i.test(groups['when'] ?? '') ? 'in ' : (groups['when'] ?? '');
  return `${mine}running ${kindOf(groups['clock'] ?? '')} clocks${of} due ${ahead}`;
}

export const byTheirClocks = (text: string): string => rephrased(text, turns);
