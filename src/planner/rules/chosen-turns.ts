import { rephrased, type Turn } from './turn.ts';

const customers = '(accounts?|customers?|clients?|companies)';
const article = '(an?|some|any|at least one|one or more)';
/** How much work is in what they have. */
const going = '(?:open|unresolved|overdue|urgent|critical|active|breached|unsolved)';
const place = '(region|segment|industry|tier|country|owner|account owner|plan|account manager)';
const records =
  '(tickets|cases|requests|deals|opportunities|accounts|customers|leads|escalations|incidents|conversations|chats|subscriptions|partners)';
/** States of which a record has one: who names two of them counts both. */
const state = '(?:open|opened|closed|solved|resolved|won|lost|pending|new|hold|held|cancelled|active)';
const adjective =
  '(?!not\\b|in\\b|at\\b|on\\b|of\\b|from\\b|with\\b|still\\b|due\\b|when\\b|why\\b|how\\b|which\\b|who\\b|what\\b|where\\b|then\\b|later\\b|already\\b|older\\b|more\\b|less\\b)([a-z]+(?:-[a-z]+)*)';
const afterwards = '(?=\\s*[?.!]*$| (?:by|per|in|for|of|at|from|this|last|today|right|now|currently)\\b)';
const quota = '(?:sales )?(?:quotas?|targets?|goals?)';
/** A quota is one of the year. */
const thisYear = '(?: (?:for |in )?(?:this|the|the current) year| so far| yet| already)*';
const sellers =
  '((?:(?:of )?(?:my|our|the|all|any) )*(?:sales ?)?(?:reps?|people|sellers?|salespeople|owners?))';
const whose = '(?:(?:the|their|his|her|its|our|sales|revenue) )*';

/**
 * Rows chosen by several conditions, by what others have with them, or by their quota, in the words in which one condition
 * is read by itself.
 */
