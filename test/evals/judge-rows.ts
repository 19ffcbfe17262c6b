import type { Heed } from '../../src/app/open-heed.ts';
import type { StoredAnswer } from '../../src/interactions/answer-deps.ts';
import { addedUp } from './added-up.ts';
import { askWorld, type Conversation, comparedTable } from './ask-world.ts';
import { type ExpectedRows, runExpected } from './expected-rows.ts';
import { planLine, rowsLine } from './lines.ts';
import type { Turn } from './question.ts';
import { type AnswerTable, sameRows } from './same-rows.ts';
import { oneBelowAnother } from './side-by-side.ts';
import { type Judged, saysWhatDiffers, type Verdict, worstOf } from './verdict.ts';
import { withCurrency } from './with-currency.ts';

/** An answer that can be right, and the statement that says so. */
interface Alternative {
  readonly sql: string;
  readonly rows: ExpectedRows;
}

export interface JudgeOptions {
  /** Every expected column must be shown, also by a list. */
  readonly isStrict?: boolean;
  /** Other ways to write the same expected rows. */
  readonly spellings?: (rows: ExpectedRows) => readonly ExpectedRows[];
}

/**
 * Asks, and compares the rows with those of the independent SQL.
 *
 * @throws the database's error when a statement of the question file is wrong
 */
export async function judgeTurn(
  heed: Heed,
  conversation: Conversation,
  turn: Turn,
  { isStrict = false, spellings = (rows) => [rows] }: JudgeOptions = {},
): Promise<Judged> {
  const { asker, now } = conversation;
  const names = { now, zone: asker.zone, me: asker.personId, team: asker.teamId };
  const alternatives: Alternative[] = [];
  for (const sql of [turn.sql, ...turn.also])
    for (const rows of spellings(await runExpected(heed.store, sql, names))) alternatives.push({ sql, rows });
  const answer = await askWorld(heed, conversation, turn.ask);
  const line = {
    plan: planLine(answer),
    expected: rowsLine(alternatives[0]?.rows ?? []),
    got: answer.outcome === 'answered' ? rowsLine(answer.rows) : (answer.reason ?? answer.outcome),
    latencies: answer.outcome === 'answered' ? [answer.latencyMs] : [],
  };
  if (answer.outcome !== 'answered') return { ...line, verdict: answer.outcome };
  // "The last meeting": a list of one is all that was asked for.
  const isOne = answer.plan?.kind === 'list' && answer.plan.limit === 1;
  const mayBeLonger = !isOne && !namesNumber(turn.ask, limitOf(answer));
  const table = await comparedTable(heed, conversation, answer, { mayBeLonger, isStrict });
  // "The largest deal": the one row that was shown may be all that was asked for.
  const shown = mayBeLonger
    ? await comparedTable(heed, conversation, answer, { mayBeLonger: false, isStrict })
    : table;
  const isList = !isStrict && answer.plan?.kind === 'list';
  const isSame = (one: AnswerTable): boolean =>
    alternatives.some(({ sql, rows }) =>
      sameRows(rows, one, {
        zone: asker.zone,
        isOrdered: turn.ordered,
        mayGoOn: !namesNumber(turn.ask, rows.length),
        isCut: /\blimit\s+\d|\bfetch\s+first\b/i.test(sql),
        isList,
      }),
    );
  // What a period is called is left aside; that there are two rows with their figures is not.
  const isSameApart = (one: AnswerTable): boolean =>
    alternatives.some(
      ({ rows }) =>
        rows.length === 2 &&
        sameRows(
          newestFirst(rows).map((row) => row.slice(-1)),
          one,
          // Dates say which of the two is the newer one; words like "today" do not.
          { ...asTheyAre, isOrdered: rows.every(isDated) },
        ),
    );
  const named = withCurrency(table);
  if (isSame(table) || isSame(shown) || (named !== null && isSame(named)))
    return { ...line, verdict: 'right' };
  if (alternatives.some(({ rows }) => isOfOneNamed(rows, answer))) return { ...line, verdict: 'right' };
  const sum = answer.plan?.kind === 'metric' ? addedUp(table, answer.plan, !mayBeLonger) : null;
  if (sum !== null && isSame(sum)) return { ...line, verdict: 'right', isAddedUp: true };
  const [wanted] = alternatives;
  if (wanted !== undefined && isShownCount(wanted.rows, answer)) return { ...line, verdict: 'right' };
  const turned = alternatives.some(({ rows }) => {
    const below = oneBelowAnother(rows, shown);
    return below !== null && sameRows(rows, below, { ...asTheyAre, zone: asker.zone });
  });
  if (turned) return { ...line, verdict: 'right' };
  const periods = onePerPeriod(table, answer.plan);
  if (periods !== null && isSameApart(periods)) return { ...line, verdict: 'right' };
  const isOnlyCounted = wanted !== undefined && isCountOf(wanted.rows, answer);
  return { ...line, verdict: wrong(answer), ...(isOnlyCounted && { isOnlyCounted }) };
}

