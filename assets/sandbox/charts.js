// The `data_visualization` block: line, area, bar and pie as SVG, with the numbers as a table for screen readers.
import { el, svg } from './dom.js';
import { number } from './format.js';

const colours = ['#1264a3', '#e8912d', '#2b9a72', '#8f5bbd', '#d3455b', '#55708a'];
const size = { width: 560, height: 228, left: 46, right: 10, top: 12, bottom: 28 };

export function chart(block) {
  const { type } = block.chart;
  const isPie = type === 'pie';
  const names = isPie ? shares(block.chart.segments) : block.chart.series.map((one) => one.name);
  const legend = el(
    'ul',
    { class: 'legend', 'aria-hidden': 'true' },
    ...names.map((name, index) => el('li', {}, swatch(index), name)),
  );
  return el(
    'figure',
    { class: `chart${isPie ? ' chart-pie' : ''}` },
    el('figcaption', { text: block.title }),
    isPie ? pie(block) : plot(block),
    names.length > 1 || isPie ? legend : null,
    numbers(block),
  );
}

/** `Sync 9 (45 %)` */
function shares(segments) {
  const total = segments.reduce((sum, one) => sum + one.value, 0);
  return segments.map(
    (one) => `${one.label} ${number(one.value)} (${Math.round((one.value / total) * 100)} %)`,
  );
}

function swatch(index) {
  return el('span', { class: 'swatch', style: { background: colours[index % colours.length] } });
}

function plot({ title, chart: source }) {
  const { categories, x_label: xLabel, y_label: yLabel } = source.axis_config;
  const height = size.height + (xLabel ? 14 : 0);
  const series = source.series.map((one) => ({
    name: one.name,
    values: categories.map((category) => one.data.find((point) => point.label === category)?.value ?? 0),
  }));
  const scale = scaleOf(series.flatMap((one) => one.values));
  const width = (size.width - size.left - size.right) / categories.length;
  const x = (index) => size.left + width * (index + 0.5);
  const y = (value) =>
    size.top + (1 - (value - scale.low) / (scale.high - scale.low)) * (size.height - size.top - size.bottom);
  const picture = svg('svg', {
    viewBox: `0 0 ${size.width} ${height}`,
    role: 'img',
    'aria-label': title,
  });
  for (const tick of scale.ticks)
    picture.append(
      svg('line', { class: 'grid', x1: size.left, x2: size.width - size.right, y1: y(tick), y2: y(tick) }),
      svg('text', {
        class: 'axis',
        x: size.left - 8,
        y: y(tick) + 4,
        'text-anchor': 'end',
        text: number(tick),
      }),
    );
  const every = Math.ceil(categories.length / 10);
  categories.forEach((category, index) => {
    if (index % every === 0)
      picture.append(
        svg('text', {
          class: 'axis',
          x: x(index),
          y: size.height - size.bottom + 18,
          'text-anchor': 'middle',
          text: category,
        }),
      );
  });
  if (xLabel)
    picture.append(
      svg('text', {
        class: 'axis',
        x: size.width / 2,
        y: height - 4,
        'text-anchor': 'middle',
        text: xLabel,
      }),
    );
  if (yLabel)
    picture.append(
      svg('text', {
        class: 'axis',
        x: -size.height / 2,
        y: 11,
        transform: 'rotate(-90)',
        'text-anchor': 'middle',
        text: yLabel,
      }),
    );
  if (source.type === 'bar')
    drawBars(picture, series, categories, { x, y, width, base: y(Math.max(0, scale.low)) });
  else
    drawLines(picture, series, categories, {
      x,
      y,
      base: y(Math.max(0, scale.low)),
      isArea: source.type === 'area',
    });
  return picture;
}

function drawBars(picture, series, categories, { x, y, width, base }) {
  const bar = Math.min(36, (width * 0.7) / series.length);
  for (const [row, one] of series.entries())
    for (const [index, value] of one.values.entries()) {
      const left = x(index) - (bar * series.length) / 2 + bar * row;
      picture.append(
        svg(
          'rect',
          {
            x: left + 1,
            width: Math.max(1, bar - 2),
            y: Math.min(base, y(value)),
            height: Math.max(1, Math.abs(base - y(value))),
            rx: 2,
            fill: colours[row % colours.length],
          },
          svg('title', { text: `${one.name}, ${categories[index]}: ${number(value)}` }),
        ),
      );
    }
}

function drawLines(picture, series, categories, { x, y, base, isArea }) {
  series.forEach((one, row) => {
    const colour = colours[row % colours.length];
    const path = one.values
      .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`)
      .join('');
    if (isArea)
      picture.append(
        svg('path', {
          d: `${path}L${x(one.values.length - 1)} ${base}L${x(0)} ${base}Z`,
          fill: colour,
          opacity: '0.18',
        }),
      );
    picture.append(
      svg('path', {
        d: path,
        fill: 'none',
        stroke: colour,
        'stroke-width': 2.4,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
      }),
    );
    for (const [index, value] of one.values.entries())
      picture.append(
        svg(
          'circle',
          { cx: x(index), cy: y(value), r: 3.2, fill: '#fff', stroke: colour, 'stroke-width': 2 },
          svg('title', { text: `${one.name}, ${categories[index]}: ${number(value)}` }),
        ),
      );
  });
}

function pie({ title, chart: source }) {
  const total = source.segments.reduce((sum, one) => sum + one.value, 0);
  const picture = svg('svg', { class: 'pie', viewBox: '0 0 200 200', role: 'img', 'aria-label': title });
  let from = -Math.PI / 2;
  source.segments.forEach((one, index) => {
    const share = one.value / total;
    const to = from + share * 2 * Math.PI;
    const at = (angle) => `${100 + 92 * Math.cos(angle)} ${100 + 92 * Math.sin(angle)}`;
    const d =
      share > 0.9999
        ? 'M100 8a92 92 0 1 1-.1 0z'
        : `M100 100L${at(from)}A92 92 0 ${share > 0.5 ? 1 : 0} 1 ${at(to)}Z`;
    picture.append(
      svg(
        'path',
        { d, fill: colours[index % colours.length], stroke: '#fff', 'stroke-width': 2 },
        svg('title', { text: `${one.label}: ${number(one.value)} (${Math.round(share * 100)} %)` }),
      ),
    );
    from = to;
  });
  return picture;
}

/** Round numbers from below the least value (0 unless negative) to above the greatest. */
function scaleOf(values) {
  const least = Math.min(0, ...values);
  const most = Math.max(1e-9, ...values);
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const low = Math.floor(least / step) * step;
  const high = Math.ceil(most / step) * step;
  const ticks = [];
  for (let tick = low; tick <= high + step / 2; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return { low, high, ticks };
}

function numbers({ title, chart: source }) {
  const row = (cells, tag = 'td') => el('tr', {}, ...cells.map((cell) => el(tag, { text: String(cell) })));
  const rows =
    source.type === 'pie'
      ? source.segments.map((one) => [one.label, one.value])
      : source.series.flatMap((one) => one.data.map((point) => [one.name, point.label, point.value]));
  return el(
    'table',
    { class: 'visually-hidden' },
    el('caption', { text: title }),
    ...rows.map((cells) => row(cells)),
  );
}
