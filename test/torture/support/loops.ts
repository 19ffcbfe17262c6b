import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** A group that a pattern repeats, and the pattern it is of. */
export interface Loop {
  /** What is repeated, without lookarounds, names of groups and back references. */
  readonly body: string;
  readonly flags: string;
  readonly pattern: string;
}

/** Fewer repeats than these cannot take long, in however many ways they may be read. */
const fewRepeats = 4;
/** `g`, `y`, `d` and `v` change nothing about how many ways a group can be read in. */
const otherFlags = /[gydv]/g;

/**
 * The groups that a pattern repeats. Lookarounds count as if they always held: that may make two ways out of one, never one
 * out of two. A step in the form `(?=(?<step>...))\k<step>` gives nothing back and so has no body left.
 */
export function loopsOf({ source, flags }: RegExp): readonly Loop[] {
  const pattern = new RegExpParser().parsePattern(source, undefined, undefined, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const around: { readonly start: number; readonly end: number }[] = [];
  visitRegExpAST(pattern, {
    onAssertionEnter(node) {
      if (node.kind === 'lookahead' || node.kind === 'lookbehind') around.push(node);
    },
  });
  const found: Loop[] = [];
  visitRegExpAST(pattern, {
    onQuantifierEnter({ max, element }) {
      if (max < fewRepeats || !/Group$/.test(element.type)) return;
      const body = without(source, element, around)
        .replace(/\(\?<\w+>/g, '(?:')
        .replace(/\\k<\w+>|\\[1-9]/g, '');
      found.push({ body, flags: flags.replace(otherFlags, ''), pattern: source });
    },
  });
  return found;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function without(source: string, { start, end }: Stretch, cuts: readonly Stretch[]): string {
  let text = '';
  let at = start;
  for (const cut of cuts.toSorted((a, b) => a.start - b.start)) {
    if (cut.start < at || cut.end > end) continue;
    text += `${source.slice(at, cut.start)}(?:)`;
    at = cut.end;
  }
  return text + source.slice(at, end);
}

/** Every pattern that is run while something is done, each once. */
export function patternsRunBy(doIt: () => void): readonly RegExp[] {
  const seen = new Map<string, RegExp>();
  const note = (pattern: RegExp): void => {
    const key = `${pattern.flags}/${pattern.source}`;
    if (!seen.has(key)) seen.set(key, pattern);
  };
  const prototype = RegExp.prototype;
  const builtIn = new Map(
    (['exec', 'test'] as const).map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)]),
  );
  for (const [name, descriptor] of builtIn) {
    const run = descriptor?.value as (this: RegExp, text: string) => unknown;
    // Replacing, matching and splitting call `exec` as soon as it is not the built-in one.
    Object.defineProperty(prototype, name, {
      ...descriptor,
      value(this: RegExp, text: string) {
        note(this);
        return run.call(this, text);
      },
    });
  }
  try {
    doIt();
  } finally {
    for (const [name, descriptor] of builtIn) Object.defineProperty(prototype, name, descriptor ?? {});
  }
  return [...seen.values()];
}
