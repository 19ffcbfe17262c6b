import { rephrased, type Turn } from './turn.ts';

const verbs =
  '(?:bought|ordered|purchased|booked|won|lost|solved|opened|closed|created|sold|reported|missed|got)';
const noun = '(?:[a-z-]+ ){0,2}?[a-z-]+s';
const somebody = "(?:[A-Z][\\w&'.-]*(?: [A-Z][\\w&'.-]*){0,3}|we|i|they)";
const records =
  '(?:customers?|accounts?|clients?|deals?|tickets?|leads?|partners?|subscriptions?|campaigns?|products?)';
const degree = '(?:average|avg|mean|median|typical)';

/** Questions whose words stand in another order than usual, and what several say for one and the same. */
const turns: readonly Turn[] = [
  // "Which products Solvang Foods has bought?"
  [
    new RegExp(
      `^([Ww]hich|[Ww]hat) (${noun}) (${somebody}) (has|have|had) (?:already )?(${verbs})(?= |[?.!]*$)`,
      'u',
    ),
    '$1 $2 $4 $3 $5',
  ],
  // "Has any of my customers a subscription that is past due?"
  [
    new RegExp(
      `^(?:has|have|had|do|does|did) (?:any(?:one|body)?|some|one) of (my|our|the) (${records})s? (?:(?:got|have) )?(?=\\S)`,
      'i',
    ),
    'which of $1 $2 have ',
  ],
  // "From opening until they are won".
  [
    /\b(?:in|on) average,? from (?:the )?(?:opening|creation|beginning|start)(?: of (?:it|them))? (?:until|till|to) (?:they are|they're|it is|it's|being|the) (won|closed|solved|resolved)\b/gi,
    'until they are $1 on average',
  ],
  [
    /\bfrom (?:the )?(?:opening|creation|beginning|start)(?: of (?:it|them))? (?:until|till|to) (?:they are|they're|it is|it's|being|the) (won|closed|solved|resolved)\b/gi,
    'until they are $1',
  ],
  [
    /^(how many (?:days|weeks|hours)|how long) (take|need)s? (?=(?:my|our|the) )([^?.!,]*?)(?= (?:in|on|until|till|to)\b)/i,
    '$1 do $3 $2',
  ],
  // "What 5 products do we sell most, counted in units".
  [
    /^(?:what|which)(?: are the)? (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) products (?:do|did|have) we (?:sell|sold) (?:the )?most,? (?:counted |measured |expressed )?(?:in|by) (units|pieces|quantity|revenue|amount|value)\b/i,
    'top $1 products by $2 sold',
  ],
  [/\bproducts by (?:pieces|quantity) sold\b/gi, 'products by units sold'],
  [
    /\bproducts by (?:(?:revenue|amount|value) sold|sales (?:value|volume|revenue)|order (?:value|amount))\b/gi,
    'products by sales amount',
  ],
  // "Which products don't we sell any more".
  [
    /^(?:which|what) (?:of our )?products (?:(?:don't|do not|dont) we (?:sell|offer)|we (?:don't|do not|dont) (?:sell|offer)|do we no longer (?:sell|offer)|we no longer (?:sell|offer)|are no longer (?:sold|offered|on offer))(?: any ?(?:more|longer))?(?=[?.! ]*$)/i,
    'list inactive products',
  ],
  // "Which campaign converted the most people".
  [
    /^((?:which|what) campaigns?) (?:has |have |did )?convert(?:ed|s)? (?:the )?(most|fewest|least)(?: (?:people|persons|leads|contacts|customers|members))?\b/i,
    '$1 has the $2 conversions',
  ],
  // "The average value of one order".
  [
    new RegExp(`\\b(${degree}) (value|size|amount) of (?:one|a single|an?|each|every) (order|deal)\\b`, 'gi'),
    '$1 $3 $2',
  ],
  // "Average deal size won vs lost".
  [
    new RegExp(
      `\\b(${degree}) (?:deal )?(?:size|value|amount) (?:of )?(?:the )?(?:deals )?(won|lost) (?:deals )?(?:vs\\.?|versus|and|compared (?:to|with)|against) (won|lost)(?: deals| ones)?\\b`,
      'gi',
    ),
    '$1 $2 deal and $1 $3 deal',
  ],
  // "Compare my meetings in October with those in September".
  [
    /^(?:(?:could|can|would) you |please |pls )*compare (?:the |all )?([^,?]+?) (in|of|from|for|this|last) ([^,?]+?) (?:with|to|against|and) (?:those|the ones|that|these|the same) (?:of|in|from|for) ([^,?]+?)(?=[?.! ]*$)/i,
    '$1 $2 $3 versus $4',
  ],
  // "With which partners do I work together on deals".
  [
    /^(?:with )?(?:which|what|whom?) partners (?:do|did|have|am) (i|we) (?:been )?(?:work(?:ed|ing)?|collaborat(?:e|ed|ing)|cooperat(?:e|ed|ing)|sell(?:ing)?|team(?:ed)? up)(?: together)?(?: (?:on|in))(?: (?:my|our|any))? deals(?: with)?(?=[?.! ]*$)/i,
    'partner deals of mine by partner',
  ],
  // "Which customers started a subscription this year".
  [
    /\b(customers|accounts|clients) (?:(?:that|who|which|have|has) )*(?:started|began|took out|signed up for|got|bought) (?:an?|their|a new|the) (?:new )?subscription\b/gi,
    '$1 with a subscription that started',
  ],
];

/** @param text a question as it was typed */
export const inUsualOrder = (text: string): string => rephrased(text, turns);
