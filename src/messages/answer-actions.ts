import type { Action, ActionsBlock } from './message.ts';

/** Names of the actions under an answer; `interactions` has one verb for each. */
export const answerActions = {
  drill: 'drill-answer',
  records: 'list-answer-records',
  filter: 'filter-answer',
  helpful: 'answer-helpful',
  unhelpful: 'answer-unhelpful',
  more: 'answer-more',
  again: 'answer-again',
  explain: 'answer-explain',
} as const;

/** What stands behind the three dots. */
export const furtherActions = ['again', 'explain', 'export', 'alert', 'save'] as const;
export type FurtherAction = (typeof furtherActions)[number];

const furtherLabels: Readonly<Record<FurtherAction, string>> = {
  again: 'Run again',
  explain: 'How it was computed',
  export: 'Export …',
  alert: 'Alert me when …',
  save: 'Save to my board …',
};

/** What can be done with an answer; ids and words alone, the plan stays in the store. */
export interface AnswerActionsView {
  readonly answerId: string;
  /** Dimensions to drill by, best first. */
  readonly drills: readonly { readonly id: string; readonly label: string }[];
  /** Groups whose records can be shown; `all`: the answer has one number. */
  readonly records: readonly { readonly key: string; readonly label: string }[] | 'all';
  readonly further: readonly FurtherAction[];
}

/** Value that stands for "all records" in place of a group's key. */
export const allRecords = 'all';

const mostGroups = 50;

/** One quiet row: drill, records, filter, two thumbs, and the rest behind three dots. */
export function answerActionsBlock(view: AnswerActionsView): ActionsBlock {
  const { answerId, drills, records } = view;
  const actions: Action[] = [];
  if (drills.length > 0)
    actions.push({
      kind: 'menu',
      action: answerActions.drill,
      placeholder: 'Drill by …',
      options: drills.map(({ id, label }) => ({ label, value: writeAnswerValue(answerId, id) })),
    });
  if (records === 'all')
    actions.push({
      kind: 'button',
      action: answerActions.records,
      label: 'Show the records',
      value: writeAnswerValue(answerId, allRecords),
    });
  else if (records.length > 0)
    actions.push({
      kind: 'menu',
      action: answerActions.records,
      placeholder: 'Show records of …',
      options: records
        .slice(0, mostGroups)
        .map(({ key, label }) => ({ label, value: writeAnswerValue(answerId, key) })),
    });
  actions.push(
    { kind: 'button', action: answerActions.filter, label: 'Filter', value: answerId },
    {
      kind: 'button',
      action: answerActions.helpful,
      label: '👍',
      value: answerId,
      accessibilityLabel: 'This answer helped',
    },
    {
      kind: 'button',
      action: answerActions.unhelpful,
      label: '👎',
      value: answerId,
      accessibilityLabel: 'Something is wrong with this answer',
    },
    {
      kind: 'overflow',
      action: answerActions.more,
      label: 'More',
      options: view.further.map((verb) => ({
        label: furtherLabels[verb],
        value: writeAnswerValue(answerId, verb),
      })),
    },
  );
  return { kind: 'actions', actions };
}

/** Answer id and what was chosen; fits the 150 characters that an option's value may have. */
function writeAnswerValue(answerId: string, choice: string): string {
  return `${answerId} ${choice}`;
}

/** The value of a press; null for what no action of ours carries. */
export function readAnswerValue(
  value: string,
): { readonly answerId: string; readonly choice: string | null } | null {
  const [, answerId, choice] = /^([0-9a-f-]{36})(?: ([a-z0-9_]{1,64}))?$/.exec(value) ?? [];
  return answerId === undefined ? null : { answerId, choice: choice ?? null };
}

/** How people name an answer: the end of its id. */
export const shortAnswerId = (id: string): string => id.slice(-8);
