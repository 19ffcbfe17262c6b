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
