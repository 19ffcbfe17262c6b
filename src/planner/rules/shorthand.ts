import { endOfDayPattern, monthPattern, weekdayPattern } from './time/time-words.ts';

const endOfDay = `(?:${endOfDayPattern}|e\\.o\\.d\\.?)`;

const periodLetters = [
  ['w', 'week'],
  ['m', 'month'],
  ['q', 'quarter'],
  ['y', 'year'],
] as const;

/** In small letters alone, and where no name can go on. */
const goesOn =
  '(?=\\s*(?:$|[?.!,;)]|(?:vs|versus|v|by|per|and|n|for|in|of|with|to|from|on|was|were|only|compared|against|than)\\b))(?<!@\\S*)';

const point = `(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)?(?: ${monthPattern})?|${monthPattern}(?: \\d{1,2})?|${weekdayPattern}|\\d{4}-\\d\\d-\\d\\d)`;

/** How people shorten what they ask in a chat, and what they say around it; each stands for what is put in its place. */
export const shorthand: readonly (readonly [RegExp, string])[] = [
  // "Thx in advance, …", "need it for standup: …".
  [/^(?:thx|thanks|thank you|cheers|ty)(?: so much| a lot| very much)? in advance[,:;.! -]+(?=\S+ \S)/i, ''],
  [
    /^(?:i |we )?(?:need|want) (?:it|this|that|them|these) (?:for|by|before|in) (?:(?!how\b|what\b|which\b|who\b)[^,:]){2,40}[:,] (?=\S+ \S)/i,
    '',
  ],
  [
    /[,;.] ?(?:i |we )?(?:need|want) (?:it|this|that|them|these) (?:for|by|before|in) (?:(?!how\b|what\b|which\b|who\b)[^,:]){2,40}$/i,
    '',
  ],
  // "By Friday eod".
  [new RegExp(`\\b(${weekdayPattern}|today|tomorrow),? ${endOfDay}(?![\\w-])`, 'gi'), '$1'],
  [/\bcn (?=u\b|you\b|i\b|we\b)/gi, 'can '],
  [/\blst (?=(?:week|wk|month|mth|mnth|quarter|qtr|year|yr)s?\b)/gi, 'last '],
  // "Week to date" of a period, "weighted" of an amount.
  [/\bwtd (?=(?:pipeline|forecast|amount|value|pipe)\b)/gi, 'weighted '],
  [/,? ?\b(?:platform|company|org|organi[sz]ation|business|firm)[- ]wide\b/gi, ''],
  [/\bconv(?:\.|ersion)? rate(s?)\b/gi, 'conversion rate$1'],
  // "Tickets opened lw", "deals won lq vs ly": periods by their letters, where a sentence ends or goes on behind them.
  ...periodLetters.flatMap(([letter, unit]): readonly (readonly [RegExp, string])[] => [
    [new RegExp(`\\bl${letter}${goesOn}`, 'g'), `last ${unit}`],
    [new RegExp(`\\bn${letter}${goesOn}`, 'g'), `next ${unit}`],
    [new RegExp(`\\b(?<!\\d ?)p/?${letter}${goesOn}`, 'g'), `per ${unit}`],
  ]),
  [/\b(this|last|next|per|each|past|every) mos?\b(?!\.)/gi, '$1 month'],
  [
    /(?<!\b(?:from|of|for|with|about|in|by|the|an?|our|my) )\b(?:atm|at the mo)(?=\s*(?:[?.!,;)]|$))/gi,
    'right now',
  ],
  [/\b(?:in|at|for) (?:this|the present|the current) (?:very )?moment\b/gi, 'right now'],
  [/\bat this very moment\b/gi, 'right now'],
  [/\bno\. ?of (?=[a-z])/gi, 'number of '],
  [/\btop-?(?=\d{1,2}\b(?! ?%))/gi, 'top '],
  [/\b(by|per) seg(s?)\b/gi, '$1 segment$2'],
  // "B/w Monday and Friday", "btw 1 Nov and 5 Nov"; "btw, how many …" is by the way.
  [/\bb\/w (?=\S+(?: \S+)? and \S)/gi, 'between '],
  [new RegExp(`\\bbtw (?=(?:${point}) and (?:${point}))`, 'gi'), 'between '],
  [new RegExp(`\\b(${weekdayPattern}s?) n (?=${weekdayPattern}s?\\b)`, 'gi'), '$1 and '],
  // "Open tickets >5 days": how old they are.
  [
    /\b(open (?:[a-z-]+ )?(?:tickets|tix|tkts|cases|deals|opps|escalations|conversations|chats|leads|incidents)),? (?:more than|over|longer than|>) ?(\d{1,3}|an?|two|three|four|five|six|ten) ?((?:day|week|month|hour|hr|wk|mth)s?)(?=\s*(?:[?.!,;]|$))/gi,
    '$1 older than $2 $3',
  ],
];