const turns: readonly Turn[] = [
  // "Have both an open incident and an open escalation".
  [
    new RegExp(
      `(?:\\b(?:that|which|who) )?\\b(?:have|has|had|having|with) both ${article} ([^,?.!]+?) and (?:also )?${article} `,
      'gi',
    ),
    'with $1 $2 and $3 ',
  ],
  [
    /\b(and|but) (?:(?:that|which|who) )?(?:also|additionally|in addition|at the same time|simultaneously) (?=(?:have|has|had|having|with|without|no|an?|at least)\b)/gi,
    '$1 ',
  ],
  // "Opened urgent tickets this week and have an open deal": with both of them.
  [
    new RegExp(
      `\\b(which(?: of (?:my|our|the))? ${customers}) (?:have |has |had )?(opened|raised|logged|filed|reported|submitted) ((?:[a-z]+ )?(?:tickets|cases|escalations))( [^,?.!]+?)?,? (?:and|but) (?:have|has|had|with) (?=(?:an?|no|at least one)\\b)`,
      'gi',
    ),
    '$1 with $4 opened$5 and ',
  ],
  [
    new RegExp(
      `\\b${customers} (?:that|which|who) (?:have |has |had )?(opened|raised|logged|filed|solved|bought|won|created) ((?:more|fewer|less) than|at least|over) (\\d+ [a-z]+)\\b`,
      'gi',
    ),
    '$1 with $3 $4 $2',
  ],
  // "Which team accounts": those of the asker's team.
  [
    new RegExp(
      `(^|\\b(?:which|what|list|show|show me|are|all|of|our|the) )(?:(?:our|the) )?team (?=${customers}\\b)(?![^?.!]*\\b(?:by|per|each) team\\b)`,
      'gi',
    ),
    "$1my team's ",
  ],
  // "Tickets that are open and escalated": one condition and the other, not the number of each.
  [
    new RegExp(
      `\\b${records} (?:(?:that|which|who) )?(?:are|were) (?:both )?(?!${state} (?:and|but) ${state}\\b)${adjective} (?:and|but) (?:also )?${adjective}${afterwards}`,
      'gi',
    ),
    '$2 $1 that are $3',
  ],
  // "Accounts by region with open escalations": accounts are counted.
  [
    new RegExp(
      `^(?:how many |number of |count of |show (?:me )?)?(?:our |the |all )*${customers} (?:by|per) ${place} (?:with|that have|who have|having) (?:an? )?(${going} [a-z ]+?)(?=\\s*[?.!]*$)`,
      'gi',
    ),
    'how many $1 by $2 have $3',
  ],
  [
    new RegExp(
      `^(?:how many |number of |count of )?(?:our |the |all )*${customers} (?:with|that have|who have|having) (?:an? )?(${going} [a-z ]+?) (?:by|per) ${place}(?=\\s*[?.!]*$)`,
      'gi',
    ),
    'how many $1 by $3 have $2',
  ],
  // "Reps who have reached their quota", "who missed quota this year".
  [
    new RegExp(
      `^(?:which |what |how many |number of |what are |our |list |show (?:me )?|any )*(?:of )?(?:the |our |my )?(${sellers}|who) (?:(?:that|who) )?(?:have |has |already |did |'ve )*(reached|met|hit|made|beaten|beat|exceeded|achieved|attained|surpassed|missed|(?:not|n't|haven't|hasn't|didn't)(?: yet)? (?:reached|met|hit|made|reach|meet|hit|make)) ${whose}${quota}${thisYear}(?=\\s*[?.!]*$)`,
      'i',
    ),
    (_said, who = '', _sellers = '', how = '') =>
      `${/^who$/i.test(who) ? 'reps' : who} with quota attainment ${/^(?:missed|not|n't|haven|hasn|didn)/i.test(how) ? 'below' : /^(?:beat|exceed|surpass)/i.test(how) ? 'above' : 'of at least'} 100%`,
  ],
  // "Reps below target", "who is under quota".
  [
    new RegExp(
      `^(?:which |what |how many |number of |what are |our |list |show (?:me )?|are there |do we have |any )*(?:of )?${sellers} (?:(?:that|who) )?(?:are |is |were |still )*(?:below|under|behind|short of|not at|not on) ${whose}${quota}${thisYear}(?=\\s*[?.!]*$)`,
      'gi',
    ),
    '$1 with quota attainment below 100%',
  ],
  [
    new RegExp(
      `^(?:which |what |how many |number of |what are |our |list |show (?:me )?|are there |do we have |any )*(?:of )?${sellers} (?:(?:that|who) )?(?:are |is |were |still |already )*(?:above|over|ahead of|beyond|past) ${whose}${quota}${thisYear}(?=\\s*[?.!]*$)`,
      'gi',
    ),
    '$1 with quota attainment above 100%',
  ],
  [
    new RegExp(
      `^who(?:'s| is| are)?(?: (?:still|currently))? (?:below|under|behind|short of|not at|not on) ${whose}${quota}${thisYear}(?=\\s*[?.!]*$)`,
      'gi',
    ),
    'reps with quota attainment below 100%',
  ],
  [
    new RegExp(
      `^who(?:'s| is| are)?(?: (?:already|currently))? (?:above|over|ahead of|beyond|past) ${whose}${quota}${thisYear}(?=\\s*[?.!]*$)`,
      'gi',
    ),
    'reps with quota attainment above 100%',
  ],
  // "Renewals … with churn probability above 50%": of the accounts that renew.
  [
    /\b(renewals|subscriptions)((?: (?:up|due|coming))?(?: (?:in|within|this|next|over|before|until) [^,?.!]+?)?) (?:with|where|whose) (?:an? |the |their )?((?:churn (?:probability|risk)|health(?: score)?) (?:is )?(?:above|over|below|under|at least|at most) \d+ ?%?)(?=\s*[?.!]*$)/gi,
    '$1$2 of accounts with $3',
  ],
  // "What percentage of our escalated tickets breached the SLA".
  [
    /\b((?:percentage|percent|share|part|portion|proportion|fraction) of )(?:(?:our|my|the|all) )?((?:[a-z]+ )?(?:tickets|cases|requests))((?: (?:this|last|in|since|over|during) [^,?.!]+?)?) ((?:breached|missed|met|violated) (?:the|their|its|our|an?) )/gi,
    '$1$2$3 that $4',
  ],
  // "Untouched" is a ticket that nobody has replied to, whatever its status.
  [/\buntouched (open )?(tickets?|cases?|requests?)\b/gi, '$1$2 without a first reply'],
  [
    /\b(tickets?|cases?|requests?) (?:(?:that|which) )?(?:are|is|were|remain|stayed) (?:still |yet |currently )?untouched\b/gi,
    '$1 without a first reply',
  ],
  // "How much of my pipeline comes from partners": what partners brought of it.
  [
    /\bhow much of (my|our|the) (?:open )?pipeline (?:comes?|came|is coming|stems?|originates?|is) (?:in )?(?:from|through|via) (?:our |my )?partners\b/gi,
    '$1 open pipeline with a partner',
  ],
  // "MRR growth this quarter split into new, expansion and churn".
  [
    /\b(MRR|ARR) (?:growth|change|movements?)((?: (?:this|last|in|since|over) [^,?.!]+?)?),? (?:split|broken down|broken|divided) (?:in|into|by) new,? expansion,? contraction,? and churn(?:ed)?\b/gi,
    'new $1, expansion $1, contraction $1 and churned $1$2',
  ],
  [
    /\b(MRR|ARR) (?:growth|change|movements?)((?: (?:this|last|in|since|over) [^,?.!]+?)?),? (?:split|broken down|broken|divided) (?:in|into|by) new,? expansion,? and churn(?:ed)?\b/gi,
    'new $1, expansion $1 and churned $1$2',
  ],
  // "Bot conversations handed over last week by intent": the bot's events know what was wanted.
  [
    /\bbot (?:conversations|chats) (?:that were )?handed over(?: to (?:a |an )?(?:humans?|agents?|persons?))?((?: (?:this|last|in|since|over|yesterday|today)[^,?.!]*?)?),? by (?:bot )?intent(?=\s*[?.!]*$)/gi,
    'handovers$1 by intent',
  ],
  // "Conversions by campaign" are counted; their rate is asked for as a rate.
  [
    /\b(?<!campaign )(?:number of )?conversions (by|per|for each|of each) campaigns?\b(?! (?:rate|source))/gi,
    'campaign conversions $1 campaign',
  ],
  [
    /\b(campaigns? (?:with|had|has|got|brought|generated|made) (?:the )?(?:most|fewest|highest number of) )conversions\b/gi,
    '$1campaign conversions',
  ],
];

/** @param text a tidied question */
export const ofChosenRows = (text: string): string => rephrased(text, [...turns, [/ {2,}/g, ' ']]);
