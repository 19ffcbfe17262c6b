/** A customer's name, as far as it is written with capitals. */
const name = '(?=(?:the )?(?!"?(?:Support|Sales|Team|I)\\b)"?\\p{Lu})';
const periodOrEnd =
  '(?=\\s*[?.!]*$|,| (?:ytd|qtd|mtd|this|last|in|since|so far|for|by|per|from|year|quarter|month|to date|today|yesterday|vs|versus|compared)\\b)';
const compared =
  '(more than|over|above|under|below|less than|at least|bigger than|larger than|smaller than|exceeding)';
const money =
  '((?:[$€£] ?\\d[\\d.,]*(?: ?(?:k|m|thousand|million))?|\\d+(?:[.,]\\d+)? ?(?:k|m|thousand|million)|\\d{1,3}(?:[.,]\\d{3})+|(?!20\\d\\d\\b)\\d{4,})\\b)';
const kinds = '((?:new|renewal|expansion|upsell|add-on) business)';

/**
 * Words with a narrower sense beside certain others: what is "won" without a noun is money, "people at" a customer are
 * contacts and never colleagues, who "has" what is only sold once has bought it.
 */
export const narrowTurns: readonly (readonly [RegExp, string])[] = [
  // "People at Northgate we have met".
  [
    new RegExp(
      `\\b(?:the )?(?:people|persons|folks) (?:(?:who|that) (?:work|are) )?(at|from|inside) ${name}`,
      'gu',
    ),
    'contacts $1 ',
  ],
  // "Meetings held with", "calls done with": no second side of a comparison.
  [
    /\b(meetings?|calls?|trainings?|demos?|reviews?|workshops?|conversations?|chats?) (?:held|had|done|conducted) (?=with\b)/gi,
    '$1 ',
  ],
  // "Done" alone may be said of anything; what is marked so is completed.
  [/\b(?:marked|flagged|ticked off|put down) (?:as )?done\b/gi, 'completed'],
  [
    /\b(interventions?|plays?|to-?dos?) (?:(?:that|which) )?(?:(?:are|were|was|is|got|get|have been|has been|been|we have|have we|did we|we) )?done\b/gi,
    '$1 completed',
  ],
  [
    /\b(?:that (?:is|are|was|were) )?(?:marked|flagged|ticked off|put down) (?:as )?(?=(?:closed|solved|resolved|completed|cancelled|won|lost|pending)\b)/gi,
    '',
  ],
  [/\bdone (?=(?:interventions?|plays?|tasks?)\b)/gi, 'completed '],
  [/\bplanned as (?:an? )?(?=(?:interventions?|plays?|tasks?)\b)/gi, ''],
  // "New business won", "won new business": the money of it, and how many deals it was.
  [
    new RegExp(
      `\\b(?:the )?${kinds} (?:that (?:we|i) (?:have )?|we(?:'ve| have)? |was |were )?won${periodOrEnd}`,
      'gi',
    ),
    'won deals of $1, count and value',
  ],
  [
    /(?<!\b(?:deals?|opps?|opportunity|opportunities|were|was|to|in|into|is|are|stage|and|versus|vs|reach|reached) )\bclosed[- ]won(?! deals?\b| amount\b| stage\b| revenue\b| value\b)(?=\s*[?.!]*$|,| (?:ytd|qtd|mtd|this|last|in|since|so far|by|per|year to date|quarter to date|month to date|today|yesterday|vs|versus|compared)\b)/gi,
    'won deals, count and value',
  ],
  // "How much won revenue did our partners source", "deals that partners sourced".
  [
    /\bhow much (?:(?:of )?(?:the |our )?(?:won )?(?:revenue|business|amount|money|sales) )?(?:did|do|does|have|has) (?:our |the |all )?partners? (?:source|sourced|bring|brought)(?: us)?(?: in)?\b/gi,
    'partner sourced revenue',
  ],
  [
    /\b(?:won )?(?:revenue|business) (?:that )?(?:our |the )?partners (?:have )?sourced\b/gi,
    'partner sourced revenue',
  ],
  // "Bought Stream but don't have Vault": what they have is what they bought.
  [
    /\b(bought|ordered|purchased) ([^,?]+?),? but (?:(?:do|did|have|has|does)(?: not|n't) (?:have|own|got|use|buy|bought|order|ordered|purchased|get)|(?:not|never)(?: (?:bought|ordered|purchased))?|no|without)(?= )/gi,
    '$1 $2 but have not $1',
  ],
  // "Has Halden the training booked already": whether they ever bought it.
  [
    /^(?:[Hh]as|[Hh]ave|[Dd]id|[Dd]oes) ("[^"]+"|\p{Lu}[^,?"]*?) (?:already |yet )*(?:the |a |an |our )?("?\p{Lu}[^,?]*?) (?:already |yet )*(?:booked|bought|ordered|purchased)(?: (?:already|yet))?(?=\s*[?.!]*$)/gu,
    'list order lines of $2 of $1 of all time',
  ],
  // "Deals with a partner": in which one has a part.
  [
    /\b(deals?|opps?|opportunit(?:y|ies)|wins) with (a|any|some) partners?(?! (?:involved|attached|manager|deal|portal|band|tier)\b)(?=[\s?.!,]|$)/gi,
    '$1 with $2 partner involved',
  ],
  // An order is all its lines: what it is worth is the sum of them, and its number says which it is.
  [
    new RegExp(
      `^(?:how many|(?:what is )?(?:the )?(?:number|count) of) (?:of (?:my|our|the) |my |our )?orders (?:(?:do we have|did we (?:get|have)|are there|were|are|(?:that|which) (?:are|were)) )?(?:(?:with|of) (?:an? )?(?:(?:total|value|amount|sum)s? )?|worth )?${compared} ${money}`,
      'gi',
    ),
    'spend by order number by account with spend $1 $2',
  ],
  [
    new RegExp(
      `(?<!\\b(?:an|no|one|any|average|how many|number of) )\\borders (?:(?:that|which) (?:are|were) )?(?:(?:with|of) (?:an? )?(?:(?:total|value|amount|sum)s? )?|worth )?${compared} ${money}`,
      'gi',
    ),
    'spend by order number by account with spend $1 $2',
  ],
  [
    /\b(?:the )?(biggest|largest|highest|smallest|lowest) (?:single |one )?order\b(?! (?:lines?|values?|volume|numbers?|amounts?|size|count|backlog)\b)/gi,
    'the order number with the $1 spend',
  ],
  [
    /\b(?:the )?(?:top )?(\d{1,2}|three|five|ten) (?:biggest|largest|highest) orders\b/gi,
    'top $1 order numbers by spend',
  ],
  [
    /\borders (?:with|having|(?:that|which) (?:have|had)|of) (?:(?:only|just|exactly) )?(?:one|1|a single) (?:order )?(?:line|item|position)s?\b/gi,
    'order lines by order number with exactly 1 order line',
  ],
  [
    /\borders (?:with|having|(?:that|which) (?:have|had)|of) (more than|at least|over|fewer than) (\d+|two|three|four|five) (?:order )?(?:lines|items|positions)\b/gi,
    'order lines by order number with $1 $2 order lines',
  ],
  [
    /^(?:when was |what was |show )?(?:the |our )?(?:last|latest|newest|most recent) order (?:of|from|by|for|at) ("[^"]+"|[^,?]+?)(?:,? (?:and )?(?:when(?: was (?:it|that))?|for how much|how much(?: was it)?|what did they (?:buy|order|pay)))*[?.!]*$/gi,
    'list order lines of $1 newest first',
  ],
  [
    /^("[^"]+"|(?!(?:when|what|which|who|whose|how|show|list|did|do|has|have|is|was|my|our|the|a|any)\b)[^,?:]+?)(?<!\b(?:with|and|by|their|its|of|for|plus|including|per|the))(?:'s|:| [-–])? (?:last|latest|newest|most recent) order(?:,? (?:and )?(?:when(?: was (?:it|that))?|for how much|how much(?: was it)?))*[?.!]*$/gi,
    'list order lines of $1 newest first',
  ],
  // "Orders with a discount": those of which a line has one.
  [
    /\b(orders|order lines|sales lines) (?:(?:with|that (?:have|had|got|carr(?:y|ied))|which (?:have|had)) (?:a|an|any|some) discount|with discounts?)\b(?! (?:of|over|above|below|under|rate|share|larger|bigger|more|less|between)\b)/gi,
    '$1 with discount over 0',
  ],
  // "Products never sold": what is sold of a product are its orders, whatever is won besides.
  [
    /\b(products?) ((?:(?:that|which) )?(?:(?:we|we've|we have|were|was|have|has|had|been|not|never|did|haven't|weren't|wasn't) )*(?:not|never|haven't|weren't|wasn't) (?:(?:been|yet) )*)(?:sold|sell)\b/gi,
    '$1 $2ordered',
  ],
  [
    /\b(which|what) products (?:did|have|do) we (not|never) (?:sell|sold|yet sold)\b/gi,
    '$1 products were $2 ordered',
  ],
  [/\bcost per (?:converted lead|lead converted|lead conversion)\b/gi, 'cost of a converted lead'],
  // "Which customers have logged in less than": their logins beside those of the other time.
  [
    /^(?:which|what) (customers?|accounts?|clients?) (?:have |has |are |were |is )?(?:been )?(?:logged|logging|log) in (?:less|more|fewer times)(?: often)?((?: (?:this|last|in) \w+)?) than (?:in |during )?/i,
    'logins by $1$2 compared to ',
  ],
];
