/** What rooms need of a logger; pino fits. Fields first, then a fixed sentence: values never go into the sentence. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** A logger that adds these fields to every line, for example the request id. */
  child(fields: object): Log;
}

/** Says nothing; for tests and for callers without a log. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
