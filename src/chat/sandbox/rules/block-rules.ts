import type { Json, JsonObject } from '../json.ts';
import { asList, asObject, asString, isObject } from '../json.ts';
import { dataTable, dataVisualization, table } from './data-rules.ts';
import { anyText, imageShape, pick, plainText } from './element-rules.ts';
import { limits } from './limits.ts';
import { richText } from './rich-text-rules.ts';
import type { Problem, Report, Rule } from './rule.ts';
import { boolean, both, byType, check, list, oneOf, shape, string } from './rule.ts';

/** Where blocks are shown: what is allowed differs. */
export type Surface = 'message' | 'modal' | 'home';

const blockId = { block_id: string({ max: limits.blockIdLength }) };

const choosers = [
  'button',
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'multi_static_select',
  'overflow',
  'radio_buttons',
  'static_select',
  'timepicker',
  'users_select',
  'channels_select',
  'conversations_select',
];
const inputs = [
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'multi_static_select',
  'number_input',
  'plain_text_input',
  'radio_buttons',
  'static_select',
  'timepicker',
  'url_text_input',
  'users_select',
  'channels_select',
  'conversations_select',
];

const section = shape(
  {},
  {
    ...blockId,
    text: anyText(limits.sectionTextLength),
    fields: list(anyText(limits.sectionFieldLength), { max: limits.sectionFields }),
    accessory: pick(...choosers, 'image'),
    expand: boolean,
  },
  (value, pointer, report) => {
    if (value['text'] === undefined && value['fields'] === undefined)
      report(pointer, 'missing_field', 'missing required field: text or fields');
  },
);

const contextElement: Rule = (value, pointer, report) =>
  isObject(value) && value['type'] === 'image'
    ? pick('image')(value, pointer, report)
    : anyText(limits.sectionFieldLength)(value, pointer, report);

const taskCard = shape(
  {
    task_id: string(),
    title: string({ max: 200 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  {
    ...blockId,
    details: byType({ rich_text: richText }),
    output: byType({ rich_text: richText }),
    sources: list(byType({ url: shape({ url: string(), text: string() }) }), { max: 10 }),
  },
);

const everywhere: Readonly<Record<string, Rule>> = {
  actions: shape(
    { elements: list(pick(...choosers), { max: limits.actionsElements }) },
    blockId,
    (value, pointer, report) => uniqueActionIds(value['elements'], `${pointer}/elements`, report),
  ),
  context: shape({ elements: list(contextElement, { max: limits.contextElements }) }, blockId),
  divider: shape({}, blockId),
  header: shape({ text: plainText(limits.headerLength) }, blockId),
  image: imageShape({ ...blockId, title: plainText(limits.imageTitleLength) }),
  input: shape(
    { label: plainText(2000), element: pick(...inputs) },
    { ...blockId, hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  rich_text: richText,
  section,
};

const messageOnly: Readonly<Record<string, Rule>> = {
  context_actions: shape(
    {
      elements: list(pick('feedback_buttons', 'icon_button'), { max: limits.contextActionsElements }),
    },
    blockId,
    (value, pointer, report) => uniqueActionIds(value['elements'], `${pointer}/elements`, report),
  ),
  markdown: shape({ text: string({ max: limits.markdownLength }) }, blockId),
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  task_card: taskCard,
  plan: shape({ title: string({ max: 200 }) }, { ...blockId, tasks: list(byType({ task_card: taskCard })) }),
};

const modalOnly: Readonly<Record<string, Rule>> = {
  alert: shape(
    { text: anyText(limits.sectionFieldLength) },
    { ...blockId, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
};

const rules: Readonly<Record<Surface, Rule>> = {
  message: blockList({ ...everywhere, ...messageOnly }, limits.messageBlocks),
  modal: blockList({ ...everywhere, ...modalOnly }, limits.viewBlocks),
  home: blockList(everywhere, limits.viewBlocks),
};

/** The rule for a list of blocks on a surface. An empty list is allowed in messages (it removes the blocks). */
export function blocksRule(surface: Surface): Rule {
  return rules[surface];
}

/** What is wrong with these blocks; empty when Slack would take them (files are checked apart, see `file-rules`). */
export function checkBlocks(
  blocks: Json | undefined,
  surface: Surface,
  pointer = '/blocks',
): readonly Problem[] {
  return check(rules[surface], blocks, pointer);
}

function blockList(table: Readonly<Record<string, Rule>>, max: number): Rule {
  return both(list(byType(table), { min: 0, max }), (value, pointer, report) => {
    const blocks = asList(value).map(asObject);
    uniqueBlockIds(blocks, pointer, report);
    atMost(blocks, 'table', limits.tablesPerMessage, 'only_one_table_allowed', pointer, report);
    atMost(
      blocks,
      'data_visualization',
      limits.chartsPerMessage,
      `no more than ${limits.chartsPerMessage} data_visualization blocks allowed`,
      pointer,
      report,
    );
    const markdown = blocks
      .filter((block) => block['type'] === 'markdown')
      .reduce((sum, block) => sum + asString(block['text']).length, 0);
    if (markdown > limits.markdownLength)
      report(
        pointer,
        'too_long',
        `all markdown blocks together must be less than ${limits.markdownLength + 1} characters`,
      );
  });
}

function atMost(
  blocks: readonly JsonObject[],
  type: string,
  max: number,
  message: string,
  pointer: string,
  report: Report,
): void {
  if (blocks.filter((block) => block['type'] === type).length > max) report(pointer, 'too_many', message);
}

function uniqueBlockIds(blocks: readonly JsonObject[], pointer: string, report: Report): void {
  const seen = new Set<string>();
  blocks.forEach((block, index) => {
    const id = block['block_id'];
    if (typeof id !== 'string') return;
    if (seen.has(id))
      report(
        `${pointer}/${index}/block_id`,
        'not_unique',
        `\`block_id\` ${JSON.stringify(id)} already exists`,
      );
    seen.add(id);
  });
}

function uniqueActionIds(elements: Json | undefined, pointer: string, report: Report): void {
  const seen = new Set<string>();
  asList(elements).forEach((element, index) => {
    const id = asObject(element)['action_id'];
    if (typeof id !== 'string') return;
    if (seen.has(id))
      report(
        `${pointer}/${index}/action_id`,
        'not_unique',
        `\`action_id\` ${JSON.stringify(id)} already exists`,
      );
    seen.add(id);
  });
}
