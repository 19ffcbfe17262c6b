// The box to write in: marks, mentions, slash commands.
import { control } from './api.js';
import { el, icon } from './dom.js';
import { state } from './store.js';
import { createSuggestions } from './suggestions.js';
import { toast } from './toast.js';

/** @param target gives `{channel, threadTs, label}` of where the words go @returns `{node, refresh, focus, insert}` */
export function createComposer(target) {
  const box = el('textarea', {
    class: 'composer-input',
    rows: '1',
    'aria-autocomplete': 'list',
    enterkeyhint: 'send',
  });
  const sendButton = el(
    'button',
    {
      class: 'send-button',
      type: 'button',
      'aria-label': 'Send',
      title: 'Send (Enter)',
      on: { click: () => void send() },
    },
    icon('send'),
  );
  const suggestions = createSuggestions(box);

  const grow = () => {
    box.style.removeProperty('height');
    // Before the box is on the page it has no height of its own.
    if (box.scrollHeight > 0) box.style.setProperty('height', `${Math.min(box.scrollHeight, 200)}px`);
    sendButton.disabled = box.value.trim() === '';
  };
  const send = async () => {
    const text = box.value;
    if (text.trim() === '') return;
    const { channel, threadTs } = target();
    box.value = '';
    grow();
    try {
      await submit(text.trim(), channel, threadTs);
    } catch (error) {
      box.value = text;
      grow();
      toast(error.message);
    }
    box.focus();
  };
  const insert = (text) => {
    const before = box.value.slice(0, box.selectionStart);
    const gap = before === '' || /\s$/.test(before) ? '' : ' ';
    box.setRangeText(gap + text, box.selectionStart, box.selectionEnd, 'end');
    box.focus();
    box.dispatchEvent(new Event('input'));
  };
  const wrap = (mark) => {
    const { selectionStart: start, selectionEnd: end } = box;
    const inner = box.value.slice(start, end);
    box.setRangeText(`${mark}${inner}${mark}`, start, end, 'end');
    if (inner === '') box.setSelectionRange(start + mark.length, start + mark.length);
    box.focus();
    grow();
  };

  box.addEventListener('input', grow);
  box.addEventListener('keydown', (event) => {
    if (suggestions.onKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  });
  const tool = (label, mark, text, className = '') =>
    el('button', {
      class: `tool ${className}`,
      type: 'button',
      'aria-label': label,
      title: label,
      text,
      on: { click: () => wrap(mark) },
    });
  const node = el(
    'div',
    { class: 'composer' },
    el(
      'div',
      { class: 'composer-tools', role: 'toolbar', 'aria-label': 'Formatting' },
      tool('Bold', '*', 'B', 'tool-bold'),
      tool('Italic', '_', 'I', 'tool-italic'),
      tool('Strikethrough', '~', 'S', 'tool-strike'),
      tool('Code', '`', '</>', 'tool-code'),
    ),
    box,
    el(
      'div',
      { class: 'composer-foot' },
      el(
        'button',
        {
          class: 'tool',
          type: 'button',
          'aria-label': 'Mention the app',
          title: 'Mention the app',
          on: { click: () => insert(`@${state.world.app.name} `) },
        },
        icon('at'),
      ),
      el(
        'button',
        {
          class: 'tool',
          type: 'button',
          'aria-label': 'Slash command',
          title: 'Slash command',
          on: { click: () => insert('/') },
        },
        icon('slash'),
      ),
      el('span', { class: 'composer-space' }),
      sendButton,
    ),
    suggestions.node,
  );
  grow();
  return {
    node,
    insert,
    focus: () => box.focus(),
    /** Sends words that were not typed, such as a suggested question. */
    say: (text) => submit(text, target().channel, target().threadTs).catch((error) => toast(error.message)),
    refresh() {
      const { label } = target();
      box.placeholder = label;
      box.setAttribute('aria-label', label);
    },
  };
}

/** Words starting with a slash are a command, everything else is said. Commands do not work in threads, as in Slack. */
async function submit(text, channel, threadTs) {
  const user = state.world.me;
  const command = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text);
  if (command && threadTs) throw new Error(`${command[1]} cannot be used in threads`);
  if (command) await control('command', { user, channel, command: command[1], text: command[2] ?? '' });
  else await control('say', { user, channel, text, ...(threadTs ? { threadTs } : {}) });
}
