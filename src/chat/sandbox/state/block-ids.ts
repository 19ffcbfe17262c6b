import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../json.ts';
import { asList, asObject, asString, isObject } from '../json.ts';

/** Gives every block and every interactive element an id, as Slack does when the app gave none. */
export function withIds(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return blocks.map((block) => {
    const result: Record<string, Json | undefined> = { ...block, block_id: block['block_id'] ?? shortId() };
    if (block['type'] === 'actions' || block['type'] === 'context_actions')
      result['elements'] = asList(block['elements']).map((element) => withActionId(asObject(element)));
    if (isObject(block['accessory'])) result['accessory'] = withActionId(block['accessory']);
    if (isObject(block['element'])) result['element'] = withActionId(block['element']);
    return result;
  });
}

function withActionId(element: JsonObject): JsonObject {
  if (element['type'] === 'image') return element;
  return { ...element, action_id: element['action_id'] ?? shortId() };
}

function shortId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

/** An interactive element of some blocks, with the block it stands in. */
export interface PlacedElement {
  readonly blockId: string;
  readonly element: JsonObject;
}

/** All elements a person can act on, in reading order. */
export function interactiveElements(blocks: readonly JsonObject[]): readonly PlacedElement[] {
  return blocks.flatMap((block) =>
    [...asList(block['elements']), block['accessory'], block['element']]
      .filter(isObject)
      .filter((element) => typeof element['action_id'] === 'string')
      .map((element) => ({ blockId: asString(block['block_id']), element })),
  );
}
