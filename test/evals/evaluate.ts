import { basename } from 'node:path';
import type { Heed } from '../../src/app/open-heed.ts';
import { type Issue, UserError } from '../../src/toolkit/issue.ts';
import { judgeQuestion } from './judge.ts';
import { frozenIds, type Part } from './parts.ts';
import { type Expectation, firstLine, issue, type Question, type QuestionFile, turnsOf } from './question.ts';
import type { Judged } from './verdict.ts';

export const setNames = {
  rows: 'single',
  chain: 'follow-ups',
  clarify: 'ambiguous',
  refuse: 'unanswerable',
  range: 'dates and zones',
} as const satisfies Record<Expectation, string>;
export type SetName = (typeof setNames)[Expectation] | 'car dealership';

/** One question and how it went. */
export interface Result extends Judged {
  readonly set: SetName;
  readonly part: Part;
  /** File and id. */
  readonly name: string;
  readonly asked: string;
}

export interface Wishes {
  /** Empty: every set. */
  readonly sets: readonly string[];
  readonly part: Part | 'all';
  /** Ids that are counted and never shown; see `frozenOf`. Questions of one's own have none. */
  readonly frozen: ReadonlySet<string>;
}

export interface Evaluated {
  readonly results: readonly Result[];
  readonly issues: readonly Issue[];
}

/** Asks every question of the files that is wished for; a mistake in one leaves the others alone. */
export async function evaluateFiles(
  heed: Heed,
  files: readonly QuestionFile[],
  wishes: Wishes,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Evaluated> {
  const issues: Issue[] = files.flatMap((file) => file.issues);
  const chosen = files.flatMap((file) => wishedOf(file, wishes));
  const results: Result[] = [];
  for (const [done, { question, part, file }] of chosen.entries()) {
    onProgress(done, chosen.length);
    const name = `${file} ${question.id}`;
    try {
      const judged = await judgeQuestion(heed, question, file);
      results.push({
        ...judged,
        set: setNames[question.expect],
        part,
        name,
        asked: turnsOf(question).join(' → '),
      });
    } catch (error) {
      issues.push(issue(name, mistakeOf(error)));
    }
  }
  return { results, issues };
}

interface Wished {
  readonly question: Question;
  readonly part: Part;
  readonly file: string;
}

function wishedOf({ path, questions }: QuestionFile, { sets, part, frozen }: Wishes): readonly Wished[] {
  return questions
    .map((question): Wished => {
      const own: Part = frozen.has(question.id) ? 'frozen' : 'open';
      return { question, part: own, file: basename(path) };
    })
    .filter(
      (one) =>
        (part === 'all' || one.part === part) &&
        (sets.length === 0 || sets.includes(setNames[one.question.expect])),
    );
}

/** The frozen third of each set, over all of its files. */
export function frozenOf(files: readonly QuestionFile[]): ReadonlySet<string> {
  const questions = files.flatMap((file) => file.questions);
  const sets = (Object.keys(setNames) as Expectation[]).map((expect) =>
    questions.filter((one) => one.expect === expect).map(({ id }) => id),
  );
  return new Set(sets.flatMap((ids) => [...frozenIds(ids)]));
}

function mistakeOf(error: unknown): string {
  if (!(error instanceof UserError)) return `its SQL does not run: ${firstLine(error)}`;
  const [first] = error.issues;
  const near = first?.suggestions?.length ? ` Did you mean ${first.suggestions.join(', ')}?` : '';
  return `\`as\`: ${first?.message ?? error.message}${near}`;
}
