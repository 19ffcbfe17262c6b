import type { MetricPlan } from '../../../query/metric-query.ts';
import { type Reading, range } from '../reading.ts';

/** Whose rows are asked for. */
export interface SubjectSlot {
  readonly subject: MetricPlan['subject'];
  /** "my accounts", "my team's customers": token of the noun, or of "book"; null when nothing is said of accounts. */
  readonly accountsAt: number | null;
}

/** "find the open tickets for me" asks a favour, and says nothing about whose tickets they are. */
const favour = /^(?:can|could|please|pls|list|show|find|get|give|pull|fetch|tell|check|count|look|run|make)$/;

/** "… for me", "… for me last week": nothing but a time may follow. */
const isLast = (words: readonly string[], index: number): boolean =>
  /^(?:this|last|in|today|yesterday|so|since|now|by|per)?$/.test(words[index + 1] ?? '');

/** "my", "mine", "assigned to me", "do I have", "my team", "my accounts", "my book". */
export function readSubject(reading: Reading, isAccount: (word: string) => boolean): SubjectSlot {
  const book = readBook(reading);
  if (book !== null) return book;
  const words = reading.tokens.map((token) => token.word);
  const team = readTeam(reading, words);
  if (team !== null) return { subject: 'my_team', accountsAt: accountsOf(reading, team, isAccount) };
  const mine = readMine(reading, words);
  if (mine === null) return { subject: 'none', accountsAt: null };
  // "How far am I from my quota": the same person, named again. Other accounts would be another matter.
  for (const { index, word } of reading.tokens) {
    const isAgain = (word === 'my' || word === 'mine') && reading.isFree(index);
    if (isAgain && accountsOf(reading, [index], isAccount) === null && words[index + 1] !== 'team')
      reading.take('subject', [index], 'the asker again');
  }
  const isOwner = words[mine] === 'my';
  return { subject: 'me', accountsAt: isOwner ? accountsOf(reading, [mine], isAccount) : null };
}

/** "my book of business", "my team's patch": the accounts that somebody looks after. */
function readBook(reading: Reading): SubjectSlot | null {
  for (const token of reading.tokens) {
    if (!/^(?:book|patch)$/.test(token.word)) continue;
    const before = reading.tokens[token.index - 1]?.word;
    const isTeam = before === 'team' && reading.tokens[token.index - 2]?.word === 'my';
    if (before !== 'my' && !isTeam) continue;
    const isLong = reading.tokens[token.index + 2]?.word === 'business';
    const from = token.index - (isTeam ? 2 : 1);
    reading.take('subject', range(from, token.index + (isLong ? 3 : 1)), 'accounts of the asker');
    return { subject: isTeam ? 'my_team' : 'me', accountsAt: token.index };
  }
  return null;
}

/** "my team's accounts", "my enterprise accounts", "accounts of my team": the noun that the asker's words own. */
function accountsOf(
  { tokens }: Reading,
  owner: readonly number[],
  isAccount: (word: string) => boolean,
): number | null {
  const isNoun = (index: number): boolean => {
    const token = tokens[index];
    return token?.kind === 'word' && isAccount(token.word) && token.lower !== token.word;
  };
  const last = Math.max(...owner);
  if (isNoun(last + 1)) return last + 1;
  const adjective = tokens[last + 1];
  if (adjective?.kind === 'word' && !/s$/.test(adjective.lower) && isNoun(last + 2)) return last + 2;
  const first = Math.min(...owner);
  return tokens[first - 1]?.word === 'of' && isNoun(first - 2) ? first - 2 : null;
}

