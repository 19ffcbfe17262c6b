import { type BedrockReply, errorReply } from '../../src/planner/bedrock/stand-in/replies.ts';
import { type SeenRequest, startStandInServer } from '../../src/planner/bedrock/stand-in/stand-in-server.ts';

export {
  answerReply,
  type BedrockReply,
  converseErrors,
  errorReply,
  planReply,
  textReply,
  toolUse,
} from '../../src/planner/bedrock/stand-in/replies.ts';

export interface BedrockServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Replies in this order; the last one stays. Forgets what was seen. */
  script(...replies: readonly BedrockReply[]): void;
  /** Requests whose connection the client closed before the answer was complete. */
  readonly abandoned: () => number;
  close(): Promise<void>;
}

/** The local Bedrock stand-in, playing a script. */
export async function startBedrockServer(): Promise<BedrockServer> {
  let replies: readonly BedrockReply[] = [];
  let requests: SeenRequest[] = [];
  let abandoned = 0;
  const server = await startStandInServer({
    reply: (request) => {
      requests.push(request);
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      return reply ?? errorReply('ValidationException', 400, 'nothing is scripted');
    },
    onAbandoned: () => {
      abandoned += 1;
    },
  });
  return {
    ...server,
    get requests() {
      return requests;
    },
    script: (...next) => {
      replies = next;
      requests = [];
      abandoned = 0;
    },
    abandoned: () => abandoned,
  };
}
