import { rephrased, type Turn } from './turn.ts';

/**
 * Ways to say which form an answer should have. The words here are those of form alone: what is asked for stands in the
 * groups, and may be any figure, any records, any property.
 */
const lead =
  "(?:(?:please|can you|could you|would you|i want|i would like|i'd like|i need|just) )*(?:(?:show|give|draw|plot|make|get|build|display)(?: me| us)? |what is |what's |whats )?(?:a |an |the |our )?";
const kind = '(?:pie|bar|column|line|donut|doughnut|area|trend)';
const entities =
  'tickets?|cases|deals?|opportunities|leads?|escalations?|incidents?|outages|conversations?|chats';
const usual = '(?:usually|normally|typically|generally|on average|in average)';
const state = '(?:stay|remain|are|be|sit|keep|stand|stays|remains|is)';
const few = '(\\d{1,2} |two |three |four |five |six |seven |eight |nine |ten )?';
const doer = '(?:[Ii]|[Ww]e|"[^"]+"|\\p{Lu}\\p{L}+)';
const people = '(?:me|us|my team|our team|the team|"[^"]+"|\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+)?)';

/** What the time until such a record is done is called. */
function timeToEnd(noun: string): string {
  if (/^(?:deal|opp)/i.test(noun)) return 'days to close';
  if (/^lead/i.test(noun)) return 'time to convert a lead';
  if (/^esc/i.test(noun)) return 'escalation resolution time';
  if (/^(?:inc|out)/i.test(noun)) return 'incident duration';
  return /^(?:conv|chat)/i.test(noun) ? 'conversation length' : 'resolution time';
}

const whose = (who: string): string => {
  if (/^(?:me|i)$/i.test(who)) return ' of mine';
  if (/^(?:us|we)$/i.test(who)) return '';
  return who === '' ? '' : ` of ${who}`;
};

const healthiest = (own: string, n: string, noun: string, end: string): string =>
  `${/^my/i.test(own) ? own : ''}${n}${noun} with the ${end} health score`;

