import { pipeline, Readable, Transform } from 'node:stream';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';

/** The answer was longer than the cap; reading stopped there. */
export class AnswerTooBigError extends Error {
  constructor(maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`);
    this.name = 'AnswerTooBigError';
  }
}

/** HTTP/1.1 that stops reading an answer at a number of bytes; the handler of the SDK has no cap. */
export class CappedHttpHandler extends NodeHttpHandler {
  readonly #maxBytes: number;

  constructor(maxBytes: number, options: NodeHttpHandlerOptions = {}) {
    super(options);
    this.#maxBytes = maxBytes;
  }

  override async handle(
    ...[request, options]: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const result = await super.handle(request, options);
    const body: unknown = result.response.body;
    if (body instanceof Readable) result.response.body = capBody(body, this.#maxBytes);
    return result;
  }
}

function capBody(source: Readable, maxBytes: number): Readable {
  let seen = 0;
  const cap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.byteLength;
      if (seen > maxBytes) done(new AnswerTooBigError(maxBytes));
      else done(null, chunk);
    },
  });
  // The pipeline hands errors on both ways and closes the connection of a body that is not wanted any more; the
  // reader of `cap` sees them.
  return pipeline(source, cap, () => undefined);
}
