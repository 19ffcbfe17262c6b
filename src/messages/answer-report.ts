import { answerActions, shortAnswerId } from './answer-actions.ts';
import { formatInstant } from './format.ts';
import type { Block, Message } from './message.ts';

/** How an answer was computed, for somebody who wants to check it. */
export interface AnswerReportView {
  readonly id: string;
  readonly question: string;
  readonly outcome: string;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly zone: string;
  readonly planner: string;
  readonly promptVersion: string | null;
  /** The typed plan; null where nobody understood the question. */
  readonly plan: unknown;
  readonly sql: string | null;
  /** In the order of the statement's `$1`, `$2`; one list per statement when there are several. */
  readonly parameters: readonly unknown[];
  readonly dataVersion: string | null;
  readonly freshness: readonly { readonly source: string; readonly syncedAt: string }[];
  readonly range: string | null;
  readonly filters: readonly string[];
  readonly scope: string | null;
  readonly catalogueVersion: string | null;
  readonly rowsRead: number | null;
  readonly rowCount: number | null;
  readonly latencyMs: number | null;
  /** Why there was no answer. */
  readonly reason: string | null;
  readonly canRunAgain: boolean;
}

/** Question, facts, plan, statement, values: in this order, and a button that runs it again. */
export function buildAnswerReport(view: AnswerReportView): Message {
  const blocks: Block[] = [
    { kind: 'headline', text: view.question, tone: 'neutral' },
    { kind: 'fields', fields: factsOf(view) },
  ];
  if (view.reason !== null)
    blocks.push(titled('Why there is no answer'), { kind: 'code', text: view.reason });
  if (view.plan !== null && view.plan !== undefined)
    blocks.push(titled('Plan'), { kind: 'code', text: planText(view.plan) });
  if (view.sql !== null) {
    blocks.push(titled('Statement'), { kind: 'code', text: view.sql });
    blocks.push(titled('Values'), { kind: 'code', text: valuesText(view.parameters) });
  }
  if (view.canRunAgain)
    blocks.push({
      kind: 'actions',
      actions: [
        {
          kind: 'button',
          action: answerActions.again,
          label: 'Run again',
          value: view.id,
          accessibilityLabel: 'Run this plan again, with my rights',
        },
      ],
    });
  blocks.push({
    kind: 'context',
    content: [`Answer ${view.id}; also: /heed answer ${shortAnswerId(view.id)}`],
  });
  return { text: `How “${view.question}” was answered, by ${view.planner}.`, blocks };
}

const titled = (text: string): Block => ({ kind: 'paragraph', content: [{ kind: 'strong', text }] });

function factsOf(view: AnswerReportView): readonly { readonly label: string; readonly value: string }[] {
  const prompt = view.promptVersion === null ? '' : `, prompt ${view.promptVersion}`;
  const freshness = view.freshness.map(
    ({ source, syncedAt }) => `${source} ${formatInstant(new Date(syncedAt), view.zone, view.askedAt)}`,
  );
  const all: readonly (readonly [string, string | null])[] = [
    ['Asked by', `${view.askedBy}, ${formatInstant(view.askedAt, view.zone)}`],
    ['Outcome', view.latencyMs === null ? view.outcome : `${view.outcome} in ${view.latencyMs} ms`],
    ['Understood by', `${view.planner}${prompt}`],
    ['Data version', view.dataVersion],
    ['Data as of', freshness.length === 0 ? null : freshness.join(', ')],
    ['Dates', view.range],
    ['Only where', view.filters.length === 0 ? null : view.filters.join('; ')],
    ['Rows of', view.scope],
    ['Rows', view.rowsRead === null ? null : `${view.rowsRead} read, ${view.rowCount ?? 0} shown`],
    ['Catalogue', view.catalogueVersion],
  ];
  return all.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]));
}

/** The plan without what it leaves at its default. */
function planText(plan: unknown): string {
  return JSON.stringify(
    plan,
    (_key, value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : (value ?? undefined)),
    1,
  );
}

/** `$1 = "open"`, a line each; of several statements one paragraph each. */
function valuesText(parameters: readonly unknown[]): string {
  const several = parameters.length > 0 && parameters.every((one) => Array.isArray(one));
  const lists: readonly (readonly unknown[])[] = several
    ? parameters.map((one): readonly unknown[] => (Array.isArray(one) ? one : []))
    : [parameters];
  const written = lists.map((list) =>
    list.map((value, index) => `$${index + 1} = ${JSON.stringify(value ?? null)}`).join('\n'),
  );
  const text = written.filter((lines) => lines !== '').join('\n\n');
  return text === '' ? 'none' : text;
}
