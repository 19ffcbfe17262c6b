import { marketTurns } from './market-turns.ts';
import { recordTurns, touchTurns } from './record-turns.ts';
import { rephrased, type Turn } from './turn.ts';

const ends = '(?=\\s*[?.!,;]|\\s*$)';
const target = '(?:quota|number|target|goal|plan)';
const compared =
  '(under|below|over|above|less than|more than|at least|at most|beyond|past) (\\d+(?:[.,]\\d+)? ?(?:%|pct|percent))';
const dealNoun = '(?:deals?|opps?|opportunity|opportunities)';

/** Of quotas: whoever sells speaks of a number. */
const quotaTurns: readonly Turn[] = [
  // "How far am I off my number", "are we short of target".
  [
    /\b(off|short of|away from|behind|from|to|of|hit|hitting|against) (my|our|the) (?:number|target)\b/gi,
    '$1 $2 quota',
  ],
  // "Who is closest to hitting quota", "furthest from their number".
  [
    new RegExp(
      `\\b(who|which \\w+)((?: (?:on|in|of) (?:my|our|the) team)?) (?:is|are|'s|comes?|came|sits?)(?: the)? (?:closest|nearest) to (?:hitting |making |reaching |meeting )?(?:(?:their|his|her|its|the|a) )?${target}\\b`,
      'gi',
    ),
    '$1$2 has the highest quota attainment',
  ],
  [
    new RegExp(
      `\\b(who|which \\w+)((?: (?:on|in|of) (?:my|our|the) team)?) (?:is|are|'s|comes?|came|sits?)(?: the)? (?:furthest|farthest) (?:behind|from|off|away from) (?:hitting |making |reaching |meeting )?(?:(?:their|his|her|its|the|a) )?${target}\\b`,
      'gi',
    ),
    '$1$2 has the lowest quota attainment',
  ],
  // "Reps under 50 % quota", "below 30 percent of their target".
  [
    new RegExp(
      `\\b(?:(?:are|is|that are|who are|with) )*${compared}(?: of)?(?: (?:their|his|her|the))? (?:${target}s?)(?: attainment)?\\b`,
      'gi',
    ),
    'with quota attainment $1 $2',
  ],
  [/\b(quota|attainment|pipeline|gap to quota)\b([^,?.]*?),? per head\b/gi, '$1$2 per rep'],
  [/\bteam(?:'s)? (?=(?:quota|attainment|pipeline|pipe|forecast|win rate|bookings)\b)/gi, "my team's "],
  [/\bmy (?:my )+team/gi, 'my team'],
  [/\bfor the (?:whole |entire )?team\b/gi, 'of my team'],
];

/** Of deals: what becomes of them, and what they stand in. */
const dealTurns: readonly Turn[] = [
  // "Stuck in negotiation 30+ days": deals are.
  [/^(?:(?:which|what|any|all|list|show(?: me)?) )*stuck in (?=[a-z])/i, 'deals in '],
  [/\b(\d+) ?\+ ?(days?|weeks?|months?|hours?)\b/gi, 'more than $1 $2'],
  [/\b(\d+) ?(d|w|m|h|days|weeks|months|hours) ?\+(?= |[?.!,]|$)/gi, 'more than $1 $2'],
  [/\bdeals? in (\S+(?: \S+)?) (more than \d+ (?:day|week|month)s?)\b/gi, 'deals in $1 for $2'],
  // "What share of deals died", "already dead".
  [
    new RegExp(
      `\\b(${dealNoun}\\b[^,?.]*?) (?:that |which )?(?:are |have |were )?(?:already )?(?:dead|died)(?= |[?.!,]|$)(?! (?:at|in)\\b)`,
      'gi',
    ),
    '$1 in stage closed lost',
  ],
  // "Which stage do we lose most deals in", "what stage do deals die at".
  [
    new RegExp(
      `\\b(?:(?:in|at|from) )?(?:which|what) stages? (?:do|did|are|were|have) (?:(?:we|i|they|most|our|my|the) )*(?:${dealNoun} )?(?:(?:mostly|usually|mainly|often) )?(?:lose|lost|losing|die|died|drop(?: out)?|dropped(?: out)?|fall out|get lost|being lost)(?: (?:the )?most(?: often)?)?(?: (?:of )?(?:our |my |the )?${dealNoun})?(?: (?:in|at|from))?\\b`,
      'gi',
    ),
    (words: string) =>
      /\b(?:i|my)\b/i.test(words)
        ? 'my deals lost from a stage by stage highest first'
        : 'deals lost from a stage by stage highest first',
  ],
  [
    new RegExp(
      `\\b(?:which|what) (\\w+) do (?:we|i) (win|lose) (?:the )?most(?: often)?(?: ${dealNoun})?(?: (?:in|with|to|from))?${ends}`,
      'gi',
    ),
    'which $1 has the most deals $2',
  ],
  [/\bthe most deals win\b/gi, 'the most won deals'],
  [/\bthe most deals lose\b/gi, 'the most lost deals'],
  // "Stage by stage", "stage to stage conversion".
  [/\b(?:stage[- ](?:by|to)[- ]stage) (conversion|funnel)(?: rates?)?\b/gi, 'stage conversion by stage'],
  [/\b(conversion|funnel),? stage[- ]by[- ]stage\b/gi, '$1 by stage'],
  [
    /\b(?:lost deals|deals lost|losses|closed lost(?: deals)?) (?:by|per) stage\b/gi,
    'deals lost from a stage by stage',
  ],
  // "Deals with amount above 100k closing this quarter".
  [
    new RegExp(
      `\\b(${dealNoun}) ((?:(?:of (?:mine|ours)|with|over|above|under|below|worth|bigger than|larger than|more than) )[^,?.]*?) closing (?=(?:this|next|in|by|before|within|until|today|tomorrow)\\b)`,
      'gi',
    ),
    '$1 closing $2 ',
  ],
  // "What came into the pipeline today".
  [
    /\b(?:what|which deals|how much|deals that|deals|anything|what deals) (?:has |have |was |were )?(?:came|come|entered|gone|went|got|added)(?: in)?(?: ?to)? (?:the|our|my) pipe(?:line)?\b/gi,
    'list deals created',
  ],
  [
    /\bby ((?:close|renewal|start|expiry|due) date),? (?:the )?(?:soonest|earliest|nearest|next)(?: ones?)? first\b/gi,
    'sorted by $1 ascending',
  ],
  // "Deals I pushed out more than once", "pushed to a later date".
  [
    new RegExp(
      `\\b(${dealNoun}) (?:(?:that|which) )?(i |we )?(?:(?:have|has|had|were|was|got|been) )*(?:pushed|slipped|postponed|delayed|moved)(?: (?:out|back))*(?: to (?:a )?later (?:date|day|month|quarter))?,? (?:more than once|at least twice|twice or more|several times|repeatedly|again and again)\\b`,
      'gi',
    ),
    '$1 $2with more than 1 close date push',
  ],
  [
    /\b(deals?|opps?|opportunit(?:y|ies)) (?:i|that i) with (more than 1 close date push)/gi,
    '$1 of mine with $2',
  ],
  [/\bpushed (?:out|back)?(?: )?to (?:a )?later (?:date|day|month|quarter)\b/gi, 'pushed back'],
  [
    new RegExp(
      `\\b(${dealNoun}) (?:has |have )?([A-Z]\\w+|i|we) (?:has |have )?(?:pushed|postponed)(?: (?:out|back))?\\b`,
      'g',
    ),
    '$1 pushed back of $2',
  ],
  [
    /^how (?:often|many times) (?:has|have|was|were|did) (.+?) (?:been )?(?:pushed|slipped|postponed|moved (?:out|back))(?: (?:out|back))?[?.!]*$/i,
    'close date pushes of $1 of all time',
  ],
  // "Open renewals", "an open upgrade deal": deals of a type.
  [/\b(open|lost|won) renewals?(?! (?:deal|opp|rate|date|mrr|arr|quote))\b/gi, '$1 renewal deals'],
  [/\bnew biz\b/gi, 'new business'],
  // "But supposed to close": one condition more.
  [
    /,? but (?=(?:(?:are|is|still|already) )*(?:supposed|due|expected|meant|scheduled|planned|closing|forecast)\b)/gi,
    ' and ',
  ],
  // "With data residency in the requirements".
  [
    /\b(?:with|w\/|having|that (?:have|has)) ([\w -]{3,40}?) in (?:the |its |their )?(requirements|next steps?)\b/gi,
    'with $2 mentioning "$1"',
  ],
  [/\bforecast (?=(?:commit|best case)\b)/gi, ''],
  [/\bforecast\b([^,?.]*?),? weighted\b/gi, 'weighted forecast$1'],
  [/\bhow does my weighted forecast\b(.*?) looks?\b/gi, 'my weighted pipeline$1'],
  [/\b(deals?|accounts?|customers?|leads?) together with\b/gi, '$1 with'],
  [/\bby type of deals?\b/gi, 'by deal type'],
];

const turns: readonly Turn[] = [...quotaTurns, ...recordTurns, ...touchTurns, ...dealTurns, ...marketTurns];

/** Ways of sales to say what the catalogue calls otherwise: numbers that are quotas, deals that die, who was last spoken to. */
export const inSalesWords = (text: string): string => rephrased(text, turns);
