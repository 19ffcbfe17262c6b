import { rephrased, type Turn } from './turn.ts';

const deals = '(?:deals|opportunities|opps)';
const moved = '(?:moved|pushed|postponed|put off|put back|delayed|shifted|slipped|changed)';
const later = '(?: (?:back|out))?(?: to (?:a )?later(?: (?:date|day|close date))?| later| to the right)?';
const closeDate = '(?:clos(?:e|ing) date|clos(?:e|ing) day)';
const accounts = '(?:customers|accounts|clients|companies)';
const nobody = '(?:nobody|no one|no owner|anybody|anyone|an owner|any owner)';

/** A close date that was put off. */
const pushed: readonly Turn[] = [
  [
    new RegExp(
      `(\\b${deals}),? (?:where somebody has |(?:that|which|for which|whose|with|where)(?: (?:the|their|its|an?))? )?(?:have |had |has |got |saw )?(?:(?:their|its|the) )?(?:${moved} (?:the |their |its )?${closeDate}|${closeDate} (?:was |were |has been |have been |had been |got )?${moved})${later}(?=[\\s,?.!]|$)`,
      'gi',
    ),
    '$1 with a pushed close date',
  ],
  [
    new RegExp(
      `(\\b${deals}),? (?:(?:that|which) )?(?:have |had |has |were |was |got |been )*${moved} to (?:a )?later ${closeDate}(?=[\\s,?.!]|$)`,
      'gi',
    ),
    '$1 with a pushed close date',
  ],
  // "…, that is, had the close date put back".
  [
    new RegExp(
      `(\\b${deals}) (?:have |has |had )?slipped ([^,?]+?), (?:meaning|that is,?|i e,?|which means) (?:that )?(?:the |their |had the |its )*${closeDate} (?:was |has been )?[^,?]*?(?=[?.! ]*$)`,
      'gi',
    ),
    '$1 with a pushed close date $2',
  ],
  [
    new RegExp(`^slipped (.+?) \\(${closeDate} moved later\\): (?:which|what) (.*?${deals})[?.! ]*$`, 'i'),
    '$2 with a pushed close date $1',
  ],
  [
    new RegExp(
      `^how many (.*?${deals}) (?:were |have been |got |had been )?(?:moved|pushed|postponed) to a later close date`,
      'i',
    ),
    'number of $1 with a pushed close date',
  ],
];

