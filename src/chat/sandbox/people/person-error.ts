/** Something a person cannot do in the workspace: unknown channel, no such button. `control` throws it, HTTP answers 400. */
export class PersonError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'PersonError';
    this.code = code;
  }
}
