/** A customer, a product or a person, as far as the next word that belongs to the sentence. */
const somebody = '(?!(?:we|i|you|it|they|marketing|sales)\\b)([^,?]+?)';
const buying = '(?:bought|buy|buys|purchased|purchase|purchases|spent|spend|spends|ordered|order|orders)';
const customers = '(customers?|accounts?|clients?|companies|company)';
const ends = '(?=\\s*$|[?.!,;]| (?:and|in|on|by|since|from|this|last|for|during|over|so|at|with)\\b)';
const monthly = '(?:(?: us)?(?: (?:a|per|each|every) month| monthly))';
const yearly = '(?:(?: us)?(?: (?:a|per|each|every) year| yearly| annually| per annum))';

/**
 * What people say of buying, paying and selling with a verb, where the catalogue has a noun: what somebody pays is their
 * recurring revenue, what they spend is their sales amount.
 */
export const businessTurns: readonly (readonly [RegExp, string])[] = [
  // "Sales from orders" are what the orders bring in, and "sales orders" the orders themselves.
  [/\bsales (?:from|of|through) (?:the |our )?orders\b/gi, 'sales amount'],
  // "Sales meetings": activities are what sales does.
  [/\bsales (?=(?:phone )?(?:calls?|meetings?|visits?|e-?mails?|touches|touchpoints)\b)/gi, ''],
  // "Average call length", "how long are my meetings": the length is that of an activity, the word before says which.
  [
    /\b(call|meeting)s?[- ](?:lengths?|durations?)\b(?! (?:over|under|above|below|>|<))/gi,
    'activity duration of $1s',
  ],
  [
    /\b(?:lengths?|lenghts?|durations?) of (?=(?:(?:my|our|the|a|all|team's|phone|sales) )*(?:call|meeting)s?\b)/gi,
    'activity duration of ',
  ],
  [
    /\bhow long (?:are|were|do|did|is|was) ((?:(?:my|our|the|a|an|team's|average|phone|sales) )*)(calls?|meetings?)(?: (?:take|last|lasted|run|go))?(?: (?:on|in) average)?\b/gi,
    'activity duration of $1$2',
  ],
  // "How much Vault did we sell", "how much did we sell to my customers": of a product and to a customer are orders.
  [/\bhow much (?:have|did|do) we (?:sell|sold) (?:of|to) (?:the )?(?=\S)/gi, 'sales amount of '],
  [
    /\bhow much (?:of (?:the )?)?((?!(?:money|revenue|business|more|less|did|do|have)\b)[\w-]+(?: [\w-]+){0,2}?) (?:did|have|do) we (?:sell|sold)\b/gi,
    'sales amount of $1',
  ],
  // "New business won", "closed won this year": who sells means the money.
  [/\bnew business won\b/gi, 'won amount of new business'],
  [
    /^(?:(?:show|what is|whats|what's) )?(?:our |my |the |total )*closed[- ]won (?=(?:ytd|mtd|qtd|this|last|in|so far|for|by|per|since)\b)/i,
    'won amount and won deals ',
  ],
  // "Top five buyers of Private link": by what they spent, not by how often.
  [
    /\b(top|biggest|largest|best) ((?:\d+|two|three|four|five|six|ten) )?buyers of (?=\S)/gi,
    '$1 $2customers by sales amount of ',
  ],
  // "What does Northgate pay us a month", "how much do they pay per year".
  [
    new RegExp(
      `\\b(?:what|how much)(?: money)? (?:do|does|is|are) ${somebody} (?:pay|paying)${yearly}`,
      'gi',
    ),
    'arr of $1',
  ],
  [
    new RegExp(
      `\\b(?:what|how much)(?: money)? (?:do|does|is|are) ${somebody} (?:pay|paying)(?:${monthly}|(?: us)?(?: (?:now|right now|currently|today))?${ends})`,
      'gi',
    ),
    'mrr of $1',
  ],
  [new RegExp(`\\bwho pays(?: us)? (?:the )?most${ends}`, 'gi'), 'which customer has the highest mrr'],
  [
    new RegExp(`\\b${customers}(?: that| who)? (?:pay|pays|paying)(?: us)? (?:the )?most${ends}`, 'gi'),
    '$1 with the highest mrr',
  ],
  [new RegExp(`\\b(?:highest|best|top|biggest)[- ]paying ${customers}`, 'gi'), '$1 with the highest mrr'],
  [new RegExp(`\\blowest[- ]paying ${customers}`, 'gi'), '$1 with the lowest mrr'],
  [
    new RegExp(
      `\\bwhose ${customers} (?:pay|bring|bring in|make up|hold|have)(?: us)? (?:the )?(most|highest|least|lowest) (mrr|arr)\\b`,
      'gi',
    ),
    'which account owner has the $2 $3',
  ],
  [
    /\bhow much (?:money )?(?:comes in|flows in|do we (?:get|take|make|earn)(?: in)?) (?:every|each|per|a) month from (?:our |the |all )?subscriptions\b/gi,
    'what is our mrr',
  ],
  // "How much has Solvang bought", "what did they spend".
  [
    new RegExp(
      `\\bhow much(?: money)? (?:has|have|had|did|does|do) ${somebody} ${buying}(?: (?:from|with) us)?\\b(?: on\\b)?`,
      'gi',
    ),
    'sales amount of $1',
  ],
  [
    new RegExp(
      `\\bwhat (?:has|have|did|does|do) ${somebody} (?:spent|spend)(?: (?:with|at|on) us)?\\b`,
      'gi',
    ),
    'sales amount of $1',
  ],
  // "Which sector buys most", "which customers ordered the most".
  [
    new RegExp(`\\b(?:which|what) (\\w+) ${buying} (?:the )?(most|least) from me${ends}`, 'gi'),
    'which $1 has the $2 sales amount of my customers',
  ],
  [
    new RegExp(`\\b(?:which|what) (\\w+) ${buying} (?:the )?(most|least)(?: from us)?${ends}`, 'gi'),
    'which $1 has the $2 sales amount',
  ],
  // "Which products does Yarrow order most often", "buys which products".
  // "Which products do they buy": what somebody does is none of the last month alone.
  [
    new RegExp(
      `\\b(?:which|what) products? (?:do|does) ${somebody} (?:buy|purchase|order)(?: from us)?(?=\\s*[?.!]*$)`,
      'gi',
    ),
    'sales amount of $1 by product of all time',
  ],
  [
    new RegExp(`^${somebody} (?:buys|buy|orders) (?:which|what) products?(?: from us)?(?=\\s*[?.!]*$)`, 'gi'),
    'sales amount of $1 by product of all time',
  ],
  [
    new RegExp(
      `\\b(?:which|what) products? (?:do|does|did|has|have) ${somebody} ${buying} (?:the )?most(?: often| frequently)\\b`,
      'gi',
    ),
    'which products had the most orders of $1',
  ],
  [
    new RegExp(
      `\\b(?:which|what) products? (?:do|does|did|has|have) ${somebody} ${buying}(?: from us)?${ends}`,
      'gi',
    ),
    'sales amount of $1 by product',
  ],
  [
    new RegExp(
      `^${somebody} (?:buys|buy|bought|orders|ordered) (?:which|what) products?(?: from us)?${ends}`,
      'gi',
    ),
    'sales amount of $1 by product',
  ],
  // Those who were written to, not those who work here.
  [
    /\b(?:people|persons|persons?) (?:who|that) (?=(?:have |has |had |were |was )?(?:opted out|unsubscribed|bounced|responded|replied|converted|answered)\b)/gi,
    'recipients who ',
  ],
  // "Which industry churns the most": churned customers.
  [
    /\b(?:which|what) (\w+) (?:churns?|churned|leaves|left us|cancels|cancelled|canceled) (?:the )?most\b/gi,
    'which $1 has the most churned customers',
  ],
  // "A payment past due" is a subscription that is.
  [/\bpayments? (?:that (?:is|are) )?(?:past[- ]due|overdue|outstanding|late)\b/gi, 'past due subscription'],
  [/\b(?:past[- ]due|overdue|late|outstanding) payments?\b/gi, 'past due subscription'],
  [
    /\b(?:customers?|accounts?|clients?) (?:that are |who are |which are )?behind (?:on|with) (?:their )?payments?\b/gi,
    'customers with a past due subscription',
  ],
  // "Came in through partners", "a partner involved".
  [
    /\b(?:that |which )?(?:came|come|comes|coming)(?: in)?(?: to us)? (?:through|thru|via) (?:a |an |our |the )?partners?\b/gi,
    'partner sourced',
  ],
  [
    /\b(?:which|what) partners? (?:brought|bring|brings)(?: us)?(?: in)? (?!the most|most|more)([^?.!,]+)/gi,
    'partner sourced $1 by partner',
  ],
  // "Changed stage", "moved to a new stage": a move of the deal.
  [
    /\b(?:have |has |had )?(?:changed|moved|switched)(?: to)?(?: (?:the|its|their|another|a new|a different))? stages?\b/gi,
    'changed stage',
  ],
  [
    /\bdeals? (?:where|whose|for which) (?:the |their )?(?:amounts?|values?|sizes?) (?:(?:was|were|is|are|got|has|have|had|been) )*(cut|reduced|lowered|decreased|raised|increased)\b/gi,
    'deals amount $1',
  ],
  [
    /\bdeals? (?:(?:that|which|have|has|had|were|got) )*(?:slipped|pushed|postponed|delayed|moved)(?: back)? (?:their|its|the) (?:expected )?close dates?\b/gi,
    'deals that were pushed',
  ],
  [
    /\bdeals? (?:where|whose|for which) (?:the |their )?(?:expected )?close dates? (?:(?:was|were|is|are|got|has|have|had|been) )*(?:slipped|pushed(?: back)?|postponed|delayed|moved back|moved out)\b/gi,
    'deals that were pushed',
  ],
  // "Training days sold since August": the sales of it.
  [
    /^(?:(?:list|show|give me|all|every|the|any) )*(?!how|which|what|who|units|number|top|best|deals?|orders?)(\S+(?: \S+){0,3}) sold (?=(?:since|in|this|last|during|between|over|today|yesterday|before|after)\b)/gi,
    'list order lines of $1 ',
  ],
  // "Rated excellent": in that band of health.
  [/\b(?:is|are|were|was|be) rated (?:as )?(?=(?:excellent|good|warning|critical|poor)\b)/gi, 'in '],
  [/\b(?:customers|accounts|clients) (?:gained|joined)\b/gi, 'customers won'],
  [/\bhow many (?:customers|accounts|clients) (?:have )?joined\b/gi, 'how many customers won'],
  [/\b(?:gained|won) (?:versus|vs\.?|and|or) lost customers\b/gi, 'customers won and customers lost'],
  [
    /\b(?:customers|logos|accounts) (?:gained|won) (?:versus|vs\.?|v|and|or|against) lost\b/gi,
    'customers won and customers lost',
  ],
  // "Deals needing change data capture", "whose next step mentions redlines": words of a text that deals hold.
  [
    /\bdeals? (?:(?:that|which|who) )?(?:need(?:s|ing)?|want(?:s|ing)?|requir(?:e|es|ing)) (?!(?:a|an|the|my|our|to|more|help|attention|action|approval|review|work|follow)\b)([^,?]+?)(?=\s*$|[,?.]| (?:with|w|by|in|this|last)\b)/gi,
    'deals with database requirements mentioning "$1"',
  ],
  [
    /\b(?:where|whose) (?:the |their )?(db requirements|database requirements|requirements|next steps?) (?:mention|mentions|contain|contains|include|includes|says?) ([^,?"]+?)(?=\s*$|[,?.]| (?:with|w)\b)/gi,
    'with $1 mentioning "$2"',
  ],
  [
    /\b(?:where|with) ([a-z][^,?"]*?) (?:(?:is|are|stands?) (?:still )?(?:the|their) |as (?:the |their )?)next steps?\b/gi,
    'with next step mentioning "$1"',
  ],
  [/\bcost per converted (?:contact|recipient|member)s?\b/gi, 'cost per conversion'],
  [
    /\b(?:who (?:are|is) |which (?:are|is) )?(?:our |the )?(\w+ )?most valuable (customers|accounts|clients) (?:by|in) (?:their )?(?:lifetime value|ltv)\b/gi,
    'top $1$2 by lifetime value',
  ],
  [
    /\b(stages?) with the (?:biggest|highest|largest|worst|most) drop[- ]?offs?(?: rate)?\b/gi,
    '$1 with the lowest stage conversion',
  ],
  [
    /\bhow long (?:do|does|did) my (?:deals|opportunities|opps) (?:usually |normally |typically |on average |in average )?(?:stay|sit|spend|stick|remain|last) in (?:the )?(?!total\b|each\b|a\b|every\b)(\w+(?: \w+)?)(?: stage)?(?: usually| normally| typically| on average| in average)?(?=\s*$|[?.!])/gi,
    'median days in stage of $1 of mine',
  ],
  [
    /\bhow long (?:do|does|did) (?:our |the )?(?:deals|opportunities|opps|they|we|a deal) (?:usually |normally |typically |on average |in average )?(?:stay|sit|spend|stick|remain|last) in (?:the )?(?!total\b|each\b|a\b|every\b)(\w+(?: \w+)?)(?: stage)?(?: usually| normally| typically| on average| in average)?(?=\s*$|[?.!])/gi,
    'median days in stage of $1',
  ],
  [/\b(e-?mails?|mails?) (?:sent|written) to (?=\S)/gi, '$1 to '],
  [
    /\b(no |any |a )?(deals?|opps?|opportunity|opportunities) (?:in play|in flight|in the works)\b/gi,
    '$1open $2',
  ],
];
