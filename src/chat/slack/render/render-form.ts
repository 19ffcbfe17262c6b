import { z } from 'zod';
import type { Form, FormAnswers, FormField } from '../../../messages/form.ts';
import { exhaustive } from '../../../toolkit/exhaustive.ts';
import { slackLimits as limits } from '../limits.ts';
import { type MrkdwnText, mrkdwn, plainText, type SelectElement } from './block-kit.ts';
import { cleanText, cut, type LinkHosts, renderInlines } from './mrkdwn.ts';
import { renderOptions } from './render-message.ts';

/** Where the button stood that opened a dialog; travels in the dialog, which has no message of its own. */
const placeSchema = z.object({
  channelId: z.string(),
  threadId: z.string().nullable(),
  channelKind: z.enum(['direct', 'channel']),
  isEphemeral: z.boolean(),
});
export type FormPlace = Readonly<z.infer<typeof placeSchema>>;

const metadataSchema = z.object({ place: placeSchema, state: z.string() });

type PlainText = ReturnType<typeof plainText>;
type Option = SelectElement['options'][number];

type InputElement =
  | {
      readonly type: 'static_select';
      readonly action_id: string;
      readonly options: readonly Option[];
      readonly initial_option?: Option;
    }
  | {
      readonly type: 'plain_text_input';
      readonly action_id: string;
      readonly multiline: boolean;
      readonly max_length: number;
      readonly initial_value?: string;
      readonly placeholder?: PlainText;
    }
  | {
      readonly type: 'number_input';
      readonly action_id: string;
      readonly is_decimal_allowed: true;
      readonly initial_value?: string;
    };

type ModalBlock =
  | { readonly type: 'section'; readonly text: MrkdwnText }
  | {
      readonly type: 'input';
      readonly block_id: string;
      readonly label: PlainText;
      readonly element: InputElement;
      readonly optional: boolean;
      readonly hint?: PlainText;
    };

export interface SlackModal {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly title: PlainText;
  readonly submit: PlainText;
  readonly close: PlainText;
  readonly blocks: ModalBlock[];
}

const longestText = 1000;

/**
 * A dialog as `views.open` takes it, within every limit. Fields are named by their id, as block and as action; a menu
 * without options is left out.
 *
 * @throws RangeError when the state does not fit, which is a mistake of ours
 */
export function renderForm(form: Form, place: FormPlace, hosts: LinkHosts): SlackModal {
  const metadata = JSON.stringify({ place, state: form.state });
  if (metadata.length > limits.modalState) throw new RangeError(`the state of ${form.form} is too long`);
  const intro = renderInlines(form.intro, hosts, limits.sectionText);
  return {
    type: 'modal',
    callback_id: form.form,
    private_metadata: metadata,
    title: plainText(cut(cleanText(form.title), limits.modalTitle)),
    submit: plainText(cut(cleanText(form.submit), limits.modalTitle)),
    close: plainText('Cancel'),
    blocks: [
      ...(intro.trim() === '' ? [] : [{ type: 'section' as const, text: mrkdwn(intro) }]),
      ...form.fields.flatMap(renderField),
    ],
  };
}

function renderField(field: FormField): ModalBlock[] {
  const element = renderElement(field);
  if (element === null) return [];
  return [
    {
      type: 'input',
      block_id: field.id,
      label: plainText(cut(cleanText(field.label), limits.inputLabel)),
      element,
      optional: field.isOptional === true,
      ...(field.hint === undefined ? {} : { hint: plainText(cut(cleanText(field.hint), limits.inputLabel)) }),
    },
  ];
}

function renderElement(field: FormField): InputElement | null {
  switch (field.kind) {
    case 'choice': {
      const options = renderOptions(field.options, limits.optionsPerSelect);
      const initial = options.find(({ value }) => value === field.initial);
      return options.length === 0
        ? null
        : {
            type: 'static_select',
            action_id: field.id,
            options,
            ...(initial === undefined ? {} : { initial_option: initial }),
          };
    }
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: field.id,
        multiline: field.isMultiline === true,
        max_length: longestText,
        ...(field.initial === undefined ? {} : { initial_value: cut(cleanText(field.initial), longestText) }),
        ...(field.placeholder === undefined
          ? {}
          : { placeholder: plainText(cut(cleanText(field.placeholder), limits.placeholder)) }),
      };
    case 'number':
      return {
        type: 'number_input',
        action_id: field.id,
        is_decimal_allowed: true,
        ...(field.initial === undefined ? {} : { initial_value: String(field.initial) }),
      };
    default:
      return exhaustive(field);
  }
}

const filledSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: z.string().nullish(),
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  ),
);

/** What was filled in, by field id; null for a dialog that is none of ours. */
export function readForm(view: {
  readonly private_metadata: string;
  readonly state: { readonly values: unknown };
}): { readonly place: FormPlace; readonly state: string; readonly answers: FormAnswers } | null {
  const metadata = metadataSchema.safeParse(parseJson(view.private_metadata));
  const filled = filledSchema.safeParse(view.state.values);
  if (!metadata.success || !filled.success) return null;
  const answers: Record<string, string> = {};
  for (const elements of Object.values(filled.data))
    for (const [id, element] of Object.entries(elements)) {
      const said = element.selected_option?.value ?? element.value ?? '';
      if (said !== '') answers[id] = said;
    }
  return { ...metadata.data, answers };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
