const customers = '(?:(?:customer|client|account)s?|companies|logos)';
const leave =
  '(?:churn(?:ing|s)?|leav(?:e|es|ing)|cancel(?:s|ling|ing)?|quit(?:s|ting)?|defect(?:ing)?|walk(?:ing)? away|go(?:ing)? elsewhere|jump(?:ing)? ship|not (?:to )?stay(?:ing)?)(?: (?:us|with us|on|their (?:subscription|contract|plan)s?))*';
const may =
  '(?:will|may|might|could|would|can|likely(?: to)?|unlikely to|probably|possibly|going to|about to|close to|ready to|threaten(?:ing)? to|thinking (?:of|about)|considering|most likely to|prone to|look(?:s|ing)? (?:like|as if|as though)|seem(?:s)? to|they re|they are|they|be|to)';
const risk =
  '(?:churn[- ]risks?|risks? of (?:churn(?:ing)?|leaving|cancel(?:l)?ing|losing them)|(?:danger|verge) of (?:churn(?:ing)?|leaving|cancel(?:l)?ing)|churn candidates?|churn[- ]prone|churn danger)';
const lose = '(?:lose|losing)';
const about = '(?:(?:because|in terms|for fear) of|regarding|about|due to|as to|with regard to|for)';

/** What says that somebody may leave; the first that a question holds is taken out of it. */
const signs: readonly RegExp[] = [
  new RegExp(
    `\\b(?:(?:flagged|marked|seen|tagged|known|listed|considered) as |at |with |in |on |have |has |show |face |see |carry |pose )*(?:a |the |any |some |real )?(?:${risk})\\b`,
  ),
  new RegExp(
    `\\b(?:at risk|at-risk)\\b.*\\b(?:(?:${about}) churn(?:ing)?|churn wise|churn-wise|churnwise)\\b`,
  ),
  new RegExp(
    `\\b(?:worr(?:y|ied)|concerned|nervous|careful|watch|keep an eye)(?: about| on| out for)? ${about} (?:churn(?:ing)?|cancellations?)\\b`,
  ),
  new RegExp(`\\b(?:${may} )+${leave}(?= |$)`),
  new RegExp(
    `\\b(?:(?:we|i) )?(?:are |am |re )?(?:(?:${may}|at risk of|in danger of|afraid of) )+(?:(?:we|i) )?${lose}\\b`,
  ),
  new RegExp(`\\b(?:(?:we|i) )?(?:are |am |re )?(?:at risk of|in danger of|afraid of) ${lose}\\b`),
];

/** Words that say only that they are to be shown, and which of whom the asker may see. */
const small =
  /^(?:which|what|who|where|whom|list|show|give|get|tell|name|find|me|i|we|need|want|see|can|could|you|do|does|have|has|a|an|any|all|of|the|our|my|for|there|is|are|am|that|ones?|them|please|pls|currently|now|right|soon|moment|at|present|today|likely|most|should|us|so|and|it|possibly|full|overview|somebody|someone|anyone|anybody|quick)$/;

/**
 * "Which customers may we lose", "list the accounts that could churn", "who is likely to leave us": those who may leave, in
 * whatever words. Null where the question says anything beside, such as a region or a time.
 *
 * @param text lower case, without commas
 */
export function saysMayLeave(text: string): boolean {
  const plain = text
    .replace(/[’']/g, ' ')
    .replace(/[?.!:;]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const noun = new RegExp(`\\b${customers}\\b`, 'g');
  const isOfSome = noun.test(plain) || /\b(?:who|anyone|anybody|somebody|someone)\b/.test(plain);
  // How many, how much and at what rate are figures.
  if (!isOfSome || /\b(?:how|rate|number|many|share|percent|percentage|count|arr|mrr|revenue)\b/.test(plain))
    return false;
  const sign = signs.find((one) => one.test(plain));
  if (sign === undefined) return false;
  const rest = plain
    .replace(sign, ' ')
    .replace(noun, ' ')
    .split(' ')
    .filter((word) => word !== '');
  return rest.every((word) => small.test(word));
}
