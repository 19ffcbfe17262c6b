/** What sets a clause apart from the one before it. */
export type Joint = 'start' | 'sentence' | 'stop' | 'comma' | 'because';

/** A stretch of a message between two marks, in the asker's words. */
export interface Clause {
  readonly text: string;
  readonly joint: Joint;
  /** It ends with a question mark. */
  readonly isAsked: boolean;
}

/** A point, a question mark or an ellipsis; a colon, a semicolon or a dash; a comma; the words a reason begins with. */
const marks =
  /(?<sentence>[.?!]+["')]*\s+(?=\S))|(?<stop>[:;]\s+|\s+-+\s+|,\s+(?:so|but|and so|and now|yet|hence|therefore)(?=[\s:,]+\S)[:,]?|\s+so(?=:\s)|\s+so,\s+|\s+so\s+(?=(?:what|which|who|how|when|where|please|can|could|is|are|do|does|did|i don't|i do not)\b))|(?<comma>,\s+)|(?<because>\s+(?=(?:because|since (?:i|we|they|he|she|it)|as (?:i|we|they)|even though|although|although) ))/giu;
const abbreviated = /\b(?:inc|ltd|llc|corp|co|plc|vs|st|approx|no|nr|dept|est)\.\s+$/i;

/** A message in clauses; what stands in quotes is not cut. */
export function clausesOf(text: string): readonly Clause[] {
  const open = text.replace(/"[^"]*"/g, (quoted) => 'x'.repeat(quoted.length));
  const clauses: Clause[] = [];
  let from = 0;
  let joint: Joint = 'start';
  const add = (to: number, end: string, next: Joint): void => {
    const words = text.slice(from, to).trim();
    if (words !== '') clauses.push({ text: words, joint, isAsked: end.includes('?') });
    joint = words === '' && joint !== 'start' ? joint : next;
  };
  for (const match of open.matchAll(marks)) {
    const end = match.index + match[0].length;
    if (abbreviated.test(open.slice(0, end))) continue;
    const { sentence, stop, comma } = match.groups ?? {};
    const next =
      sentence !== undefined
        ? sentence.startsWith('..')
          ? 'stop'
          : 'sentence'
        : stop !== undefined
          ? 'stop'
          : comma !== undefined
            ? 'comma'
            : 'because';
    add(match.index, match[0], next);
    from = end;
  }
  const rest = text.slice(from);
  from = text.length - rest.length;
  const trailing = /[.!?]+$/.exec(rest)?.[0] ?? '';
  add(text.length - trailing.length, trailing, 'start');
  return clauses;
}
