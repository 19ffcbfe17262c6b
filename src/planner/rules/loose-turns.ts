import { rephrased, type Turn } from './turn.ts';

const whose = '((?:(?:of|from|in|for|by) (?:mine|ours|my team|our team|me|us) )?)';
const opening = '^(?:please )?(?:(?:show|list|give|get)(?: me| us)? |(?:is|are) there )?';
const often = '(?:(?:most )?(?:often|commonly|frequently|usually) )?';
const item = '("[^"]+"|[^,?]+?)';
const mostly = '(?: (?:the )?most(?: often| frequently| commonly)?| most often| often)?';

const rowsOfDate: Readonly<Record<string, string>> = {
  close: 'deals',
  closing: 'deals',
  renewal: 'subscriptions',
  due: 'interventions',
};

/** Records, figures and products that are named by what is said of them alone. */
const turns: readonly Turn[] = [
  // "Anything with a close date in December": the records that have such a date.
  [
    new RegExp(
      `${opening}(?:anything|everything|all|something|whatever|what) ${whose}(?:that (?:has|have) |which has |with |having )(?:an? |the )?(?:expected )?(close|closing|renewal|due) date (?=\\S)`,
      'i',
    ),
    (_said, of = '', date = '') =>
      `list ${rowsOfDate[date.toLowerCase()] ?? 'deals'} ${of}with a ${/^clos/i.test(date) ? 'close' : date} date `,
  ],
  [
    new RegExp(
      `${opening}(?:anything|everything|whatever|all) ${whose}(?:that|which) (?:closes|is closing|is due to close|is supposed to close|will close) (?=\\S)`,
      'i',
    ),
    'list deals $1closing ',
  ],
  // "Forecast with low and high": both ends beside it.
  [
    /^((?:what(?:'s| is) |show (?:me )?)?(?:the |our )?)(?:sales |revenue )?forecast( (?:for|of|in) (?:the )?(?:current|this|next) (?:week|month|quarter|year)| (?:this|next) (?:week|month|quarter|year))?,? (?:with|and|including|incl\.?|plus) (?:its |the |their )?(?:(?:low|lower|lowest)(?: and | ?\/ ?| & |, )(?:the )?(?:high|upper|highest)(?: (?:ends?|bounds?|values?|estimates?))?|(?:range|interval|bounds|band|low-high range))(?=\s*[,?.!]|\s*$| (?:by|per|for|in)\b)/i,
    '$1forecast, low forecast and high forecast$2',
  ],
  // "Bought together with Quorum Vault": what is in the same orders.
  [
    new RegExp(
      `^(?:which|what)(?: are| is| were)?((?: the)?(?: top)? \\d{1,2}|(?: the)?(?: top)? (?:two|three|four|five)| the)?(?: (?:other )?(?:products?|items?|things?|else))?(?: that| which)?(?: (?:do|does|did))?(?: (?:customers|people|they|we))?(?: (?:get|gets|got|are|is|was|were|been|usually|mostly|often|commonly|most|frequently))* (?:buy|bought|purchased?|sold|sell|ordered?) ${often}(?:together|along) with ${item}${mostly}[\\s?.!]*$`,
      'i',
    ),
    (_said, n = '', product = '') => {
      const count = n.replace(/\b(?:the|top)\b/gi, '').trim();
      const rows = `product pairs where product is ${product}`;
      return count === ''
        ? `${rows}, sorted by joint orders, highest first`
        : `top ${count} ${rows} by orders with both`;
    },
  ],
  [
    new RegExp(
      `^(?:list |show (?:me )?)?(?:the )?products? (?:(?:that|which) (?:are|get|is) )?${often}(?:bought|purchased|sold|ordered) (?:together|along) with ${item}${mostly}[\\s?.!]*$`,
      'i',
    ),
    'product pairs where product is $1, sorted by joint orders, highest first',
  ],
  [/\b(?<!campaign )conversion rate (?:out )?of (?:all |what was )?sent\b/gi, 'campaign conversion rate'],
  // "Of Vault and Geo combined": one figure of both.
  [
    /^(?:(?:what(?:'s| is| are|s) |show (?:me )?)?(?:the )?)(?:(?:total|combined|joint|overall) )?(tickets|cases|customers|accounts|deals|open tickets|open deals|conversations|chats|leads|orders) (\S.*?) and (\S[^?]*?)(?: combined| together| taken together| put together| in total| added up| in all)[\s?.!]*$/i,
    'how many $1 $2 or $3',
  ],
  [/^(.*\S) and (\S[^?]*?) (?:combined|taken together|put together|added up)[\s?.!]*$/i, '$1 or $2'],
  // "Best selling 3 products this quarter in units", "top 3 products by rev".
  [
    /\b(?:the )?(?:best(?: |-)selling (?=\d|three|five|ten)|top (?=(?:\d{1,2}|three|five|ten) selling))(\d{1,2}|three|five|ten)(?: selling)? products(\b[^?.!]*?) (?:in|by|counted in) (units|pieces|quantity|revenue|amount|value)\b/gi,
    (_said, n = '', rest = '', by = '') =>
      `top ${n} products by ${/^(?:units|pieces|quantity)$/i.test(by) ? 'units sold' : 'sales amount'}${rest}`,
  ],
  [/\b(top (?:\d{1,2} )?products by) (?:rev|turnover)\b( with)?/gi, '$1 sales amount'],
  [
    /\b(?:the )?best(?: |-)selling products by (?:amount|value|revenue)\b( across)?/gi,
    'top products by sales amount of',
  ],
  [/^(.*)\btop products\b(.*?),? top (\d{1,2}|three|five|ten)[\s?.!]*$/i, '$1top $3 products$2'],
  // "Less than two thirds of the seats they pay for", "no active users at all".
  [
    /\b(?:that |which |who )?(?:are |is )?(?:using|use|uses|used|with) (less|fewer|more) than (?:(a|one|two|three) (third|quarter|fifth)s?|half|(\d{1,2}) ?(?:%|percent)) of (?:the|their|its) (?:paid |licensed |entitled )?seats(?: (?:that )?they (?:pay for|have|bought))?(?: active| in use)?/gi,
    (_said, way = '', count = '', unit = '', percent = '') => {
      const parts: Readonly<Record<string, number>> = { third: 3, quarter: 4, fifth: 5 };
      const counts: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3 };
      const part = (100 * (counts[count.toLowerCase()] ?? 1)) / (parts[unit.toLowerCase()] ?? 2);
      const limit = percent === '' ? Math.round(part * 100) / 100 : percent;
      return `with a seat usage ${/^more/i.test(way) ? 'above' : 'below'} ${limit}%`;
    },
  ],
  [
    /\b(?:had|have|has|with|having|without(?: any)?) (?:no |zero )?active users(?: at all)?\b(?<=(?:no|zero|without(?: any)?) active users(?: at all)?)/gi,
    'with 0 active users',
  ],
  // "Customers who also pay for premium support".
  [
    /\b(customers|accounts|clients)((?: (?:of|on|in) (?:my|our|the) team)?) (?:(?:that|who|which) )?(?:also )?(?:pay|paying|pays) for (?=(?:the )?(?:premium|enterprise|growth|starter|"))/gi,
    '$1$2 with ',
  ],
  [/\bmonthly amounts?\b/gi, 'mrr'],
  // "Taken in since Monday".
  [/\b(tickets|cases) (?:that (?:we |were )?)?(?:taken|took) in\b/gi, '$1 that came in'],
  [/\bmessages (?:that )?(i|we) (?:wrote|typed|have written)\b/gi, 'messages $1 sent'],
  [
    /\b(?:average |mean |avg )?survey scores?\b(?= (?:on|of|for) (?:my|our|the) (?:tickets|cases))/gi,
    'average csat',
  ],
  [
    /\b(?:what|how much) did we (?:spend|pay) (?:on|for) (?:the )?(?=[^?.!]*\bcampaigns?\b)/gi,
    'cost of the ',
  ],
  // "Gross margin per category": what is sold has categories of its own.
  [
    /\b((?:margins?|units(?: sold)?|sales(?: amount| revenue)?|sales|discounts?|won amount|products)\b(?:(?! product| ticket)[^?.!,])*? (?:by|per|for each|in each|of each)) (categor(?:y|ies))\b/gi,
    '$1 product $2',
  ],
  // "Wait at peak vs off peak hours": two figures.
  [
    /\b(?:(?:avg|average|mean) )?wait(?:ing)?(?: times?)? (?:at|in|during) (?:the )?peak (?:hours )?(?:vs\.?|versus|and|compared to|compared with|against) (?:at |in |during )?(?:the )?off(?: |-)peak(?: hours)?/gi,
    'peak wait and off peak wait',
  ],
  // "Sent, responded, converted": the steps of campaigns.
  [
    /\b(?:campaign (?:results|totals|figures|numbers|funnel):? )?sent, respon(?:ded|ses)(?:,| and|, and) convert(?:ed|sions)(?: totals?)?((?:, (?:and )?| and )(?:conversion )?rate)?\b/gi,
    (_said, rate = '') =>
      rate === ''
        ? 'campaign messages, campaign responses and campaign conversions'
        : 'campaign messages, campaign responses, campaign conversions and campaign conversion rate',
  ],
  // "Who bought Quorum Stream and how much did they spend": told of each of them.
  [
    /^(?:who|which (?:customers|accounts)) (?:has |have )?(?:bought|ordered|purchased) ("[^"]+"|[^,?]+?)((?: (?:this|last|since|in)\b[^,?]*?)?),? and (?:how much|for how much|what) (?:did|have|has) (?:they|each|each of them) (?:spend|spent|pay|paid|order|ordered)(?: (?:on it|for it|each))?[\s?.!]*$/i,
    'sales amount of $1 by customer$2',
  ],
  // "Soonest first", "cheapest first", "biggest pile on top".
  [/\bsoonest first\b/gi, 'earliest first'],
  [/\b(?:cheapest|least expensive) first\b/gi, 'lowest first'],
  [/\b(?:most expensive|dearest) first\b/gi, 'highest first'],
  [
    /\b(?:biggest|largest|highest)(?: (?:pile|one|ones|number|numbers))? (?:on top|at the top)\b/gi,
    'highest first',
  ],
  [
    /\b(?:best|worst) ones? (?:on top|at the top|first)\b/gi,
    (said) => `${/^best/i.test(said) ? 'best' : 'worst'} first`,
  ],
  // "Chat connections that are not connected", "which lines are down".
  [
    /\b(?:chat |whatsapp |messaging )?(?:connections|lines)(?: ?\/ ?messaging sessions)?(?= (?:(?:that|which) )?(?:are|is|were|have been) (?:currently )?(?:not connected|disconnected|down|offline|broken|reconnecting|up|connected)\b)/gi,
    (said) => (/^whatsapp/i.test(said) ? 'whatsapp messaging sessions' : 'messaging sessions'),
  ],
  // "Questions customers keep repeating", "asked again and again".
  [
    /\b((?:top )?\d{1,2} |(?:top )?(?:three|five|ten) )?(?:the )?(?:most )?(?:questions|things) (?:(?:that|which) )?(?:customers|people|they|users) (?:keep|always|constantly) (?:repeating|asking)(?: (?:us|again(?: and again)?|over and over))*/gi,
    (_said, n = '') => `top ${/(\d+|three|five|ten)/i.exec(n)?.[1] ?? '10'} repeated questions`,
  ],
  [
    /\b(?:the )?(?:most (?:often |frequently )?(?:repeated|asked|recurring)|most common) questions\b(?! (?:of|by|on|in) (?:mine|my)\b)/gi,
    'top 10 repeated questions',
  ],
  [
    /\b(?:the )?((?:top )?(?:\d{1,2}|three|five|ten) )questions((?: (?:on|about|in) [a-z -]+?)?) (?:(?:that|which) )?(?:get|are|keep being|have been) asked (?:again and again|over and over(?: again)?|repeatedly|most often|the most)(?:,? (?:and|with) (?:the )?numbers? of tickets)?/gi,
    'top $1repeated questions$2',
  ],
  [
    /\brepeated questions (?:(?:that|which) )?(?:were |are |have been )?asked in (?=(?:more|less|fewer|at) )/gi,
    'list repeated questions with ',
  ],
  // "Status of each of my engineers", "everyone's status in my team".
  [
    /^(?:(?:what(?:'s|s| is| are)|show(?: me)?|list) )?(?:the )?(?:current )?(?:status|presence|statuses) of (?:each|all|every(?:one| one)?)?(?: of)? ?(?:my (?:engineers|agents|people|team|reps)|(?:everyone|everybody|all|people|agents) (?:in|on|of) my team)(?: right now| now| at the moment| currently)?(?:,? and since when)?[\s?.!]*$/i,
    'list the status spans of my team that have not ended',
  ],
  [
    /^(?:what(?:'s|s| is) )?(?:everyone|everybody)(?:'s)? (?:current )?(?:status|presence) (?:in|on|of) my team(?: right now| now| at the moment| currently)?(?:,? (?:online|away|offline|etc)[^?.!]*)?[\s?.!]*$/i,
    'list the status spans of my team that have not ended',
  ],
  // "…, USD sales": in which currency, behind all that is asked.
  [/, (?:in )?(usd|eur|gbp|chf|dollar|euro) (?:sales|orders|figures|amounts)(?: only)?[\s?.!]*$/i, ', in $1'],
];

export const inNamedRows = (text: string): string => rephrased(text, turns);
