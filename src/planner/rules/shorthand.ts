import { endOfDayPattern, weekdayPattern } from './time/time-words.ts';

const endOfDay = `(?:${endOfDayPattern}|e\\.o\\.d\\.?)`;

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
];
