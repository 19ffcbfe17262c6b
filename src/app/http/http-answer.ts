/** What the server sends back; the body is JSON already. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `code` is a stable kebab-case name; the sentences are for people and say nothing about how Heed works inside. */
export function errorAnswer(
  status: number,
  code: string,
  message: string,
  whatToDo: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    body: JSON.stringify({ error: { code, message, what_to_do: whatToDo } }),
    headers,
  };
}

export const jsonHeaders: Readonly<Record<string, string>> = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};
