const customers = '(?:(?:customer|client|account)s?|companies|logos)';
const leave =
  '(?:churn(?:ing|s)?|leav(?:e|es|ing)|cancel(?:s|ling|ing)?|quit(?:s|ting)?|defect(?:ing)?|walk(?:ing)? away|go(?:ing)? elsewhere|jump(?:ing)? ship|not (?:to )?stay(?:ing)?)(?: (?:us|with us|on|their (?:subscription|contract|plan)s?))*';
const may =
  '(?:will|may|might|could|would|can|likely|unlikely to|probably|possibly|going to|about to|close to|ready to|threaten(?:ing)? to|thinking (?:of|about)|considering|most likely to|prone to|look(?:s|ing)? (?:like|as if|as though)|seem(?:s)? to|they re|they are|they|be|to)';
const risk =
  '(?:churn[- ]risks?|risks? of (?:churn(?:ing)?|leaving|cancel(?:l)?ing|losing them)|(?:danger|verge) of (?:churn(?:ing)?|leaving|cancel(?:l)?ing)|churn candidates?|(?:high|good|big|real|fair) (?:chances?|likelihood) of (?:churn(?:ing)?|leaving|cancel(?:l)?ing)|churn[- ]prone|churn danger)';
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

/** Whoever is meant beside that: "in EMEA", "enterprise". A time is none of it. */
const when =
  /\b(?:this|last|next|past|since|until|before|after|within|today|yesterday|tomorrow|days?|weeks?|months?|quarters?|years?|eoy|no|not|never|without|by|per|than|and|or|if)\b|\d/;

/** Whose chance of leaving is asked for: everybody's, or in words of whom. */
export type MayLeave = 'all' | { readonly of: string };

/**
 * "Which customers may we lose", "list the accounts in EMEA that could churn", "who is likely to leave us": those who may
 * leave, in whatever words.
 *
 * @param text lower case, without commas
 */
export function readMayLeave(text: string): MayLeave | null {
  const plain = text
    .replace(/[’']/g, ' ')
    .replace(/[?.!:;]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const noun = new RegExp(`\\b${customers}\\b`);
  const isOfSome = noun.test(plain) || /\b(?:who|anyone|anybody|somebody|someone|candidates)\b/.test(plain);
  // How many, how much and at what rate are figures.
  if (!isOfSome || isFigure.test(plain)) return null;
  const sign = signs.find((one) => one.test(plain));
  if (sign === undefined) return null;
  const rest = plain.replace(sign, ' ');
  const more = rest
    .replaceAll(new RegExp(noun, 'g'), ' ')
    .split(' ')
    .filter((word) => word !== '' && !small.test(word));
  if (more.length === 0) return 'all';
  const said = rest.split(' ').filter((word) => noun.test(word) || !lead.test(word));
  const isBare =
    new RegExp(`(?<!\\b(?:at|with|in|on|have|has|show|face) (?:an? )?)\\b${risk}\\b`).test(plain) &&
    sign === signs[0];
  return isBare || more.length > 4 || when.test(rest) || !/s$/.test(noun.exec(rest)?.[0] ?? '')
    ? null
    : { of: said.join(' ').trim() };
}

const isFigure =
  /\b(?:how|rate|number|many|share|percent|percentage|count|arr|mrr|revenue|average|probability|score|trend|bands?|levels?|category)\b/;
const lead =
  /^(?:which|what|list|show|give|get|tell|find|me|do|does|are|is|there|any|that|who|us|so|please|pls|we|have|it|one|ones)$/;
