/** Follows the frames of one answer of the engine, to see whether the engine is still sound after it. */
export interface AnswerScanner {
  push(bytes: Uint8Array): void;
  /**
   * `complete`: it ended with ReadyForQuery. `fatal`: the engine gave its session up (severity FATAL or PANIC).
   * `cut-off`: it stopped in the middle, as it does when the stack of the WebAssembly machine overflows.
   */
  verdict(): 'complete' | 'fatal' | 'cut-off';
}

const ERROR_RESPONSE = 'E'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const HEADER_LENGTH = 5;
/** Severity is the first field of an error: `S`, then the word. */
const FATAL_SEVERITY = /^S(FATAL|PANIC)/;
const SEVERITY_LENGTH = 6;

export function createAnswerScanner(): AnswerScanner {
  const header = Buffer.alloc(HEADER_LENGTH);
  let headerLength = 0;
  let bodyLeft = 0;
  let severity = '';
  let isFatal = false;
  let lastType = 0;

  function readSeverity(bytes: Uint8Array): void {
    if (header[0] !== ERROR_RESPONSE || severity.length >= SEVERITY_LENGTH) return;
    severity += Buffer.from(bytes.subarray(0, SEVERITY_LENGTH - severity.length)).toString('latin1');
    if (FATAL_SEVERITY.test(severity)) isFatal = true;
  }

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (bodyLeft > 0) {
          const length = Math.min(bodyLeft, bytes.length - at);
          readSeverity(bytes.subarray(at, at + length));
          bodyLeft -= length;
          at += length;
        } else {
          header[headerLength] = bytes[at] ?? 0;
          headerLength += 1;
          at += 1;
          if (headerLength < HEADER_LENGTH) continue;
          headerLength = 0;
          severity = '';
          lastType = header.readUInt8(0);
          bodyLeft = header.readInt32BE(1) - 4;
        }
      }
    },
    verdict() {
      if (isFatal) return 'fatal';
      return lastType === READY_FOR_QUERY && bodyLeft === 0 && headerLength === 0 ? 'complete' : 'cut-off';
    },
  };
}