const turns: readonly Turn[] = [
  [/,? (?:if any|if there (?:are|is|were|was)(?: any)?|if i have any|if we have any)(?=\s*[?.!]*$)/i, ''],
  [/\b(?:in terms of|with (?:regard|respect) to|when it comes to)(?= )/gi, 'by'],
  [
    /^(?:please |pls |(?:can|could|would) you )*(?:(?:give|show|send|get|bring)(?: me| us)? |i(?:'d| would)? (?:like|want|need) )?(?:a|the) (?:full |complete |short |quick )?list of (?:all )?(?:of )?(?=\S)/i,
    'list ',
  ],
  // "Open tickets of our enterprise customers, number per customer": as many of them as each has.
  [
    /^((?!.*\b(?:by|per|each)\b.*,)[^,?!]+), (?:and )?(?:the |their )?(?:count|number|how many)(?: of (?:them|tickets|deals|cases|those))? (?:per|by|for each|for every|of each) ([a-z]+(?: [a-z]+)?)(?=\s*[?.!]*$)/i,
    '$1 by $2',
  ],
  [
    /^((?!.*\b(?:by|per|each)\b.*,)[^,?!]+), (?:and )?(?:the |their )?(?:total |summed )?(?:amount|value|worth)s? (?:per|by|for each|for every|of each) ([a-z]+(?: [a-z]+)?)(?=\s*[?.!]*$)/i,
    'total amount of $1 by $2',
  ],
  // "How big is the biggest deal": that one.
  [
    /^(?:and )?how (?:much|big|large|old|long) is (?:the |our |my )(?=(?:biggest|largest|smallest|oldest|newest|longest|highest|lowest) )/i,
    'show the ',
  ],
  // "The sum of all open deals": what they are worth.
  [
    /^(?:what is |what's |whats )?(?:the )?(?:sum|amount) of (?=(?:all |the |our |my |open |won |lost |new )*(?:deals|opportunities)\b)/i,
    'total value of ',
  ],
  // "When did my oldest open ticket come in": that ticket, with when it did.
  [
    /^when (?:did|was|were|has|is) ((?:my |our |the )?(?:oldest|newest|latest|most recent) [^?.!]*?) (?:come in|opened|created|raised|been opened|been created|start|started|logged|filed)(?=\s*[?.!]*$)/i,
    '$1',
  ],
  // "How do my agents compare on CSAT": the figure of each of them.
  [
    /^how (?:do|does|did) ((?:my|our|the|all) (?:\w+ )?\w+s) (?:compare|rank|stack up|differ)(?: with each other| to each other)? (?:on|by|in|for|regarding|in terms of) (?:their |the )?(\S.*)$/i,
    '$2 by $1',
  ],
  // "How does win rate differ by region", "does CSAT vary between channels": the figure of each of them.
  [
    /^(?:how (?:much )?)?(?:do|does|did) (?:the |our )?(\S.*?) (?:differ|vary|deviate|compare)(?: (?:much|a lot|strongly))? (?:by|between|across|among|per|depending on) (?:the |our |different )?(?!\S+ (?:and|until) )([a-z]+(?: (?!and\b)[a-z]+)?)(?=[\s?.!,]|$)/i,
    '$1 by $2',
  ],
  [
    /^(?:how (?:much )?)?(?:do|does|did) (?:the |our )?(\S.*?) (?:differ|vary|deviate|change)(?: (?:much|a lot|strongly))? from (?:one )?([a-z]+) to (?:another|the next|\2)(?=[\s?.!,]|$)/i,
    '$1 by $2',
  ],
  // "Which product causes most of my tickets": has the most of them.
  [
    /\b((?:which|what) (?!is\b|are\b|do\b)\w+(?: \w+)?) (?:causes?|generates?|produces?|creates?|triggers?|accounts? for|makes? up|is behind|are behind) (?:the )?(most|fewest|least)(?: of)? (?:(my|our|the) )?(?=\w)/gi,
    (_all = '', head = '', degree = '', own = '') =>
      `${head} has the ${degree} ${/^my/i.test(own) ? 'my ' : ''}`,
  ],
  [/\b(?:that |which )?(?:involves?|includes?|concerns?) (?=an? |any |one )/gi, 'with '],
  // "Is anyone in the team away": in that of whoever asks.
  [
    /\b(anyone|anybody|who(?:ever)?|someone|somebody|everyone|everybody|nobody|people) (?:(?:is|are) )?(?:in|on|from|of) the team\b/gi,
    '$1 on my team',
  ],
  // "Our five least healthy customers", "the healthiest accounts".
  [
    new RegExp(
      `^(?:(?:who|which|what) (?:is|are|were) )?(my |our |the )?${few}(?:least healthy|unhealthiest|sickest) (\\w+)`,
      'i',
    ),
    (_all = '', own = '', n = '', noun = '') => healthiest(own, n, noun, 'lowest'),
  ],
  [
    new RegExp(
      `^(?:(?:who|which|what) (?:is|are|were) )?(my |our |the )?${few}(?:most healthy|healthiest) (\\w+)`,
      'i',
    ),
    (_all = '', own = '', n = '', noun = '') => healthiest(own, n, noun, 'highest'),
  ],
  // "Customers I solved tickets for this week": whose tickets these are.
  [
    new RegExp(
      `^(?:(?:which|what|list|show(?: me)?) )?(?:the |all )?(customers|accounts|clients|companies) (?:that |who |whom )?(${doer}) ([a-z]+(?:ed|on|ost|old)) ((?:\\w+ )?(?:${entities})) (?:for|with|at|to|from|of)(?= |[?.!]|$)`,
      'u',
    ),
    '$1 whose $4 $2 $3',
  ],
  // "Any escalations on my tickets?": which of them have some.
  [
    /^(?:are there |is there |do i have |have i got )?any ((?:\w+ )?\w+s) (?:on|about|for|with|from|in) my (tickets|deals|leads|conversations|opportunities)(?=\s*[?.!]*$)/i,
    'which of my $2 have $1',
  ],
  [/\bthan (?:at|in|on) the (?:start|beginning) of (?:the|this) year\b/gi, 'than in january'],
  // "Open tickets with customer, assignee and age": how long each has been open.
  [
    /(\b(?:with|including|showing) [^?.!]*?)(?<=(?:with|including|showing|,|and|their|the) )age(?=(?:,| and)? |[?.!,]|$)(?! (?:of|by|in|above|below|over|under|more|less|\d))/i,
    '$1time open',
  ],
  // "A pie chart of customers by region", "line of open tickets per day", "… as a pie".
  [
    new RegExp(
      `^${lead}(${kind})s?(?: (?:chart|graph|diagram|plot))? (?:of|for|showing|with) (?:the |our )?(?=\\S)`,
      'i',
    ),
    '$1 chart of ',
  ],
  [
    new RegExp(
      `,? (?:as|in|into) (?:an? |the )?(${kind})s?(?: (?:chart|graph|diagram|plot))?(?=\\s*(?:[?.!]*$|,| (?:for|over|in|since|by|of|from|per|this|last)\\b))`,
      'i',
    ),
    ' as a $1 chart',
  ],
  // "Show the distribution of customers over the health bands".
  [
    new RegExp(
      `^${lead}(?:distribution|breakdown|split|spread) of (?:the |our |my )?(\\S.*?) (?:by|over|across|between|among|per|into) (?:the |our |all )*(?=\\S)`,
      'i',
    ),
    '$1 by ',
  ],
  // "Which regions have how many customers", "who has how many open tickets".
  [
    /^(?:please )?(?:which|what) ((?:of )?(?!of\b)\S+(?: \S+)?) (?:has|have|had|got|with|shows?|holds?|contains?) how (?:many|much) (\S.*)$/i,
    '$2 per $1',
  ],
  [
    /^(?:please )?(?:who|everybody|everyone) (?:has|have|had|got|with) how (?:many|much) ((?:open |unsolved |urgent |active |won |lost |new )*(?:deals|opportunities|leads|accounts|customers))\b/i,
    '$1 per owner',
  ],
  [/^(?:please )?who (?:has|have|had|got|with) how (?:many|much) (\S.*?)(?=\s*[?.!]*$)/i, '$1 per agent'],
  // "How many customers does each region have".
  [
    /^how (?:many|much) (\S.*?) (?:does|do|did) (?:each|every) (\S+(?: \S+)?) (?:have|own|hold|get|got)(?=[\s?.!]|$)/i,
    '$1 per $2',
  ],
  // "The average health score across all customers": one number of them all. Who compares them wants to see each.
  [
    /^(?!.*\b(?:compar|rank|which|who|most|least|highest|lowest|top|best|worst|distribut|spread|split|break|breakdown|each|every)\w*\b.*\b(?:across|over|among)\b)(.*?) (?:across|over|among) all (?:of )?(?:the |our |my )?(?!of\b)(\w+s)(?=[\s?.!,]|$)/i,
    (_all = '', figure = '', records = '') => {
      const isOfAll = /^(?:agents|reps|people|teams|regions|segments|channels|products|categories)$/i.test(
        records,
      );
      const isOne = /\b(?:average|avg|mean|median|total|overall|combined|sum of|how (?:many|much))\b/i.test(
        figure,
      );
      if (isOfAll) return isOne ? figure : _all;
      return `${figure} of all ${records}`;
    },
  ],
  // "How long do our deals stay open on average".
  [
    new RegExp(
      `^[Hh]ow long (?:do|does|did|will|are|is|were) (?:the |our |an? )?(my |my team's )?(${entities})(?: of (${people}))? (?:${usual} )?(?:${state} )?open(?: ${usual})?(?: until (?:they|it) (?:are|is|were) \\w+)?`,
      'u',
    ),
    (_all = '', own = '', noun = '', who = '') =>
      `average ${timeToEnd(noun)}${whose(own === '' ? who : own.trim() === 'my' ? 'me' : 'my team')}`,
  ],
  // "How long has my oldest deal been open": that deal, with when it began.
  [
    new RegExp(
      `^(?:how long|since when|for how long) (?:has|have|is|are|was) ((?:my |our |the |my team's )?(?:oldest|longest(?: running)?)) ((?:\\w+ )??(?:${entities}))((?: (?:of|in|at|from) [^?.!]+?)?) (?:been )?(?:open|running|waiting|going on)(?: (?:now|for|already|so far))?(?=\\s*[?.!]*$)`,
      'iu',
    ),
    '$1 open $2$3',
  ],
];

/** @param text a tidied question */
export const inFormWords = (text: string): string => rephrased(text, turns);
