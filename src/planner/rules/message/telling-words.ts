/** Restricts what is asked, wherever it stands: dropping it would change the answer. */
const limiting =
  /\b(?:except|excepting|exception|exclude|excluding|excluded|apart from|aside|other than|leaving out|leave out|left out|leave \w+ out|without|not counting|(?:don't|doesn't|do not|does not|shouldn't) count|counting only|only count|ignor(?:e|ing)|disregard(?:ing)?|skip(?:ping)?|minus|bar|barring|but not|only (?:the|those|my|our|for|in|from|with|about)|just the|i mean|i meant|meaning|that is to say|i(?:'m| am) (?:only |just |mainly |mostly )?(?:looking at|interested in|talking about|thinking of the|after)|i only (?:care|want|need|look)|focus(?:ing)? on|instead of|rather than (?:the|all)|to be (?:precise|exact)|more precisely|say(?: the)? last|let's say|as in)\b/i;

const adverb =
  '(?:just|now|really|still|also|already|never|always|only|probably|certainly|usually|often|even|half|finally|recently|all|both|simply|again|since|once|ever)';
/** Subjects that a verb follows, whatever it is. */
const pronoun =
  '(?:i|we|you|he|she|it|they|there|someone|somebody|everyone|everybody|anyone|anybody|nobody|no one)';
/** Verbs that are finite by their form. */
const finite =
  "(?:is|are|was|were|am|isn't|aren't|wasn't|weren't|has|have|had|hasn't|haven't|hadn't|do|does|did|don't|doesn't|didn't|will|would|won't|wouldn't|can|could|can't|cannot|couldn't|should|shouldn't|might|(?<!\\b(?:since|in|of|until|till|from|by|before|after|to|through|during|for|last|this|next|between|and) )may|must|shall|needs?|wants?|says?|said|asks?|asked|told|tells?|keeps?|kept|claims?|claimed|complain(?:s|ed)|thinks?|thought|called|calls|wrote|writes|mentioned|reported|moan(?:s|ed)|invited|sound(?:s|ed)|feels?|felt|looks?|looked|seems?|seemed|pinged|promised|insist(?:s|ed)|believes?|suspects?|went|goes|gets?|got|comes?|came|left|takes?|took|brings?|brought|makes?|made|loves?|hates?|likes?|changed|moved|started|stopped|escalated|signed|inherited|bought|stole|met|meets|sent|joined|costs?|worr(?:y|ies|ied)|bothers?|bugs|annoys|matters?|scares|runs|ran)";
const contracted =
  "(?:i|we|you|he|she|it|they|that|there|who|everybody|everyone|somebody|someone|nobody|[\\p{L}]+)'(?:m|s|re|ve|d|ll)";

const joining = '(?:and|but|so|as|not that|the way)';

/** What merely goes along with a question: "honestly", "when you get a chance", "thinking about Monday's call". */
const asides: readonly RegExp[] = [
  /^(?:honestly|frankly|seriously|actually|anyway|sorry|please|thanks|thank you|cheers|okay|ok|well|right|oh right|hm+|look|listen|basically|by the way|btw|fyi|no offen[cs]e|if any|as usual|as always|again|for once|of all (?:people|places|things)|in theory|to be (?:honest|fair|safe|clear)|obviously|apparently|supposedly|fun fact|long story short)$/i,
  /^(?:just )?(?:a )?quick (?:one|question|check|thing)\b/i,
  /^(?:(?:i|we)(?:'d| would)? )?(?:want|wanna|need|have|got|like|plan|hope|going|planning) (?:to )?(?:call|phone|ring|email|mail|write to|present|brief|meet|visit|discuss|prepare|decide|talk|speak|warn)\b/i,
  /^(?:sorry|apologies|forgive me)\b/i,
  /^(?:i )?(?:can't|cannot|can not|don't) (?:really )?(?:remember|recall)$/i,
  /^no (?:rush|hurry|stress|pressure|worries|wait)\b/i,
  /^(?:purely|just|only|asking|it's|this is|that's)(?: \w+)? for (?:my|our|a|the|his|her|their)\b/i,
  /^(?:just |only |purely )?out of curiosity\b/i,
  /^not (?:that|trying|to|wanting|because|meant)\b/i,
  /^if (?:that's|that is|it's|it is) (?:something|possible|okay|ok|not too)|^if (?:you|i|we) (?:can|could|may|might|don't|do|have|know|will)\b|^if (?:there (?:are|is|were) any|possible|so|at all|any)\b/i,
  /^(?:when|whenever|once|as soon as|if) you (?:get|have|find|can|are)\b/i,
  /^(?:one|another|a) (?:\w+ )?(?:thing|question|point|detail)\b/i,
  /^(?:i|we)(?: \w+)? (?:think|believe|guess|suppose|suspect|reckon|fear|hope|assume|know|swear|gather)$/i,
  /^(?:i'd|i would) (?:say|guess|think)\b/i,
  /^(?:as|so) far as i (?:know|can|remember|see)\b|^if i (?:remember|recall)\b|^(?:in|from) (?:my|what)\b.*\b(?:experience|opinion|memory|hear|heard|remember)\b/i,
  /^(?:just |still |now |currently |quickly |also |already )*(?:thinking|planning|preparing|prepping|writing|working|getting|trying|looking|wondering|curious|asking|wrapping|making|doing|reviewing|redoing|finishing|going|heading|meeting|sitting|talking|hoping|hearing|speaking|reading|putting|back)\b(?! (?:tickets|deals|leads|for (?:tickets|deals)))/i,
  /^(?:just |only )?(?:back|curious|got (?:a|an|my|the|to)|have (?:a|an|my|to)|had (?:a|an|my)|need (?:a|an|my|this|it|to))\b/i,
];

/** A noun that stands behind such words is no subject. */
const opensPhrase = new RegExp(
  `^(?:and |or |but )?(?:with|for|in|of|by|per|at|on|from|to|during|${finite})\\b`,
  'i',
);
const restated = /\b(?:that|which|who|whose)\b/i;
const told = new RegExp(
  `^(?:${joining} )*(?:${adverb} )*(?:${pronoun} (?!(?:with|without|who|whose|having|from|in|on|of|else)\\b)(?:${adverb} )*(?:[a-z']+)|${contracted} \\S|(?:let's|let us) |(?:that|this|these|those|it) (?:${adverb} )*${finite}\\b)|\\band (?:i|we) [a-z']+`,
  'iu',
);
const ofNoun = new RegExp(
  `^(?:${joining} )*(?<noun>(?:[^\\s,]+ ){1,7}?)(?:${adverb} )*(?<verb>${finite})\\b`,
  'iu',
);
/** What somebody does before or while asking, and why; "since we moved", "if they leave" and "when it breached" restrict. */
const subordinate =
  /^(?:before|while) (?:i|we) \p{Ll}|^(?:because(?! of (?:a |an |the |no |our |their |its |bad |poor )?\S+(?: \S+)?[?.!]*$)|now that|in case|given that|seeing that|although|though|even though) \S/iu;
const condition =
  /^(?:(?:and|but|or) )?(?:if|unless|when|whenever|once|since|after|until|as long as|provided) \S/i;
/** "Which I half believe", "which honestly should go to the docs": said of what is known, not to pick it out. */
const opinion =
  /^which\b.*\b(?:honestly|frankly|anyway|believe|doubt|hope|hate|love|worries|bugs|annoys|surprises|scares|by the way|i think|i know|i guess|is (?:fine|fair|odd|strange|sad))\b/i;

/** It may be meant of the question: an exception, a condition, what alone counts. */
export const limits = (clause: string): boolean =>
  limiting.test(clause) || (condition.test(clause) && !goesAlong(clause));

/** "Honestly", "if you can tell that": it says nothing of what is asked. */
export const goesAlong = (clause: string): boolean => asides.some((one) => one.test(clause));

/** Said behind a question it is a wish for more: "I want the busiest hour as well", "although they pay". */
export const adds = (clause: string): boolean =>
  /\b(?:want|need|would like|'d like|please|although|though|but)\b(?! to (?:thank|say|know))/i.test(clause);

/** It tells something: a sentence with its own subject and verb, a reason, or what merely goes along. */
export function tells(clause: string): boolean {
  if (goesAlong(clause) || opinion.test(clause)) return true;
  if (told.test(clause) || subordinate.test(clause)) return true;
  const { noun: said, verb = '' } = ofNoun.exec(clause)?.groups ?? {};
  const noun = said?.trim();
  // "API calls in October" are calls.
  if (noun !== undefined && /^\p{Lu}{2,}$/u.test(noun) && /^(?:calls|costs|runs)$/i.test(verb)) return false;
  return noun !== undefined && !restated.test(noun) && !opensPhrase.test(noun) && isSubject(noun);
}

/**
 * "Our win rate felt", "leads are", "Pelican Insurance complained"; of "tickets Marcus has" and "the slowest resolution we had"
 * the records are named, and nothing is told.
 */
function isSubject(noun: string): boolean {
  const [first = '', ...more] = noun.split(' ');
  if (more.length === 0) return !determiner.test(first);
  if (more.some((word) => owner.test(word))) return false;
  const isName = /^\p{Lu}/u.test(first) && more.every((word) => /^(?:\p{Lu}|&|and\b|of\b|the\b)/u.test(word));
  // "The tickets Marcus": a name right behind a noun is who has them.
  const isHad = more.some(
    (word, index) =>
      capital.test(word) &&
      index > 0 &&
      !/^(?:\p{Lu}|with|at|from|of|for|to|in|on|by|and)/u.test(more[index - 1] ?? ''),
  );
  return isName || (determiner.test(first) && !isHad);
}

const capital = /^\p{Lu}\p{Ll}/u;
const determiner =
  /^(?:the|a|an|my|our|his|her|their|your|its|every|each|some|many|most|all|both|another|this|that|these|those|one|two|three|half|\p{L}+'s)$/iu;
const owner = /^(?:[Ii]|we|you|he|she|it|they|my|our|his|her|their|your|someone|somebody)$/;
