import { escapeHtml } from './html.ts';

/** A phone shows the narrowest without scrolling. */
const NARROWEST = 288;
const WIDEST = 720;
/** Between two points, while there is room. */
const SPACING = 80;
const HEIGHT = 200;
const LEFT = 48;
const RIGHT = 12;
const TOP = 24;
const BOTTOM = 34;
/** Width of a letter of a label, with some to spare. */
const LETTER = 7;

export interface Point {
  readonly label: string;
  /** In percent. */
  readonly value: number;
}

/**
 * The hardening score over versions as a line; the numbers stand at the points, so that colour says nothing alone. It has
 * its size in pixels: what does not fit is scrolled, since letters that shrink could not be read.
 */
export function scoreChart(points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  const inner = LEFT + RIGHT + 48;
  const width = Math.min(WIDEST, Math.max(NARROWEST, inner + (points.length - 1) * SPACING));
  const low = Math.max(0, Math.floor((Math.min(...values) - 2) / 5) * 5);
  const high = 100;
  const x = (index: number): number =>
    points.length === 1
      ? (LEFT + width - RIGHT) / 2
      : LEFT + 24 + (index * (width - inner)) / (points.length - 1);
  const y = (value: number): number =>
    TOP + ((high - value) / Math.max(1, high - low)) * (HEIGHT - TOP - BOTTOM);
  // Labels that would run into one another are left out; the newest version keeps its own.
  const spacing = points.length > 1 ? x(1) - x(0) : width;
  const widest = Math.max(...points.map(({ label }) => label.length)) * LETTER + 12;
  const step = Math.ceil(widest / spacing);
  const isLabelled = (index: number): boolean => (points.length - 1 - index) % step === 0;
  const ticks = [low, Math.round((low + high) / 2), high];
  const description = points.map(({ label, value }) => `${label}: ${value} %`).join(', ');
  return [
    `<svg class="chart" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escapeHtml(`Hardening score by version. ${description}`)}">`,
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}"/><text x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${tick} %</text>`,
    ),
    `<polyline class="line" points="${points.map(({ value }, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}"/>`,
    ...points.map(
      ({ label, value }, index) =>
        `<circle cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4.5"/><text class="value" x="${x(index).toFixed(1)}" y="${(y(value) - 10).toFixed(1)}" text-anchor="middle">${value}</text>${isLabelled(index) ? `<text x="${x(index).toFixed(1)}" y="${HEIGHT - 10}" text-anchor="middle">${escapeHtml(label)}</text>` : ''}`,
    ),
    '</svg>',
  ].join('');
}
