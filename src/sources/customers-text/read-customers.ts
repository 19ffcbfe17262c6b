import type { AccountRecord } from '../../domain/records.ts';
import { customersSource, type Directory, recordId, sourceKey } from '../identity.ts';
import { rejected, type SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { decodeWhole } from '../text/decode-text.ts';
import { fileInput, type Input, RefusedInput } from '../text/input-file.ts';

const limitCharacters = 20_000_000;
const longestName = 200;

export function planCustomers(file: PlannedFile): SourcePlan {
  return {
    adapter: 'customers-text',
    source: customersSource,
    files: [file],
    partial: 'allow',
    read: (directory) => readCustomers(fileInput(file.path, file.name), directory),
  };
}

/**
 * Reads a list of customers, one a line: `Name | industry | region | tier`, all but the name optional; bullets, numbers,
 * comments (`#`) and blank lines are fine; tabs and semicolons separate, too. A customer that a real system knows
 * already is left to that system.
 */
export async function* readCustomers(input: Input, directory: Directory): AsyncGenerator<SourceEvent> {
  try {
    const text = await decodeWhole(input, { cleaning: { removed: 0 }, limitCharacters });
    let known = 0;
    for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
      const event = readLine(input.name, index + 1, line, directory);
      if (event.kind === 'accepted' && event.records.length === 0) known += 1;
      yield event;
    }
    if (known > 0) {
      yield {
        kind: 'note',
        note: {
          code: 'customer-known',
          file: input.name,
          message: 'customers are accounts of another source already',
          count: known,
        },
      };
    }
    yield { kind: 'file-read', file: input.name, ...(await input.finish()) };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    yield { kind: 'refused', issues: [error.issue] };
  }
}

function readLine(file: string, line: number, text: string, directory: Directory): SourceEvent {
  const content = text.replace(/^\s*(?:[-*•·]|\d{1,4}[.)])\s+/u, '').trim();
  if (content === '' || content.startsWith('#') || content.startsWith('//'))
    return { kind: 'skipped', lines: 1 };
  const [name = '', industry = '', region = '', tier = ''] = content.split(/\s*[|;\t]\s*/);
  // The heading of a table, not a customer.
  if (/^(customer|company|account)?\s*name$|^customers?$/i.test(name)) return { kind: 'skipped', lines: 1 };
  if (!/[\p{L}\p{N}]/u.test(name)) return rejected(file, line, 'holds no name', 'name', text);
  if (name.length > longestName)
    return rejected(file, line, `has a name longer than ${longestName} characters`, 'name', name);
  const known = directory.findAccount(name);
  if (known !== null && known.source !== customersSource)
    return { kind: 'accepted', file, line, records: [] };
  const record: AccountRecord = {
    entity: 'account',
    id: recordId('account', customersSource, name),
    source: customersSource,
    sourceId: sourceKey(customersSource, name),
    name: name.replace(/\s+/g, ' '),
    ...(industry === '' ? {} : { industry }),
    ...(region === '' ? {} : { region }),
    ...(tier === '' ? {} : { tier }),
  };
  return { kind: 'accepted', file, line, records: [record] };
}