function readTeam(reading: Reading, words: readonly string[]): readonly number[] | null {
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if ((word === 'my' || word === 'our') && (next === 'team' || next === 'group'))
      return took(reading, [index, index + 1], 'rows of the asker’s team');
    // "each of my reps": the people of the asker's team, each of them.
    if (
      word === 'my' &&
      /^(?:rep|agent|engineer|people|guy|supervisor)$/.test(next ?? '') &&
      /s$|^people$/.test(reading.tokens[index + 1]?.lower ?? '')
    )
      return took(reading, [index], 'rows of the asker’s team');
    if (word === 'team' && words[index - 1] === 'the' && words[index - 2] === 'my')
      return took(reading, [index], 'rows of the asker’s team');
  }
  return null;
}

function took(reading: Reading, indexes: readonly number[], meaning: string): readonly number[] {
  reading.take('subject', indexes, meaning);
  return indexes;
}

/** What is said about the asking itself, and about whoever asks: "I need", "can I see", "while I was away". */
const aside =
  /^(?:want|need|would|like|see|get|wish|mean|think|guess|believe|feel|know|wonder|hope|can|could|should|must|may|might|was|were|forget|forgot|remember|understand|ask|hear|heard|read|say|said|assume|suppose)$/;

const seeking =
  /^(?:look|looking|search|searching|hunting|interested|curious|wondering|hoping|trying|asking|checking|after|keen|unsure|afraid|sorry|sure)$/;

/** "Meetings I had", "calls I logged", "do I have": somebody's own rows. */
function isDoer(words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? '';
  const after = words[index + 1] ?? '';
  if (/^(?:can|could|may|should|might|shall|if|when|while|how|where|and|or|versus)$/.test(before))
    return false;
  // "Tickets I was assigned".
  if (/^(?:was|were)$/.test(after)) return /^(?:assigned|given|sent)$/.test(words[index + 2] ?? '');
  if (after === '') return /^(?:do|did|have|am)$/.test(before);
  // "I'm looking for", "I am only interested in": of the asking, where "I am looking after" is not.
  const verb = words
    .slice(index + 1)
    .find((word) => !/^(?:am|only|just|also|really|still|now|currently|actually)$/.test(word));
  if (after === 'am' && seeking.test(verb ?? '')) return false;
  return !aside.test(verb ?? after);
}

/** Verbs that are done for whoever asks: "show me", "could you tell me", "help me out". */
const given =
  /^(?:show|tell|give|get|send|list|bring|fetch|find|pull|make|let|remind|help|bother|bug|excuse|drop|hand|spare|ping|pass|name|count|do|run|update|inform|advise|email|forward|display|build|draw|read|walk|catch|fill|bear|point|spell|break|split|sort|surprise|worry|worries|concern|concerns|interest|interests|ask|asks|asked|told|for|than)$/;

/** "Assigned to me", "any urgents on me", "calls this week, me". Beside other people it is one of them: "me vs Naomi". */
function isMeant(words: readonly string[], index: number): boolean {
  const [before = '', after = ''] = [words[index - 1], words[index + 1]];
  if (/^(?:and|or|versus|between)$/.test(before) || /^(?:and|or|versus)$/.test(after)) return false;
  // "Give it to me weekly", "show that to me".
  const isHanded =
    before === 'to' &&
    /^(?:it|that|this|them|those|these|everything|all|number|figure|data|result)$/.test(
      words[index - 2] ?? '',
    );
  return !given.test(before) && !isHanded && index > 0;
}

function readMine(reading: Reading, words: readonly string[]): number | null {
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? '';
    const isMine = word === 'my' || word === 'mine' || word === 'myself';
    const isI = word === 'i' && isDoer(words, index);
    const isToMe = word === 'me' && isMeant(words, index);
    const isForMe =
      word === 'me' && before === 'for' && isLast(words, index) && !words.some((one) => favour.test(one));
    if (isMine || isToMe || isForMe || isI) {
      const own = words[index + 1] === 'own' && isI ? [index, index + 1] : [index];
      const assigned = isToMe && /^(?:assigned|owned)$/.test(words[index - 2] ?? '') ? [index - 2] : [];
      reading.take('subject', [...assigned, ...own], 'rows of the asker');
      return index;
    }
  }
  return null;
}
