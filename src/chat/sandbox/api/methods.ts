import { assistantMethods } from './assistant.ts';
import { authMethods } from './auth.ts';
import { blockMethods } from './blocks.ts';
import { chatMethods } from './chat.ts';
import { chatStreamMethods } from './chat-stream.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { MethodTable } from './method.ts';
import { reactionMethods } from './reactions.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every method there is; anything else is `unknown_method`. */
export const methods: MethodTable = {
  ...authMethods,
  ...chatMethods,
  ...chatStreamMethods,
  ...conversationMethods,
  ...userMethods,
  ...fileMethods,
  ...viewMethods,
  ...reactionMethods,
  ...assistantMethods,
  ...blockMethods,
};
