import { upperFirst } from '../toolkit/letter-case.ts';
import { answerActionsBlock, shortAnswerId } from './answer-actions.ts';
import { buildAnswerChart } from './answer-chart.ts';
import { buildHeadline } from './answer-headline.ts';
import { answerTable } from './answer-table.ts';
import type { AnswerView, ClarifyView, RefusalView } from './answer-view.ts';
import type { Action, Block, ContextBlock, Inline, Message, TableBlock } from './message.ts';

/**
 * Builds the message of a computed answer: a sentence with the number, a table or chart where it helps, what was
 * computed from what, and notes. Says plainly when there is no data; every figure comes from the rows.
 */
export function buildAnswerMessage(view: AnswerView): Message {
  const headline = buildHeadline(view);
  const blocks: Block[] = [{ kind: 'headline', ...headline }];
  const chart = buildAnswerChart(view, headline.text);
  if (chart) blocks.push({ kind: 'chart', spec: chart });
  const table = buildTable(view);
  if (table) blocks.push(table);
  if (view.notes.length > 0) blocks.push({ kind: 'paragraph', content: noteLines(view.notes) });
  blocks.push(whatWasComputed(view));
  if (view.actions) blocks.push(answerActionsBlock(view.actions));
  const text = view.notes.length > 0 ? `${headline.text} ${view.notes.join(' ')}` : headline.text;
  return { text, blocks };
}

/** A question back, with a button for each meaning; one click answers. */
export function buildClarifyMessage(view: ClarifyView): Message {
  const blocks: Block[] = [
    { kind: 'headline', text: view.question, tone: 'notice', word: 'Which one?' },
    {
      kind: 'actions',
      actions: view.options.map(answerButton),
    },
  ];
  if (view.notes.length > 0) blocks.push({ kind: 'context', content: noteLines(view.notes) });
  const choices = view.options.map((option) => option.label).join(', ');
  return { text: `${view.question} ${choices}`.trim(), blocks };
}

/** A complete plan behind a button. */
const answerButton = ({ label, value }: ClarifyView['options'][number]): Action => ({
  kind: 'button',
  action: 'clarify-question',
  label,
  value,
  accessibilityLabel: `Answer for: ${label}`.slice(0, 75),
});

/** Why there is no answer, what can be answered instead, and questions that have an answer. */
export function buildRefusalMessage(view: RefusalView): Message {
  const blocks: Block[] = [{ kind: 'headline', text: view.reason, tone: 'notice', word: 'No answer' }];
  if (view.instead) {
    const { label } = view.instead;
    blocks.push({
      kind: 'paragraph',
      content: ['Without that I can answer: ', { kind: 'emphasis', text: label }],
    });
    blocks.push({ kind: 'actions', actions: [answerButton(view.instead)] });
  }
  if (view.examples.length > 0) {
    const examples = view.examples.flatMap((example): Inline[] => [
      '\n• ',
      { kind: 'emphasis', text: example },
    ]);
    blocks.push({ kind: 'paragraph', content: ['You can ask:', ...examples] });
  }
  if (view.notes.length > 0) blocks.push({ kind: 'context', content: noteLines(view.notes) });
  const asked = view.examples.length > 0 ? ` You can ask: ${view.examples.join(' · ')}` : '';
  const instead = view.instead ? ` Without that I can answer “${view.instead.label}”.` : '';
  return { text: `${view.reason}${instead}${asked}`, blocks };
}

/** A single number needs no table. */
function buildTable(view: AnswerView): TableBlock | null {
  const isGrouped = view.columns.some((column) => column.role === 'dimension');
  return view.rows.length === 0 || (!isGrouped && view.rows.length < 2) ? null : answerTable(view);
}

/** The small print that lets anybody check the answer. */
function whatWasComputed(view: AnswerView): ContextBlock {
  const content: Inline[] = [{ kind: 'strong', text: 'What I computed: ' }];
  const what = view.metrics.map((metric) => `${metric.label} – ${metric.description}`).join(' ');
  content.push(view.shape === 'records' ? `a list of ${view.noun.many}.` : what);
  const facts = [
    view.filters.length > 0 ? `Only where ${view.filters.join('; ')}.` : '',
    view.rangeWords === null ? 'As of now.' : `${upperFirst(view.rangeWords)}.`,
    view.comparedRangeWords === null ? '' : `Compared with ${view.comparedRangeWords}.`,
    ...(view.steps ?? []).map((step) => `${step}.`),
    view.history === undefined ? '' : `${upperFirst(view.history)}.`,
    `${upperFirst(view.scope)}.`,
    `${view.rowsRead.toLocaleString('en-US')} ${view.rowsRead === 1 ? 'row' : 'rows'} read.`,
    view.truncated && view.shape === 'figure' ? `Only the first ${view.rows.length} groups are shown.` : '',
    view.freshness.length > 0 ? `Data as of ${view.freshness.join(', ')}.` : '',
    `Understood by ${view.planner}.`,
    `Answer ${shortAnswerId(view.answerId)}.`,
  ];
  content.push(...facts.filter((fact) => fact !== '').map((fact) => ` ${fact}`));
  return { kind: 'context', content };
}

function noteLines(notes: readonly string[]): readonly Inline[] {
  return notes.flatMap((note, index): Inline[] => (index === 0 ? [note] : ['\n', note]));
}
