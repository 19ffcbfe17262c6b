/** Right plans, one per kind, as a model would hand them over. */
const plans: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  metric: {
    kind: 'metric',
    metrics: ['tickets_opened'],
    groupBy: [{ dimension: 'priority' }],
    time: { kind: 'relative', unit: 'month', n: 1, completeOnly: true },
    where: [{ any: [{ dimension: 'priority', op: 'eq', values: ['urgent'] }] }],
    orderBy: [{ by: 'tickets_opened', direction: 'desc' }],
    limit: 5,
  },
  list: {
    kind: 'list',
    entity: 'ticket',
    columns: ['ticket_number'],
    time: { kind: 'to_date', unit: 'year' },
    where: [],
    orderBy: [],
    limit: 3,
  },
  summary: {
    kind: 'summary',
    list: { kind: 'list', entity: 'ticket', limit: 3 },
    question: 'what do they say?',
  },
  clarify: {
    kind: 'clarify',
    question: 'Which?',
    options: [
      { label: 'Tickets', plan: { kind: 'metric', metrics: ['tickets_opened'] } },
      { label: 'A list', plan: { kind: 'list', entity: 'ticket' } },
    ],
  },
  refuse: { kind: 'refuse', reason: 'no_metric', detail: 'profit', nearestMetrics: ['tickets_opened'] },
};

/** What is put in the place of every field of every plan. */
const wrongValues: Readonly<Record<string, string>> = {
  null: 'null',
  'a number': '7',
  'a huge number': '1e999',
  'an empty text': '""',
  'an object': '{"a":{"b":[1]}}',
  'a list of lists': '[[["x"]]]',
  SQL: '"\'; DROP TABLE ticket; --"',
  'a lone surrogate': '"\\ud800"',
};

/** Whole inputs, as text of JSON or of what is none. */
function wholeInputs(name: string, text: string): readonly (readonly [string, string])[] {
  const half = text.slice(0, Math.floor(text.length / 2));
  const deep = (depth: number): string => `${'{"plan":'.repeat(depth)}1${'}'.repeat(depth)}`;
  return [
    ['is cut in the middle', half],
    ['lacks its last brace', text.slice(0, -1)],
    ['has a brace too many', `${text}}`],
    ['has a comma at the end', `${text.slice(0, -1)},}`],
    ['has single quotes', text.replaceAll('"', "'")],
    ['has bare keys', text.replaceAll(/"([a-zA-Z]+)":/g, '$1:')],
    ['has a comment', text.replace('{', '{/* here */')],
    ['holds NaN', text.replace('{', '{"n":NaN,')],
    ['holds Infinity', text.replace('{', '{"n":-Infinity,')],
    ['holds undefined', text.replace('{', '{"n":undefined,')],
    ['names its kind twice', text.replace('{', '{"kind":"refuse",')],
    ['has a field of the tenant', text.replace('{', '{"tenant":"other",')],
    ['has a field of the role', text.replace('{', '{"role":"admin",')],
    ['has a prototype', text.replace('{', '{"__proto__":{"admin":true},')],
    ['has a constructor', text.replace('{', '{"constructor":{"prototype":{"a":1}},')],
    ['is in a list', `[${text}]`],
    ['is a text', JSON.stringify(text)],
    ['is a text in a text', JSON.stringify(JSON.stringify(text))],
    ['is in a fence', JSON.stringify(`\`\`\`json\n${text}\n\`\`\``)],
    ['is wrapped 3 times', `{"plan":{"plan":{"plan":${text}}}}`],
    ['is 40 deep', deep(40)],
    ['is 3,000 deep', deep(3000)],
    ['has its kind in capitals', text.replace(`"${name}"`, `"${name.toUpperCase()}"`)],
    ['has control characters', text.replace('"kind"', '"ki\u0001nd"')],
    ['has a byte order mark', `\uFEFF${text}`],
    ['is there twice', `${text}${text}`],
  ];
}

/**
 * Every way in which the input of the tool is broken here, as raw text of the answer: each field of each plan replaced
 * by each wrong value, and each plan broken as a whole.
 */
export function brokenPlans(): readonly { readonly title: string; readonly input: string }[] {
  const found = new Map<string, string>();
  for (const [name, plan] of Object.entries(plans)) {
    const text = JSON.stringify(plan);
    for (const field of Object.keys(plan)) {
      for (const [what, wrong] of Object.entries(wrongValues)) {
        const fields = Object.entries(plan).map(
          ([key, value]) => `${JSON.stringify(key)}:${key === field ? wrong : JSON.stringify(value)}`,
        );
        add(found, `{${fields.join(',')}}`, `${name} whose ${field} is ${what}`);
      }
      const { [field]: _left, ...rest } = plan;
      add(found, JSON.stringify(rest), `${name} without ${field}`);
    }
    for (const [what, input] of wholeInputs(name, text)) add(found, input, `${name} that ${what}`);
  }
  return [...found].map(([input, title]) => ({ title, input }));
}

/** The same broken text of two plans is one kind. */
function add(found: Map<string, string>, input: string, title: string): void {
  if (!found.has(input)) found.set(input, title);
}
