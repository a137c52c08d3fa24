const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 40;
const BOTTOM = 24;
const TOP = 10;

/**
 * The scores of several results as a line, oldest left, as SVG. The scale goes from the lowest score, rounded down to
 * ten percent, to 100 %.
 */
export function trendChart(
  points: readonly { readonly finishedOn: string; readonly score: number }[],
): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) {
    return '';
  }
  const floor = Math.min(90, Math.floor(Math.min(...points.map(({ score }) => score)) / 10) * 10);
  const x = (index: number): number => LEFT + (index / (points.length - 1)) * (WIDTH - LEFT - 20);
  const y = (score: number): number => TOP + ((100 - score) / (100 - floor)) * (HEIGHT - TOP - BOTTOM);
  const at = points.map(({ score }, index) => [x(index).toFixed(1), y(score).toFixed(1)] as const);
  const lines = [floor, 100].map(
    (score) =>
      `<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${y(score)}" y2="${y(score)}"/><text x="0" y="${y(score) + 4}">${score} %</text>`,
  );
  const dots = at.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3"/>`).join('');
  const days = [first, last].map(({ finishedOn }) => finishedOn.slice(0, 10).replace(/[^\d-]/g, ''));
  return `<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Score from ${first.score} to ${last.score} percent in ${points.length} results">
${lines.join('')}<polyline points="${at.map((pair) => pair.join(',')).join(' ')}"/>${dots}
<text x="${LEFT}" y="${HEIGHT - 6}">${days[0]}</text><text x="${WIDTH - 20}" y="${HEIGHT - 6}" text-anchor="end">${days[1]}</text></svg>`;
}
