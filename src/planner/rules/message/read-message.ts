import { asksByForm, wishes, withoutLead } from './asking-words.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { adds, goesAlong, limits, tells } from './telling-words.ts';

/** A message as what is asked in it and what is told around that. */
export interface ReadMessage {
  /** The questions in it, each as it was written, without what leads over to it. */
  readonly asked: readonly string[];
  /** What was told around them, in the asker's words, in the order in which it was written; empty: nothing. */
  readonly background: string;
}

type Role = 'asks' | 'wishes' | 'limits' | 'tells' | 'aside' | 'part';

interface Placed extends Clause {
  readonly role: Role;
}

/**
 * What a message asks, and what it tells beside that: "Claire says her pipeline is fine, so how much is it" asks how much it is.
 * Null where nothing asks, where what is told restricts what is asked, and where there is nothing around the question.
 *
 * @param text a tidied message
 */
export function readMessage(text: string): ReadMessage | null {
  const placed = clausesOf(text).map((clause) => ({ ...clause, role: roleOf(clause) }));
  // "Chats started yesterday, how many": of what stands before it, which is no story.
  if (placed.length === 2 && bareCount.test(placed[1]?.text ?? '')) return null;
  const kept = keptOf(placed);
  if (kept === null) return null;
  const dropped = placed.filter((_, index) => !kept.has(index));
  if (dropped.some(({ role }) => role === 'limits')) return null;
  const asked = questionsOf(placed, kept);
  const [only = '', another] = asked;
  if (only === '' || (dropped.length === 0 && another === undefined && only === text.replace(/[.?!]+$/, '')))
    return null;
  return { asked, background: joined(dropped) };
}

const bareCount =
  /^(?:and )?(?:how many(?: (?:is|was|are|were) (?:that|it|there|they|those|these)| (?:of (?:them|those|these)|in total|in all|altogether))?|(?:just |only )?(?:the |a )?(?:total )?(?:count|number)(?: please| pls| only)?)$/i;

/** The words of a message that ask, wish or restrict: what is merely told says nothing of the kind of question. */
export function askingWords(text: string): string {
  const asking = clausesOf(text).filter((clause) => !/^(?:tells|aside)$/.test(roleOf(clause)));
  return asking.length === 0 ? text : asking.map((clause) => clause.text).join(', ');
}

function roleOf({ text }: Clause): Role {
  if (goesAlong(text)) return 'aside';
  if (asksByForm(text)) return 'asks';
  if (limits(text)) return 'limits';
  if (wishes(text)) return 'wishes';
  return tells(withoutLead(text)) || tells(text) ? 'tells' : 'part';
}

/** Places of the clauses that make up the question; null when none asks. */
function keptOf(placed: readonly Placed[]): ReadonlySet<number> | null {
  const asking = askingOf(placed);
  const [first] = asking;
  if (first === undefined) return null;
  const kept = new Set(asking);
  for (const [index, one] of placed.entries()) {
    if (index < first ? opens(placed, index, first) : goesOn(placed, index, kept)) kept.add(index);
    else if (index > first && (one.role === 'wishes' || (one.role === 'tells' && adds(one.text))))
      return null;
  }
  return kept;
}

/** Clauses that ask; where none does, the last wish; where there is none either, what stands behind a story. */
function askingOf(placed: readonly Placed[]): readonly number[] {
  const places = [...placed.keys()];
  const role = (index: number): Role | undefined => placed[index]?.role;
  const asks = places.filter((index) => role(index) === 'asks');
  if (asks.length > 0) return asks;
  const wish = places.filter((index) => role(index) === 'wishes').slice(-1);
  if (wish.length > 0) return wish;
  const told = places.findLastIndex((index) => role(index) === 'tells');
  const next = places.find((index) => index > told && role(index) === 'part');
  if (next !== undefined && told !== -1 && /^(?:sentence|stop)$/.test(placed[next]?.joint ?? ''))
    return [next];
  // "Our NPS please, I have the board tomorrow": asked first, told then.
  const isPhrase = (placed[0]?.text.split(' ').length ?? 0) > 1;
  return told > 0 && role(0) === 'part' && isPhrase ? [0] : [];
}

/** Before what asks: "Solvang Foods: what is", "In October, how many"; not what belongs to a story before it. */
function opens(placed: readonly Placed[], index: number, first: number): boolean {
  const own = placed[index];
  if (own?.role === 'limits') return true;
  if (own?.role !== 'part') return false;
  if (placed.slice(index, first).some(({ role }) => role === 'tells' || role === 'wishes')) return false;
  // Set off by commas alone from what is told, it belongs to it.
  for (let at = index; at > 0; at -= 1) {
    if (!/^(?:comma|because)$/.test(placed[at]?.joint ?? '')) return true;
    const before = placed[at - 1]?.role;
    if (before === 'tells' || before === 'wishes') return false;
  }
  return true;
}

/** Behind what asks: what goes on with it, "and by which team", "this quarter so far". */
function goesOn(placed: readonly Placed[], index: number, kept: ReadonlySet<number>): boolean {
  const role = placed[index]?.role;
  if (role !== 'part' && role !== 'limits') return false;
  let at = index - 1;
  while (at > 0 && placed[at]?.role === 'aside') at -= 1;
  return kept.has(at);
}

/** How clauses are put together again. */
const between: Readonly<Record<Clause['joint'], string>> = {
  start: ' ',
  sentence: '. ',
  stop: ': ',
  comma: ', ',
  because: ' ',
};

/** Each question with what goes on with it; a question mark or a full stop ends one. */
function questionsOf(placed: readonly Placed[], kept: ReadonlySet<number>): readonly string[] {
  const questions: string[] = [];
  let isOpen = true;
  for (const [index, one] of placed.entries()) {
    if (!kept.has(index)) continue;
    const last = questions.length - 1;
    // "Leave billing aside. How many are open": what stands before a question belongs to it.
    const isNew = last < 0 || (!isOpen && one.joint === 'sentence' && one.role === 'asks');
    if (isNew || one.role === 'asks') isOpen = one.role !== 'asks';
    if (isNew) questions.push(withoutLead(one.text));
    else questions[last] = `${questions[last] ?? ''}${between[one.joint]}${one.text}`;
  }
  return questions.filter((one) => one !== '');
}

/** What is dropped, as it was written. */
const joined = (clauses: readonly Placed[]): string =>
  clauses.reduce((text, { text: next, joint }) => (text === '' ? next : text + between[joint] + next), '');