/** Which end of the amounts. */
const sizes: readonly Turn[] = [
  // "Won deals by rep with amount this quarter".
  [
    new RegExp(
      `^((?:my |our |my team's |the )?)(won|lost) ${deals} (.*?),? ?(?:with|and) (?:the |their )?(?:amounts?|value)(?= |[?.!]*$)(.*)$`,
      'i',
    ),
    '$1$2 deals and $2 amount $3$4',
  ],
  [
    new RegExp(
      `^(?:show(?: me)? |list |give me |what are )?(?:the |our )?top (\\d+) (?:of )?(?:the )?((?:lost|won|open|closed) )?(${deals})( .+?)?,? by (?:amount|value|size)[?.! ]*$`,
      'i',
    ),
    (_said, n = '', state = '', rows = '', when = '') => `${n} biggest ${state}${rows}${when}`,
  ],
  [
    new RegExp(
      `^ranked by (?:amount|value|size),? (?:give me |show(?: me)? |list )?(?:the )?top (\\d+|ten|five|three) ((?:lost|won|open) )?(${deals})(.*)$`,
      'i',
    ),
    (_said, n = '', state = '', rows = '', rest = '') => `${n} biggest ${state}${rows}${rest}`,
  ],
  [
    new RegExp(
      `^(?:which|what) (\\d+|ten|five|three) (${deals}) (?:that |which )?(?:we |were )?(lost|won) (.+?) had the (?:largest|biggest|highest) (?:amounts?|values?)[?.! ]*$`,
      'i',
    ),
    '$1 biggest $3 $2 $4',
  ],
  // "The ten accounts that spent the most on orders this year".
  [
    new RegExp(
      `^(?:which|what|list|show me|give me)?(?: are)? ?(?:the |our )?(?:top )?(\\d+|ten|five|three|twenty) ${accounts} (?:that |which |who |have |has )*(?:spent|ordered|bought|paid)(?: us)? (?:the )?most(?: on orders| money)?( .+?)?(?:,? (?:in terms of|by|as|measured by) (?:total )?(?:amount|value|order amount))?[?.! ]*$`,
      'i',
    ),
    (_said, n = '', when = '') => `top ${n} accounts by order amount${when}`,
  ],
  [
    new RegExp(
      `^(.*?)\\b(?:top |our |the )*(\\d+|ten|five|three) (?:biggest |largest |top )?${accounts} (?:by|with) (?:the )?(?:largest |biggest |highest |total |sum of |value of |their )*orders?(?: totals?| amounts?| value)?(?= |[?.!]*$)(?! count)`,
      'i',
    ),
    (said, before = '', n = '') =>
      /^(?:this year,? |last [a-z]+,? )?(?:who are |show me |list |give me |what are )?(?:the |our )?$/i.test(
        before,
      )
        ? `top ${n} accounts by order amount ${/^(this year|last [a-z]+)/i.exec(before)?.[1] ?? ''}`.trim()
        : said,
  ],
  [
    new RegExp(
      `^ranked by (?:the )?(?:total )?(?:value|amount) of (?:their )?orders( .+?)?: (?:the )?top (\\d+|ten|five) ${accounts}[?.! ]*$`,
      'i',
    ),
    'top $2 accounts by order amount$1',
  ],
  [
    /\b(?:the )?(?:total )?(?:quantity|number of units|pieces|units) (?:sold|that went out in orders|shipped|that we sold)\b/gi,
    'units sold',
  ],
  [/\bhow many (?:pieces|units) did we (?:shift|sell|ship|move)\b/gi, 'units sold'],
  [
    /\b(?:value|amounts?) of (?:the )?orders (?:that were |which were )?placed\b|\bamounts? of (?:the )?orders\b/gi,
    'order amount',
  ],
  [/\bhow much money did (?:the |our )?orders bring in\b/gi, 'order amount'],
];

/** Ages and lengths by their unit. */
const ages: readonly Turn[] = [
  [
    /\bhow (old|long|big|much),? (?:in days|in hours|in minutes),? (?=(?:are|is|did|do|does|were|was)\b)/gi,
    'how $1 ',
  ],
  [
    /\bhow many days old (?:open )?(deals|opportunities|tickets) are on average\b/gi,
    'average age of open $1',
  ],
  [
    /\b((?:average|avg|mean|median) (?:age|time|duration|length|cycle|cycle time|time to [a-z]+)),? in (?:days|hours|minutes),?(?= |$)/gi,
    '$1',
  ],
  [
    /\b(mean|average|avg) age of (?:the |our |all )?(?:still )?open (deals|opportunities|tickets),? (?:by [a-z]+,? )?in days(?: since they were opened)?/gi,
    '$1 age of open $2',
  ],
  [
    /\b(?:mean|average) (?:number of )?days since opening (?:for|of) (?:all )?open (deals|opportunities|tickets)\b/gi,
    'average age of open $1',
  ],
  [/\bdeals that are still open\b|\bdeals still open\b/gi, 'open deals'],
  [/\bopportunities that are still open\b|\bopportunities still open\b/gi, 'open opportunities'],
  [
    /\b(?:average|avg|mean) (?:number of )?days (?:between|from) opening (?:and|to) (?:closing|winning|close|win)(?: date)? of\b/gi,
    'average days to win of',
  ],
];

