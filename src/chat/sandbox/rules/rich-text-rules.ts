import { isObject } from '../json.ts';
import type { Rule } from './rule.ts';
import { boolean, byType, list, number, oneOf, shape, string } from './rule.ts';

const style = shape(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);

const inline = byType({
  text: shape({ text: string() }, { style }),
  link: shape({ url: string() }, { text: string(), style, unsafe: boolean }),
  user: shape({ user_id: string() }, { style }),
  channel: shape({ channel_id: string() }, { style }),
  usergroup: shape({ usergroup_id: string() }, { style }),
  emoji: shape({ name: string() }, { unicode: string(), url: string(), style, skin_tone: number() }),
  broadcast: shape({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: shape({ value: string({ pattern: /^#[0-9a-fA-F]{6}$/, hint: 'must be a hex colour' }) }, { style }),
  date: shape(
    { timestamp: number({ integer: true }), format: string() },
    { url: string(), fallback: string(), style },
  ),
});

const border = number({ min: 0, max: 1, integer: true });
const section = shape({ elements: list(inline, { min: 0 }) });
const onlySection: Rule = (value, pointer, report) => {
  if (isObject(value) && value['type'] !== 'rich_text_section')
    return report(`${pointer}/type`, 'failed_constraint', 'must be rich_text_section');
  section(value, pointer, report);
};

export const richText: Rule = shape(
  {
    elements: list(
      byType({
        rich_text_section: section,
        rich_text_list: shape(
          { style: oneOf('bullet', 'ordered'), elements: list(onlySection) },
          { indent: number({ min: 0, max: 8, integer: true }), offset: number({ min: 0 }), border },
        ),
        rich_text_quote: shape({ elements: list(inline) }, { border }),
        rich_text_preformatted: shape({ elements: list(inline) }, { border, language: string() }),
      }),
    ),
  },
  { block_id: string({ max: 255 }) },
);
