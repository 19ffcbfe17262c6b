import { ofAccount } from './account-turns.ts';
import { inAskingWords } from './asking-turns.ts';
import { businessTurns } from './business-turns.ts';
import { canonical } from './canonical.ts';
import { inCompanyWords } from './company-turns.ts';
import { inComparedForm } from './compared-words.ts';
import { inConditionForm } from './condition-words.ts';
import { inCountWords } from './count-turns.ts';
import { inCourseWords } from './course-turns.ts';
import { inDeskWords } from './desk-turns.ts';
import { doerTurns } from './doer-turns.ts';
import { inEverydayTurns } from './everyday-turns.ts';
import { inExceptionForm } from './exception-words.ts';
import { inExtremeWords } from './extreme-turns.ts';
import { inFormWords } from './form-turns.ts';
import { inHavingWords } from './having-turns.ts';
import { byTheirSize } from './largest-accounts.ts';
import { inLeadingWords } from './leading-turns.ts';
import { narrowTurns } from './narrow-turns.ts';
import { inDueWords } from './obligation-words.ts';
import { aboutOneRecord } from './one-record-turns.ts';
import { remembered } from './remembered.ts';
import { inSalesWords } from './sales-speech.ts';
import { shorthand } from './shorthand.ts';
import { inSupportWords } from './support-speech.ts';
import { ofTheTeam } from './team-turns.ts';
import { monthPattern, weekdayPattern } from './time/time-words.ts';
import { inTradeWords } from './trade-turns.ts';
import { rephrased, type Turn } from './turn.ts';
import type { Vocabulary } from './vocabulary.ts';
import { waysOfSpeaking } from './ways-of-speaking.ts';

const currencies = 'dollars?|usd|us dollars?|euros?|eur|pounds?|gbp|sterling|francs?|chf|yen|jpy';

const deals = '(?:deals?|opps?|opportunity|opportunities)';
const moved =
  '(?:(?:that|which|who|have|has|had|were|was|got|been|did) )*(?:(?:moved?|move|went|go|advanced?|progressed|pushed|shifted)(?: (?:on|forward|along))? (?:in)?to|entered|enter|reached|reach)';
const reached = '(?:the )?(?!stage\\b|end\\b)(closed \\w+|[a-z/]+)(?: stage)?';

/**
 * Turns of phrase that say in many words what one or two say as well. Each is exact: what is put in its place asks for
 * the same, whatever stands around it.
 */