/** Whose they are not, and what nobody did. */
const lacking: readonly Turn[] = [
  [
    new RegExp(
      `\\b(leads|deals|tickets|accounts|opportunities)(.*?),? (?:(?:that|which|and) )*(?:(?:do|does|did|are|is|have|has|were) )?(?:not|n't) (?:(?:been )?(?:assigned to|owned by)|have|has|belong to) ${nobody}[?.! ]*$`,
      'i',
    ),
    '$1 without an owner$2',
  ],
  [
    /\b(leads|deals|accounts|opportunities)(.*?),? (?:that|which|and that) (?:nobody|no one) (?:owns|has|takes care of)[?.! ]*$/i,
    '$1 without an owner$2',
  ],
  [
    /\bunconverted leads\b|\bleads (?:that|which) (?:are |have )?(?:still )?(?:unconverted|not (?:been |yet )?converted)\b|\bunconverted leads\b/gi,
    'open leads',
  ],
  [
    /^(?:which |what |give me |list |who among |name |show me )?(?:the |all |every )?(?:active )?(?:sales )?reps? (?:(?:that|who|which) )?(?:have|has|did|hasn't|haven't|didn't) ?(?:not|n't)? ?(?:yet )?(?:won?|win|got|closed|land(?:ed)?) (?:any|a single|one|a|even one) (?:deals?|wins?|opportunit(?:y|ies))(?: on the board)? (this|last) (quarter|month|year|week)[?.! ]*$/i,
    'reps without won deals $1 $2',
  ],
  [
    /^(?:which |what |list |show me )?(?:the |all )?active (?:sales )?reps (?:without|with no) (?:a |any )?won deals? (this|last) (quarter|month|year|week)[?.! ]*$/i,
    'reps without won deals $1 $2',
  ],
  [
    /^no (?:deals|wins|opportunities) won (this|last) (quarter|month|year|week): (?:which|what) (?:of )?(?:the )?(?:active )?(?:sales )?reps[?.! ]*$/i,
    'reps without won deals $1 $2',
  ],
];

/** Partners, and what they must renew. */
const partners: readonly Turn[] = [
  [
    /^(?:show |list |give me |which |what |name )?(?:me )?(?:all |the |every |our )*partners? (?:(?:that|who|whose|with|for whom) )?(?:will see |are going to lose |is going to |have |has |a |the |their |an )*certifications?(?: expiry date)? ?(?:because it |that )?(?:is going to |will |are |is )?(?:expire|expires|expiring|runs? out|running out|falling|falls?|lapses?|end|ends)? ?(?:with)?in (?:the )?(?:next |coming )?(\d+) days(?: from (?:now|today))?[?.! ]*$/i,
    'partners whose certification expires in the next $1 days',
  ],
  [
    /\bdeals (?:that were )?sourced by partners (?:that|which) were won\b|\bdeals that (?:a partner|partners) (?:had )?sourced (?:did we win|that we won)\b/gi,
    'partner sourced deals won',
  ],
  [
    /\b(?:deals|opportunities) (?:that were )?won (last|this) (year|quarter|month) (?:which|that) (?:were sourced by )?partners(?: sourced)?\b/gi,
    'partner sourced deals won $1 $2',
  ],
];

