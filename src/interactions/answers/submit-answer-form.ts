import type { FormAnswers } from '../../messages/form.ts';
import type { Message } from '../../messages/message.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { newId } from '../../toolkit/ids.ts';
import type { QuestionRequest } from '../answer-deps.ts';
import { type ExportDeps, type Exported, exportAnswer } from './export/export-answer.ts';
import { exportForm, readExportFormat } from './export/export-form.ts';
import { filterAnswer, filteredPlan } from './filter-answer.ts';
import { filterForm } from './filter-form.ts';
import { findAnswer } from './find-answer.ts';
import { feedbackForm, giveFeedback } from './give-feedback.ts';
import { alertForm, formatKindOf, makeOwnAlert, readAlertAnswers } from './own-alerts.ts';
import { type AfterPress, afterAnswer } from './press-answer-button.ts';
import { addToBoard, saveForm } from './saved-questions.ts';

export interface SubmittedForm extends Omit<QuestionRequest, 'question'> {
  /** Name of the form. */
  readonly form: string;
  /** As the form carried it: the answer's id. */
  readonly state: string;
  readonly answers: FormAnswers;
}

/** Mistakes by field, at once; or the work that follows when the dialog is closed. */
export type Submitted =
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'accepted'; readonly work: () => Promise<AfterPress | null> };

/** Every dialog that belongs to an answer; null for a form that is none of them. */
export async function submitAnswerForm(deps: ExportDeps, form: SubmittedForm): Promise<Submitted | null> {
  const { asker, state: answerId, answers } = form;
  switch (form.form) {
    case filterForm: {
      const found = await findAnswer(deps, asker, answerId);
      if (!found.ok) return accepted(async () => ({ kind: 'private', message: found.message }));
      const plan = filteredPlan(found.value.plan, answers);
      if (!plan.ok) return { kind: 'errors', errors: byField(plan.issues) };
      return accepted(async () => afterAnswer(await filterAnswer(deps, form, answerId, answers)));
    }
    case exportForm: {
      const format = readExportFormat(answers['format']);
      if (format === null) return { kind: 'errors', errors: { format: 'Choose a kind of file.' } };
      return accepted(async () =>
        afterExport(await exportAnswer(deps, { asker, surface: form.surface, answerId, format })),
      );
    }
    case alertForm: {
      const found = await findAnswer(deps, asker, answerId);
      const kind = formatKindOf(deps, found.ok ? found.value.plan : null);
      const wanted = readAlertAnswers(answers, kind);
      if (!wanted.ok) return { kind: 'errors', errors: byField(wanted.issues) };
      return accepted(async () => ({
        kind: 'private',
        message: await makeOwnAlert(deps, asker, answerId, wanted.value),
      }));
    }
    case saveForm:
      return accepted(async () => ({
        kind: 'private',
        message: await addToBoard(deps, asker, answerId, answers['name'] ?? ''),
      }));
    case feedbackForm:
      return accepted(async () => {
        await giveFeedback(deps, asker, answerId, answers);
        // The closed dialog says it.
        return null;
      });
    default:
      return null;
  }
}

const accepted = (work: () => Promise<AfterPress | null>): Submitted => ({ kind: 'accepted', work });

const byField = (issues: readonly { readonly path: string; readonly message: string }[]) =>
  Object.fromEntries(issues.map(({ path, message }) => [path, message]));

/** The file with a line that says what is in it, or why there is none. */
export function afterExport(exported: Exported): AfterPress {
  switch (exported.kind) {
    case 'refused':
      return { kind: 'private', message: exported.message };
    case 'chart': {
      const text = `Chart of “${exported.question}”`;
      const message: Message = {
        text,
        blocks: [
          { kind: 'chart', spec: exported.spec },
          { kind: 'context', content: [exported.words] },
        ],
      };
      return { kind: 'answer', message };
    }
    case 'file': {
      const id = newId();
      const notice = buildNotice(`Export of “${exported.question}”. ${exported.words}`);
      const message: Message = {
        ...notice,
        blocks: [...notice.blocks, { kind: 'file', fileId: id, fileName: exported.fileName }],
      };
      return { kind: 'file', message, file: { id, content: exported.content } };
    }
  }
}
