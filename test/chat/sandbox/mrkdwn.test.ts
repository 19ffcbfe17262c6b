import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packagePath } from '../../../src/toolkit/package-root.ts';

interface Node {
  readonly kind: string;
  readonly text?: string;
  readonly label?: string;
  readonly fallback?: string;
  readonly name?: string;
  readonly id?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

// The page's own modules: plain browser JavaScript without types.
const { parseMrkdwn } = (await import(pathToFileURL(packagePath('assets/sandbox/mrkdwn.js')).href)) as {
  parseMrkdwn: (source: string) => readonly Node[];
};
const { parseMarkdown, parseSpans } = (await import(
  pathToFileURL(packagePath('assets/sandbox/markdown.js')).href
)) as {
  parseMarkdown: (source: string) => readonly (Node & Record<string, unknown>)[];
  parseSpans: (text: string) => readonly Node[];
};

/** The tree in brackets: `strong(a) b`. */
function sketch(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if (node.kind === 'break') return '↵';
      const inner = node.children ? sketch(node.children) : (node.text ?? node.id ?? node.name ?? node.label);
      return `${node.kind}(${node.url ? `${node.url} ` : ''}${inner ?? ''})`;
    })
    .join('');
}

/** What a reader sees, without marks. */
function words(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'break') return '\n';
      return node.children ? words(node.children) : (node.text ?? node.label ?? '');
    })
    .join('');
}

describe('mrkdwn', () => {
  it.each([
    ['*bold* and _italic_ and ~gone~', 'strong(bold) and em(italic) and del(gone)'],
    ['*bold _and italic_*', 'strong(bold em(and italic))'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* not bold *', '* not bold *'],
    ['`a *b* &lt;c&gt;`', 'code(a *b* <c>)'],
    ['```\nline 1\nline 2\n```', 'pre(line 1\nline 2)'],
    ['<https://example.com/a?b=1&amp;c=2|label *x*>', 'link(https://example.com/a?b=1&c=2 label *x*)'],
    ['<https://example.com>', 'link(https://example.com https://example.com)'],
    ['<mailto:a@example.com|write>', 'link(mailto:a@example.com write)'],
    ['<javascript:alert(1)|click>', '<javascript:alert(1)|click>'],
    ['<@U123> in <#C9|sales>, <!here>', 'user(U123) in channel(C9), special(@here)'],
    ['&gt; quoted\n&gt; twice\nnot', 'quote(quoted↵twice)not'],
    [':red_circle: at 10:30:45', 'emoji(red_circle) at 10:30:45'],
    ['&amp;lt; stays', '&lt; stays'],
    ['a\nb', 'a↵b'],
  ])('%j is read as %j', (source, expected) => {
    expect(sketch(parseMrkdwn(source))).toBe(expected);
  });

  it('shows an escaped text exactly as it was, when it holds no marks', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'B', '7', ' ', '&', '<', '>', '"', "'", '.', 'é', '🔴'),
    });
    fc.assert(
      fc.property(letters, (text) => {
        // A line that starts with > would be a quote.
        const line = `x${text}`;
        const escaped = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(words(parseMrkdwn(escaped))).toBe(line);
      }),
    );
  });

  it('reads any text at all, and links only to addresses that cannot run', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '*',
        '_',
        '~',
        '`',
        '```',
        '<',
        '>',
        '|',
        ':',
        '@',
        '#',
        '!',
        'javascript:',
        'https://',
        '&lt;',
        '\n',
        'a b',
        '!date^1^{date}^',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const check = (nodes: readonly Node[]): void => {
          for (const node of nodes) {
            if (node.kind === 'link') expect(node.url).toMatch(/^(https?:\/\/|mailto:|tel:)/i);
            if (node.children) check(node.children);
          }
        };
        check(parseMrkdwn(parts.join('')));
        check(parseSpans(parts.join('')));
      }),
    );
  });
});

describe('the markdown block', () => {
  it('reads headings, lists, quotes, tables, code and rules', () => {
    const blocks = parseMarkdown(
      '# Title\n\nwords\ngo on\n\n- a\n- b\n\n1. one\n\n> quoted\n\n---\n\n| A | B |\n|---|---:|\n| 1 | x \\| y |\n\n```\ncode | here\n```\n',
    );
    expect(blocks.map((block) => block.kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'list',
      'quote',
      'rule',
      'table',
      'code',
    ]);
    expect(blocks[6]).toMatchObject({ head: ['A', 'B'], rows: [['1', 'x | y']], aligns: ['left', 'right'] });
    expect(blocks[3]).toMatchObject({ isOrdered: true });
  });

  it.each([
    ['**bold** and *it* and ~~gone~~ and `c*d*`', 'strong(bold) and em(it) and del(gone) and code(c*d*)'],
    ['[a **b**](https://example.com)', 'link(https://example.com a strong(b))'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
    ['[a](javascript:x)', 'a'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
  ])('%j is read as %j', (source, expected) => {
    expect(sketch(parseSpans(source))).toBe(expected);
  });
});
