import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { type Plan, planSchema, type QueryPlan } from '../../query/metric-query.ts';
import type { PlanPatch } from '../../query/plan-patch.ts';
import type { Issue } from '../../toolkit/issue.ts';
import { applyPatch } from '../followup/apply-patch.ts';
import { checkNames } from './check-names.ts';
import { type Failure, type FailureName, failure, type InvalidAnswer } from './outcome.ts';
import { plainWords } from './plain-words.ts';
import { tidyInput, unknownFields, withStrings } from './tidy-input.ts';
import { modelPlanSchema, toolName } from './tool-schema.ts';

/** A call of a tool as the model made it; nothing in it is trusted. */
export interface ToolUse {
  readonly toolUseId: string;
  readonly name: string;
  readonly input?: unknown;
}

export type Answer =
  | { readonly kind: 'plan'; readonly plan: Plan; readonly isFollowUp?: boolean }
  | (InvalidAnswer & { readonly toolUses: readonly ToolUse[] })
  | Failure;

/**
 * Turns one answer of Converse into a plan of the contract that names only what the catalogue has, or says why not.
 *
 * @param restore puts back what was masked in the question
 */
export function readAnswer(
  output: ConverseCommandOutput,
  catalogue: Catalogue,
  restore: (text: string) => string = (text) => text,
  previous?: QueryPlan,
): Answer {
  const stopped = stops.get(output.stopReason ?? '');
  if (stopped === undefined) return failure('unknown_stop', String(output.stopReason));
  if (stopped !== 'read') return failure(stopped);
  const toolUses = toolUsesOf(output);
  const [only, second] = toolUses;
  if (only === undefined) return failure('no_tool_use');
  if (second !== undefined) {
    return { kind: 'invalid', toolUses, issues: [tooMany(toolUses.length)] };
  }
  if (only.name !== toolName) {
    const message = `There is only the tool "${toolName}".`;
    return { kind: 'invalid', toolUses, issues: [{ code: 'wrong-tool', path: 'name', message }] };
  }
  const plan = readPlan(only.input, catalogue, restore, previous);
  return plan.kind === 'plan' ? plan : { ...plan, toolUses };
}

/** The nine stop reasons; `read`: the message may hold a plan. */
export const stops: ReadonlyMap<string, FailureName | 'read'> = new Map([
  ['tool_use', 'read'],
  // Some models end a turn with a tool call by one of these.
  ['end_turn', 'read'],
  ['stop_sequence', 'read'],
  ['max_tokens', 'cut_off'],
  ['guardrail_intervened', 'guardrail'],
  ['content_filtered', 'filtered'],
  ['malformed_model_output', 'malformed'],
  ['malformed_tool_use', 'malformed'],
  ['model_context_window_exceeded', 'context_full'],
]);

const toolUseSchema = z.object({
  toolUse: z.object({ toolUseId: z.string(), name: z.string(), input: z.unknown() }),
});
const contentSchema = z.object({ message: z.object({ content: z.array(z.unknown()) }) });

function toolUsesOf(output: ConverseCommandOutput): readonly ToolUse[] {
  const content = contentSchema.safeParse(output.output);
  if (!content.success) return [];
  return content.data.message.content.flatMap((block) => {
    const parsed = toolUseSchema.safeParse(block);
    return parsed.success ? [parsed.data.toolUse] : [];
  });
}

function tooMany(count: number): Issue {
  return {
    code: 'several-plans',
    path: '',
    message: `The tool was called ${count} times; call it once. For a question with several readings, use kind "clarify".`,
  };
}

function readPlan(
  input: unknown,
  catalogue: Catalogue,
  restore: (text: string) => string,
  previous: QueryPlan | undefined,
): Extract<Answer, { kind: 'plan' }> | InvalidAnswer {
  const tidy = tidyInput(input);
  if (tidy.kind === 'refused') return { kind: 'invalid', issues: [tidy.issue] };
  const value = withStrings(tidy.value, restore);
  const parsed = modelPlanSchema.safeParse(value);
  if (!parsed.success) return { kind: 'invalid', issues: contractIssues(parsed.error) };
  const extra = unknownFields(value, parsed.data);
  if (extra.length > 0) return { kind: 'invalid', issues: extra.slice(0, mostIssues) };
  if (parsed.data.kind === 'patch') return readPatch(parsed.data, catalogue, previous);
  const wrong = checkNames(catalogue, parsed.data);
  if (wrong.length > 0) return { kind: 'invalid', issues: wrong.slice(0, mostIssues) };
  // Cleaning may leave no words at all, which the contract refuses.
  const clean = planSchema.safeParse(withPlainWords(parsed.data, catalogue));
  if (!clean.success) return { kind: 'invalid', issues: contractIssues(clean.error) };
  return { kind: 'plan', plan: clean.data };
}

/** A change of the plan before it; applied here, so that what leaves is a whole plan that was checked. */
function readPatch(
  patch: PlanPatch,
  catalogue: Catalogue,
  previous: QueryPlan | undefined,
): Extract<Answer, { kind: 'plan' }> | InvalidAnswer {
  if (!previous) {
    const message = 'There is no previous plan to change; give a whole plan, or refuse as "unclear".';
    return { kind: 'invalid', issues: [{ code: 'nothing-to-change', path: 'kind', message }] };
  }
  const applied = applyPatch(catalogue, previous, patch);
  if (!applied.ok) return { kind: 'invalid', issues: applied.issues.slice(0, mostIssues) };
  return { kind: 'plan', plan: applied.value, isFollowUp: true };
}

const mostIssues = 10;

function contractIssues(error: z.ZodError): readonly Issue[] {
  return error.issues.slice(0, mostIssues).map(({ path, message }) => ({
    code: 'invalid-plan',
    path: path.map(String).join('.').slice(0, 80),
    message,
  }));
}

/** Everything that the model worded itself, made safe to show; its refusals name only metrics that exist. */
function withPlainWords(plan: Plan, catalogue: Catalogue): Plan {
  switch (plan.kind) {
    case 'metric':
    case 'list':
      return plan;
    case 'summary':
      return { ...plan, question: plainWords(plan.question, 300) };
    case 'clarify':
      return {
        ...plan,
        question: plainWords(plan.question, 300),
        options: plan.options.map((option) => ({ ...option, label: plainWords(option.label, 70) })),
      };
    case 'refuse':
      return {
        ...plan,
        // "unavailable" is ours: it says that the model was not reached.
        reason: plan.reason === 'unavailable' ? 'unclear' : plan.reason,
        detail: plainWords(plan.detail, 300),
        nearestMetrics: plan.nearestMetrics.filter((id) => catalogue.metrics.has(id)),
      };
  }
}
