import type { Json } from '../json.ts';
import { asList, asObject, isObject } from '../json.ts';
import { limits } from './limits.ts';
import type { Rule } from './rule.ts';
import { boolean, byType, list, number, oneOf, shape, string } from './rule.ts';

export const plainText = (max: number): Rule =>
  byType({ plain_text: shape({ text: string({ max }) }, { emoji: boolean }) });

export const anyText = (max: number): Rule =>
  byType({
    plain_text: shape({ text: string({ max }) }, { emoji: boolean }),
    mrkdwn: shape({ text: string({ max }) }, { verbatim: boolean }),
  });

const webUrl: Rule = string({
  max: limits.urlLength,
  pattern: /^https?:\/\/[^\s]+$/,
  hint: 'must be a valid URL',
});

const actionId: Rule = string({ max: limits.actionIdLength });

const confirm = shape(
  { text: anyText(300) },
  {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
);

const optionFields = {
  value: string({ max: limits.optionValueLength }),
};
const option = shape(
  { text: plainText(limits.optionTextLength), ...optionFields },
  { description: plainText(limits.optionTextLength) },
);
const choice = shape(
  { text: anyText(limits.optionTextLength), ...optionFields },
  { description: anyText(limits.optionTextLength) },
);
const overflowOption = shape(
  { text: plainText(limits.optionTextLength), ...optionFields },
  { description: plainText(limits.optionTextLength), url: webUrl },
);

const common = { action_id: actionId, confirm, focus_on_load: boolean };
const placeholder = { placeholder: plainText(limits.placeholderLength) };
const accessibility = { accessibility_label: string({ max: limits.accessibilityLabelLength }) };

const button = shape(
  { text: plainText(limits.buttonTextLength) },
  {
    action_id: actionId,
    confirm,
    url: webUrl,
    value: string({ max: limits.buttonValueLength }),
    style: oneOf('primary', 'danger'),
    ...accessibility,
  },
);

const options = list(option, { max: limits.selectOptions });
const optionGroups = list(shape({ label: plainText(75), options }), { max: limits.selectOptions });

/** `options` or `option_groups`, never both; an initial option must be one of them, word for word. */
function select(initial: 'initial_option' | 'initial_options', more: Record<string, Rule>): Rule {
  return shape(
    {},
    {
      ...common,
      ...placeholder,
      options,
      option_groups: optionGroups,
      [initial]: initial === 'initial_option' ? option : list(option),
      ...more,
    },
    (value, pointer, report) => {
      const hasOptions = value['options'] !== undefined;
      if (hasOptions === (value['option_groups'] !== undefined))
        return report(pointer, 'failed_constraint', 'must provide either `options` or `option_groups`');
      const known = [
        ...asList(value['options']),
        ...asList(value['option_groups']).flatMap((group) => asList(asObject(group)['options'])),
      ].map(optionKey);
      const chosen =
        initial === 'initial_option' && value[initial] !== undefined
          ? [value[initial]]
          : asList(value[initial]);
      for (const one of chosen)
        if (!known.includes(optionKey(one)))
          report(`${pointer}/${initial}`, 'failed_constraint', 'initial option is not among the options');
    },
  );
}

function optionKey(value: Json | undefined): string {
  const one = asObject(value);
  return JSON.stringify([asObject(one['text'])['text'], one['value']]);
}

const feedbackButton = shape(
  { text: plainText(limits.buttonTextLength), value: string({ max: limits.buttonValueLength }) },
  accessibility,
);

const slackFile: Rule = (value, pointer, report) => {
  shape({}, { id: string({ pattern: /^F[A-Z0-9]{8,}$/, hint: 'invalid slack file' }), url: webUrl })(
    value,
    pointer,
    report,
  );
  if (isObject(value) && (value['id'] === undefined) === (value['url'] === undefined))
    report(pointer, 'failed_constraint', 'must provide either `id` or `url`');
};

/** Fields of an image, as a block or as an element: exactly one of the two sources. */
export function imageShape(optional: Record<string, Rule>): Rule {
  return shape(
    { alt_text: string({ max: limits.altTextLength }) },
    { image_url: webUrl, slack_file: slackFile, ...optional },
    (value, pointer, report) => {
      if ((value['image_url'] === undefined) === (value['slack_file'] === undefined))
        report(pointer, 'failed_constraint', 'must provide either `image_url` or `slack_file`');
    },
  );
}

const dispatch = { dispatch_action_config: shape({}, { trigger_actions_on: list(string()) }) };
const inputText = (more: Record<string, Rule> = {}): Rule =>
  shape({}, { ...common, ...placeholder, ...dispatch, initial_value: string({ min: 0 }), ...more });

const conversationSelect = (initial: string, more: Record<string, Rule> = {}): Rule =>
  shape(
    {},
    {
      ...common,
      ...placeholder,
      [initial]: string(),
      response_url_enabled: boolean,
      filter: anyObject,
      ...more,
    },
  );
const anyObject: Rule = (value, pointer, report) => {
  if (!isObject(value)) report(pointer, 'invalid_type', 'must provide an object');
};

const choices = (initial: Record<string, Rule>): Rule =>
  shape({ options: list(choice, { max: limits.choiceOptions }) }, { ...common, ...initial });

/** Every element by type. A block names the ones it takes by `pick`. */
const elementRules: Readonly<Record<string, Rule>> = {
  button,
  image: imageShape({}),
  static_select: select('initial_option', {}),
  multi_static_select: select('initial_options', { max_selected_items: number({ min: 1, integer: true }) }),
  users_select: shape({}, { ...common, ...placeholder, initial_user: string() }),
  channels_select: conversationSelect('initial_channel'),
  conversations_select: conversationSelect('initial_conversation', {
    default_to_current_conversation: boolean,
  }),
  overflow: shape(
    { options: list(overflowOption, { max: limits.overflowOptions }) },
    { action_id: actionId, confirm },
  ),
  checkboxes: choices({ initial_options: list(choice) }),
  radio_buttons: choices({ initial_option: choice }),
  datepicker: shape(
    {},
    {
      ...common,
      ...placeholder,
      initial_date: string({ pattern: /^\d{4}-\d{2}-\d{2}$/, hint: 'must be in the format YYYY-MM-DD' }),
    },
  ),
  timepicker: shape(
    {},
    {
      ...common,
      ...placeholder,
      timezone: string(),
      initial_time: string({ pattern: /^\d{2}:\d{2}$/, hint: 'must be in the format HH:mm' }),
    },
  ),
  datetimepicker: shape({}, { ...common, initial_date_time: number({ integer: true }) }),
  plain_text_input: inputText({
    multiline: boolean,
    min_length: number({ min: 0, max: 3000, integer: true }),
    max_length: number({ min: 1, max: 3000, integer: true }),
  }),
  email_text_input: inputText(),
  url_text_input: inputText(),
  number_input: shape(
    { is_decimal_allowed: boolean },
    {
      ...common,
      ...placeholder,
      ...dispatch,
      initial_value: string(),
      min_value: string(),
      max_value: string(),
    },
  ),
  feedback_buttons: shape(
    { positive_button: feedbackButton, negative_button: feedbackButton },
    { action_id: actionId },
  ),
  icon_button: shape(
    { icon: oneOf('trash'), text: plainText(limits.buttonTextLength) },
    {
      action_id: actionId,
      confirm,
      value: string({ max: limits.buttonValueLength }),
      visible_to_user_ids: list(string()),
      ...accessibility,
    },
  ),
};

/** The rules of the named elements, for a block that takes only these. */
export function pick(...names: readonly string[]): Rule {
  return byType(Object.fromEntries(Object.entries(elementRules).filter(([name]) => names.includes(name))));
}
