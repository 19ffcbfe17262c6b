import { inBoundWords } from './bound-turns.ts';
import { inLengthWords } from './figure-turns.ts';
import { inMoneyFrames } from './money-frames.ts';
import { inRequestWords } from './request-turns.ts';
import { inSalesFrames } from './sales-frames.ts';
import { inServiceFrames } from './service-frames.ts';
import { inTerseFrames } from './terse-frames.ts';
import { rephrased, type Turn } from './turn.ts';

const unit = '(month|quarter|week|year|day)';
const polite = '(?:(?:please|pls|can you|could you|now|and|so|ok(?:ay)?),? )*';
const accounts = '(?:customers?|accounts?|clients?)';
const property = '(industry|region|segment|tier|country|lifecycle stage)';
const sum = '(?:sum(?: up)?|total(?: up)?|add up|tot(?:al)? up|aggregate)';
const rowNouns =
  '(?:customers|accounts|clients|deals|opportunities|tickets|cases|reps|sales reps|agents|engineers|products|partners|leads|campaigns|subscriptions|incidents|escalations)';

export const youKnow: Turn = [/, you know,?(?= )/gi, ''];

export const theOnes: Turn = [
  /, ?(?:only )?the ones (where|whose|that|which|who|with|without|from|in|on|of|older|newer|not) /gi,
  (_said, how = '') => (/^where$/i.test(how) ? ' whose ' : ` ${how} `),
];

export const isProperty: Turn = [
  / (?:whose|where) (priority|status|stage|severity|channel|region|segment|tier|category) is (?=[a-z])/gi,
  ' with $1 ',
];

export const addUp: Turn = [
  /\bhow much (?:do|does|did) (.+?) (?:add up to|amount to|sum up to|come to|total)(?: in total| altogether| overall)?(?=[?.!]*$)/i,
  'total amount of $1',
];

/** What is to be done with figures, as the figure itself: "sum the amounts of", "group the deals by region and count them". */
const orders: readonly Turn[] = [
  // "Group the tickets by team and count them", "… and total their amounts".
  [
    new RegExp(
      `^${polite}(?:group|take|split|bucket) (?:the |our |all |all the )?(.+?) by (.+?)(?:,? and| then)(?: then)? (count|${sum}|average|give me|show(?: me)?|give) (?:them|(?:(?:what|which) they (?:cost|are worth|brought in)|(?:me )?(?:their|the|its) (.+?)))[?.! ]*$`,
      'i',
    ),
    (_said, rows = '', group = '', verb = '', figure = '') =>
      /^count/i.test(verb)
        ? `number of ${rows} by ${group}`
        : `${/^av/i.test(verb) ? 'average' : /^(?:give|show)/i.test(verb) ? '' : 'total'} ${figure === '' ? 'amount' : figure.replace(/^amounts$/i, 'amount')} of ${rows} by ${group}`.trim(),
  ],
  [new RegExp(`^${polite}${sum} (?:of )?(?:the |our |all |all the )?(?=\\S)`, 'i'), 'total '],
  [/^total amounts of\b/i, 'total amount of'],
  [/^(?:please |now )?count (?:up )?(?:the |our |all |all the |all our )?(?=\S)/i, 'number of '],
  [
    /^(?:please |now )?(?:average|take the average of|compute the average of|calculate the average of|work out the average of) (?:the |our )?(?=[a-z])(?=(?:.* of ))/i,
    'average ',
  ],
  [
    /^(?:please )?(?:calculate|compute|work out|determine|figure out) (?:me )?(?:the |our )?(?=\S)/i,
    'show the ',
  ],
  // "Rank customers by API calls last month and show the first ten".
  [
    /^(?:please )?(?:rank|sort|order) (?:the |our |all )?([a-z][\w ]*?) by (.+?),?(?: (?:highest|biggest|largest|most) first)?,?(?: and)?(?: then)? (?:show|give|list|name)(?: me)?(?: only)? (?:the )?(?:first|top) (\w+)[?.! ]*$/i,
    'top $3 $1 by $2',
  ],
  // "How much do the deals that we won add up to".
  addUp,
];

