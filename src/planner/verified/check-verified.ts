import type { Catalogue, VerifiedQuestion } from '../../catalogue/catalogue.ts';
import type { CatalogueMistake } from '../../catalogue/check-catalogue.ts';
import { checkMetricPlan } from '../../query/check-metric-plan.ts';
import { queryPlanSchema } from '../../query/metric-query.ts';
import { checkListPlan } from '../../query/run-list-plan.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { piecesOf, planWith, sampleSlots, slotsIn, timeSlot } from './verified-index.ts';

/** Mistakes in verified questions: plans that the contract or the catalogue refuses, slots that do not fit, repeats. */
export function checkVerifiedPlans(catalogue: Catalogue): readonly CatalogueMistake[] {
  const seen = new Map<string, number>();
  return catalogue.verified.flatMap((verified, index) => {
    const problems = [...planProblems(catalogue, verified), ...slotProblems(catalogue, verified)];
    for (const question of verified.questions) {
      const key = JSON.stringify(piecesOf(question));
      if (seen.has(key))
        problems.push(['questions', `"${question}" stands there twice; take one of them out`]);
      seen.set(key, index);
    }
    return problems.map(
      ([key, message]): CatalogueMistake => ({
        code: 'unfit-verified-question',
        kind: 'verified',
        id: String(index),
        key,
        message,
      }),
    );
  });
}

type Problem = [key: string, message: string];

function planProblems(catalogue: Catalogue, { plan: written }: VerifiedQuestion): Problem[] {
  const plan = planWith(written, sampleSlots(written));
  if (!plan) {
    const parsed = queryPlanSchema.safeParse(written);
    const [issue] = parsed.success ? [] : parsed.error.issues;
    return [['plan', `is not a plan: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()]];
  }
  const names = { all: catalogue, mine: catalogue, role: 'admin' } as const;
  const checked = plan.kind === 'metric' ? checkMetricPlan(names, plan) : checkListPlan(names, plan);
  return checked.ok ? [] : checked.issues.map((issue): Problem => ['plan', wordsOf(issue)]);
}

const wordsOf = ({ path, message, suggestions }: Issue): string =>
  `${path}: ${message}${suggestions && suggestions.length > 0 ? ` Did you mean ${suggestions.join(', ')}?` : ''}`;

function slotProblems(catalogue: Catalogue, { questions, plan }: VerifiedQuestion): Problem[] {
  const wanted = [...slotsIn(plan)].sort();
  return questions.flatMap((question): Problem[] => {
    const pieces = piecesOf(question);
    const given = pieces.flatMap((piece) => (piece.kind === 'slot' ? [piece.name] : [])).sort();
    if (JSON.stringify(given) !== JSON.stringify(wanted)) {
      const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
      return [
        [
          'questions',
          `"${question}" has the slots ${list(given)} and the plan has ${list(wanted)}; both need the same`,
        ],
      ];
    }
    const unknown = given.find((name) => name !== timeSlot && !catalogue.dimensions.has(name));
    if (unknown !== undefined)
      return [['questions', `{${unknown}} is neither {time} nor a dimension of the catalogue`]];
    const touching = pieces.some(
      (piece, index) => piece.kind === 'slot' && pieces[index + 1]?.kind === 'slot',
    );
    return touching ? [['questions', `"${question}" has two slots without a word between them`]] : [];
  });
}
