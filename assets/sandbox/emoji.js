// The emoji that apps use for states, drawn here so that they look the same on every machine. Others are shown as the
// machine's own characters, unknown names as they were written.
import { el, svg } from './dom.js';

const circle = (colour) => [['circle', { cx: 12, cy: 12, r: 9, fill: colour }]];
const square = (colour) => [['rect', { x: 3.5, y: 3.5, width: 17, height: 17, rx: 3, fill: colour }]];
const stroke = (d, colour, width = 2.4) => [
  'path',
  {
    d,
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  },
];
const solid = (d, colour) => ['path', { d, fill: colour }];

/** name -> [character, shapes on a 24x24 field] */
const drawn = {
  red_circle: ['🔴', circle('#dd2e44')],
  large_orange_circle: ['🟠', circle('#f4900c')],
  large_yellow_circle: ['🟡', circle('#fdcb58')],
  large_green_circle: ['🟢', circle('#3fa35b')],
  large_blue_circle: ['🔵', circle('#3b88c3')],
  large_purple_circle: ['🟣', circle('#8e5fc0')],
  white_circle: ['⚪', [['circle', { cx: 12, cy: 12, r: 8.5, fill: '#f3f4f5', stroke: '#c3c8cc' }]]],
  black_circle: ['⚫', circle('#31373d')],
  large_red_square: ['🟥', square('#dd2e44')],
  large_orange_square: ['🟧', square('#f4900c')],
  large_yellow_square: ['🟨', square('#fdcb58')],
  large_green_square: ['🟩', square('#3fa35b')],
  white_check_mark: ['✅', [...square('#3fa35b'), stroke('M7.5 12.5l3 3 6-7', '#fff')]],
  heavy_check_mark: ['✔️', [stroke('M5 12.5l4.5 4.5L19 6.5', '#2c3137', 3)]],
  x: ['❌', [stroke('M6 6l12 12M18 6L6 18', '#dd2e44', 3.4)]],
  warning: ['⚠️', [solid('M12 3.2 22 20.5H2z', '#fdcb58'), stroke('M12 9.5v5M12 17.4v.1', '#2c3137', 2.2)]],
  rotating_light: [
    '🚨',
    [
      solid('M7 17v-4a5 5 0 0 1 10 0v4z', '#dd2e44'),
      solid('M5 17.5h14V21H5z', '#66757f'),
      stroke('M12 5V3M5.5 8 4 6.8M18.5 8 20 6.8', '#dd2e44', 1.8),
    ],
  ],
  bell: [
    '🔔',
    [
      solid('M5 17.5c2-2 1.8-4 1.8-6.3a5.2 5.2 0 0 1 10.4 0c0 2.3-.2 4.3 1.8 6.3z', '#fdb83d'),
      solid('M9.8 18.8h4.4a2.2 2.2 0 0 1-4.4 0z', '#c67f14'),
    ],
  ],
  no_bell: [
    '🔕',
    [
      solid('M5 17.5c2-2 1.8-4 1.8-6.3a5.2 5.2 0 0 1 10.4 0c0 2.3-.2 4.3 1.8 6.3z', '#aab5bd'),
      stroke('M4 4l16 16', '#dd2e44', 2.2),
    ],
  ],
  chart_with_upwards_trend: [
    '📈',
    [
      ['rect', { x: 3, y: 3, width: 18, height: 18, rx: 2.5, fill: '#f0f3f5', stroke: '#c3ccd2' }],
      stroke('M6 16l4-4 3 2.5L18 7.5', '#dd2e44', 2.2),
    ],
  ],
  chart_with_downwards_trend: [
    '📉',
    [
      ['rect', { x: 3, y: 3, width: 18, height: 18, rx: 2.5, fill: '#f0f3f5', stroke: '#c3ccd2' }],
      stroke('M6 8l4 4 3-2.5 5 7', '#3b88c3', 2.2),
    ],
  ],
  bar_chart: [
    '📊',
    [
      ['rect', { x: 3, y: 3, width: 18, height: 18, rx: 2.5, fill: '#f0f3f5', stroke: '#c3ccd2' }],
      solid('M6 12h3v6H6z', '#3fa35b'),
      solid('M10.5 7h3v11h-3z', '#3b88c3'),
      solid('M15 10h3v8h-3z', '#dd2e44'),
    ],
  ],
  hourglass_flowing_sand: [
    '⏳',
    [
      solid('M6 3h12v2c0 4-4 5-4 7s4 3 4 7v2H6v-2c0-4 4-5 4-7S6 9 6 5z', '#ffd983'),
      stroke('M6 3h12M6 21h12', '#9a6a2c', 2),
    ],
  ],
  alarm_clock: [
    '⏰',
    [
      ['circle', { cx: 12, cy: 13, r: 8, fill: '#fff', stroke: '#dd2e44', 'stroke-width': 2.2 }],
      stroke('M12 8.5V13l3 2M4 6l3-2.5M20 6l-3-2.5', '#31373d', 1.8),
    ],
  ],
  eyes: [
    '👀',
    [
      ['ellipse', { cx: 7, cy: 12, rx: 4.8, ry: 7.5, fill: '#fff', stroke: '#8899a6' }],
      ['ellipse', { cx: 17, cy: 12, rx: 4.8, ry: 7.5, fill: '#fff', stroke: '#8899a6' }],
      ['circle', { cx: 8.6, cy: 13.5, r: 2.7, fill: '#31373d' }],
      ['circle', { cx: 18.6, cy: 13.5, r: 2.7, fill: '#31373d' }],
    ],
  ],
  zzz: ['💤', [stroke('M4 13h6l-6 7h6M13 4h7l-7 8h7', '#3b88c3', 2.2)]],
  bulb: [
    '💡',
    [
      ['circle', { cx: 12, cy: 10, r: 6.5, fill: '#fdcb58' }],
      solid('M9 16.5h6V20a3 2 0 0 1-6 0z', '#8899a6'),
    ],
  ],
  moneybag: [
    '💰',
    [
      solid(
        'M9 4h6l-1.5 3.5C18 9.5 20 13 20 16.5c0 3-3 4.5-8 4.5s-8-1.5-8-4.5C4 13 6 9.5 10.5 7.5z',
        '#d8a24a',
      ),
      stroke('M12 11v7M14 12.3c-1-.9-4-.9-4 .8s4 1 4 2.9-3 1.7-4 .7', '#6b4a12', 1.5),
    ],
  ],
  calendar: [
    '📅',
    [
      ['rect', { x: 3, y: 4, width: 18, height: 17, rx: 2.5, fill: '#f0f3f5', stroke: '#c3ccd2' }],
      solid('M3 6.5A2.5 2.5 0 0 1 5.5 4h13A2.5 2.5 0 0 1 21 6.5V9H3z', '#dd2e44'),
      solid('M7 12h3v3H7zM14 12h3v3h-3z', '#66757f'),
    ],
  ],
  memo: [
    '📝',
    [
      ['rect', { x: 4, y: 3, width: 14, height: 18, rx: 1.5, fill: '#f0f3f5', stroke: '#c3ccd2' }],
      stroke('M7 8h8M7 12h6', '#8899a6', 1.6),
      stroke('M20 9l-7 8.5', '#f4900c', 2.6),
    ],
  ],
  mag: [
    '🔍',
    [
      ['circle', { cx: 10, cy: 10, r: 6, fill: '#d6eaf7', stroke: '#66757f', 'stroke-width': 2.2 }],
      stroke('M14.5 14.5 20.5 20.5', '#66757f', 3),
    ],
  ],
  thumbsup: [
    '👍',
    [
      solid(
        'M3 11h4v10H3zM8.5 20V11.5L12 3.5c1.8 0 2.7 1.2 2.7 2.8L14 10h5a2 2 0 0 1 2 2.4l-1.3 7A2 2 0 0 1 17.7 21H10z',
        '#fdcb58',
      ),
    ],
  ],
  thumbsdown: [
    '👎',
    [
      solid(
        'M3 3h4v10H3zM8.5 4v8.5l3.5 8c1.8 0 2.7-1.2 2.7-2.8L14 14h5a2 2 0 0 0 2-2.4l-1.3-7A2 2 0 0 0 17.7 3H10z',
        '#fdcb58',
      ),
    ],
  ],
  wave: [
    '👋',
    [
      solid(
        'M7 12 5 8.5c-.6-1.2 1-2 1.7-1L9 11 7.5 6c-.4-1.4 1.5-2 2-.7l2 5-.5-5.5c0-1.4 1.9-1.5 2-.1l.8 5.6 1-3.5c.5-1.2 2.2-.7 2 .6L16 15c-.6 4-3.5 6.5-6.5 5C7 18.8 8 15 7 12z',
        '#fdcb58',
      ),
    ],
  ],
  fire: [
    '🔥',
    [
      solid(
        'M12 2.5c1 4 5.5 6 5.5 11.5a5.5 5.5 0 0 1-11 0c0-3 1.5-4.5 2-6.5 1.3.8 2 2 2 3.2C12.5 9 12.8 6 12 2.5z',
        '#f4900c',
      ),
      solid('M12 12c2 2 2.8 3.3 2.8 5a2.8 2.8 0 0 1-5.6 0c0-1.7 1.3-2.8 2.8-5z', '#ffcc4d'),
    ],
  ],
  tada: [
    '🎉',
    [
      solid('M3 21 8.5 8l7.5 7.5z', '#fdcb58'),
      stroke('M12 7c0-2 1-3.5 2.5-4M16 11c2-.5 4 0 5 1M15 8l2-2', '#dd2e44', 1.8),
    ],
  ],
  arrow_up: ['⬆️', [...square('#3b88c3'), stroke('M12 17.5V7.5M8 11l4-4 4 4', '#fff')]],
  arrow_down: ['⬇️', [...square('#3b88c3'), stroke('M12 6.5v10M8 13l4 4 4-4', '#fff')]],
};

