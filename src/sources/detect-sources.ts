import type { Result } from '../toolkit/issue.ts';
import { fail } from '../toolkit/issue.ts';
import type { SourcePlan } from './source-plan.ts';
export interface DetectedSources {
  readonly plans: readonly SourcePlan[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}
export async function detectSources(path: string): Promise<Result<DetectedSources>> {
  return fail({ code: 'x', path, message: 'todo' });
}
