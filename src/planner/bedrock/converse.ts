import {
  AccessDeniedException,
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  InternalServerException,
  ModelErrorException,
  ModelNotReadyException,
  ModelTimeoutException,
  ResourceNotFoundException,
  ServiceUnavailableException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import { AnswerTooBigError, CappedHttpHandler } from './capped-handler.ts';
import { type Failure, type FailureName, failure } from './outcome.ts';

/** A plan is some hundred bytes; an answer of this size is no plan. */
const maxAnswerBytes = 256 * 1024;

export type Reply = { readonly kind: 'answered'; readonly output: ConverseCommandOutput } | Failure;

/** Asks once; the SDK itself repeats throttled and failed attempts (3 in all). Never throws. */
export type AskModel = (input: ConverseCommandInput, signal: AbortSignal) => Promise<Reply>;

export interface Connection {
  readonly region: string;
  /** Private link or stand-in; default: the region's own. */
  readonly endpoint?: string;
  /** Default: the usual places of AWS. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function createAskModel({ region, endpoint, credentials }: Connection): AskModel {
  // The SDK's own switch. Its notice speaks of future versions of the SDK; ours is pinned.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const client = new BedrockRuntimeClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    // The default handler speaks HTTP/2 only: private links, proxies and stand-ins often do not.
    requestHandler: new CappedHttpHandler(maxAnswerBytes, { connectionTimeout: 3000 }),
  });
  return async (input, signal) => {
    try {
      const output = await client.send(new ConverseCommand(input), { abortSignal: signal });
      return { kind: 'answered', output };
    } catch (error) {
      return failure(nameOf(error), error instanceof Error ? `${error.name}: ${error.message}` : undefined);
    }
  };
}

const serviceErrors = [
  [AccessDeniedException, 'access_denied'],
  [ValidationException, 'rejected'],
  [ResourceNotFoundException, 'no_such_model'],
  [ThrottlingException, 'throttled'],
  [ModelTimeoutException, 'model_timeout'],
  [ModelErrorException, 'model_error'],
  [ModelNotReadyException, 'model_not_ready'],
  [InternalServerException, 'server_error'],
  [ServiceUnavailableException, 'service_unavailable'],
  [AnswerTooBigError, 'answer_too_big'],
] as const;

const errorNames: Readonly<Record<string, FailureName>> = {
  AbortError: 'cancelled',
  CredentialsProviderError: 'no_credentials',
  ExpiredTokenException: 'no_credentials',
  UnrecognizedClientException: 'no_credentials',
  InvalidSignatureException: 'no_credentials',
  TokenProviderError: 'no_credentials',
  TimeoutError: 'unreachable',
  SyntaxError: 'unreadable_answer',
  TypeError: 'unreadable_answer',
  RangeError: 'unreadable_answer',
};

const networkCodes =
  /^(ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOST|ENET|EPROTO|HPE_|ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_STREAM_PREMATURE)/;

/** Shape of errors by field, because not every error of the SDK has a class of its own. */
function nameOf(error: unknown): FailureName {
  for (const [type, name] of serviceErrors) if (error instanceof type) return name;
  if (!(error instanceof Error)) return 'failed';
  // A syntax error in the page of a proxy is the proxy's fault, not the model's.
  const status = statusOf(error);
  if (status !== null && status >= 500) return 'server_error';
  const named = errorNames[error.name];
  if (named !== undefined) return named;
  if ('code' in error && typeof error.code === 'string' && networkCodes.test(error.code))
    return 'unreachable';
  return 'failed';
}

function statusOf(error: Error): number | null {
  const metadata = '$metadata' in error ? error.$metadata : null;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
