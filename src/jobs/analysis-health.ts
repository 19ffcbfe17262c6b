import { saveHealthScores } from '../store/analysis-health.ts';
import { replaceFindings } from '../store/finding-store.ts';
import { lookAtHealth } from './analysis-health-look.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

/**
 * Health of every account today, by every profile. Accounts without any past score get one for each of the last 29
 * days as well; later runs add one row a day.
 */
export const healthStep: AnalysisStep = { name: 'account-health', run: runHealthStep };

async function runHealthStep(context: StepContext): Promise<StepResult> {
  const look = await lookAtHealth(context.store.db, context);
  const { scoresToday, scoresBefore, findings, active } = look;
  await context.write(async (trx) => {
    await replaceFindings(trx, 'account-health', findings, context.run);
    await saveHealthScores(trx, [...scoresBefore, ...scoresToday], context.asOf);
  });
  const unscored = active.filter(({ score }) => score === null).length;
  return {
    rowsRead: look.rowsRead,
    rowsWritten: scoresBefore.length + scoresToday.length + findings.length,
    findings: findings.length,
    notes:
      unscored > 0
        ? [`health: ${unscored} of ${active.length} accounts have too little data for a score`]
        : [],
  };
}