const turns: readonly Turn[] = [
  ...doerTurns,
  ...narrowTurns,
  ...businessTurns,
  // "accounts I look after", "MRR am I looking after", "customers we take care of".
  [
    /\b(?:that |which )?(?:am i|do i|i am|i'm|i)(?: currently)? (?:looking|look|taking|take) (?:after|care of)\b/gi,
    'of mine',
  ],
  [
    /\b(?:that |which )?(?:are we|do we|we are|we're|we)(?: currently)? (?:looking|look|taking|take) (?:after|care of)\b/gi,
    '',
  ],
  // "do we have with", "are we carrying with": of.
  [/\b(?:are we|do we|we are|we)(?: currently)? (?:carrying|carry)(?: with)?\b/gi, 'of'],
  [/\bin average\b/gi, 'on average'],
  [/\bin (?:comparison|relation|contrast) (?:with|to)\b/gi, 'compared to'],
  [/\bin the (?:course|process) of\b/gi, 'in'],
  // "average time until the first reply", "time until solution".
  [
    /\b(time|days|hours) (?:until|till|up to) (?:the |a |its |their )?(?=first|next|repl|respon|solution|resolution|solved|resolved|close|closed|won)/gi,
    '$1 to ',
  ],
  [/\btime to solution\b/gi, 'time to resolution'],
  [/\bas (?:on|of|at) (?:today|now|this moment)\b/gi, 'right now'],
  // "Time from open to first reply": from the beginning, as every time of a record is.
  [
    /\btime (?:from|between) (?:being |its |their |the )?(?:open(?:ed|ing)?|creat(?:ed|ion)|raised) (?:to|until|till|and) /gi,
    'time to ',
  ],
  // "Which engineer holds the most tickets": has.
  [
    /\b(who|which \w+|what \w+) (?:holds?|carry|carries) the (most|fewest|least) (?!.*\b(?:open|closed|pending|solved)\b)(?=[a-z ]*(?:ticket|deal|chat|conversation|escalation)s)/gi,
    '$1 has the $2 open ',
  ],
  [
    /\b(who|which \w+|what \w+) (?:holds?|carry|carries|owns?) (?=(?:the )?(?:most|fewest|least|highest|biggest|largest|lowest)\b)/gi,
    '$1 has ',
  ],
  // "since the first of October", "from the 15th of March".
  [
    /\bthe first of (january|february|march|april|may|june|july|august|september|october|november|december)\b/gi,
    '1 $1',
  ],
  [/\b(?:not yet|still not|not so far|not until now|yet not)\b/gi, 'not'],
  [/\b(?:a )?(?:big|large) (?:amount|number) of\b/gi, 'many'],
  [
    /\b(lowest|highest|oldest|newest|latest|largest|biggest|smallest|best|worst|weakest|most|least|longest) 1st\b/gi,
    '$1 first',
  ],
  [/\b(?:since|for) (?:the )?(longest|shortest)(?: time)?\b/gi, 'the $1'],
  // "Deals that moved to negotiation": which entered that stage, or how many.
  [
    new RegExp(
      `^((?:(?:how many|number of|count of|count|which|what|list|show|name)(?: me)? )?(?:of )?(?:(?:my|our|the|all)(?: team's)? )*)${deals} ${moved} ${reached}`,
      'gi',
    ),
    '$1deals that entered stage in stage $2',
  ],
  [/\bcom(?:es?|ing) up for (?=renewal)/gi, 'up for '],
  [/\b(?:between|from) (?:now|today) (?:and|to|until|till) (?=(?:the )?new year)/gi, 'before '],
  [/\b(?:b4|before) (?:xmas|christmas)(?: (?:day|eve))?\b/gi, 'before 25 december'],
  [/\b(?:b4|before) (?:the )?new year'?s? eve\b/gi, 'before 31 december'],
  [/\b(?:b4|before|by) (?:the )?new year'?s?(?: (?:day|eve))?\b/gi, 'before 1 january'],
  // "My biggest win of the year": of this one. The end, a half or a day of it is another matter.
  [
    /(?<!\b(?:end|start|beginning|begin|half|halves|middle|rest|remainder|close|turn|part|weeks?|days?|months?|quarters?|hours?|weekdays?|time|most|all|first|second|third|fourth|last|\d(?:st|nd|rd|th))) of the (year|quarter|month)(?=\s*[?.!]*$|\s+(?:by|per|for|in|at|with|from)\b)/gi,
    ' this $1',
  ],
  [/\b(?:until|till) (?:the )?new year'?s?(?: (?:day|eve))?\b/gi, 'until 31 december'],
  [/\bb4\b/gi, 'before'],
  // "who among my customers has", "is there anyone among my partners who has": which of them.
  [
    /^(?:(?:and )?(?:who|which ones?)|(?:(?:is|are) there |do we have |do i have )?(?:anyone|anybody|someone|somebody|any)) (?:else )?(?:among|amongst|of|in|from) (my|our|the) (\w+s)\b(?: (?:who|that|which)\b)?/gi,
    'which of $1 $2',
  ],
  // "opened more than 30 tickets": more than 30 tickets opened.
  [
    /\b(opened|raised|logged|created|submitted|filed|solved|closed|won|lost|escalated|sent) ((?:more than|over|at least|fewer than|less than|exactly) (?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?!(?:minute|hour|day|week|month|quarter|year)s?\b)(?:(?:urgent|high|low|critical|support) )?\w+s|one (?!(?:minute|hour|day|week|month|quarter|year|last|this|in|on|per|time)s?\b)(?:(?:urgent|high|low|critical|support) )?\w+))\b/gi,
    '$2 $1',
  ],
  // "under 80 health": a score names what is compared, wherever it stands.
  [
    /\b(?:with )?((?:under|below|over|above|less than|more than|at least|at most|lower than|higher than) \d[\d.,]*(?:k|%)?) (?:points? (?:of |in )?)?(health(?: score)?|arr|mrr|csat|nps|win probability|churn probability)\b(?! score)/gi,
    'with $2 $1',
  ],
  // "although their health is below 75": with a health below 75.
  [
    /,? \b(?:although|though|even though|while|but|and|whereas|despite|where|whose)(?: (?:their|its|the|his|her))? ((?:(?:average|avg|mean|median|p90) (?:\w+ ){0,2}?)?\w+(?: score)?) (?:is|are|was|were|being|score is|sits|stands) (?=(?:below|under|above|over|less than|more than|lower than|higher than|at least|at most) \d)/gi,
    ' with $1 ',
  ],
  [
    /^(?:are|is) there (?:any )?(.+?)[?.!]+ (?:please )?(?:list|show|name|tell me|give me)(?: me)? (?:them|those|which|who)(?: please)?[.!]*$/i,
    'list $1',
  ],
  // "Did some of my tickets break the SLA, and which ones?"
  [
    /^did (?:some|any)(?: of)? (.+?) (\w+) (.+?),? (?:and )?(?:if so,? )?which(?: ones)?(?: are they| were they)?[?.!]*$/i,
    'which of $1 did $2 $3',
  ],
  [
    /^(?:do i have|have i got) (?:any )?(.+?)[?.!,]* (?:and )?(?:if so,? )?(?:which|who|which ones)(?: are they| is it| are those)?[?.!]*$/i,
    'list my $1',
  ],
  [
    /^(?:do|did|have|has) (?:i|we) (?:have |got |had )?(?:any )?(.+?)[?.!,]* (?:and )?(?:if so,? )?(?:which|who|which ones)(?: are they| is it| are those)?[?.!]*$/i,
    'list $1',
  ],
  [/\b(no|not|never|nobody|without)\b(.*?) (?:until|up to|till) (?:now|today)\b/gi, '$1$2'],
  [/ \+ /g, ' and '],
  [/\bw(?= (?:no|a|an|any|more|less|over|under|at least|open|the|my|our)\b)/gi, 'with'],
  // "Accounts billed in dollars", "the dollar business", "our USD book": in that currency.
  [
    new RegExp(
      `\\b(?:(?:that|which|who) )?(?:(?:are|is|were|was|get) )?(?:billed|invoiced|paid|paying|denominated|priced|quoted|charged|booked|kept)(?: for)? in (?=(?:us )?(?:${currencies})\\b)`,
      'gi',
    ),
    'in ',
  ],
  [
    new RegExp(
      `\\b(?:(?:in|for|of|on) )?(?:(?:the|our|my) )?(${currencies})(?:[- ]denominated)? (?:book|business|side|part|portion|world)\\b(?! (?:deal|opportunit|won|closed))`,
      'gi',
    ),
    'in $1',
  ],
  // "Did the bot hand the conversation over", "hands it over": handed over.
  [
    /\b(?:hands?|handed|handing) (?:(?:it|them|that) over|(the |a |its )?(\w+) over|over)\b/gi,
    'handed over $2',
  ],
  // "Conversations that ended without a handover" are those without one.
  [/\b(?:ended|ends|end|finished|finish)(?: up)? (?=without\b|with (?:a|an|no)\b)/gi, ''],
  // "By what percentage did volume grow": how much.
  [
    /^by (?:what|which|how) (?:much|many|percentage|percent|%|share)(?: (?:percent|percentage|%|points))? (?=(?:did|has|have|is|was|were|are)\b)/i,
    'how much ',
  ],
  // "Peak hour for chats", "at what hour do most chats come in": by the hour of the day.
  [
    /\b(?:peak|busiest) hours?(?: of the day)? (?=(?:for|of|in|on) (?!the (?:day|week)))/gi,
    'busiest hour of the day ',
  ],
  [
    /\bquietest hours?(?: of the day)? (?=(?:for|of|in|on) (?!the (?:day|week)))/gi,
    'quietest hour of the day ',
  ],
  [
    /\b(?:at|on|in) (?:what|which) (hour|time|weekday)(?: of the (?:day|week))? (?:do|did|does) (?:we (?:get|have|receive) )?(?:the )?most (\S.*?)(?: (?:come|comes|came) in| arrive| arrives| start| starts| happen| begin| get opened| get created)?(?= (?:in|on|over|last|this|during|since|between)\b|[?.!]*$)/i,
    'which $1 of the day had the most $2',
  ],
  [/\bwhich weekday of the day\b/gi, 'which weekday'],
  [/\bwhich time of the day\b/gi, 'which hour of the day'],
  // "Which campaign did best, and what was it?": the figure stands in the answer anyway.
  [
    /,? and (?:what|how (?:much|many|high|big|long)|which) (?:was|is|were|are) (?:it|that|they)(?=\s*[?.!]*$)/i,
    '',
  ],
  // "Newest on top", "biggest mrr at the top".
  [
    /\b(newest|oldest|latest|biggest|largest|highest|lowest|longest|shortest|worst|best|smallest|most recent|soonest)((?: \w+)?) (?:on|at the|to the) top\b/gi,
    '$1$2 first',
  ],
  [/\bmost recent first\b/gi, 'newest first'],
  // "Biggest mrr first", "lowest score first": by what, and which end of it.
  [
    /,? \b(?:with (?:the )?)?(?:biggest|largest|highest|most) (?!first|recent)(\w+(?: \w+)?) first\b/gi,
    ', sorted by $1 descending',
  ],
  [
    /,? \b(?:with (?:the )?)?(?:smallest|lowest|least|fewest|soonest|earliest|nearest) (?!first|recent)(\w+(?: \w+)?) first\b/gi,
    ', sorted by $1 ascending',
  ],
  [
    /\b(?:from )?(?:(most|highest) to (?:least|fewest|lowest)|(best|largest|biggest|longest|worst|newest|latest) to (?:worst|smallest|lowest|least|shortest|best|oldest|earliest))\b/gi,
    '$1$2 first',
  ],
  [
    /\b(?:from )?(lowest|smallest|shortest|oldest|earliest|least|fewest) to (?:highest|largest|biggest|longest|newest|latest|most)\b/gi,
    '$1 first',
  ],
  [/\bin descending order\b/gi, 'highest first'],
  [/\b(?:in|under|on) my name\b/gi, 'of mine'],
  // Whoever is responsible stands in every list; beside a number of them they are asked for as well.
  [
    /^(?!how many|(?:the |what is the )?(?:number|count) of)(?:list |show (?:me )?)?((?:the |my |our )?\S.*?),? (?:and )?who(?:'s| is| are| was)? (?:has|have|had|got|owns?|owned|on|handling|handles|holds?|working on) (?:it|them|that|this|those|the case)[?.!]*$/i,
    'list $1',
  ],
  [
    /^who(?:'s|s| is| has| has got)? (?:on|has|got|owns|handles|handling|holds|working on|works on|dealing with|deals with|taking care of|looking after|looks after|responsible for|in charge of|assigned to) (?:ticket |case |escalation )?(#?\d{4,}|[a-z]{2,3}-\d+)(?: (?:now|right now|currently|at the moment))?[?.!]*$/i,
    '$1',
  ],
  // "Most last month, most first": said twice.
  [/\b(most|highest|largest|biggest|top)\b(.*?),? (?:most|highest|largest|biggest) first\b/i, '$1$2'],
  [/\bover (?:all|everything) (?:that )?we(?:'ve| have)? ever had\b/gi, 'of all time'],
  // "The number of won deals and their value": both figures.
  [
    /\b(?:the )?(?:number|count) of (\S.*?) and (?:their|the|its) (?:total |combined |overall )?(?:value|amount|worth)\b/i,
    '$1, count and value',
  ],
  [
    /^how many (\S.*?),? and (?:what (?:is|was|were|are) (?:their|the|its) (?:total |combined |overall )?(?:value|amount|worth)|how much (?:are|were|was|is) (?:they|it) worth|for how much)\b/i,
    '$1, count and value',
  ],
  // "Did volume grow or shrink": how it changed.
  [
    /\b(?:grow|increase|rise|improve|go up|gone up|went up) or (?:shrink|decrease|fall|drop|decline|worsen|go down|gone down|went down|down)\b/gi,
    'change',
  ],
  [/\bhow much \$+(?= )/gi, 'how much'],
  [
    /,?(?: -)? (?:just|only) (?:the )?counts?,? (?:not|no) (?:the )?(?:\$+|amounts?|values?|money)(?= |[?.!]*$)/gi,
    '',
  ],
  // "A handover to a human" is a handover.
  [
    /\b(handovers?|handed over|hand-?offs?) to (?:a |an )?(?:real |live )?(?:humans?|persons?|people|agents?|colleagues?|somebody|someone)\b/gi,
    '$1',
  ],
  // "What did the webinars cost": the cost of the webinars.
  [
    /\b(?:what|how much) (?:did|do|does|have|has) ((?:the |our |all )?[a-z -]+?) costs?\b/gi,
    'how much is the cost of $1',
  ],
  // "How much are they worth all together": what they are worth.
  [
    /,? (?:and )?(?:how much (?:are|is|were|was) (?:they|it|that|those)(?: all| together| in total)* worth|worth how much)\b/gi,
    ', worth',
  ],
  [/\b(?:what|how much) (?:is|are) ((?!it\b|they\b|that\b)\S.*?) worth\b/gi, '$1 worth'],
  [/\b(?:what|how much) (was|were) ((?!it\b|they\b|that\b)\S.*?) worth\b/gi, '$1 $2 worth'],
  [/\b(?:all together|added up|summed up|taken together|all in all|all told)\b/gi, 'in total'],
  // Feelings and thanks at either end.
  [
    /^(?:(?:good )?(?:morning|afternoon|evening|day)|hi|hey|hello|thanks|sorry|ok|okay|so|well|right)(?: (?:all|team|folks|everyone|heed|again|there))?[!,.:-]+\s*/i,
    '',
  ],
  [
    /[,.!;-]?\s*(?:would do|is fine|is enough|will do|if possible|if you can|when you have (?:a )?time|that'?s all|thank you|thanks a lot|many thanks)[.! ]*$/i,
    '',
  ],
];

/** Where a first try begins to say when. */
const when = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:in|on|since|from|during|over|for|before|after|until|by|between) )?(?:the )?(?:last|past|previous|this|next|today|yesterday|tomorrow|q[1-4]|h[12]|(?:19|20)\\d\\d|${monthPattern}|${weekdayPattern}|\\d{1,2}(?:st|nd|rd|th)? (?:of )?${monthPattern}|week)(?![\\p{L}]).*$`,
  'iu',
);

/**
 * "Who's behind on payment? I mean subscriptions that are past due": the second try counts, with the time of the first
 * where it has none of its own.
 */
function secondTry(text: string): string {
  const tried =
    /^(.{3,}?)[?.,;]\s*(?:i|what i) mean\b,?:?\s*(\S+ \S.*)$/i.exec(text) ??
    /^(.{3,}?)[?.;]\s*(\S+ \S[^?.,;]*?),? (?:i|is what i) mean[.!]*$/i.exec(text);
  if (!tried) return text;
  const [, first = '', second = ''] = tried;
  const time = when.exec(first)?.[0] ?? '';
  const mine = /\b(?:i|my|me|mine)\b/i.test(first) && !/\b(?:i|my|me|mine)\b/i.test(second) ? 'my ' : '';
  return when.test(second) ? second : `${mine}${second.replace(/[?.!]+$/, '')} ${time}`;
}

const replaced =
  (all: typeof turns) =>
  (text: string): string =>
    rephrased(text, all);

/** One after the other, each on what the one before made: what people mean stays, how they put it goes. */
const steps: readonly ((text: string) => string)[] = [
  inAskingWords,
  inExtremeWords,
  inHavingWords,
  ofAccount,
  replaced(shorthand),
  inEverydayTurns,
  ofTheTeam,
  inDueWords,
  inConditionForm,
  inExceptionForm,
  secondTry,
  byTheirSize,
  inLeadingWords,
  inFormWords,
  inCompanyWords,
  inCourseWords,
  aboutOneRecord,
  inDeskWords,
  inTradeWords,
  inSupportWords,
  inSalesWords,
  replaced(waysOfSpeaking),
  inCountWords,
  replaced(turns),
  inComparedForm,
];

function withoutTurns(text: string): string {
  const plain = steps.reduce((said, step) => step(said), text);
  return plain.replace(/\s+/g, ' ').trim() || text;
}

/**
 * A question is looked at in several ways, and its parts in several more: each text is put in plain words once.
 *
 * @param text a tidied question
 */
export const inPlainWords = remembered(2000, withoutTurns);

/** What a sentence needs to say something about data: a word that could change the answer. */
const decisive =
  /\d|\b(?:not|no|without|never|only|just|except|excluding|but|if|more|less|most|least|top|bottom|open|closed|today|yesterday|tomorrow|day|days|week|weeks|month|months|quarter|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)\b/i;

/** Words of phrases like "how do customers feel" that say nothing by themselves. */
const talk = /^(?:feel|feeling|felt|go|going|few|do|doing|like|way|thing|stuff)$/;

/**
 * Without sentences that only talk: "I feel like I've been neglecting a few." A sentence counts as talk when it holds no
 * word of the catalogue, no value, number, time, negation or name; the first sentence that does count stays whatever it
 * holds.
 */
export function withoutTalk(
  text: string,
  { words, storedWords }: Pick<Vocabulary, 'words' | 'storedWords'>,
): string {
  const sentences = text.split(/(?<=[.?!])\s+/);
  if (sentences.length < 2) return text;
  const saysSomething = (sentence: string): boolean => {
    if (decisive.test(sentence)) return true;
    const parts = sentence.match(/[\p{L}][\p{L}']*/gu) ?? [];
    return parts.some((part, index) => {
      const word = canonical(part.toLowerCase());
      const isName = index > 0 && /^\p{Lu}/u.test(part) && !/^I(?:'|$)/.test(part);
      return isName || (!talk.test(word) && (words.has(word) || storedWords?.has(word) === true));
    });
  };
  const kept = sentences.filter(saysSomething);
  return kept.length === 0 ? text : kept.join(' ');
}
