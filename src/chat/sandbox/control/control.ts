import type { FaultRule } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import type { Pacing } from '../options.ts';
import type { DisconnectMode, SocketMode } from '../outbound/socket-mode.ts';
import { visibleMessages } from '../page/page-state.ts';
import type { Choice } from '../people/chosen-action.ts';
import type { Outcome } from '../people/command.ts';
import { command } from '../people/command.ts';
import { press, pressInView } from '../people/press.ts';
import { say } from '../people/say.ts';
import type { Answers, SubmitOutcome } from '../people/views.ts';
import { closeView, openHome, submitView } from '../people/views.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { TruthEntry } from '../state/truth-log.ts';
import type { Channel, NewChannel, NewUser, User } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** The hand that builds the world, acts as its people, breaks things and reads the truth. Also reachable over HTTP. */
export interface SandboxControl {
  addUser(user: NewUser): User;
  /** @param members user ids; `app: true` puts the bot in, too (default) */
  addChannel(channel: NewChannel, members?: readonly string[], options?: { readonly app?: boolean }): Channel;
  addMember(channelId: string, userId: string): void;
  removeMember(channelId: string, userId: string): void;
  archiveChannel(channelId: string): void;
  /** Id of a person's direct conversation with the app. */
  directMessage(userId: string): string;

  /** Writes as a person; throws `PersonError` for what a person cannot do. */
  say(
    userId: string,
    channelId: string,
    text: string,
    options?: { readonly threadTs?: string },
  ): StoredMessage;
  command(userId: string, channelId: string, name: string, text?: string): Promise<Outcome>;
  press(
    userId: string,
    channelId: string,
    messageTs: string,
    actionId: string,
    choice?: Choice,
  ): Promise<Outcome>;
  pressInView(userId: string, viewId: string, actionId: string, choice?: Choice): Promise<Outcome>;
  openHome(userId: string): void;
  submitView(userId: string, viewId: string, answers?: Answers): Promise<SubmitOutcome>;
  closeView(userId: string, viewId: string): Promise<void>;
  markRead(userId: string, channelId: string): void;

  /** What a person sees in a conversation, oldest first; everything when nobody is named. */
  messages(channelId: string, as?: string): readonly StoredMessage[];
  homeView(userId: string): JsonObject | undefined;
  modal(userId: string): JsonObject | undefined;
  /** What was accepted, in order. */
  log(): readonly TruthEntry[];
  counters(): Readonly<Record<string, number>>;

  addFault(rule: FaultRule): void;
  clearFaults(): void;
  /** Makes stored messages invisible to the history methods for a while. */
  setHistoryLag(milliseconds: number, channelId?: string): void;
  setPacing(pacing: Pacing | 'off'): void;
  /** Sends an event again under its event id; the last one by default. False when there is none. */
  repeatEvent(eventId?: string): boolean;
  /** Ends all socket connections. @returns how many there were */
  disconnect(mode?: DisconnectMode, reason?: string): number;
  connections(): number;
  /** Switches to HTTP events after Slack's handshake; false when the URL did not answer the challenge. */
  setRequestUrl(url: string): Promise<boolean>;
}

export interface ControlParts {
  readonly workspace: Workspace;
  readonly socketMode: SocketMode;
  readonly setRequestUrl: (url: string) => Promise<boolean>;
}

export function createControl({ workspace, socketMode, setRequestUrl }: ControlParts): SandboxControl {
  const { world, feed } = workspace;
  const changed = (): void => feed.publish({ kind: 'world' });
  return {
    addUser(user) {
      const added = world.addUser(user);
      world.directMessage(added.id);
      changed();
      return added;
    },
    addChannel(channel, members = [], options = {}) {
      const added = world.addChannel(channel);
      for (const member of members) world.join(added.id, member);
      if (options.app !== false) world.join(added.id, workspace.app.botUserId);
      changed();
      return added;
    },
    addMember(channelId, userId) {
      world.join(channelId, userId);
      changed();
    },
    removeMember(channelId, userId) {
      world.leave(channelId, userId);
      changed();
    },
    archiveChannel(channelId) {
      world.archive(channelId);
      changed();
    },
    directMessage: (userId) => world.directMessage(userId).id,

    say: (userId, channelId, text, options) => say(workspace, userId, channelId, text, options),
    command: (userId, channelId, name, text = '') => command(workspace, userId, channelId, name, text),
    press: (userId, channelId, messageTs, actionId, choice) =>
      press(workspace, userId, channelId, messageTs, actionId, choice),
    pressInView: (userId, viewId, actionId, choice) =>
      pressInView(workspace, userId, viewId, actionId, choice),
    openHome: (userId) => openHome(workspace, userId),
    submitView: (userId, viewId, answers = {}) => submitView(workspace, userId, viewId, answers),
    closeView: (userId, viewId) => closeView(workspace, userId, viewId),
    markRead(userId, channelId) {
      const last = workspace.messages.all(channelId).at(-1);
      if (last !== undefined) workspace.readMarks.set(userId, channelId, last.ts);
    },

    messages: (channelId, as) =>
      as === undefined ? workspace.messages.all(channelId) : visibleMessages(workspace, channelId, as),
    homeView: (userId) => workspace.views.home(userId),
    modal: (userId) => workspace.views.modal(userId),
    log: () => workspace.log.entries(),
    counters: () => workspace.counters.all(),

    addFault: (rule) => workspace.faults.add(rule),
    clearFaults: () => workspace.faults.clear(),
    setHistoryLag: (milliseconds, channelId) => workspace.historyLag.set(milliseconds, channelId),
    setPacing: (pacing) => workspace.pacing.set(pacing),
    repeatEvent: (eventId) => workspace.link.repeat(eventId),
    disconnect: (mode = 'announced', reason) => socketMode.disconnect(mode, reason),
    connections: () => socketMode.connections(),
    setRequestUrl,
  };
}
