import { el, svg } from './dom.js';
import { isApp, user } from './store.js';

/** Calm colours that carry white letters (contrast of at least 4.5). */
const colours = ['#7b4397', '#1f6f8b', '#2f7d4f', '#a8452c', '#5b5ea6', '#8a6d1d', '#b03a6b', '#3d6b99'];

/** A rounded square with initials; the app and Slackbot get a sign of their own. Decorative: the name stands beside it. */
export function avatar(userId, size = 36) {
  const who = user(userId);
  const style = { '--size': `${size}px` };
  if (isApp(userId))
    return el('span', { class: 'avatar avatar-app', style, 'aria-hidden': 'true' }, appSign());
  if (who.kind === 'slackbot')
    return el('span', { class: 'avatar avatar-slackbot', style, 'aria-hidden': 'true', text: 'S' });
  return el('span', {
    class: 'avatar',
    style: { ...style, '--colour': colours[hash(who.id) % colours.length] },
    'aria-hidden': 'true',
    text: initials(who.realName),
  });
}

/** A pulse line: something that keeps watch. */
function appSign() {
  return svg(
    'svg',
    { viewBox: '0 0 36 36' },
    svg('path', {
      d: 'M6 20h5.2l2.8-8.5 5.3 15 4.2-11 2 4.5H30',
      fill: 'none',
      stroke: '#fff',
      'stroke-width': '2.6',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  );
}

function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? words.at(-1)[0] : '')).toUpperCase();
}

function hash(text) {
  let value = 7;
  for (const letter of text) value = (value * 31 + letter.codePointAt(0)) >>> 0;
  return value;
}
