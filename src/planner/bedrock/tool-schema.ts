import { z } from 'zod';
import { planSchema } from '../../query/metric-query.ts';
import { planPatchSchema } from '../../query/plan-patch.ts';
import type { Json } from './json.ts';

/** What the model hands over: a plan, or what a follow-up changes of the plan before it. */
export const modelPlanSchema = z.discriminatedUnion('kind', [...planSchema.options, planPatchSchema]);

export const toolName = 'answer_plan';

/** Limits that strict mode may refuse; they are told in words here and checked on the answer. */
const limitWords: Readonly<Record<string, (limit: string) => string>> = {
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  minLength: (limit) => `at least ${limit} characters`,
  maxLength: (limit) => `at most ${limit} characters`,
  minItems: (limit) => `at least ${limit} items`,
  maxItems: (limit) => `at most ${limit} items`,
  pattern: (limit) => `like ${limit}`,
};

/**
 * Input of the tool: `{ plan }`. A tool's schema must be an object at its root, a union is not. Generated from the
 * contract alone, so it is the same for every workspace: strict mode compiles each new schema once, which can take
 * minutes.
 */
export const toolInputSchema: Json = toStrictSubset(
  z.json().parse(z.toJSONSchema(z.object({ plan: modelPlanSchema }), { io: 'output', reused: 'ref' })),
);

/**
 * The part of JSON Schema that strict tools accept: no `oneOf`, defaults, ranges or patterns
 * (docs.aws.amazon.com/bedrock, "Get validated JSON results": an unsupported keyword is refused with 400).
 */
export function toStrictSubset(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toStrictSubset);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept: Record<string, Json> = {};
  const limits: string[] = [];
  for (const [key, value] of Object.entries(schema)) {
    const words = limitWords[key];
    if (words) limits.push(words(typeof value === 'string' ? value : JSON.stringify(value)));
    else if (key === 'oneOf') kept['anyOf'] = toStrictSubset(value);
    else if (key === 'properties' || key === '$defs') kept[key] = eachMember(value);
    else if (key !== '$schema' && key !== 'default') kept[key] = toStrictSubset(value);
  }
  if (limits.length > 0) kept['description'] = limits.join(', ');
  return kept;
}

/** Names of properties are not keywords: a property called `limit` or `default` stays. */
function eachMember(members: Json): Json {
  if (members === null || typeof members !== 'object' || Array.isArray(members)) return members;
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, toStrictSubset(schema)]));
}
