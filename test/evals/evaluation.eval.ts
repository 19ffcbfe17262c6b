import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { z } from 'zod';
import type { Progress } from '../../src/app/progress.ts';
import { evaluateDealership } from './dealership/dealership.ts';
import { type Evaluated, evaluateFiles, frozenOf, type Result, setNames } from './evaluate.ts';
import { evaluationPage } from './evaluation-page.ts';
import { figuresOf } from './figures.ts';
import { type Question, type QuestionFile, readQuestionFile } from './question.ts';
import { questionFiles } from './question-files.ts';
import { type Report, reportPage } from './report.ts';
import { openEvaluationWorld } from './world.ts';

// Run by `npm run eval`, which reads its arguments and shows what this leaves in a file.

const optionsSchema = z.object({
  planner: z.enum(['rules', 'model']),
  sets: z.array(z.string()),
  part: z.enum(['open', 'frozen', 'all']),
  /** Absolute; empty: the sets that come with Heed. */
  files: z.array(z.string()),
  /** Folder that the results are left in. */
  out: z.string(),
});

const serverUrl = process.env['HEED_TEST_DATABASE_URL'] || undefined;
const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const progress: Progress = {
  step: (title) => ({ update: () => undefined, done: (detail = '') => tell(`${title} ${detail}`.trimEnd()) }),
};

it('asks every question of the sets', async () => {
  const options = optionsSchema.parse(JSON.parse(process.env['HEED_EVAL_OPTIONS'] ?? '{}'));
  const shipped = questionFiles();
  const files = (options.files.length > 0 ? options.files : shipped).map(readQuestionFile);
  // Of a file from elsewhere, which is somebody's own, all may be looked at.
  const frozen = frozenOf(shipped.map(readQuestionFile));
  const { results, issues } = await askAll(files, options, frozen);
  const isDealershipWished =
    options.files.length === 0 && (options.sets.length === 0 || options.sets.includes('car dealership'));
  const dealership: readonly Result[] | string = isDealershipWished
    ? await evaluateDealership({ planner: options.planner, serverUrl })
    : [];
  const all = typeof dealership === 'string' ? results : [...results, ...dealership];
  const report: Report = {
    planner: options.planner,
    figures: figuresOf(all, options.planner),
    results: all,
    issues,
    skipped: typeof dealership === 'string' ? [dealership] : [],
  };
  writeFileSync(join(options.out, 'figures.json'), JSON.stringify(report.figures, null, 2));
  writeFileSync(join(options.out, 'issues.json'), JSON.stringify(report.issues, null, 2));
  writeFileSync(join(options.out, 'page.txt'), reportPage(report));
  writeFileSync(join(options.out, 'page.md'), evaluationPage(report));
});

type Options = z.output<typeof optionsSchema>;

async function askAll(
  files: readonly QuestionFile[],
  { planner, sets, part }: Options,
  frozen: ReadonlySet<string>,
): Promise<Evaluated> {
  const isWished = ({ expect: kind }: Question): boolean =>
    sets.length === 0 || sets.includes(setNames[kind]);
  // Building the company takes a while; not for nothing.
  if (!files.some(({ questions }) => questions.some(isWished)))
    return { results: [], issues: files.flatMap(({ issues }) => issues) };
  const world = await openEvaluationWorld({ planner, serverUrl, progress });
  try {
    const parts: Evaluated[] = [];
    for (const file of files) {
      tell(`Asking ${file.questions.length} questions of ${file.path}`);
      parts.push(await evaluateFiles(world.heed, [file], { sets, part, frozen }));
    }
    return {
      results: parts.flatMap(({ results }) => results),
      issues: parts.flatMap(({ issues }) => issues),
    };
  } finally {
    await world.close();
  }
}
