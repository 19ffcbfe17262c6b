// Builds elements. Text only ever goes in as text: nothing here, or anywhere on this page, parses data as HTML.

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] attributes; `class`, `text`, `on` (listeners) and `style` (CSS variables and properties) are special
 * @param {...(Node | string | null | undefined | false)} children
 */
export function el(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') element.textContent = String(value);
    else if (name === 'on')
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === 'style')
      for (const [property, one] of Object.entries(value)) element.style.setProperty(property, one);
    else element.setAttribute(name === 'className' ? 'class' : name, value === true ? '' : String(value));
  }
  for (const child of children)
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/**
 * Makes the children of a container match the items: a node is built again only when its item's key is new or its
 * content changed, so that open menus, focus and images survive.
 *
 * @template T
 * @param {HTMLElement} container
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => string} contentOf
 * @param {(item: T) => Node} build
 */
export function reconcile(container, items, keyOf, contentOf, build) {
  const known = container.keyedNodes ?? new Map();
  const next = new Map();
  let cursor = container.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const content = contentOf(item);
    const old = known.get(key);
    const entry = old?.content === content ? old : { content, node: build(item) };
    if (old && old !== entry) {
      if (cursor === old.node) cursor = cursor.nextSibling;
      old.node.remove();
    }
    next.set(key, entry);
    if (cursor === entry.node) cursor = cursor.nextSibling;
    else container.insertBefore(entry.node, cursor);
  }
  for (const [key, entry] of known) if (!next.has(key)) entry.node.remove();
  container.keyedNodes = next;
}

/** A 20x20 line icon. */
export function icon(name) {
  const shape = icons[name] ?? '';
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: shape }),
  );
}

const icons = {
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'M5 5l10 10M15 5L5 15',
  hash: 'M7.8 3.5 6.2 16.5M13.8 3.5l-1.6 13M3.8 7.5h13M3.2 12.5h13',
  lock: 'M5.5 9h9v7.5h-9zM7.3 9V6.4a2.7 2.7 0 0 1 5.4 0V9',
  send: 'M3.5 16.8V11.4L11 10 3.5 8.6V3.2L17 10z',
  reply: 'M4 4.5h12v8.5H9.5L6 16v-3H4z',
  eye: 'M2.5 10S5.3 5 10 5s7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  left: 'M12 5l-5 5 5 5',
  right: 'M8 5l5 5-5 5',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h3.5v-4h2v4h3.5V8.5',
  people:
    'M7.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 16c.3-3 2.1-4.5 4.5-4.5S11.7 13 12 16M13 9.5a2 2 0 1 0-.5-3.9M14 11.6c1.7.3 2.8 1.7 3 4.4',
  at: 'M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 0v1.2a1.9 1.9 0 0 0 3.8 0V10A6.8 6.8 0 1 0 13.8 15.7',
  slash:
    'M5 3.5h10a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V5A1.5 1.5 0 0 1 5 3.5zM8 14l4-8',
  up: 'M6 9.5v6.5H3.5V9.5zM6 10l2.8-6c1.2 0 1.9.8 1.9 1.9V8.5h4.3a1.4 1.4 0 0 1 1.4 1.7l-1 4.7A1.4 1.4 0 0 1 14 16H6',
  trash: 'M4.5 6h11M8 6V4h4v2M6 6l.700 10h6.6L14 6',
};
