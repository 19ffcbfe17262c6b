import type { Turn } from './turn.ts';

const customers = '(?:customers|accounts|clients|companies)';
const deals = '(?:deals|opportunities|opps)';
const states = '(?:open|closed|won|lost|solved|resolved|active|ended|finished|cancelled)';

/** What is said of records beside what it asks, and asks for no other ones. */
export const looselySaid: readonly Turn[] = [
  // Where somebody is while they ask.
  [
    /[,;.!]? (?:- )?(?:sorry,? )?(?:i['’]?m|i am|we['’]?re|we are) (?:just |currently |still )?(?:in|on|at) (?:the |a |my )?(?:car|train|phone|road|plane|bus|tram|taxi|cab|meeting|call|airport|gym|way|go|move|run|station|hotel|customer site)\b(?: (?:right )?now)?[?.! ]*$/i,
    '',
  ],
  // "Customers per region, without the former ones": customers are those of today.
  [
    new RegExp(
      `^(?=.*\\b${customers}\\b)(?!.*\\b(?:all|ever|lost|churned) ${customers})(.*?),? \\(?(?:without|excluding|not counting|minus|except|but not|no|not) (?:the |any |our )?(?:former|ex|past|churned|lost|old)(?:[- ](?:ones|${customers}))?\\)?(?=[\\s,?.!]|$)`,
      'i',
    ),
    '$1',
  ],
  // "Deals with Nordkap, open or closed": of every state.
  [
    new RegExp(
      `^(?=.*\\bpartners?\\b)(.*?\\b)${deals}( .*?)?,? \\(?(?:whether |both )?(?:open|won) (?:or|and) (?:closed|lost)(?: ones)?\\)?(?=[?.! ]*$)`,
      'i',
    ),
    (_said, head = '', rest = '') => `${head}joint deals${rest}`,
  ],
  [
    new RegExp(
      `(?<=\\w),? \\(?(?:whether |be they |no matter (?:if|whether) )(?:they (?:are|were) )?${states} or (?:not|${states})(?: ones)?\\)?(?=[?.! ]*$)`,
      'i',
    ),
    '',
  ],
  // "Campaigns by cost, highest first": that of each.
  [
    /^(?:(?:which|list|show(?: me)?|rank|sort|give me) )?(?:the |our |all |of )*campaigns (?:(?:sorted|ranked|ordered) )?by (?:their )?(cost|costs|spend|responses|conversions|messages)(?:,? (?:the )?(highest|lowest|most|fewest|least|best|worst|biggest|smallest|cheapest|most expensive)(?: (?:ones? )?first| on top)?)?[?.! ]*$/i,
    (_said, what = '', end = '') =>
      `campaign ${what.replace(/^(?:costs|spend)$/i, 'cost')} by campaign, ${/^(?:lowest|fewest|least|worst|smallest|cheapest)$/i.test(end) ? 'lowest' : 'highest'} first`,
  ],
  // "First response SLA for my team last week": how much of it was met.
  [
    /^((?:my |our |the )?(?:first (?:response|reply)|next (?:response|reply)|resolution) sla) (?=(?:for|of|in) (?:my|our|the) team\b|(?:for|of|in) support )/i,
    '$1 compliance ',
  ],
  // "Escalations per problem area".
  [/\b(by|per) (?:problem|issue|topic) (?:areas?|types?|kinds?|categor(?:y|ies))\b/gi, '$1 category'],
  // "Overdue follow-ups": tasks.
  [
    /\b(overdue|open|late|missed|outstanding|pending|my|due) follow[- ]?ups\b(?! (?:email|mail|call)s?)/gi,
    '$1 follow-up tasks',
  ],
  // "CSAT of my tickets, answers from October": when they were answered is when they count.
  [
    /,? (?:(?:only|for|with|the) )?(?:answers|responses|replies|scores|ratings) (?:given |received |that came )?(?:from|in|of|during) (?=(?:(?:this|last) )?(?:january|february|march|april|may|june|july|august|september|october|november|december|week|month|quarter|year|q[1-4])\b)/gi,
    ' in ',
  ],
  // "Where the customer asks for X in the requirements".
  [
    /\b(?:where|in which|for which) (?:the |they |their )?(?:customers?|accounts?|clients?|they|prospects?)? ?(?:asks?|asked|wants?|wanted|needs?|needed|requires?) (?:for )?(?:an? |the )?([\p{L}\d-]+(?: [\p{L}\d-]+){0,2}) (?:in|among|as part of) (?:the |their )?requirements\b/giu,
    'with $1 in requirements',
  ],
  [
    /\b(?:where|whose requirements (?:list|name|mention|include|have|say)|with requirements (?:of|that include)) ?(?:the )?([\p{L}\d-]+(?: [\p{L}\d-]+){0,2}?) (?:is|are|was|were|stands?) (?:in|among|part of) (?:the |their )?requirements\b/giu,
    'with $1 in requirements',
  ],
  // "My leads still in new - who are they".
  [
    /^(?!who\b)((?:my |our |the |all )?(?:open |new |qualified |hot |top )?(?:leads|contacts|champions|customers|accounts|detractors|promoters|partners)\b.*?)(?:,|;| -| –|\?)? ?(?:and )?who are (?:they|those|these)[?.! ]*$/i,
    'list $1',
  ],
  [
    /\b(leads|deals|tickets|opportunities) (?:that are |which are )?still in (?=(?:new|working|open|pending|qualification|discovery)\b)/gi,
    '$1 in status ',
  ],
  [/\b(that|which) (has|have) already (?=\w+(?:ed|en|wn|lt)\b)/gi, '$1 $2 '],
  [
    /\b(?:have|has|with|whose|had) (?:an? |the |their )?(?:enablement )?certifications? (?:that |which )?(?:(?:has|have|is|are|was) )?(?:already )?(?:expired|run out|lapsed|ran out)\b(?! or\b)/gi,
    'with an expired certification',
  ],
  // "What have I won this year in total": how many, and for how much.
  [
    /^what (?:have|did|has|had) (i|we|my team) (?:won|win|close won|closed won)\b(?! (?:from|back|with|for)\b)(.*?)(?:,? (?:in total|altogether|overall|so far))*[?.! ]*$/i,
    (_said, who = '', time = '') =>
      `${/^we$/i.test(who) ? '' : `${/^i$/i.test(who) ? 'my' : 'my team'} `}won deals and won amount${time}`,
  ],
  // "Median time from opening to closing, won deals".
  [
    new RegExp(
      `^(?=.*\\b${deals}\\b)(.*?)\\btime (?:from|between) (?:the )?(?:open|opening|opened|creation|created|start) (?:to|until|till|and) (?:the )?(?:close|closing|closed|win|winning|won|signature)\\b`,
      'i',
    ),
    '$1time to close',
  ],
  // "What did Backup week cost and how many leads did it bring".
  [
    /^(?:what|how much) (?:did|does|do|has|have) (.+?) cost(?: us)?,? and how many ([a-z]+) (?:did|does|do|has|have) (?:it|they|that) (?:bring|brought|get|got|give|make|have|generate|produce|yield)(?: (?:us|in|about))*[?.! ]*$/i,
    'cost and number of $2 of $1',
  ],
];
