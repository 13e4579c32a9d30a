import type { Curve } from './curves.ts';

const [width, height] = [640, 360];
const frame = { left: 48, right: 112, top: 16, bottom: 40 };
const [plotWidth, plotHeight] = [width - frame.left - frame.right, height - frame.top - frame.bottom];

/** Loss above which a curve leaves the picture: those with logarithms have no end. */
const highest = 3;

/** Okabe and Ito's colours that stand out on white and on dark grey, for readers who see colours differently too. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/**
 * The loss over the prediction, a curve a label, as SVG: a dot where the prediction is the label. The background is
 * that of the page; lines and texts of the frame follow whether it is light or dark.
 */
export function plot(title: string, curves: readonly Curve[]): string {
  const finite = curves.flatMap(({ values }) => values.filter((value) => value <= highest));
  const top = niceTop(Math.max(...finite));
  const bottom = Math.min(0, ...finite);
  const x = (p: number) => fixed(frame.left + p * plotWidth);
  const y = (loss: number) => fixed(frame.top + ((top - loss) / (top - bottom)) * plotHeight);

  const ticksX = [0, 0.25, 0.5, 0.75, 1].map(
    (p) =>
      `<line class="grid" x1="${x(p)}" y1="${frame.top}" x2="${x(p)}" y2="${height - frame.bottom}"/>` +
      `<text x="${x(p)}" y="${height - frame.bottom + 16}" text-anchor="middle">${p}</text>`,
  );
  const ticksY = Array.from({ length: 5 }, (_, i) => bottom + ((top - bottom) * i) / 4).map(
    (loss) =>
      `<line class="grid" x1="${frame.left}" y1="${y(loss)}" x2="${width - frame.right}" y2="${y(loss)}"/>` +
      `<text x="${frame.left - 8}" y="${y(loss)}" dy="4" text-anchor="end">${Number(loss.toFixed(3))}</text>`,
  );
  const paths = curves.map(({ values, target, atTarget }, i) => {
    const points = values.flatMap((value, j) =>
      value <= top ? [`${x(j / (values.length - 1))},${y(value)}`] : [],
    );
    const colour = colours[i % colours.length]!;
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.join(' ')}"/>` +
      `<circle cx="${x(target)}" cy="${y(Math.min(top, atTarget))}" r="4.5" fill="${colour}"/>` +
      `<line stroke="${colour}" stroke-width="2" x1="${width - frame.right + 16}" y1="${legendY(i)}" x2="${width - frame.right + 36}" y2="${legendY(i)}"/>` +
      `<text x="${width - frame.right + 42}" y="${legendY(i)}" dy="4">label ${target}</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
<title>${title}</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #57606a; }
.grid { stroke: #d0d7de; stroke-width: 1; }
@media (prefers-color-scheme: dark) { text { fill: #9198a1; } .grid { stroke: #3d444d; } }
</style>
${[...ticksX, ...ticksY, ...paths].join('\n')}
<text x="${frame.left + plotWidth / 2}" y="${height - 6}" text-anchor="middle">prediction</text>
</svg>
`;
}

const legendY = (i: number) => frame.top + 12 + 20 * i;

const fixed = (n: number) => Number(n.toFixed(2));

/** The next of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 8 times a power of ten. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (
    [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 8, 10].map((n) => n * power).find((n) => n >= value * (1 - 1e-9)) ?? value
  );
}
