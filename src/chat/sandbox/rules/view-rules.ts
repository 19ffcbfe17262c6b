import type { Json, JsonObject } from '../json.ts';
import { asList, asObject } from '../json.ts';
import { blocksRule } from './block-rules.ts';
import { plainText } from './element-rules.ts';
import { limits } from './limits.ts';
import type { Problem, Report } from './rule.ts';
import { boolean, byType, check, shape, string } from './rule.ts';

const common = {
  private_metadata: string({ min: 0, max: limits.privateMetadataLength }),
  callback_id: string({ min: 0, max: limits.callbackIdLength }),
  external_id: string({ min: 0, max: limits.callbackIdLength }),
};

const modal = shape(
  { title: plainText(limits.viewTitleLength), blocks: blocksRule('modal') },
  {
    ...common,
    submit: plainText(limits.viewTitleLength),
    close: plainText(limits.viewTitleLength),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  },
  submitWithInputs,
);

const home = shape({ blocks: blocksRule('home') }, common);

/** What is wrong with a view; `only` names the type that the method takes. */
export function checkView(view: Json | undefined, only?: 'modal' | 'home'): readonly Problem[] {
  const table = only === undefined ? { modal, home } : only === 'modal' ? { modal } : { home };
  return check(byType(table), view, '/view');
}

/** A modal with an input needs a submit button. */
function submitWithInputs(view: JsonObject, pointer: string, report: Report): void {
  const hasInput = asList(view['blocks']).some((block) => asObject(block)['type'] === 'input');
  if (hasInput && view['submit'] === undefined)
    report(pointer, 'missing_field', 'missing required field: submit (the view has an input block)');
}
