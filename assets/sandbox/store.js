// What the page knows, and where the person is looking. One object, changed here only, watched by the views.
import { control, listen, loadState } from './api.js';

export const state = {
  /** The snapshot of /page/state; null until it is loaded. */
  world: null,
  /** Where the person looks: a conversation, or the app's home tab. */
  place: { kind: 'channel', id: '' },
  /** ts of the open thread; '' when none. */
  thread: '',
  isOnline: true,
};

const watchers = new Set();
let stop = () => {};
let pending = false;

/** Calls the watcher after changes, at most once a frame. */
export function watch(watcher) {
  watchers.add(watcher);
}

export function changed() {
  if (pending) return;
  pending = true;
  const run = () => {
    if (!pending) return;
    pending = false;
    for (const watcher of watchers) watcher();
  };
  requestAnimationFrame(run);
  // A page in the background gets no frames, but its title must still count.
  setTimeout(run, 100);
}

export function user(id) {
  return (
    state.world.users.find((one) => one.id === id) ?? {
      id,
      name: id,
      realName: id,
      title: '',
      kind: 'person',
    }
  );
}

export function channel(id) {
  return state.world.channels.find((one) => one.id === id);
}

export function currentChannel() {
  return state.place.kind === 'channel' ? channel(state.place.id) : undefined;
}

/** The person's conversation with the app. */
export function appChannel() {
  return state.world.channels.find((one) => one.kind === 'direct');
}

export function isApp(userId) {
  return userId === state.world.app.botUserId;
}

/** Becomes a person: loads what they see and follows it. */
export async function actAs(person) {
  const wasWithApp = state.world !== null && currentChannel()?.kind === 'direct';
  state.world = await loadState(person);
  // Everybody has a conversation of their own with the app.
  if (wasWithApp) state.place = { kind: 'channel', id: appChannel().id };
  localStorage.setItem('sandbox-acting-as', state.world.me);
  const isKnown = state.place.kind === 'home' || channel(state.place.id) !== undefined;
  if (isKnown) goTo(state.place, state.thread);
  else goTo(firstPlace(), '');
  stop();
  stop = listen(
    state.world.me,
    () => {
      state.isOnline = true;
      // Also the first time: something may have happened between the snapshot and the start of the stream.
      void reload();
    },
    apply,
    () => {
      state.isOnline = false;
      changed();
    },
  );
}

function firstPlace() {
  const first = state.world.channels.find((one) => one.kind !== 'direct') ?? appChannel();
  return { kind: 'channel', id: first?.id ?? '' };
}

/** Changes that arrive while a snapshot is on its way; they are applied on top of it. */
let queue = null;
let isStale = false;

async function reload() {
  if (queue) {
    isStale = true;
    return;
  }
  isStale = false;
  queue = [];
  const person = state.world.me;
  try {
    const world = await loadState(person);
    if (state.world.me === person) state.world = world;
  } finally {
    const waiting = queue;
    queue = null;
    for (const change of waiting) apply(change);
  }
  if (isStale) return reload();
  readPlace();
  changed();
}

export function goTo(place, thread = '') {
  state.place = place;
  state.thread = thread;
  const path = place.kind === 'home' ? '/home' : `/c/${place.id}${thread ? `/t/${thread}` : ''}`;
  history.replaceState(null, '', `/?as=${encodeURIComponent(user(state.world.me).name)}#${path}`);
  if (place.kind === 'home') void control('open-home', { user: state.world.me });
  readPlace();
  changed();
}

/** Whatever is in front of the person counts as read. */
function readPlace() {
  const shown = currentChannel();
  if (!shown) return;
  shown.unread = 0;
  void control('mark-read', { user: state.world.me, channel: shown.id });
}

function apply(change) {
  if (queue) {
    queue.push(change);
    return;
  }
  switch (change.kind) {
    case 'message':
      applyMessage(change.message, change.isNew);
      break;
    case 'removed': {
      const where = channel(change.channel);
      if (where) where.messages = where.messages.filter((message) => message.ts !== change.ts);
      if (state.thread === change.ts) state.thread = '';
      break;
    }
    case 'status': {
      const where = channel(change.channel);
      if (!where) break;
      where.statuses = where.statuses.filter((status) => status.threadTs !== change.threadTs);
      if (change.text) where.statuses.push({ threadTs: change.threadTs, text: change.text });
      break;
    }
    case 'prompts': {
      const where = channel(change.channel);
      if (where) where.prompts = change.prompts;
      break;
    }
    case 'home':
      state.world.home = change.view;
      break;
    case 'modal':
      state.world.modal = change.view;
      break;
    case 'world':
      void reload();
      break;
  }
  changed();
}

function applyMessage(message, isNew) {
  const where = channel(message.channel);
  if (!where) return void reload();
  const at = where.messages.findIndex((one) => one.ts === message.ts);
  if (at >= 0) where.messages[at] = message;
  else where.messages.push(message);
  if (!isNew || at >= 0 || message.user === state.world.me) return;
  const isShown = currentChannel() === where && !document.hidden;
  if (isShown) readPlace();
  else if (!message.thread_ts || where.kind === 'direct') where.unread += 1;
}