/** Orders of a few words, as they are typed on the way. */
const short: readonly Turn[] = [
  [
    new RegExp(
      `^((?:my |our |the |my team's )?)((?:open|won|lost) )?${deals} ((?:by|per) [a-z ]+?), (?:the |total |summed )?(?:amounts?|value)(?=,|[?.! ]*$)`,
      'i',
    ),
    'amount of $1$2deals $3',
  ],
  [
    new RegExp(`^(top \\d+|biggest|largest) (open )?${deals} by weighted (?:amount|value|pipeline)`, 'i'),
    (_said, top = '') => `weighted pipeline by deal ${/\d/.test(top) ? top : 'top 1'}`,
  ],
  [
    new RegExp(
      `^(?:which of |list |show me )?(my |our |the )?(?:open )?${deals},? (?:(?:that|which) )?(?:haven't|havent|have not|hasn't|did not|didn't|didnt) (?:moved?|changed?|progress(?:ed)?)(?: (?:a |the |their )?stages?)? (?:in|for) (?:the )?(?:last |past )?(\\d+ days)`,
      'i',
    ),
    '$1deals that have been in their stage for over $2',
  ],
  [/^how many messages (?:did|has|have) (?:each|every) campaign sen[dt]/i, 'campaign messages by campaign'],
  [
    /^what else (?:do|did) (?:the )?(?:customers?|people|accounts|clients|buyers|those) (?:who|that|which) (?:buy|bought|have bought|order|ordered) (.+?) (?:also )?(?:buy|bought|order|purchase)(?: too| as well| usually| typically)?[?.! ]*$/i,
    'what is bought together with $1',
  ],
  [
    /^((partner|account|customer|product|campaign) [a-z]+(?: [a-z]+)?), (?:the )?(lowest|highest|worst|best|top|bottom) (\d+|one|three|five|ten)[?.! ]*$/i,
    '$1 by $2, $3 $4',
  ],
  [
    new RegExp(
      `\\b(${accounts}),? (?:(?:that|which|who|have|has) )*(?:logged|signed) in (less|fewer|more) than (\\d+) times`,
      'gi',
    ),
    '$1 with $2 than $3 logins',
  ],
  [
    /^(?:(?:show me|list|all|the) )*broadcasts (.*?),? ?(?:with|and) (?:their |the )?success rates?(.*)$/i,
    'broadcast success rate by broadcast $1$2',
  ],
];

/** Other nouns and verbs for what sells. */
const nouns: readonly Turn[] = [
  [
    /\b(?:work out |show )?(?:what |which |the )?(?:percentage|percent|share|%) of (?:(this|last) (year|quarter|month)'s )?(?:new |newly created |fresh )?leads (?:that )?(?:have |were )?converted\b/gi,
    (_said, which?: string, unit?: string) =>
      `lead conversion rate${which === undefined || unit === undefined ? '' : ` ${which} ${unit}`}`,
  ],
  [/\b(?:fresh|newly created|brand[- ]new) (leads|deals|opportunities)\b/gi, 'new $1'],
  [
    /\b((?:new|won|lost|fresh) )?(leads|deals|wins) (?:did|has|have) (?:each|every) (lead source|source|channel|campaign|region) (?:bring|brought|produce[d]?|generate[d]?)(?: us)?(?: in)?\b/gi,
    (_said, state = '', rows = '', group = '') => `${state}${rows} by ${group}`,
  ],
  [
    /\bhow many times did (?:each|every)(?: of (?:the|our))? (reps?|agents?) (?:get on the phone|call|phone)\b(.*?)(?:,? in calls logged)?[?.! ]*$/i,
    'number of calls by $1$2',
  ],
  [/\b(?:the )?call count\b/gi, 'number of calls'],
  [/\bmeetings (?:that )?(?:took place|were held|happened)\b/gi, 'meetings'],
  [
    /\b(?:in|within) the (negotiation|prospecting|qualification|proposal|discovery) stage,? (?:which |what )?(open deals|open opportunities|deals|opportunities) (?:exceed|are over|are above) (?:an amount of )?/gi,
    '$2 in $1 over ',
  ],
  [/\b(?:in|with) the commit category of the forecast\b/gi, 'in forecast category commit'],
  [
    /, meaning (?:their |the )?(?:stage|forecast category) (?:is )?[a-z]+(?: and close date (?:this|next) [a-z]+)?(?=[?.! ]*$)/gi,
    '',
  ],
];

export const inSalesFrames = (text: string): string =>
  rephrased(text, [...pushed, ...sizes, ...ages, ...lacking, ...partners, ...short, ...nouns]);