/** Every turn in one thread. A turn that went wrong does not end the chain: the next ones show what it costs. */
export async function judgeChain(
  heed: Heed,
  conversation: Conversation,
  turns: readonly Turn[],
): Promise<Judged> {
  const judged: Judged[] = [];
  for (const turn of turns) judged.push(await judgeTurn(heed, conversation, turn));
  const verdicts = judged.map(({ verdict }) => verdict);
  const at = Math.max(
    0,
    verdicts.findIndex((verdict) => verdict !== 'right'),
  );
  const shown = judged[at];
  return {
    verdict: worstOf(verdicts),
    turns: verdicts,
    plan: `turn ${at + 1} “${turns[at]?.ask ?? ''}” ${verdicts.join(', ')}: ${shown?.plan ?? ''}`,
    expected: shown?.expected ?? '',
    got: shown?.got ?? '',
    latencies: judged.flatMap(({ latencies }) => latencies),
    isAddedUp: judged.some((one) => one.isAddedUp === true),
  };
}

/** A number was asked for, and the list that came says it above its rows, however few of them are shown. */
function isShownCount([first, ...more]: ExpectedRows, { plan, rows, text }: StoredAnswer): boolean {
  if (plan?.kind !== 'list' || more.length > 0 || first?.length !== 1) return false;
  const [wanted] = first;
  if (rows.length < plan.limit) return wanted === rows.length;
  return typeof wanted === 'number' && text.startsWith(`${wanted.toLocaleString('en-US')} `);
}

/** The figure of one that the question names was expected with that name before it. */
function isOfOneNamed(expected: ExpectedRows, { plan, columns, rows }: StoredAnswer): boolean {
  const [wanted, more] = expected;
  const [got, another] = rows;
  if (plan?.kind !== 'metric' || !wanted || more || !got || another || got.length !== 1) return false;
  const named = plan.where
    .flatMap(({ any }) => (any.length === 1 ? any : []))
    .flatMap(({ op, values }) => (op === 'eq' && values.length === 1 ? values.map(String) : []))
    .map((value) => value.toLowerCase());
  const [name, value, ...others] = wanted;
  const isNamed = typeof name === 'string' && named.some((one) => name.toLowerCase().startsWith(one));
  const [column] = columns;
  return (
    isNamed &&
    others.length === 0 &&
    column !== undefined &&
    sameRows([[value ?? null]], { columns: [{ ...column, unit: null }], rows: [got] }, asTheyAre)
  );
}

/** One figure beside another, whatever zone its days are of. */
const asTheyAre = { zone: 'UTC', isOrdered: false, mayGoOn: false, isCut: false, isList: false };

const isDated = ([first]: ExpectedRows[number]): boolean => /^\d{4}-\d{2}-\d{2}/.test(String(first));

const newestFirst = (rows: ExpectedRows): ExpectedRows =>
  rows.every(isDated) ? rows.toSorted(([left], [right]) => (String(left) < String(right) ? 1 : -1)) : rows;

/** Two periods, expected one below the other, that came side by side with their difference: as they were expected. */
function onePerPeriod({ columns, rows }: AnswerTable, plan: StoredAnswer['plan']): AnswerTable | null {
  const isCompared = plan?.kind === 'metric' && plan.compare !== 'none' && plan.groupBy.length === 0;
  const [column] = columns;
  const [[now, before] = [], another] = rows;
  if (!isCompared || !column || another || now === undefined || before === undefined) return null;
  return { columns: [column], rows: [[now], [before]] };
}

/** A list was asked for, and what came is how long it is. */
function isCountOf(expected: ExpectedRows, { plan, rows }: StoredAnswer): boolean {
  const isLabelled = typeof expected[0]?.[0] === 'string';
  return (
    plan?.kind === 'metric' &&
    isLabelled &&
    rows.length === 1 &&
    rows[0]?.length === 1 &&
    rows[0][0] === expected.length
  );
}

function wrong(answer: StoredAnswer): Verdict {
  return saysWhatDiffers(answer.notes) ? 'warned' : 'silent-wrong';
}

function limitOf({ plan }: StoredAnswer): number {
  return plan?.kind === 'metric' || plan?.kind === 'list' ? plan.limit : 0;
}

const numberWords = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Whether the asker said this number: "top 5", "the three oldest". */
function namesNumber(question: string, number: number): boolean {
  const word = numberWords[number];
  return new RegExp(`\\b(?:${number}${word === undefined ? '' : `|${word}`})\\b`, 'i').test(question);
}
