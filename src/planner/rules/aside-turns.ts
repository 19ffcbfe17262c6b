import type { Turn } from './turn.ts';

/** What is said, and what is put in its place. */
export const ticket = '(?:tickets?|cases?|tix|issues?|requests?)';
const vague = '(?:lately|recently|these days|of late|since (?:spring|summer|autumn|winter))';

/** "Of mine" where whoever asks speaks of themselves; everybody's otherwise. */
export const ofMine = (who: string | undefined): string =>
  /^(?:i|me|my|mine)$/i.test((who ?? '').trim()) ? ' of mine' : '';

/** A share, said as a second question. */
export const shareTurns: readonly Turn[] = [
  // "First reply under one hour – in how many percent of cases do we manage that".
  [
    /^(.+?)\s*[–—:,-]+ ?in (?:how many|what|how much) (?:percent|percentage|%|pct)(?: share)? of (?:the |all |our )?(?:cases|tickets|times)(?: (?:do|did|have|does|is|are) .*)?(?=\s*[?.!]*$)/i,
    'share of tickets with $1',
  ],
  // "How many chats were there, and how many of those were handed over": the part beside the whole.
  [
    /^how many (.+?) (?:were there|are there|did we have|have we had|did we get|came in)(.*?),? and how many of (?:those|them|these) (.+?)(?=\s*[?.!]*$)/i,
    'share of $1$2 that $3',
  ],
  // "Tickets open more than 14 days as percent of the backlog".
  [
    new RegExp(
      `^(?:open )?${ticket} (?:that are |which are )?open (?:for )?(?:more than|over|longer than) (\\d+ ?\\w+),? (?:as |in )?(?:an? |the )?(?:pct|percent|percentage|%|share|part)(?: of)?(?: (?:the|our|my|all))? (?:backlog|open ${ticket})(?=\\s*[?.!]*$)`,
      'i',
    ),
    'share of open tickets that are older than $1',
  ],
  [
    /^(?:what |which )?(?:share|percent|percentage|pct|part) of (?:my |our |the )*open (?:tickets|cases) (?:is|are|that are|which are|has been|have been)? ?(?:open (?:for )?)?(?:older than|more than|over|longer than) (\d+ ?\w+)(?: old)?(?=\s*[?.!]*$)/i,
    'share of open tickets that are older than $1',
  ],
  [
    /^(weekend|weekday|night) (tickets|cases|chats|conversations) (?:share|pct|percent|percentage)\b/i,
    'share of $2 opened on $1s',
  ],
  [
    /\bthis (mth|month|wk|week|qtr|quarter|yr|year) (?:vs\.?|versus|against|to) (?:the )?(?:prev|previous|prior|one before)(?: one)?(?=\s*[?.!]*$)/gi,
    'this $1 vs last $1',
  ],
  // "Tickets this vs last month".
  [
    /\bthis (?:vs\.?|versus|against|compared (?:to|with)) (?:the )?last (month|week|quarter|year)\b/gi,
    'this $1 vs last $1',
  ],
  // "What did we sell of the vault": what was ordered of it, as "how much" asks.
  [/^what (?:did|have|do) we (?:sell|sold) of (?=\S)/i, 'how much did we sell of '],
  // "Open tickets, urgent ones first": by how urgent they are.
  [/,? (?:the )?(?:most )?urgent (?:ones |tickets |cases )?first(?=\s*[?.!]*$)/i, ', most urgent first'],
  [/^[a-z -]{3,30} (?:ratio|share|rate): (?=.+ as an? (?:share|percentage|part|percent) of )/i, ''],
  [
    /\b(?:firefighting )?share (urgent|high|low|normal|escalated|reopened)(?: tickets?)? of all (?:tix|tickets|cases)\b/gi,
    'share of $1 tickets',
  ],
  // "Have we ever had a week this year without a breach": how many there were in each.
  [
    /^(?:have|did|has) (?:we|i) (?:ever )?(?:had|have) (?:a|any|one) (day|week|month)(.*?) (?:without|with no) (?:a single |any |a |one )?(.+?)(?=\s*[?.!]*$)/i,
    '$3 by $1$2',
  ],
  [
    /^(?:am|are|is|was|were) (i|we) (?:getting )?(?:faster|quicker|slower) or (?:slower|faster|quicker) (?:than|compared (?:to|with)) last (week|month|quarter|year) (?:with|on|in|at) (?:my |our )?(first|next) (?:repl(?:y|ies)|responses?|answers?)(?=\s*[?.!]*$)/i,
    (_, who = '', unit = '', which = '') =>
      `how did ${/i/i.test(who) ? 'my' : 'our'} ${which} response time change this ${unit} compared to last ${unit}`,
  ],
];

