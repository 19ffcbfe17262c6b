import { rephrased, type Turn } from './turn.ts';

const states =
  '(?:open|closed|overdue|unassigned|pending|urgent|new|active|stale|won|lost|unsolved|solved|escalated|unanswered|reopened|breached)';
const rows = '[a-z]+(?: [a-z]+)?';

/**
 * Other ways to put the same: each leaves what is asked as it is and takes something off that a sentence has and a
 * question about figures does not need. One by one, since what helps one question spoils another.
 */
const ways: readonly (readonly Turn[])[] = [
  // Adverbs that only say that a state is a state: "already breached", "still open".
  [
    [
      /(?<!\bnot )\b(?:already|still|currently|actually|really|also|even|by now|for now|right now|at the moment)\b ?/gi,
      '',
    ],
  ],
  [[/\bso far(?: (?=this|today))?/gi, '']],
  [[/[, ]+\b(?:as well|too|in total|overall|altogether|in all|all in all)\b(?=[?.!,]|$)/gi, '']],
  [[/,? \b(?:but|although|though|even though|yet|while)\b (?!(?:not|no|without|only)\b)/gi, ' and ']],
  [
    [
      /\b(?:a|an) (?!(?:most|least|fewest|last|next|past|same|first|second|previous|other|only|lot|few|day|week|month|quarter|year|half)\b)/gi,
      '',
    ],
  ],
  // "Which tickets are open and breached their SLA": the open tickets that did.
  [
    [
      new RegExp(
        `^(?:(?:which|what|show me|list) )?(?:of )?((?:my |our |the )?)(${rows}) (?:(?:that|which|who) )?(?:are|is|were) (?:still |currently )?(${states}) (?:and|but) (?:(?:have|has|had|are|is|were|was|that|which|already|still|been) )*`,
        'i',
      ),
      'which $1$3 $2 that ',
    ],
  ],
  [
    [
      new RegExp(
        `\\b(${rows}) (?:that|which|who) (?:are|is|were) (?:still |currently )?(${states})(?=[?.!,]|$| (?:and|by|per|for|in|of|with)\\b)`,
        'i',
      ),
      '$2 $1',
    ],
  ],
  [
    [
      /^for (?:the |all )?([^,]+), (?:what (?:is|are|was|were)|what's|whats|show me|give me) (?:the |our |my )?(.+?)[?.!]*$/i,
      '$2 for $1',
    ],
  ],
  [[/^for (?:the |all )?([^,]+), (how (?:many|much|long|often) .+?)[?.!]*$/i, '$2 for $1']],
  [[/^(?:and )?(?:is|are|was|were) there (?:currently |still )?(?:any |an |a |some )?/i, '']],
  [
    [
      /^(?:what (?:is|are|was|were)|what's|whats|i(?: just)? (?:need|want)|i would like|i'd like|show me|give me|tell me) (?:to (?:see|know) )?(?:all |the |our )?(?!how)/i,
      '',
    ],
  ],
  [[/ (?:to|for|of|from|with|at|on|by|in) (?:it|them)(?=[?.!,]|$| and\b)/gi, '']],
  [
    [
      /\b(?:who|that|which) (?:have|has|had|got|has got|have got) (?=(?:a|an|no|the|any|some|more|less|fewer|at least|over|under|\d)\b)/gi,
      'with ',
    ],
  ],
  [[/\bhaving (?=(?:a|an|no|the|any|some|more|less|fewer|at least|over|under|\d)\b)/gi, 'with ']],
  [[/\bwhose ([a-z]+(?: [a-z]+)?) (?:is|are|was|were|has|have) /gi, 'with $1 ']],
  [[/\bthe team\b(?!['’]s)/gi, 'my team']],
  [
    [
      / (?:on|at|among|from) (?=(?:my|our|all|the|open|urgent)? ?(?:tickets|deals|accounts|customers|escalations)\b)/gi,
      ' of ',
    ],
  ],
  [[/ at (?=\p{Lu})/gu, ' of ']],
  [[/^(?:the )?(?:total )?(?:number|count) of /i, 'how many ']],
  [[/[,;:?]? (?:-|–|—)? ?(?:and )?(?:who|which|what) are (?:they|those|these)[?.!]*$/i, '']],
  [[/,? \(([^()]+)\)/g, ', $1']],
  [[/\b(\p{L}{3,})-(\p{L}{3,})\b/gu, '$1 $2']],
  [[/ (?:&|\+) /g, ' and ']],
  [[/\b(my|our|their|its) own\b/gi, '$1']],
];

const mostTries = 14;

/**
 * A question put otherwise, the ways that change least first: each way by itself, then all up to each.
 *
 * @param text a tidied question
 */
export function otherwisePut(text: string): readonly string[] {
  const plain = (said: string): string =>
    said
      .replace(/\s+/g, ' ')
      .replace(/ (?=[,?.!])/g, '')
      .trim();
  const alone = ways.map((way) => plain(rephrased(text, way)));
  let all = text;
  const together = ways.map((way) => {
    all = plain(rephrased(all, way));
    return all;
  });
  const tries = [...alone, ...together].filter((said) => said !== text && said !== '');
  return [...new Set(tries)].slice(0, mostTries);
}
