/**
 * The rules of a Converse request that a client can break without the types noticing; the service refuses them with
 * 400. Returns the first mistake, or null.
 */
export function checkConverseBody(body: unknown): string | null {
  const { messages, toolConfig, system, outputConfig } = body as Body;
  if (messages === undefined || messages.length === 0) return 'messages are missing';
  for (const [index, message] of messages.entries()) {
    const expected = index % 2 === 0 ? 'user' : 'assistant';
    if (message.role !== expected) return `message ${index} must be of role ${expected}`;
    if (message.content.length === 0) return `message ${index} is empty`;
    const blank = message.content.some(({ text }) => typeof text === 'string' && text.trim() === '');
    if (blank) return `message ${index} has a blank text`;
    const mistake = checkResults(messages[index - 1], message);
    if (mistake !== null) return mistake;
  }
  if (system?.some(({ text }) => text?.trim() === '') === true) return 'a system text is blank';
  return checkTools(toolConfig) ?? checkOutput(outputConfig);
}

interface Message {
  readonly role: string;
  readonly content: readonly {
    readonly text?: string;
    readonly toolUse?: { readonly toolUseId: string; readonly input: unknown };
    readonly toolResult?: { readonly toolUseId: string };
  }[];
}

interface Body {
  readonly messages?: readonly Message[];
  readonly system?: readonly { readonly text?: string }[];
  readonly toolConfig?: ToolConfig;
  readonly outputConfig?: OutputConfig;
}

interface OutputConfig {
  readonly textFormat?: { readonly structure?: { readonly jsonSchema?: { readonly schema?: string } } };
}

interface ToolConfig {
  readonly tools: readonly {
    readonly toolSpec?: {
      readonly name: string;
      readonly strict?: boolean;
      readonly inputSchema: { readonly json: unknown };
    };
  }[];
  readonly toolChoice?: { readonly tool?: { readonly name: string } };
}

/** Every tool use is answered by exactly its result in the next message. */
function checkResults(before: Message | undefined, message: Message): string | null {
  const uses = before?.content.flatMap(({ toolUse }) => (toolUse ? [toolUse.toolUseId] : [])) ?? [];
  const results = message.content.flatMap(({ toolResult }) => (toolResult ? [toolResult.toolUseId] : []));
  if (uses.join() !== results.join()) return 'tool results do not match the tool uses before them';
  const inputs = message.content.flatMap(({ toolUse }) => (toolUse ? [toolUse.input] : []));
  return inputs.every((input) => typeof input === 'object' && input !== null && !Array.isArray(input))
    ? null
    : 'the input of a tool use must be an object';
}

/** The schema of an answer in words is a string of JSON, under the same limits as a strict tool. */
function checkOutput(config: OutputConfig | undefined): string | null {
  if (config === undefined) return null;
  const schema = config.textFormat?.structure?.jsonSchema?.schema;
  if (schema === undefined) return 'the text format has no schema';
  const keyword = unsupportedKeyword(JSON.parse(schema));
  return keyword === null ? null : `the text format does not support ${keyword}`;
}

function checkTools(config: ToolConfig | undefined): string | null {
  const specs = config?.tools.flatMap(({ toolSpec }) => (toolSpec ? [toolSpec] : [])) ?? [];
  const chosen = config?.toolChoice?.tool?.name;
  if (chosen !== undefined && !specs.some(({ name }) => name === chosen)) return `no tool ${chosen}`;
  for (const { name, strict, inputSchema } of specs) {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return 'bad name of a tool';
    const root = inputSchema.json as { readonly type?: string };
    if (root.type !== 'object') return 'the schema of a tool must be of type object';
    const keyword = strict === true ? unsupportedKeyword(inputSchema.json) : null;
    if (keyword !== null) return `strict tools do not support ${keyword}`;
  }
  return null;
}

const unsupported = new Set([
  'oneOf',
  'not',
  'if',
  'pattern',
  'default',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  '$schema',
]);

/** Walks a schema, not its property names; strict objects must close themselves. */
export function unsupportedKeyword(schema: unknown): string | null {
  if (Array.isArray(schema)) return first(schema.map(unsupportedKeyword));
  if (typeof schema !== 'object' || schema === null) return null;
  const own = Object.keys(schema).find((key) => unsupported.has(key));
  if (own !== undefined) return own;
  const { type, additionalProperties } = schema as { type?: unknown; additionalProperties?: unknown };
  if (type === 'object' && additionalProperties !== false)
    return 'objects without additionalProperties: false';
  return first(
    Object.entries(schema).map(([key, value]) =>
      key === 'properties' || key === '$defs'
        ? first(Object.values(value as object).map(unsupportedKeyword))
        : unsupportedKeyword(value),
    ),
  );
}

function first(found: readonly (string | null)[]): string | null {
  return found.find((one) => one !== null) ?? null;
}