/** What only leads to what is meant, or is said a second time. */
export const asideTurns: readonly Turn[] = [
  // "Oldest tickets, with customer and owner": whoever is responsible for a ticket works on it.
  [
    new RegExp(
      `\\b(${ticket})\\b(.*?),? with (?:the |its |their )?(customer|client|account|company)(?: name)? and (?:the |its |their )?owner(?![\\w-])`,
      'gi',
    ),
    '$1$2 with $3 and assignee',
  ],
  // "Lately, say the past 30 days", "since summer, say after 1 September".
  [
    new RegExp(
      `\\b${vague},? (?:say|like|i mean|meaning|so)? ?,?(?:in |over |for )?(?:the )?(?=(?:past|last|this|since|after) )`,
      'gi',
    ),
    '',
  ],
  [/,? (?:just )?(?:one|three|five|ten|\d{1,2}) (?:is|are|will be) (?:enough|plenty)(?=\s*[?.!]*$)/gi, ''],
  // "Vantage Rail tickets, last five".
  [
    /^((?!.* by ).+?),? (?:the )?(?:last|latest|newest) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)(?=\s*[?.!]*$)/i,
    'newest $2 $1',
  ],
  [/\btop (\d{1,2}|two|three|five|ten) (oldest|newest|longest|slowest|latest)\b/gi, '$1 $2'],
  [/\bmost (?:serious|severe|critical|pressing|urgent) (?:ones? )?first\b/gi, 'sorted by priority'],
  // "How many of my tickets are older than a week and which one is the oldest": the number stands above the rows.
  [
    /^(?:how big|how long|how large) is (?:our|the|my) (?:backlog|queue)(?: (?:today|now|right now|at the moment))?,? and (?:which(?: one| ticket)? is|how old is|what is) the oldest(?: one| ticket)?(?: (?:in|of|among) (?:it|them|those))?(?=\s*[?.!]*$)/i,
    'show the time open of the oldest open ticket',
  ],
  [
    /^(?:tell me )?how many (?:of )?(.+?),? and (?:which(?: one| ticket)? is|how old is|what is) the (oldest|newest|longest|slowest)(?: one| ticket)?(?: (?:in|of|among) (?:it|them|those))?(?=\s*[?.!]*$)/i,
    'list $1 $2 first',
  ],
  [
    /\b(?:my|mine,?) (?:(oldest|newest|longest) )?open (?:ones?|stuff|things)(?:,? (?:sorted|ordered) by age)?(?! (?:in|of)\b)/gi,
    (_, end = '') => `anything open of mine${end === '' ? ', oldest first' : `, ${end} first`}`,
  ],
  [/\bhow old is (?:my |our |the )?oldest\b/gi, 'show the time open of the oldest'],
  [
    /,? (?:and )?which (?:ticket|case|one|chat|conversation|escalation) (?:was|is) (?:that|it|this)(?=\s*[?.!]*$)/gi,
    '',
  ],
  [
    /,? (?:and )?what(?:'s|s| is| was)? (?:it|that|this)(?: all)? about(?=\s*[?.!]*$)|,? (?:and )?what (?:was|is) (?:it|that|this)(?: all)? about(?=\s*[?.!]*$)/gi,
    '',
  ],
  [/,? and what(?:'s|s| is| are) the (\w+) of each(?: of (?:them|those))?(?=\s*[?.!]*$)/gi, ' with $1'],
  [
    /,? and how many (repl(?:y|ies)|answers|reopens) (?:each|every one)(?: of them)? (?:has|have|had|got)(?: had| got)?(?=\s*[?.!]*$)/gi,
    ' with $1',
  ],
  [/\bas a share of (?:everything|all) (?=opened|solved|closed)/gi, 'as a share of all tickets '],
  [/ n (?=(?:avg|average|median|how|total|mean|their|which)\b)/gi, ' and '],
];
