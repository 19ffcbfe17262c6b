import { rephrased, type Turn } from './turn.ts';

const rows =
  '(?:tickets|cases|chats|conversations|deals|opportunities|opps|leads|orders|incidents|escalations)';
const customers = '(?:customers|accounts|clients|companies)';
const whose = "(?:my |our |the |all |my team's |our team's )?";
const counts: Readonly<Record<string, string>> = {
  replies: 'replies per ticket',
  touches: 'replies per ticket',
  responses: 'replies per ticket',
  messages: 'messages per conversation',
};

/** Bounds on a count that the question names elsewhere. */
const bounds: readonly Turn[] = [
  // "P1 tickets per account this quarter, only accounts with 5 or more".
  [
    new RegExp(
      `,? (?:but )?only (?:the |those )?(?:${customers}|agents|reps|products|partners|categories|regions|owners|teams|ones|those) (?:with|that have|who have|having) (?:(\\d+) or more|(at least|more than|over|under|fewer than|less than) (\\d+))(?: of (?:them|those|these))?[?.! ]*$`,
      'i',
    ),
    (_said, least?: string, how?: string, n?: string) =>
      least === undefined ? `, ${how ?? ''} ${n ?? ''}` : `, at least ${least}`,
  ],
  // "An open escalation and health below 50".
  [/\bhealth (?=(?:below|under|above|over|less than|at most|at least) \d)/gi, 'a health score '],
  [
    /\b(?:w\/|with) churn risk (high|medium|low|critical)\b|\bchurn risk (high|medium|low|critical)\b(?=[\s,?.!]|$)/gi,
    (_said, one?: string, two?: string) => `with ${one ?? two ?? ''} churn risk`,
  ],
  [
    /\b(deals|opportunities|opps) (?:with|that (?:had|have|got)) (\d+)(?:\+| or more) (?:close date )?(?:pushes|changes of (?:the )?close date|postponements)\b/gi,
    'close dates pushed by deal, at least $2',
  ],
  [
    /\b(deals|opportunities|opps) (?:(?:that|which) )?(?:(?:are|have been|were) )?(?:stuck|sitting|stalled|parked|idle|hanging|stood still) (?:in|at) (?:the |their )?(?:same |current |one |a )?stage (?:for )?(?:(?:over|more than|at least|longer than) )?(\d+)(?:\+)? days?(?: or (?:more|longer))?/gi,
    '$1 that have been in their stage for over $2 days',
  ],
];

/** One figure in the words of somebody who does not know its name. */
const figures: readonly Turn[] = [
  // "How many replies do my solved tickets need on average, last month".
  [
    new RegExp(
      `^how many (replies|touches|responses|messages) (?:do|did|does) (?:we need for |it take to solve )?(?:a |an )?(${whose})((?:solved |closed |open |urgent )?(?:tickets?|cases?|chats?|conversations?)) (?:need|take|have|get|require)(?: to (?:be )?solved?)?(?: on average| per ticket)?`,
      'i',
    ),
    (_said, what = '', who = '', of = '') => `${counts[what.toLowerCase()] ?? what} of ${who}${of}`,
  ],
  // "How much time did agents of my team spend idle on Monday".
  [
    /^how (?:much time|many hours|long) (?:did|do|have|has|does|were|was) (?:the |our )?(?:(?:agents|people|engineers|members) (?:of|in|on) (my|our) team|(each agent|every agent|agents|my team|our team)) (?:spen[dt] |be |been )?(idle|away|active|online)\b/i,
    (_said, own: string | undefined, group: string | undefined, state = '') =>
      `${state} time of ${own === undefined ? ((group ?? '').includes('team') ? group : 'agents') : `${own} team`} by agent`,
  ],
  // "Share of tickets from our top 5 customers last month".
  [
    new RegExp(
      `^(?:what(?:'s| is| was)? (?:the )?)?(?:share|percentage|%|proportion) of (?:all )?(?:the |our )?(${rows}) (?:(?:that )?(?:came|come|coming) )?(?:from|of|by|with) (?:our |the )?top (\\d+) (customers|accounts|clients|products|categories|partners|regions)\\b`,
      'i',
    ),
    'share of $1 by $3, top $2',
  ],
  [
    /^how many (?:of our customers' )?(?:users|people) (?:logged|signed) (?:in|on)(?= |$)(.*?)(?:,? (?:across|over|from|of|at) all (?:customers|accounts))?[?.! ]*$/i,
    'active users$1',
  ],
  [
    /\brepeat (?:purchase|buying|order) rate(?: over (?:the last )?(?:90 days|three months|3 months))?\b|\brepeat customer rate over (?:the last )?90 days\b/gi,
    'repeat customer rate',
  ],
  [
    /^how (?:accurate|exact|good|reliable|far off) (?:is|was|were|are|have been) (?:our |the |my )?(?:last |latest |previous |recent )?forecasts?[?.! ]*$/i,
    'forecast error',
  ],
  // "What do customers who buy X also buy".
  [
    new RegExp(
      `^what(?: else)?(?: products)? (?:do|did) (?:the )?(?:${customers}|people|buyers|those)? ?(?:who|that|which|with) (?:buy|bought|have bought|order|ordered|have|own) (.+?) (?:also |usually |typically )*(?:buy|bought|order|ordered|purchase)(?: too| as well| usually| typically)?[?.! ]*$`,
      'i',
    ),
    'what is bought together with $1',
  ],
  [
    /^(?:what|which) products (?:are|get|were) (?:usually |often |typically )?(?:bought|sold|ordered) (?:together )?with (.+?)[?.! ]*$/i,
    'what is bought together with $1',
  ],
  [
    /^(?:(?:which|list|show me|how many) )?((?:my |our |open )*)(?:deals|opportunities|opps) (?:where|for which|in which|with whom|with) (?:we |i )?(?:only |just )+(?:know |have |talk to |spoke to |engaged )?(?:a single|one|1) (?:contact|person|contact person)(?: engaged)?[?.! ]*$/i,
    '$1single-threaded deals',
  ],
  [
    /^how many days (?:is|has been) (my|our|the) oldest ((?:open )?(?:deal|ticket|case|escalation)) (?:been )?open[?.! ]*$/i,
    '$1 oldest open $2',
  ],
];

/** Which rows, by when they came and how they stand. */
const states: readonly Turn[] = [
  [
    /\b(?:and|with|plus) (?:a|any) renewal (?=(?:in|within|this|next|before|coming)\b)/gi,
    'and a subscription that renews ',
  ],
  [
    /^(failed messages) (?:by|per) ([a-z]+)(.*?),? (?:with|and) (?:the |their )?reasons?[?.! ]*$/i,
    '$1 by $2 and reason$3',
  ],
];

/** Questions of a few words, where they are not understood as they are put. */
export const inTerseFrames = (text: string): string => rephrased(text, [...bounds, ...figures, ...states]);
