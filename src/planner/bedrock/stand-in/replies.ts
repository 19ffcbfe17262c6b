/** What the stand-in says to one request. */
export type BedrockReply =
  | { readonly kind: 'json'; readonly status: number; readonly errorType?: string; readonly body: unknown }
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Headers and the start of a body, then silence. */
  | { readonly kind: 'hang-in-body' }
  /** Announces more than it sends, then closes the connection. */
  | { readonly kind: 'cut'; readonly body: string }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** A body that never ends. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'slow'; readonly milliseconds: number; readonly reply: BedrockReply };

/** HTTP status of each error of Converse (API reference of Converse, "Errors"). */
export const converseErrors = {
  AccessDeniedException: 403,
  ValidationException: 400,
  ResourceNotFoundException: 404,
  ThrottlingException: 429,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const;

export function errorReply(errorType: string, status: number, message = 'scripted'): BedrockReply {
  return { kind: 'json', status, errorType, body: { message } };
}

const usage = { inputTokens: 900, outputTokens: 60, totalTokens: 960 };

/** An answer with these content blocks. */
export function answerReply(
  content: readonly unknown[],
  stopReason = 'tool_use',
  tokens: unknown = usage,
): BedrockReply {
  const body = {
    metrics: { latencyMs: 812 },
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: tokens,
  };
  return { kind: 'json', status: 200, body };
}

export function toolUse(
  input: unknown,
  name = 'answer_plan',
  toolUseId = 'tooluse_kZJMlvQmRJ6eAyJE5GIl7Q',
): Readonly<Record<string, unknown>> {
  return { toolUse: { toolUseId, name, input } };
}

/** An answer that calls the tool with this plan. */
export function planReply(plan: unknown, stopReason = 'tool_use'): BedrockReply {
  return answerReply([toolUse({ plan })], stopReason);
}

/** An answer in words alone, as the summary lane wants it. */
export function textReply(text: string, stopReason = 'end_turn'): BedrockReply {
  return answerReply([{ text }], stopReason);
}
