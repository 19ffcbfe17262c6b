import type { Issue } from '../../toolkit/issue.ts';

/**
 * Why the model gave no usable plan. The names stand in the log; the words after them complete the sentence "The
 * model could not be asked (…)". Nine stop reasons and nine errors of Converse, the transport, and our own limits.
 */
export const failureWords = {
  // Errors of Converse.
  access_denied: 'access to the model is denied',
  rejected: 'the request was refused as invalid',
  no_such_model: 'the configured model was not found',
  throttled: 'too many requests at the moment',
  model_timeout: 'the model took too long',
  model_error: 'the model failed',
  model_not_ready: 'the model is not ready',
  server_error: 'the service failed',
  service_unavailable: 'the service is not available',
  // Stop reasons without a usable answer.
  cut_off: 'its answer was cut off at the length limit',
  guardrail: 'a guardrail stopped the question',
  filtered: 'its answer was filtered',
  malformed: 'its answer was malformed',
  context_full: 'the question and the catalogue are too long for the model',
  unknown_stop: 'it stopped for an unknown reason',
  // Answers that are no plan.
  no_tool_use: 'it gave no plan',
  // Transport and limits.
  answer_too_big: 'its answer was too big',
  unreadable_answer: 'its answer could not be read',
  unreachable: 'the service could not be reached',
  no_credentials: 'there are no valid credentials',
  deadline: 'it did not answer in time',
  cancelled: 'the question was cancelled',
  over_allowance: 'today’s allowance of model tokens is used up',
  failed: 'an unexpected failure',
} as const;

export type FailureName = keyof typeof failureWords;

export interface Failure {
  readonly kind: 'failed';
  readonly name: FailureName;
  /** For the log only: name and text of the error, never shown. */
  readonly detail?: string;
}

export function failure(name: FailureName, detail?: string): Failure {
  return { kind: 'failed', name, ...(detail === undefined ? {} : { detail: detail.slice(0, 300) }) };
}

/** An answer that was read but names what is not there or breaks the contract; worth one repair. */
export interface InvalidAnswer {
  readonly kind: 'invalid';
  readonly issues: readonly Issue[];
}
