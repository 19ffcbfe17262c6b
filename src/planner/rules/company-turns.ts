import { rephrased, type Turn } from './turn.ts';

/** A customer, a product or a campaign by its name, as far as the sentence goes on about it. */
const somebody = '(?:the |our )?(?!(?:it|that|this|they|we|i|you|everything|business|things)\\b)([^,?:]+?)';
const movementsOfMrr = '(?:new|expansion|contraction|churned|churn|reactivated|reactivation)';
const amount = '(arr|mrr|revenue|sales)';

/** Words of the trade and whole turns, each with what asks for the same. */
const companyTurns: readonly Turn[] = [
  // "Sales by product, top to bottom", "from worst to best", "worst on top".
  [
    /,? (?:from )?(?:top to bottom|high(?:est)? to low(?:est)?|(?:biggest|largest) to smallest)(?=[\s?.!,]*$)/gi,
    ', highest first',
  ],
  [
    /,? (?:from )?(?:bottom to top|low(?:est)? to high(?:est)?|smallest to (?:biggest|largest))(?=[\s?.!,]*$)/gi,
    ', lowest first',
  ],
  [/,? (?:from )?(best|worst) to (?:best|worst)(?=[\s?.!,]*$)/gi, ', $1 first'],
  [
    /\b(best|worst|highest|lowest|biggest|largest|smallest|oldest|newest|longest|shortest|most|fewest) (?:on|at the|up) top\b/gi,
    '$1 first',
  ],
  [/\b(?:fattest|juiciest|richest) (?=(?:gross )?margins?\b)/gi, 'highest '],
  // "Our whale by ARR, who is it": the biggest customer.
  [
    new RegExp(
      `\\b(?:who(?:'s| is| are) )?(?:our|the) (?:biggest |largest )?(whales?)(?: by ${amount})?\\b`,
      'gi',
    ),
    (_all = '', noun = '', by = '') => `biggest customer${/s$/i.test(noun) ? 's' : ''} by ${by || 'arr'}`,
  ],
  [
    /\b((?:biggest|largest|smallest|best|worst|oldest|newest|highest|lowest|top)\b[^,?]*?),? (?:and )?(?:who|which(?: one)?|what) (?:is|are) (?:it|that|they)(?=[\s?.!]*$)/gi,
    '$1',
  ],
  // "Who still buys Vault", "Vault, who still buys it": customers with orders of it in the last year.
  [
    new RegExp(
      `^(?:and )?(?:who|which customers|which accounts) (?:is |are )?(?:still|even) (?:buys?|buying|orders?|ordering|purchases?|purchasing|runs? on|running on) ${somebody}(?=[\\s?.!]*$)`,
      'i',
    ),
    'sales amount of $1 by customer in the last 12 months',
  ],
  [
    new RegExp(
      `^${somebody},? who (?:is |are )?still (?:buys?|buying|orders?|ordering|purchases?|running|runs?)(?: on)? it(?=[\\s?.!]*$)`,
      'i',
    ),
    'sales amount of $1 by customer in the last 12 months',
  ],
  // "When did Northgate last log in": the newest of its days with logins.
  [
    new RegExp(`^when (?:did|has|have) ${somebody} last (?:log|logged|sign|signed) in(?=[\\s?.!]*$)`, 'i'),
    'latest usage day of $1 with at least 1 logins',
  ],
  [
    new RegExp(
      `^(?:when was )?the last (?:login|log in|sign in) (?:of|by|from|at) ${somebody}(?=[\\s?.!]*$)`,
      'i',
    ),
    'latest usage day of $1 with at least 1 logins',
  ],
  // "Who grew MRR most since January": the change of it, which is kept movement by movement.
  [
    /\b(who|which (?:customers?|accounts?|logos?|clients?)|(?:customers?|accounts?) (?:that|who)) (?:has |have )?(grew|grown|increased|expanded|raised|gained|added|shrank|shrunk|dropped|lost|reduced|cut) (?:(?:their|its|our|the|in) )*(?:mrr|arr) (?:the )?most\b/gi,
    (_all = '', who = '', verb = '') =>
      `${/^who$/i.test(who) ? 'which customers' : who.replace(/ (?:that|who)$/i, '')} ${/ (?:that|who)$/i.test(who) ? 'with' : 'have'} the ${/^(?:shr|drop|lost|red|cut)/i.test(verb) ? 'lowest' : 'highest'} net new mrr`,
  ],
  // "New, expansion and churned MRR": one after the other.
  [
    new RegExp(
      `\\b(${movementsOfMrr}(?:(?:,| and|, and|,? plus) ${movementsOfMrr})+) (?:mrr|recurring revenue)\\b`,
      'gi',
    ),
    (_all = '', kinds = '') =>
      kinds
        .split(/,? (?:and|plus) |, ?/i)
        .map((kind) => `${kind.replace(/^churn$/i, 'churned').replace(/^reactivation$/i, 'reactivated')} mrr`)
        .join(' and '),
  ],
  // "How is our MRR developing", "how did health evolve this year": its course.
  [
    /^how(?:'s|s| is| are| has| have| did| does)? (?:the |our |my )?(?:(?:number|count|volume) of )?(.+?) (?:been )?(?:developing|developed|develop|evolving|evolved|evolve|trending|progressing|progressed)\b(?: over time)?/i,
    'trend of $1',
  ],
  // "Reasons behind escalations", "root causes for".
  [
    /\b(reasons?|causes?|root causes?|drivers?) (?:behind|for|why) (?:the |our |all )?(?=(?:customer )?(?:escalations?|ces?)\b)/gi,
    'root causes of ',
  ],
  [
    /\btop (\d+|three|five|ten) root causes of ((?:customer )?escalations)\b/gi,
    'top $1 root causes by new customer escalations',
  ],
  [
    /\bnew (customers?|logos?|accounts?) (?:signed|signed up|landed|that signed|who signed)\b/gi,
    'customers won',
  ],
  // "An 80 pct", "churn prob".
  [/(\d) ?pct\b/gi, '$1%'],
  [/\b(churn|win) prob\b/gi, '$1 probability'],
  [/\b(?:in |as )?(?:pct|percent|percentage) (?:split|share|breakdown)\b(?! of)/gi, 'as a percentage'],
  // "CE-1043, where do we stand", "where is CE-1041 at": its state.
  [
    /^(?:so )?where (?:is|are|do we stand (?:on|with)|are we (?:on|with)) (?=[a-z]{2,4}-?\d+\b)([a-z]{2,4}-?\d+)(?: at| now| right now| standing)?(?=[\s?.!]*$)/i,
    'status of $1',
  ],
  [
    /^([a-z]{2,4}-?\d+)[,:]? (?:where do we stand|where are we(?: at)?|what is the (?:status|state)|how is it going|any news)(?=[\s?.!]*$)/i,
    'status of $1',
  ],
];

/**
 * What people who look at the whole company say in many words or in words of their trade: where one ranks from top to
 * bottom, who the biggest customer is, who still buys, how a course goes on.
 */
export const inCompanyWords = (text: string): string => rephrased(text, companyTurns);
