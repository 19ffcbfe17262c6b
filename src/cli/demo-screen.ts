import type { DemoResult } from '../app/demo/run-demo.ts';

/** One screen: where to look, what to try, what happened. */
export function demoScreen(result: DemoResult, once: boolean): string {
  const { imported, analysed, alerts, answers } = result;
  const rules = new Set(alerts.map(({ rule }) => rule));
  const lines = [
    '',
    `  Heed is up. It took ${result.seconds} s.`,
    '',
    `  Imported   ${imported.rowsRead.toLocaleString('en')} rows of ${imported.sources.length} sources, ${imported.rowsRejected} rejected`,
    `  Analysed   ${analysed.findings} findings`,
    `  Alerts     ${alerts.length} open, of ${rules.size} rules`,
    ...(result.model === null ? [] : [`  Model      ${result.model}`]),
    '',
  ];
  if (once) {
    for (const { text, channel } of alerts.slice(0, 5)) lines.push(`  ${channel ?? ''}  ${text ?? ''}`);
    for (const { question, text } of answers) lines.push('', `  “${question}”`, `  ${text}`);
  } else {
    lines.push(
      `  Open       ${result.page}`,
      '',
      '  Try        1. #escalations: press Acknowledge on an alert, then Why?',
      '             2. act as Jonas Weber (sales rep), open the direct message with Heed and ask:',
      '                which of my deals over 50k slipped this quarter?',
      '             3. type /heed status in any channel',
      '',
      '  Ctrl-C stops it. Afterwards `npx heed ask "open escalations by priority"` asks the same data.',
    );
  }
  return `${lines.join('\n')}\n`;
}
