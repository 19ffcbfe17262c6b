import type { MetricPlan } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import type { Reading } from '../reading.ts';

const kinds: Readonly<Record<string, MetricPlan['chart'] | undefined>> = wordTable({
  line: 'line',
  area: 'line',
  bar: 'bar',
  column: 'bar',
  // Parts of a whole are told by bars as well.
  pie: 'bar',
  donut: 'bar',
  doughnut: 'bar',
});

/** "A line chart of orders": how it is drawn, before "line" may be one of what is sold. Null where no kind is said. */
export function readChart(reading: Reading): MetricPlan['chart'] | null {
  for (const { index, word } of reading.tokens) {
    const kind = kinds[word];
    const noun = reading.tokens[index + 1]?.word ?? '';
    if (kind === undefined || !/^(?:chart|graph|plot|diagram)$/.test(noun)) continue;
    reading.take('chart', [index, index + 1], kind);
    return kind;
  }
  return null;
}

const drawn = new RegExp(
  `,? (?:as|in|into) (?:an? |the )?(${Object.keys(kinds).join('|')})s?(?: (?:chart|graph|diagram|plot))?$`,
  'i',
);

/** A question without the kind of chart at its end, and that kind. */
export function withoutChart(text: string): {
  readonly text: string;
  readonly chart: MetricPlan['chart'] | null;
} {
  const chart = kinds[drawn.exec(text)?.[1]?.toLowerCase() ?? ''] ?? null;
  return chart === null ? { text, chart } : { text: text.replace(drawn, ''), chart };
}
