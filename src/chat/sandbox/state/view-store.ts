import type { JsonObject } from '../json.ts';
import { asList, asObject } from '../json.ts';
import type { AppIdentity } from '../options.ts';
import { withIds } from './block-ids.ts';
import { newSlackId } from './slack-id.ts';

/** Home tabs and open modals, each as Slack hands them to the app. */
export interface ViewStore {
  /** Builds the full view from what the app sent. */
  build(view: JsonObject, previous?: JsonObject): JsonObject;
  publishHome(userId: string, view: JsonObject): void;
  home(userId: string): JsonObject | undefined;
  openModal(userId: string, view: JsonObject): void;
  modal(userId: string): JsonObject | undefined;
  closeModal(userId: string): void;
  /** By id or external id, with the person who sees it. */
  find(key: {
    readonly viewId?: string;
    readonly externalId?: string;
  }): { readonly userId: string; readonly view: JsonObject } | undefined;
  replace(userId: string, view: JsonObject): void;
}

export function createViewStore(app: AppIdentity): ViewStore {
  const homes = new Map<string, JsonObject>();
  const modals = new Map<string, JsonObject>();
  let hashCounter = 0;
  return {
    build(view, previous) {
      hashCounter += 1;
      const id = previous?.['id'] ?? newSlackId('V');
      return {
        id,
        team_id: app.teamId,
        type: view['type'],
        blocks: withIds(asList(view['blocks']).map(asObject)),
        private_metadata: view['private_metadata'] ?? '',
        callback_id: view['callback_id'] ?? '',
        external_id: view['external_id'] ?? '',
        state: { values: {} },
        hash: `${Date.now()}.${hashCounter}`,
        title: view['title'] ?? null,
        submit: view['submit'] ?? null,
        close: view['close'] ?? null,
        clear_on_close: view['clear_on_close'] ?? false,
        notify_on_close: view['notify_on_close'] ?? false,
        root_view_id: id,
        previous_view_id: null,
        app_id: app.appId,
        app_installed_team_id: app.teamId,
        bot_id: app.botId,
      };
    },
    publishHome: (userId, view) => void homes.set(userId, view),
    home: (userId) => homes.get(userId),
    openModal: (userId, view) => void modals.set(userId, view),
    modal: (userId) => modals.get(userId),
    closeModal: (userId) => void modals.delete(userId),
    find(key) {
      for (const [userId, view] of [...modals, ...homes]) {
        const isIt =
          key.viewId === undefined
            ? key.externalId !== undefined && view['external_id'] === key.externalId
            : view['id'] === key.viewId;
        if (isIt) return { userId, view };
      }
      return undefined;
    },
    replace(userId, view) {
      if (view['type'] === 'home') homes.set(userId, view);
      else modals.set(userId, view);
    },
  };
}
