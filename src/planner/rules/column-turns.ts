const name = '("[^"]+"|[^,?"]+?)';
const which = '(?:last|latest|most recent|first|next)';
const showing = '(?:please )?(?:show|list|give|tell|get)(?: me| us)? (?:me |us )?(?:the |their |its )?';

/**
 * Ways to ask for several properties of records, and for records that others belong to, in the words of a list. They are
 * put before anything else is read: two sentences about the same records are one question.
 */
const turns: readonly (readonly [RegExp, string])[] = [
  // "When was my last call with Acme and when is their renewal": one account, with both.
  [
    new RegExp(
      `^when (?:was|is) ((?:my|our|the) ${which} [a-z ]+?) (?:with|for|of|from|at|to) (?:the )?${name},? and (?:when (?:is|was|are|were)|what (?:is|was|are)) (?:their|its|the|his|her) ([^,?.!]+?)(?: date)?[?.!]*$`,
      'iu',
    ),
    'account $2 with $1 and $3 date',
  ],
  // "Who did I last speak to at Acme".
  [
    /^who(?:m)? did (?:i|we) last (?:speak|talk|meet)(?: (?:to|with))? (?:at|from|with|of) ("[^"]+"|[^,?.]+?)[?.!]*$/i,
    'my last call or meeting with $1 with contact',
  ],
  // "Tickets that are linked to a CE", "deals tied to an escalation": those that have one.
  [
    /\b(?:are|is|were|was) (?:currently )?(?:linked|attached|tied|connected) (?:to|with) (?=(?:an?|any) )/gi,
    'have ',
  ],
  [/(?<=[a-z]s )(?:linked|attached|tied|connected) (?:to|with) (?=(?:an?|any) )/gi, 'with '],
  // "For each of my accounts show ARR and last ticket", "for every deal: owner and last call".
  [
    new RegExp(
      `^for ((?:each|every|all)(?: one)?(?: of)? (?:my |our |the )?[a-z ]+?)(?:[,:] (?:${showing})?| ${showing})([^?]+,[^?]+|[^?]+ and [^?]+)$`,
      'i',
    ),
    '$2 for $1',
  ],
  // "My accounts. For each show ARR and health".
  [
    new RegExp(
      `(?<=[.?!;] )for (?:each|every one|all)(?: of (?:them|those|these)| one)?[,:]? ${showing}`,
      'gi',
    ),
    'show ',
  ],
  // "Include the stage" in a sentence of its own is no name.
  [/(?<=[.?!;] )(?:please )?(?:also )?(?:include|add|display)(?= (?:the |their |its )?[a-z])/gi, 'show'],
];

export function inColumnWords(question: string): string {
  let text = question;
  for (const [said, plain] of turns) text = text.replace(said, plain);
  return text;
}
