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
];
