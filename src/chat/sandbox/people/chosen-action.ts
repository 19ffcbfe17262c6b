import type { Json, JsonObject } from '../json.ts';
import { asList, asObject, asString, isObject } from '../json.ts';
import { compact } from '../slack-json.ts';
import type { PlacedElement } from '../state/block-ids.ts';
import { PersonError } from './person-error.ts';

/** What a person did to an element. */
export interface Choice {
  /** A typed text, a date, a user or channel id. */
  readonly value?: string;
  /** The value of one option, or of several. */
  readonly selected?: string | readonly string[];
}

/** The entry of `actions` in a `block_actions` payload; also what `state.values` holds. Checks the choice. */
export function chosenAction(placed: PlacedElement, choice: Choice, actionTs: string): JsonObject {
  const { element, blockId } = placed;
  return compact({
    type: element['type'],
    action_id: element['action_id'],
    block_id: blockId,
    action_ts: actionTs,
    ...fieldsOf(element, choice),
  });
}

/** The fields that say what was chosen, by type of element. */
export function fieldsOf(element: JsonObject, choice: Choice): JsonObject {
  switch (element['type']) {
    case 'button':
    case 'icon_button':
      return {
        text: element['text'],
        value: element['value'],
        style: element['style'],
        icon: element['icon'],
      };
    case 'feedback_buttons': {
      const which = choice.selected === 'negative' ? 'negative_button' : 'positive_button';
      const button = asObject(element[which]);
      return { text: button['text'], value: button['value'] };
    }
    case 'static_select':
    case 'overflow':
    case 'radio_buttons':
      return { selected_option: findOption(element, one(choice)), placeholder: element['placeholder'] };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: many(choice).map((value) => findOption(element, value)) };
    case 'users_select':
      return { selected_user: one(choice) };
    case 'channels_select':
      return { selected_channel: one(choice) };
    case 'conversations_select':
      return { selected_conversation: one(choice) };
    case 'datepicker':
      return { selected_date: one(choice) };
    case 'timepicker':
      return { selected_time: one(choice) };
    case 'datetimepicker':
      return { selected_date_time: Number(one(choice)) };
    default:
      return { value: choice.value ?? null };
  }
}

function one(choice: Choice): string {
  return typeof choice.selected === 'string' ? choice.selected : (choice.selected?.[0] ?? choice.value ?? '');
}

function many(choice: Choice): readonly string[] {
  return typeof choice.selected === 'string' ? [choice.selected] : (choice.selected ?? []);
}

function findOption(element: JsonObject, value: string): Json {
  const options = [
    ...asList(element['options']),
    ...asList(element['option_groups']).flatMap((group) => asList(asObject(group)['options'])),
  ];
  const found = options.filter(isObject).find((option) => asString(option['value']) === value);
  if (found === undefined)
    throw new PersonError(
      'no_such_option',
      `"${value}" is not an option of ${asString(element['action_id'])}`,
    );
  return found;
}
