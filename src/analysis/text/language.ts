/*
 * Words that hold sentences together; none of them is frequent in two of the languages. Where a word is written alike in
 * English and in another language ("die", "was", "on", "me") it is left out on both sides.
 */
const english =
  "the and you your is are am have has had this that these those with our we they what which when where how why can could would should will not from but there their been do does did doing get got on at it please i my of to for by be or if it's i'm don't can't";
const others =
  // German
  'der das und ist nicht wir ich sie ein eine einen einem einer mit auf für von zu den dem des bitte können kann haben habe wird wurde sind wie warum noch auch nach bei aus oder aber seit keine kein unser unsere mein meine ' +
  // French
  'le la les et est nous vous je une des pour dans avec pas que qui sur mon ma mes notre votre merci avez bonjour ne du au ' +
  // Spanish, Portuguese
  'el los las y es en por para con una nuestro mi tu gracias hola está pero cuando como não uma você obrigado ' +
  // Italian, Dutch
  'il gli che di per sono della nostro grazie ciao het een niet van voor met zijn wij ik jullie graag';

const englishWords: ReadonlySet<string> = new Set(english.split(' '));
const otherWords: ReadonlySet<string> = new Set(others.split(' '));

/**
 * Whether a text is English as far as its small words tell.
 *
 * @returns `english`, `other`, or `unclear` for a text with too few small words (a headline often has none)
 */
export function languageOf(words: readonly string[]): 'english' | 'other' | 'unclear' {
  let ours = 0;
  let theirs = 0;
  let foreignLetters = 0;
  for (const word of words) {
    if (englishWords.has(word)) ours += 1;
    else if (otherWords.has(word)) theirs += 1;
    if (/[^\p{Script=Latin}'\p{Extended_Pictographic}\p{Nd}\p{M}]/u.test(word)) foreignLetters += 1;
  }
  if (foreignLetters * 2 > words.length) return 'other';
  if (theirs > ours) return 'other';
  return ours >= 2 && ours > theirs ? 'english' : 'unclear';
}

/** Whether a word only holds sentences together, in any of the languages. */
export function isSmallWord(word: string): boolean {
  return englishWords.has(word) || otherWords.has(word);
}
