import type { BenchResult } from './results.ts';

const WIDTH = 760;
const LABELS = 300;
const ROW = 34;
/** Half the width of a label in a growth chart. */
const BESIDE_AXIS = 60;
const LABEL_HEIGHT = 16;
/** Readable in light and dark: an SVG in a README follows the reader's setting. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .value { font-variant-numeric: tabular-nums; }
  .over { stroke: #ffffff; stroke-width: 5; stroke-linejoin: round; paint-order: stroke; }
  .small { font-size: 11px; fill: #59636e; }
  .ours { fill: #1a7f64; } .peer { fill: #8c959f; }
  .spread, .axis { stroke: #59636e; stroke-width: 1.5; }
  .line { fill: none; stroke: #1a7f64; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .over { stroke: #0d1117; } .small { fill: #9198a1; }
    .ours { fill: #3fb68b; } .peer { fill: #6e7681; }
    .spread, .axis { stroke: #9198a1; } .line { stroke: #3fb68b; }
  }`;

/** Bars of the sides' medians with the spread of the rounds, shortest first. */
export function barChart(title: string, sides: BenchResult['sides']): string {
  const longest = Math.max(...sides.flatMap((side) => side.seconds), Number.MIN_VALUE);
  const scale = (seconds: number): number => (seconds / longest) * (WIDTH - LABELS - 90);
  const rows = [...sides]
    .sort((a, b) => a.median - b.median)
    .map((side, index) => {
      const y = 16 + index * ROW;
      const [low, high] = [Math.min(...side.seconds), Math.max(...side.seconds)].map(
        (value) => LABELS + scale(value),
      ) as [number, number];
      const middle = y + 10;
      return [
        `<text x="${LABELS - 12}" y="${y + 15}" text-anchor="end">${escapeXml(side.name)}</text>`,
        `<rect class="${side.ours ? 'ours' : 'peer'}" x="${LABELS}" y="${y}" width="${px(Math.max(1, scale(side.median)))}" height="20" rx="3"/>`,
        `<path class="spread" d="M${px(low)} ${middle}H${px(high)}"/>`,
        `<text class="value" x="${px(high + 8)}" y="${y + 15}">${seconds(side.median)}</text>`,
      ].join('\n  ');
    });
  return svg(title, 24 + sides.length * ROW, rows);
}

/** Seconds over the size of the work, both axes linear: straight is linear growth. */
export function growthChart({ title, unit, points }: BenchResult['growth'][number]): string {
  const [left, top, width, height] = [70, 30, WIDTH - 160, 180];
  const farthest = Math.max(...points.map((point) => point.x));
  const highest = Math.max(...points.map((point) => point.seconds), Number.MIN_VALUE);
  const at = (point: { readonly x: number; readonly seconds: number }): [number, number] => [
    left + (point.x / farthest) * width,
    top + height - (point.seconds / highest) * height,
  ];
  const line = points.map((point) => at(point).map(px).join(' ')).join('L');
  let last = { x: Number.NEGATIVE_INFINITY, y: 0 };
  const marks = points.map((point) => {
    const [x, y] = at(point);
    // Beside the axis, not across it.
    const [anchor, where] = x - left < BESIDE_AXIS ? ['start', left + 6] : ['middle', x];
    // Above its neighbour's label where they would touch.
    const touches = where - last.x < 2 * BESIDE_AXIS && Math.abs(y - 10 - last.y) < LABEL_HEIGHT;
    last = { x: where, y: touches ? last.y - LABEL_HEIGHT : y - 10 };
    const label = `${seconds(point.seconds)}${point.peakMb === undefined ? '' : `, ${point.peakMb.toFixed(0)} MB`}`;
    return [
      `<circle class="ours" cx="${px(x)}" cy="${px(y)}" r="4"/>`,
      `<text class="value over" x="${px(where)}" y="${px(last.y)}" text-anchor="${anchor}">${label}</text>`,
      `<text class="small" x="${px(x)}" y="${top + height + 18}" text-anchor="middle">${point.x.toLocaleString('en')}</text>`,
    ].join('\n  ');
  });
  return svg(title, top + height + 50, [
    `<path class="axis" d="M${left} ${top}V${top + height}H${left + width}" fill="none"/>`,
    `<path class="line" d="M${line}"/>`,
    ...marks,
    `<text class="small" x="${left + width}" y="${top + height + 36}" text-anchor="end">${escapeXml(unit)}</text>`,
  ]);
}

function svg(title: string, height: number, body: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(title)}">
  <style>${STYLE}
  </style>
  ${body.join('\n  ')}
</svg>
`;
}

/** Three significant figures, never fewer than the digits before the point. */
export function seconds(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toFixed(digits)} s`;
}

function px(value: number): string {
  return value.toFixed(1);
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
