import type { SeenNames } from '../../query/seen-names.ts';
import type { StoredValues } from '../../query/stored-values.ts';
import { nameIndexOf, nameWords } from './name-index.ts';
import { tidy } from './token.ts';

/** A question without what was said around it. */
export interface Stripped {
  readonly question: string;
  /** What was said around it, in the asker's words; null: nothing but greetings. */
  readonly background: string | null;
}

const greeting =
  /^(?:(?:(?:good|happy) )?(?:morning|afternoon|evening|day|monday|tuesday|wednesday|thursday|friday|weekend)|hi|hiya|hey|heya|hello|howdy|yo|thanks|thx|sorry|ok|okay|right)(?: (?:hi|hey|hello|again|there|all|team|folks|everyone|everybody|guys|bot|heed))*(?:[!,.:;-]+\s*|\s+(?=(?:hi|hey|hello)\b))/i;

/** How a whole question begins. */
const head =
  /^(?:(?:so|and|but|now|then|please|pls|just|also|quickly),? )*(?:how (?:many|much|long|often|high|big|busy|is|are|did|do|does)|hows?|how's|what(?:'s|s)?|which|who(?:'s|s|se|m)?|when(?:'s|s)?|since when|where(?:'s|s)?|is|are|was|were|do|did|does|has|have|any|can|could|may|would|will|show|list|give|tell|find|count|compare|(?:i )?(?:just |only |really )?(?:need|want) (?:the|their|its|his|her))\b(?!\s*$)/i;

/** Begins with what the question is about: "for Acme, how many", "in October, who solved most". */
const topic =
  /^(?:(?:and|but|also|so|just|only) )?(?:for|from|in|of|on|at|by|since|during|over|within|between|among|with|without|regarding|about|as for|per|until|before|after|last|this|next|past|yesterday|today|all|each|every|my open|our open)\b/i;

/** Whoever speaks so tells a story: a verb with its person, or what they are doing just now. */
const story: readonly RegExp[] = [
  /^(?:just |still |now |currently |quickly |also |i'm |i am |we're |we are |im )*(?!being\b|during\b|regarding\b|including\b|excluding\b|concerning\b|according\b|pending\b|closing\b|renewing\b|expiring\b|breaching\b|trending\b|upcoming\b|incoming\b|outstanding\b|meeting\b|training\b|onboarding\b|billing\b|using\b|waiting\b|working\b|paying\b|missing\b)[a-z]+ing\b/i,
  /^(?:i|we|i'm|i've|we've|we're|i'll|im|ive|my (?:boss|manager|calend[ae]r|colleague|team lead|director|vp|ceo|cfo|cto|customer|client|head)|our (?:boss|manager|ceo|cfo|cto|director|vp|board)|the (?:boss|board|ceo|cfo|cto|customer|client|team) )\b/i,
  /^(?:just |only )?(?:back|curious|quick (?:one|question|check)|another (?:one|question)|one (?:more|question)|last (?:one|question)|got (?:a|an|my|the|to)|have (?:a|an|my|to)|need (?:a|an|my|this|it|to)|had (?:a|an|my))\b/i,
  /\b(?:for (?:me|my|the board|the boss|a customer|a slide|slides)|in hand|day for me|form again|on the (?:phone|line)|one on one)\b/i,
  /^(?:[\p{Lu}][\p{L}&.']* ){1,4}(?:just |now |really |still )?(?:wants?|needs?|says?|said|asks?|asked|is asking|are asking|invited|sounded|sounds|keeps?|called|calls|wrote|told|moans?|complains?|complained|thinks?|would like|mentioned|reported|claims?|is visiting|are visiting|is coming|pinged)\b/u,
];

/** Said after a question, of why it is asked. */
const after =
  /^(?:i|we)(?:'ve| have| am| are|'m|'re)(?: (?:got|just|about to))? (?:a |an |to |my |seeing|meeting|calling|visiting|preparing|going)|^(?:it's|its|this is|that's|asking) for\b|^(?:need|needed) (?:it|this) for\b/i;

/**
 * Takes off greetings and the story around a question: "Hi! Planning a customer dinner, which of my accounts gave us a 9".
 * A customer named in the story is the one that "they" in the question stands for; a story stays where that is not told.
 *
 * @param names what the asker may see by name: a story that holds one may be what the question is about
 * @param stored what properties of records may be: "Gaming and retail customers" are no story either
 */
export function withoutBackground(
  typed: string,
  names: SeenNames = new Map(),
  stored: StoredValues = new Map(),
): Stripped {
  const text = withoutGreeting(tidy(typed));
  const whole: Stripped = { question: text, background: null };
  const said = storyBefore(text) ?? storyAfter(text);
  if (said === null) return whole;
  const question = withName(said.question, said.background);
  const isNamed = question !== said.question;
  if (pronoun.test(question) || (!isNamed && holdsName(said.background, names))) return whole;
  if (holdsValue(said.background, stored)) return whole;
  return { question, background: said.background };
}

/** "My call with umbra": the first word of a name, however it is written. */
function holdsName(background: string, names: SeenNames): boolean {
  const words = new Set(nameWords(background));
  return nameIndexOf(names).firstWords.some((first) => first.length > 3 && words.has(first));
}

/** A property followed by the records that have it; a value alone may be any word. */
export function holdsValue(background: string, stored: StoredValues): boolean {
  const text = ` ${nameWords(background).join(' ')} `;
  return [...stored.values()].some((values) =>
    values.some((value) => {
      const words = nameWords(value).join(' ');
      return (
        words.length > 2 &&
        new RegExp(` ${words}(?: (?:and|or) \\w+)? \\w+s `).test(text) &&
        recordNoun.test(text)
      );
    }),
  );
}

const recordNoun =
  /\b(?:customers|accounts|clients|companies|tickets|cases|deals|opportunities|leads|subscriptions|orders|partners|products|contacts|incidents|escalations|campaigns|conversations|chats)\b/;

export function withoutGreeting(text: string): string {
  let rest = text;
  for (let round = 0; round < 4; round += 1) {
    const next = rest.replace(greeting, '');
    // "Morning tickets": no greeting where nothing is left.
    if (next === rest || next.trim() === '') break;
    rest = next.trim();
  }
  return rest;
}

interface Said {
  readonly question: string;
  readonly background: string;
}

function storyBefore(text: string): Said | null {
  const joint = /(?:[,;:!.]| -)\s+/g;
  for (const match of text.matchAll(joint)) {
    const background = text.slice(0, match.index).trim();
    const question = text.slice(match.index + match[0].length).trim();
    if (!head.test(question) || topic.test(background) || head.test(background)) continue;
    // "Acme says that nobody wrote, when was our last mail": of Acme, which the question alone no longer says.
    const isAboutNamed =
      nameIn(background) !== null && !pronoun.test(question) && !/\b(?:my|mine|i|me)\b/i.test(question);
    if (story.some((one) => one.test(background)) && !isAboutNamed) return { question, background };
  }
  return null;
}

function storyAfter(text: string): Said | null {
  const match = /^(.+\?)\s+([^?]+?)[.!]*$/.exec(text);
  const [, question = '', background = ''] = match ?? [];
  return match && after.test(background) ? { question, background } : null;
}

const pronoun = /\b(?:they|them|their|theirs|its|it|it's)\b/i;

/** "Northgate wants to add users, how many seats have they got": Northgate. */
function withName(question: string, background: string): string {
  if (!pronoun.test(question)) return question;
  const name = nameIn(background);
  if (name === null) return question;
  return question.replace(pronoun, (word) => (/^(?:their|its)$/i.test(word) ? `${name}'s` : name));
}

/** Words that stories begin with: their capital letter makes no name of them; those of names do where a name goes on. */
const opensStory =
  /^(?:(?:Got|Have|Just|Had|Need|I|We|My|Our|Making|Writing|Planning|Doing|Preparing|Prepping|Reviewing)(?: |$)|(?:The|Only|Still|Now|Also|Back|Curious|Quick|Another|One)(?: (?!\p{Lu}\p{Ll})|$))/u;

/** The only name of a story; a word that merely begins it is none. */
function nameIn(background: string): string | null {
  const found = [
    ...background.matchAll(/[\p{Lu}][\p{L}\p{N}&.]*(?: (?:(?:&|of) )?[\p{Lu}][\p{L}\p{N}&.]*)*/gu),
  ]
    .map((match) => ({ text: match[0].replace(/[.]$/, ''), at: match.index }))
    .map(({ text, at }) => (at === 0 ? text.replace(opensStory, '') : text))
    .filter((text) => text !== '' && !/^(?:I|CEO|CFO|CTO|VP|QBR|EBR|DBA)$/.test(text));
  const names = [...new Set(found)];
  return names.length === 1 ? (names[0] ?? null) : null;
}
