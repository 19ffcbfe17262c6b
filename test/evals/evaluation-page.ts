import { figureTable, type Report, remarks } from './report.ts';
import { worldNow, worldZone } from './world.ts';

/** docs/evaluation.md: the figures with what they were measured on. */
export function evaluationPage(report: Report): string {
  const { planner } = report;
  const model =
    planner === 'model'
      ? 'The model column was measured with the model that was configured for this run.'
      : 'With a model: not measured, no real model was reachable.';
  return `# How well questions are answered

Written by \`npm run eval -- --write\`. The questions are in \`test/evals/questions\`, written by people who had not seen the
catalogue; how they are written and judged is in [guides/evaluation.md](guides/evaluation.md). Data: the made-up company
of \`npm run demo\` as of ${worldNow.toISOString().slice(0, 16).replace('T', ' ')} UTC, people in ${worldZone}.
A third of each set is frozen: it is counted and never looked at while the planner is worked on.

Planner: ${planner === 'rules' ? 'rules, no model' : 'rules with a model behind them'}.

${figureTable(report)}

${remarks(report)
  .map((one) => `- ${one}`)
  .join('\n')}
- ${model}
`;
}