/** What is said to whom it is said, and leaves no trace. */
const fillers: readonly Turn[] = [
  [/^(?:(?:hm+|um+|uh+|er+|well|oh|ok so|so|right|hey),? )+(?=\S)/i, ''],
  youKnow,
  // "Through which channels": no name.
  [
    /^(?:Through|Via|Over|On|In|At|From|By|During|With|Of|For|To|Into|Across|Among) (?=(?:which|what)\b)/,
    (said) => said.toLowerCase(),
  ],
  [
    /(?<=\b(?:and|,)) (?:so far (?:in|this) |in )?(january|february|march|april|may|june|july|august|september|october|november|december) so far\b/gi,
    ' $1',
  ],
  [
    /\b(and) so far in (?=(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)/gi,
    '$1 ',
  ],
  [/\b(customer escalations?|escalations?) \(ces?\)/gi, '$1'],
  // The days of a half are those that it has.
  [
    /(\bhalf of [a-z]+) \((?:1st|first|\d+)(?:st|nd|rd|th)?(?: ?[-–] ?| to | through )\d+(?:st|nd|rd|th)?\)/gi,
    '$1',
  ],
  [
    /\bnot (solved|resolved|assigned|answered|delivered|read) (?=(?:tickets|cases|escalations|messages|ones)\b)/gi,
    (_said, state = '') => `un${state.toLowerCase()} `,
  ],
  // "…, and who is responsible for them?"
  [
    /,? and (?:who (?:is|are|'s) (?:responsible for|in charge of|on|handling|looking after|working on|the owner of) (?:them|it|each(?: of them| one)?|those)|who owns (?:them|it|each(?: of them| one)?|those)|whose (?:are they|is it))[?.! ]*$/i,
    ', with their owner',
  ],
  [/,? whos? (?:is |are )?on (?:them|it)[?.! ]*$/i, ', with their owner'],
  [
    /\b(?:amount of |sum of )?(arr|mrr|pipeline) (?:that )?(?:sits|lies|is sitting|rests|is tied up|is parked|comes|is) (?:with|at|from|on) (?=(?:the |our |all )?(?:[a-z]+ ){0,3}?(?:customers|accounts|clients)\b)/gi,
    '$1 of ',
  ],
  [
    /\b(customers|accounts|clients) whose churn risk (?:band )?is (high|medium|low|critical)\b/gi,
    '$1 with $2 churn risk',
  ],
  // "… - I have my review in ten minutes".
  [
    / [-–—] ?(?:i|we)(?:'m|'ve|'ll| have| am| need| are| will| got)\b[^?.!]*\b(?:review|meeting|call|minutes|boss|board|1:1|deck|presentation|report|standup|qbr)\b[^?.!]*[?.! ]*$/i,
    '',
  ],
  [
    /,? (?:quickly|if you would|if you will|if you could|if you can|if possible|if that's possible|when you have a minute|when you get a chance)(?:,? (?:please|pls))?(?=[?.!]*$)/i,
    '',
  ],
  // "…, their subjects too please".
  [/,? (?:their|the|its) ([a-z]+(?: [a-z]+)?),? too(?:,? (?:please|pls))?[?.! ]*$/i, ' with their $1'],
  // "Open tickets older than 30 days, the ones where priority is high".
  theOnes,
  isProperty,
];

const ends = '(?=[?.!]*$|,| and\\b| please\\b)';
const extreme =
  '(slowest|fastest|quickest|busiest|worst|best|lowest|highest|biggest|largest|smallest|most|fewest|longest|shortest|newest|oldest|weakest|strongest|richest|earliest|latest)';

/** In which order, and in which shape. */
const orderings: readonly Turn[] = [
  [
    new RegExp(
      `(?:[,?.;:]| -| –)? (?:(?:and|with|put|sorted|ordered) )?(?:the )?(?<!\\b(?:the|our|my|top|which|what|had|has|is|was) )${extreme}(?: (?!first\\b)[a-z]+)?(?: (?:goes|comes|going|coming|is|are))? (?:first|on top|at the top|up top|up front|top)${ends}`,
      'i',
    ),
    ', $1 first',
  ],
  [
    new RegExp(
      `,? from (?:the )?(?:most|highest|largest|biggest) to (?:the )?(?:least|fewest|lowest|smallest)${ends}`,
      'i',
    ),
    ', highest first',
  ],
  [
    new RegExp(
      `,? from (?:the )?(?:least|fewest|lowest|smallest) to (?:the )?(?:most|highest|largest|biggest)${ends}`,
      'i',
    ),
    ', lowest first',
  ],
  [
    /,? (?:(?:as|in) (?:a |the )?)?(?:counts?|counted|numbers?|separately|individually|respectively|side by side|one by one)(?: figures)? (?:per|by|for each|for every|for) (?=\S)/gi,
    ' by ',
  ],
  [
    /(?<=^(?:which|who|what|how|top)\b.*?),? (?:with (?:their |the )?counts|(?:and )?how (?:many|often|much)(?: times)? (?:for )?each|and how many of each|who did how many)(?=[?.!]*$)/i,
    '',
  ],
  [/\b(by|per) how (?:severe|bad|serious)(?: (?:they|it) (?:are|is|were|was))?\b/gi, '$1 severity'],
  [/\b(by|per) how urgent(?: (?:they|it) (?:are|is|were|was))?\b/gi, '$1 priority'],
  [/\b(month|quarter|week|day|year) after \1\b/gi, 'by $1'],
  // "In which channel do most conversations begin".
  [
    /^(?:in|at|on|during|through|via|over) (?:which|what) ([a-z]+(?: of (?:the )?[a-z]+)?) (?:do|did|have) (?:the )?most (?:of (?:the|our) )?([a-z ]+?) (?:begin|start|come in|arrive|happen|open|get opened|take place|fall|occur|began|started|come|land|reach us)\b(.*)$/i,
    (_said, group = '', rows = '', rest = '') =>
      `number of ${rows} by ${group}${rest.replace(/[?.!]+$/, '')}, highest first`,
  ],
];

/** Whom or what the question leaves out. */
const exclusions: readonly Turn[] = [
  [
    /, ?(?:but )?(?:the |any |all )?((?:(?!(?:and|or)\b)[\w'&-]+ ){0,3}?(?!(?:and|or|are|is|was|were)\b)[\w'&-]+)(?: (?:ones|customers|tickets|deals|accounts))? (?:aside|excluded|left out|not included|not counted|excepted|set aside)(?=[?.!,]|$)/gi,
    ' excluding $1',
  ],
  [
    /,? (?:skipping|leaving out|leaving aside|disregarding|ignoring|omitting|without counting|not counting|not including|minus|apart from) (?:(?:anything|everything|all|any|those|the ones|ones|what)(?: (?:from|of|by|that|which is|in|on))? )?(?=\S)/gi,
    ' excluding ',
  ],
  [
    /\bexcluding (?:anything |everything )?("?[\p{Lu}][\w&' -]*?"?) (?:sent in|sent|opened|raised|wrote|filed)(?=[?.!,]|$)/gu,
    'excluding $1',
  ],
];

const occasion =
  '(?:1[: -]?1s?|1 on 1|one[- ]on[- ]one|call|meeting|stand-?up|retro(?:spective)?|review|deck|board|board (?:deck|slide|pack|meeting)|slides?|qbr|report|newsletter|clean-?up|catch-?up|check-?in|sync|forecast call|pipeline (?:call|review|meeting)|shift planning|planning|handover|all-?hands|town hall|team meeting|presentation|audit|budget)';

/** What it is asked for: it restricts nothing. */
const purposes: readonly Turn[] = [
  [
    new RegExp(
      `^(?:(?:it's |this is |that's )?for|before|ahead of) (?:the |my |our |a |tomorrow's |today's |next |monday's |the next )*(?:[a-z]+day )?${occasion}(?: (?:with|tomorrow|today|later|this|next|on|at) [\\w' ]+?)?[,:] ?(?=\\S)`,
      'i',
    ),
    '',
  ],
  [
    new RegExp(
      `(?:,? (?:it's |this is |that's |it is )?for|, (?:before|ahead of)) (?:the |my |our |a |tomorrow's |today's |next |monday's )*(?:[a-z]+day )?${occasion}(?: (?:with \\p{Lu}\\p{L}+|tomorrow|today|later|(?:this|next) [a-z]+|on [a-z]+day|at \\d+))?[?.! ]*$`,
      'iu',
    ),
    '',
  ],
  [/, (?:it's|it is|this is|that's) for \p{Lu}\p{L}+[?.! ]*$/u, ''],
];

/** What of a question is its purpose, as it was typed; null where none is told. */
export const purposeIn = (text: string): string | null =>
  purposes
    .flatMap(([turn]) => turn.exec(text)?.[0] ?? [])
    .map((said) => said.replace(/^[\s,]+|[\s,:?.!]+$/g, ''))[0] ?? null;

/** How a list is wished for, behind the question. */
const tails: readonly Turn[] = [
  [
    /^(how much of .+?),? (?:as a percentage|in percent|as percentage|as a share)(?:,? (?:please|pls))?[?.! ]*$/i,
    (_said, whole = '') => whole.replace(/^how much of/i, 'what share of'),
  ],
  // Of money a count is no figure.
  [
    /^(?!.*\b(?:mrr|arr|amounts?|revenue|pipeline|value|worth|cost|margin|sales)\b)(.*), (?:as a )?count(?: please)?[?.! ]*$/i,
    'number of $1',
  ],
  [
    /(?:,|[.?;]) (?:as a (?:list|count)|in a list|(?:please )?list (?:them|those|these|all of them)(?: please)?|as a list please|just (?:a |the )?(?:list|names)|names only|list(?: please)?)[?.! ]*$/i,
    '',
  ],
  [/[?.,;] ?just (?:list|name|give me) the ([a-z]+)[?.! ]*$/i, ''],
  // "Who is in the high risk band? Customers please".
  [
    new RegExp(
      `^who(?:'s got| has got| has| have|'s had)(?: had)? (.+?)[?.,;] ?(${rowNouns}),? (?:please|pls|only)[?.! ]*$`,
      'i',
    ),
    '$2 with $1',
  ],
  [
    new RegExp(`^who(?:se|'s| is)? (.+?)[?.,;] ?(${rowNouns}),? (?:please|pls|only)[?.! ]*$`, 'i'),
    (_said, rest = '', rows = '') => `which ${rows} ${rest}`,
  ],
  [
    new RegExp(
      `(\\b${rowNouns}\\b.+?)[?.,;] ?(?:the )?(?:${rowNouns})(?:,| and nothing else)? (?:please|pls)[?.! ]*$`,
      'i',
    ),
    '$1',
  ],
];

/** One time beside the one before it. */
const comparisons: readonly Turn[] = [
  // "…, and the week before that?"
  [
    new RegExp(
      `,? and (?:(?:what|how much|how many|how) (?:was|were|did) (?:it|that|they|there)(?: look| be)? )?(?:in |for |during )?the ${unit} before(?: (?:that|it|then))?[?.! ]*$`,
      'i',
    ),
    ' compared to the $1 before',
  ],
  // "With both totals and the change", "with both counts".
  [
    /,? (?:with|give me|show(?: me)?|and give me) (?:me )?both (?:figures|counts|totals|numbers|values|amounts|periods)(?: and the (?:change|difference))?(?=[?.!]*$)/i,
    '',
  ],
  [new RegExp(`\\bfrom the ${unit} before last to last \\1\\b`, 'gi'), 'last $1 compared to the $1 before'],
  [
    new RegExp(
      `\\b(?:in comparison (?:with|to)|in contrast to|compares? (?:with|to)|compared? (?:with|to)|set against|held against|as against|against|versus|vs\\.?|v\\.?|next to|beside|alongside|than in|than)(?: (?:that|those|the (?:one|total|figure|number|count|amount)s?|it was|what it was))?(?: of| for| in| from)? (?:the )?(?:total for the |total of the )?${unit} (?:before|preceding|prior to|previous to|ahead of|just before|right before)(?: (?:it|that(?: one)?|this|then|last))?(?=[\\s,:;?.!]|$)`,
      'gi',
    ),
    'compared to the $1 before',
  ],
  [
    new RegExp(
      `\\b(last|previous) ${unit} and the \\2 (?:before|preceding)(?: (?:it|that|then))?(?=[\\s,:;?.!]|$)`,
      'gi',
    ),
    '$1 $2 compared to the $2 before',
  ],
  [
    new RegExp(
      `^((?:please )?compare\\b.*?) (?:with|to|and|against|by)(?: (?:that|those|the (?:one|total|figure|number|count|amount)s?|what it was|what it won))?(?: of| for| in| from)? (?:the )?${unit} (?:before|preceding|prior to|previous to)(?: (?:it|that(?: one)?|this|then|last))?(?=[\\s,:;?.!]|$)`,
      'i',
    ),
    '$1 compared to the $2 before',
  ],
  // "Compare the API calls of last month compared to the month before".
  [/^(?:please )?compare (?=.*\bcompared to the )/i, ''],
  [/^(?:set|put|show|place) (?=.*\bcompared to the )(?:what )?/i, ''],
  [
    new RegExp(
      `\\b(?:the )?same ${unit} (?:of |in )?(?:(?:the|a|one) )?(?:year (?:before|ago|earlier|prior|previously)|previous year|prior year|preceding year)\\b`,
      'gi',
    ),
    'the same $1 last year',
  ],
  [
    new RegExp(
      `\\b(?:beside|next to|set beside|against|alongside|with) (?:that|those|the (?:number|figure|count|one|total)s?) (?:of|for|in) (?=the same ${unit} last year\\b)`,
      'gi',
    ),
    'compared to ',
  ],
  [/^how (?:does|do|did) (.+?) compare(?:d)? (?:with|to) (?=the |that |last |previous )/i, '$1 compared to '],
];

/** What is a state as of now anyway. */
const states: readonly Turn[] = [
  [
    /\b(?:current|present|today's|latest) (?=(?:[a-z]+ ){0,3}?(?:health|churn (?:risk|probability|probabilities)|risk band|pipeline|mrr|arr|backlog)\b)/gi,
    '',
  ],
  [
    /\b(health scores?|churn probabilit(?:y|ies)|churn risk|mrr|arr)(?:,? (?:as of now|at present|at the moment|right now|currently|(?:that )?we have (?:right )?now|today))(?=[\s,:;?.!]|$)/gi,
    '$1',
  ],
  [/\bcurrently (?=(?:active|open|closed|running|overloaded|unassigned|overdue|at risk)\b)/gi, ''],
  [
    /\b(high|medium|low|critical) band of churn risk\b|\bchurn risk band (high|medium|low|critical)\b/gi,
    (_said, one?: string, two?: string) => `${one ?? two ?? ''} churn risk band`,
  ],
  [/\b(high|medium|low|critical) (?:churn )?risk band\b/gi, '$1 churn risk'],
  [/\bbands? of churn risk\b/gi, 'churn risk band'],
];

/** What is said of the property of a customer, by its name alone. */
const properties: readonly Turn[] = [
  [/\b(by|per) (?:their|its|our) (?:current )?(?=[a-z])/gi, '$1 '],
  [
    new RegExp(
      `\\b${accounts} (?:(?:that|which|who) (?:are|is|sit|belong) )?(?:in|of|from|to|within) the (\\p{Lu}[\\p{L}-]*) (?:region|segment|tier|industry)\\b`,
      'giu',
    ),
    '$1 customers',
  ],
  [
    new RegExp(
      `\\b${accounts} whose (?:region|segment|tier|industry) is (\\p{Lu}[\\p{L}-]*)(?=[\\s,.?!]|$)`,
      'giu',
    ),
    '$1 customers',
  ],
  [
    new RegExp(
      `\\b${property} (?:(?:that|which) )?(?:of )?(?:the |its |their )?${accounts} (?:(?:it |they )?(?:belongs?|is|are|sits?|falls?)(?: to| in| into)?)(?=[\\s,:;?.!]|$)`,
      'gi',
    ),
    '$1',
  ],
  [
    new RegExp(
      `\\b${property} (?:in which|to which|into which) (?:the |our |their )?${accounts} (?:is|are|belongs?|falls?|sits?)\\b`,
      'gi',
    ),
    '$1',
  ],
  [
    new RegExp(`\\b${property} (?:of|for) (?:the|a|each|their|its) (?:customer|account|client)\\b`, 'gi'),
    '$1',
  ],
  [new RegExp(`\\b${property} (?:that )?they (?:are in|belong to|are)(?=[\\s,:;?.!]|$)`, 'gi'), '$1'],
  [
    new RegExp(
      `\\b((?:by|per|each|every|which|what|the|for|in) )(?:the )?(?:customer|account|client)(?:'s|s)? ${property}\\b`,
      'gi',
    ),
    '$1$2',
  ],
  [/\b(?:category of (?:the )?products?|products' category)\b/gi, 'product category'],
  [
    /\b(?:tier|region) of (?:the |each )?partners?\b/gi,
    (said) => `partner ${/tier/i.test(said) ? 'tier' : 'region'}`,
  ],
];

const oneOf = '((?:an? |at least one |some |any |open )[^,?.!]+?)';
const asPriority = (said: string): string =>
  said.replace(
    /\b(an? )?open (ticket|tickets|case|escalation)s? (?:with|of|whose|that has) (?:a |the )?(?:priority (?:is )?)?(urgent|high|low|normal)(?: priority)?\b/i,
    (_all, article = '', rows = '', level = '') => `${article === '' ? '' : 'an '}open ${level} ${rows}`,
  );

const period =
  '(?:(?:last|this|next|the (?:last|previous|past|current)|previous|current) (?:\\d+ |two |three |six |twelve )?(?:days?|weeks?|months?|quarters?|years?)|(?:in|over|during|for) the (?:last|past|previous) (?:\\d+ |two |three |six |twelve )?(?:days?|weeks?|months?|quarters?|years?)|yesterday|today|right now|at the moment)';
const each = '(?:by|per|for (?:each|every)|in (?:each|every)|within (?:each|every))';
const groupName =
  "((?!the\\b|my\\b|our\\b|how\\b|what\\b)[a-z][\\w'-]*(?: (?!how\\b|what\\b|show\\b|count\\b|give\\b)[a-z][\\w'-]*){0,2})";
const asks =
  "(?:(?:please |now )?(?:show(?: me)?|give me|tell me|list|count|what (?:is|was|are|were)|what's|get(?: me)?|i need|calculate)(?: the| a)? )?";
const deeds =
  '(?:opened|solved|resolved|closed|created|won|lost|started|sent|failed|reopened|escalated|breached)';
const rowsOf =
  '(?:tickets|cases|deals|opportunities|escalations|customer escalations|incidents|conversations|chats|messages|leads|orders|surveys|responses|sla clocks|subscriptions)';

/** What stands at the beginning and says by what to split, of when, or of which rows: behind the figure. */
const places: readonly Turn[] = [
  // "My team's share of urgent tickets", "share of urgent tickets per month, my team".
  [
    /^(my|our) team'?s? (share|percentage|%|proportion) of (.+?(?:tickets|deals|chats|conversations|leads))\b/i,
    '$2 of $3 of $1 team',
  ],
  [
    /^((?:share|percentage|%|proportion) of .+?(?:tickets|deals|chats|conversations|leads))\b(.*?), (my|our) team[?.! ]*$/i,
    '$1 of $3 team$2',
  ],
  [/\b([a-z]+) by \1\b/gi, 'by $1'],
  [
    /\bsince (?:the )?(?:start|beginning) of (?:this|the) (week|month|quarter|year)\b|\bsince (?:this|the) (week|month|quarter|year) began\b/gi,
    (_said, one?: string, two?: string) => `this ${one ?? two ?? ''}`,
  ],
  [/\b(this (?:week|month|quarter|year)),? so far\b/gi, '$1'],
  [
    /(?<=\b(?:share|percentage|percent of|rate|attainment)\b.*?),? (?:in percent|as a percentage|as percent)(?=[\s,?.!]|$)/gi,
    '',
  ],
  [/\b(?:what|which) (?:percent|per cent)(?:age)? of\b|\bhow many percent of\b/gi, 'what percentage of'],
  [
    /\b(?:ticket|deal|incident|escalation|case)(?:'s|s')? (priority|category|status|channel|severity|stage)\b/gi,
    '$1',
  ],
  // "Break down by team how many …".
  [
    new RegExp(
      `^${asks}(?:break (?:down|up)|split(?: up)?|group) by ${groupName} (?:how many |the number of |the count of |the )(.+?)(?: and count them)?[?.! ]*$`,
      'i',
    ),
    (said, group = '', rest = '') => `${/\bhow many\b/i.test(said) ? 'number of ' : ''}${rest} by ${group}`,
  ],
  // "Give me the mean first reply time, grouped by priority, of the tickets opened last quarter".
  [
    new RegExp(
      `^${asks}([^,]+?),? (?:grouped |split |broken down )?by ${groupName},? (?:of|for|over|on|in) (?:the |all )?((?:[a-z]+ ){0,2}?${rowsOf}\\b[^?.!]*?)[?.! ]*$`,
      'i',
    ),
    '$1 of $3 by $2',
  ],
  // "Last quarter's opened tickets: mean first reply time for every priority".
  [
    new RegExp(
      `^(last|this|yesterday|today|previous)(?: (week|month|quarter|year))?'s (${deeds} )?((?:[a-z]+ ){0,2}?${rowsOf}): (?:the )?(.+?)[?.! ]*$`,
      'i',
    ),
    (_said, which = '', unit: string | undefined, deed: string | undefined, rows = '', figure = '') => {
      const when = `${which}${unit === undefined ? '' : ` ${unit}`}`;
      const [, name = figure, group = ''] =
        /^(.*?)(?:,? (?:(?:split|grouped|broken down) )?(?:by|per|for (?:each|every)) (.+))?$/i.exec(
          figure,
        ) ?? [];
      return `${name} of ${rows} ${deed ?? ''}${when}${group === '' ? '' : ` by ${group}`}`;
    },
  ],
  [
    new RegExp(
      `^((?:[a-z]+ ){0,2}?${rowsOf} ${deeds} ${period}): (?:the )?(.+?)(?:,? (?:(?:split|grouped|broken down) )?(?:by|per|for (?:each|every)) ([a-z ]+?))?[?.! ]*$`,
      'i',
    ),
    (_said, rows = '', figure = '', group?: string) =>
      `${figure} of ${rows}${group === undefined ? '' : ` by ${group}`}`,
  ],
  // "By stage: total value of open deals", "for every team, give the median …".
  [
    new RegExp(
      `^${each} ${groupName}(?:,|:| -) ?(?:and )?${asks}(?!how (?:many|much|long)\\b|which\\b|who\\b)(.+?)[?.! ]*$`,
      'i',
    ),
    '$2 by $1',
  ],
  [
    new RegExp(
      `^${each} ${groupName}(?:,|:| -) ?(?:and )?${asks}(how (?:many|much|long)\\b.+?)[?.! ]*$`,
      'i',
    ),
    '$2 by $1',
  ],
  // "Last week: total time active, for each agent".
  [
    new RegExp(`^(${period})(?:,|:| -) ?(?:the )?(?!compared\\b|versus\\b|vs\\b|and\\b)(.+?)[?.! ]*$`, 'i'),
    '$2 $1',
  ],
];

/** Two things that the same customers have. */
const both: readonly Turn[] = [
  [
    new RegExp(
      `^(?:which |what |list |show(?: me)? |name )?(?:all |the |every |each )?${accounts} (?:(?:that|who|which) )?(?:have|has|had|got) both ${oneOf} and (?:also )?${oneOf}[?.! ]*$`,
      'i',
    ),
    (_said, one = '', other = '') => `customers with ${asPriority(one)} and ${asPriority(other)}`,
  ],
  [
    new RegExp(
      `^(?:which |what |list |show(?: me)? |name |of |among )?(?:all |the |every |each )?(?:of )?(?:our |the )?${accounts} (?:with|(?:(?:that|who|which) )?(?:have|has)) ${oneOf},? (?:(?:which|who|that|give me those (?:that|who|which)|those (?:that|who|which)|name those (?:that|who|which)|and) )*(?:also |too )(?:(?:have|has|had|got|with) )(?:also )?${oneOf}(?: with us| too| as well)?[?.! ]*$`,
      'i',
    ),
    (_said, one = '', other = '') => `customers with ${asPriority(one)} and ${asPriority(other)}`,
  ],
  [
    new RegExp(
      `^${accounts} (?:for whom|where) (?:both )?${oneOf} and ${oneOf} (?:are|is)(?: currently)? open[?.! ]*$`,
      'i',
    ),
    (_said, one = '', other = '') =>
      `customers with an open ${one.replace(/^an? /i, '')} and an open ${other.replace(/^an? /i, '')}`,
  ],
  [
    /^who(?:'s| has)(?: got)? (an? .+? open) while we have (an? .+?)(?: with them)?[?.! ]*$/i,
    (_said, one = '', other = '') => `customers with ${one} and ${other}`,
  ],
];

/** Verbs that only say that something belongs to something. */
const belongings: readonly Turn[] = [
  [
    /^((?:which|what|how many) )?(customers|accounts|clients|who) (?:(?:that|who|which) )?(?:have |has )?cancel(?:l)?ed (?:an? |their |one |any )?subscriptions?(?: on us| with us)?\b/i,
    (_said, how = '', who = '') =>
      /^how many/i.test(how) ? `how many ${who} cancelled` : 'cancelled subscriptions by account',
  ],

  [
    /\b(seats|mrr|arr|revenue) (?:is |are |do |does )?(?:generated|carried|included|covered|contained|held|brought in|produced|contributed) (?:by|in|on|through) (?:the |our |all )?/gi,
    '$1 of ',
  ],
  [
    /^(how many seats|how much mrr|what mrr|what (?:total )?number of seats)(.*?) (?:do|does) (?:the |our |all |all the )?((?:\w+ ){0,3}?subscriptions) (?:cover|contain|include|have|add up to|come to|bring in|generate|carry|hold)(?: in total| altogether)?/i,
    '$1 of $3$2',
  ],
  [
    /^(?:what is |what's )?the (?:total )?number of seats that (?:our |the |all )?((?:\w+ ){0,3}?subscriptions) (?:cover|contain|include|have)/i,
    'seats of $1',
  ],
  [
    /\b(subscriptions|subs|contracts) (?:(?:that|which) (?:are |will )?(?:come up for renewal|coming up for renewal|renew|due for renewal|up for renewal|due to be renewed|to be renewed)|(?:that are )?(?:up|due) (?:for renewal|to be renewed)|whose renewal(?: date)? (?:falls|is|lies|comes)(?: due)?|with a renewal(?: date)?) (?=(?:in|within|next|this|during|before|by)\b)/gi,
    'subscriptions renewing ',
  ],
  // "Campaigns that haven't got a single conversion".
  [
    /\b(campaigns\b[^?.!]*?),?(?: (?:that|which|who))?(?: which ones)? (?:have|has|had|having|with|without|got|for which)? ?(?:had |got |have )?(?:no|zero|0|not (?:had )?(?:a single|one|any|got (?:a single|any))|n't (?:got )?(?:a single|any|one)|any|a single) (conversions?|responses?|members)(?: (?:has|have) been recorded)?(?: yet| so far| at all)?(?=[?.!]*$| and\b|,)/i,
    (said, rows = '', what = '') =>
      /\bany (?:conv|resp|memb)/i.test(said) && !/without|n't|not/i.test(said)
        ? said
        : `${rows} with ${/^m/i.test(what) ? 'members' : what.replace(/s?$/, 's')} below 1`,
  ],
  [/\b(nps )?detractors? \((?:an? )?(?:scores? )?(?:of )?0 ?(?:to|-|–) ?6\)/gi, '$1detractors'],
  [/\b(nps )?promoters? \((?:an? )?(?:scores? )?(?:of )?9 ?(?:to|-|–|and|or) ?10\)/gi, '$1promoters'],
];

/** Once more: a group that stood in front is behind now, and what it stood before may be read. */
const passes = 2;

const framed = (text: string): string =>
  rephrased(
    inServiceFrames(inSalesFrames(inMoneyFrames(inTerseFrames(inRequestWords(inBoundWords(text)))))),
    [
      ...fillers,
      ...purposes,
      ...tails,
      ...orderings,
      ...exclusions,
      ...states,
      ...properties,
      ...both,
      ...belongings,
      ...orders,
      ...comparisons,
      ...places,
    ],
  ).replace(/\s+/g, ' ');

/** Whole sentences around a figure, put as that figure. */
export function inPlainFrame(text: string): string {
  let plain = text;
  for (let pass = 0; pass < passes; pass += 1) plain = framed(plain);
  return inLengthWords(plain);
}
