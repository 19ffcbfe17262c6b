import { rephrased, type Turn } from './turn.ts';

const records = '(?:accounts|customers|clients|companies)';
const work =
  '(?:handling|working on|juggling|dealing with|looking after|sitting on|holding|carrying|taking care of|responsible for)';
const odd = '(?:unusual|odd|strange|weird|abnormal|suspicious|out of the ordinary|out of line)';

/** What people say every day for what the grammar knows by another construction. */
const turns: readonly Turn[] = [
  // "Before end of month": the one that runs.
  [
    /\b((?:by|before|until|till|through|at) )end of (week|month|quarter|year)\b(?! \d)/gi,
    '$1the end of the $2',
  ],
  // "Tickets of mine tagged as escalated".
  [
    /\b(?:(?:that|which) (?:are|were|have been|got) )?(?:tagged|labell?ed|flagged|marked) (?:as )?(escalated|reopened|urgent|solved|closed|converted|inactive|overdue)\b/gi,
    'that are $1',
  ],
  // "Anything unusual in the numbers this week": what the analyser found out of line.
  [
    new RegExp(
      `^(?:(?:is|was|were) there |(?:have|has) (?:we|you|there) (?:seen|been|had) |do (?:we|you) (?:have|see) |did (?:we|you) (?:see|have) |see )?(?:anything|something) ${odd}(?: (?:going on|happening))?(?: (?:in|about|with) (?:the |our |my )?(?:numbers|figures|data|metrics|kpis))?\\b`,
      'i',
    ),
    'list anomalies',
  ],
  // "Is ticket volume unusual today", "was the number of chats unusually high yesterday": what was found of that series.
  [
    new RegExp(
      `^(?:is|are|was|were) (?:the |our )?(?:(?:number|volume|amount|count) of (?:new |incoming )?(tickets|conversations|chats)|(ticket|conversation|chat) (?:volumes?|numbers?|counts?))(?: (?:coming in|opened|started))? (?:${odd}|unusually (?:high|low))(?: (?:high|low))?\\b`,
      'i',
    ),
    (_said, many = '', one?: string) => `list ${one ?? many.replace(/s$/, '')} anomalies`,
  ],
  [
    new RegExp(
      `^(?:(?:is|was|were|are) there |do (?:we|you) (?:have|see) |did (?:we|you) (?:see|have) |see )?(?:anything|something|any|some|list|show)? ?(?:${odd}|spikes?|outliers?|anomal(?:y|ies))(?: (?:about|in|with|for))+ (?:how many |the |our |my |(?:number|volume) of |new )*(ticket|conversation|chat)s?(?: (?:volumes?|numbers?|counts?|opened|started|come in|came in))*\\b`,
      'i',
    ),
    'list $1 anomalies',
  ],
  [
    new RegExp(
      `^(?:list |show )?(?:any |the )?${odd} (?:number of )?(ticket|conversation|chat)s?(?: (?:volumes?|numbers?|counts?))?(?=[?.! ]*$| (?:today|yesterday|this|last|in|since|on)\\b)`,
      'i',
    ),
    'list $1 anomalies',
  ],
  [/^(?:list |show |any |the )*(ticket|conversation|chat)(?: volumes?)? anomalies\b/i, 'list $1 anomalies'],
  // "Which customers logged in the most": nothing was logged, as a ticket is.
  [
    /\b(customers|accounts|clients|companies|who) (?:have |has |had )?(?:logged|logs?|logging) (?:in|on) (?:the )?(most|least)(?: often| frequently)?\b/gi,
    '$1 has the $2 logins',
  ],
  // "Critical health band": the band is told by its value.
  [
    /\b(excellent|good|fair|poor|critical) health bands?\b(?! (?:today|right now|now|currently|at the moment))/gi,
    '$1 band',
  ],
  // "The five deals that have been open the longest": by when they were opened, whenever they are meant to end.
  [
    /\b(deals|opportunities|opps|leads|escalations|incidents) (?:(?:that|which) )?(?:(?:have|has|had) been |are |is )?(?:standing )?open (?:for )?(?:the )?longest\b/gi,
    'oldest open $1',
  ],
  // "What activity has there been on my deals".
  [/^what ([a-z]+?(?:y|s)) (?:has|have|is|are|was|were) there(?: been)? /i, 'list $1 '],
  [/^list activity /i, 'list activities '],
  // "When do my accounts come up for renewal": the next date of each.
  [
    new RegExp(
      `^when (?:do|does|will|are|is) ((?:my |our |the |all )?(?:[a-z-]+ )?${records}) (?:(?:come|coming) up for renewal|up for renewal|due for renewal|renew|renewing|due to renew|have to renew|need to renew)(?=[?.! ]*$)`,
      'i',
    ),
    'next renewal for each of $1',
  ],
  // "How many chats am I handling right now": the open ones.
  ...[
    ['am i', 'do i'],
    ['are we', 'do we'],
    ['is ("[^"]+"|\\p{Lu}[\\p{L}-]+(?: \\p{Lu}[\\p{L}-]+)?)', 'does $2'],
  ].map(
    ([who = '', has = '']): Turn => [
      new RegExp(`^how many (?!open )([a-z]+s) ${who} (?:currently |now |still )?${work}\\b`, 'iu'),
      `how many open $1 ${has} have`,
    ],
  ),
  // "When during the week do we get the most tickets".
  [/^when (?:during|in|over) (?:the|a) week (do|does|did|are|is|was|were) /i, 'on which weekday $1 '],
  [
    /^(?:when|at what time|what time) (?:during|of|in) the day (do|does|did) /i,
    'at which hour of the day $1 ',
  ],
];

/** @param text a tidied question */
export const inEverydayTurns = (text: string): string => rephrased(text, turns);