const aliases = {
  '+1': 'thumbsup',
  '-1': 'thumbsdown',
  large_red_circle: 'red_circle',
  hourglass: 'hourglass_flowing_sand',
};

/** Characters for names that are not drawn. */
const characters = {
  smile: '😄',
  slightly_smiling_face: '🙂',
  heart: '❤️',
  rocket: '🚀',
  pray: '🙏',
  star: '⭐',
  point_right: '👉',
  information_source: 'ℹ️',
  lock: '🔒',
  gear: '⚙️',
};

const byCharacter = new Map(Object.entries(drawn).map(([name, [character]]) => [strip(character), name]));
const characterPattern = new RegExp(`(${[...byCharacter.keys()].join('|')})\\uFE0F?`, 'u');

function strip(character) {
  return character.replaceAll('\uFE0F', '');
}

/** An emoji by name; the name between colons when there is none. */
export function emojiNode(name) {
  const known = aliases[name] ?? name;
  const picture = drawn[known];
  if (picture)
    return svg(
      'svg',
      { class: 'emoji', viewBox: '0 0 24 24', role: 'img', 'aria-label': known.replaceAll('_', ' ') },
      ...picture[1].map(([tag, attributes]) => svg(tag, attributes)),
    );
  const character = characters[known];
  return character
    ? el('span', { class: 'emoji-character', text: character })
    : document.createTextNode(`:${name}:`);
}

/** Text with its emoji characters drawn. */
export function textNodes(text) {
  return text
    .split(characterPattern)
    .filter((part) => part !== '')
    .map((part) =>
      byCharacter.has(part) ? emojiNode(byCharacter.get(part)) : document.createTextNode(part),
    );
}
