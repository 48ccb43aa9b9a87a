// Curves that grow: the best in colour, all others as one grey path, so that a thousand cost what ten do.
import { html, useEffect, useRef } from '../vendor/preact.js';
import { count, number } from './format.js';

// Of Okabe and Ito, as in the report.
export const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6bb1', '#7f7f7f', '#8b5a2b', '#3b7a57', '#b03060', '#4d4d9f'];
const HEIGHT = 380;
const HINT = 'Point at a line, drag to zoom, double-click to go back.';

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function columns(lines) {
  const xs = [...new Set(lines.flatMap(line => line.xs))].sort((a, b) => a - b);
  const place = new Map(xs.map((x, i) => [x, i]));
  return [xs.length ? xs : [0, 1], ...lines.map(line => {
    const column = new Array(Math.max(xs.length, 2)).fill(null);
    line.xs.forEach((x, i) => { column[place.get(x)] = line.ys[i]; });
    return column;
  })];
}

function extent(all, log, [from, to] = [-Infinity, Infinity]) {
  let low = Infinity, high = -Infinity, last = 1;
  for (const { xs, ys } of all)
    for (let i = 0; i < xs.length; i++) {
      const y = ys[i];
      if (y == null || !Number.isFinite(y) || (log && y <= 0) || xs[i] < from || xs[i] > to) continue;
      if (y < low) low = y;
      if (y > high) high = y;
      if (xs[i] > last) last = xs[i];
    }
  if (low > high) [low, high] = log ? [0.1, 1] : [0, 1];
  if (log) return { low: low / 1.1, high: high * 1.1, last };
  const air = (high - low || Math.abs(high) || 1) * 0.05;
  return { low: low - air, high: high + air, last };
}

function make(place, chart) {
  const ink = style('--text'), line = style('--line');
  const axis = (label, more) => ({ label, stroke: ink, font: '12px system-ui, sans-serif', labelFont: '13px system-ui, sans-serif', grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, ...more });
  return new window.uPlot({
    width: Math.max(240, place.clientWidth), height: HEIGHT,
    legend: { show: false },
    cursor: { points: { show: true, size: 8 }, drag: { x: true, y: false, setScale: false }, bind: { dblclick: plot => () => { chart.zoom = undefined; fit(plot, chart); } } },
    scales: { x: { time: false }, y: { distr: chart.log ? 3 : 1, range: () => {
      const { low, high } = extent([...chart.best, ...chart.rest], chart.log, chart.zoom);
      return [low, high];
    } } },
    axes: [axis('Epoch', { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }), axis(chart.label, { size: 64, values: (_, splits) => splits.map(number) })],
    series: [{}, ...chart.best.map(each => ({ label: each.name, stroke: each.colour, width: 2, spanGaps: true, points: { show: each.xs.length < 3 } }))],
    hooks: {
      drawAxes: [plot => drawRest(plot, chart)], setCursor: [plot => chart.onPoint?.(plot)],
      setSelect: [plot => {
        const { left, width } = plot.select;
        // Whole epochs: between two of them there is nothing.
        if (width > 0) chart.zoom = [Math.floor(plot.posToVal(left, 'x')), Math.ceil(plot.posToVal(left + width, 'x'))];
        plot.setSelect({ left: 0, width: 0 }, false);
        fit(plot, chart);
      }],
    },
  }, columns(chart.best), place);
}

/** All epochs, or those that somebody has chosen: new ones and another order of the lines leave that as it is. */
function fit(plot, chart) {
  const [min, max] = chart.zoom ?? [1, Math.max(2, extent([...chart.best, ...chart.rest], chart.log).last)];
  plot.setScale('x', { min, max });
}

function drawRest(plot, chart) {
  if (!chart.rest.length) return;
  const { ctx } = plot;
  const path = new Path2D();
  for (const { xs, ys } of chart.rest) {
    let begun = false, last = null;
    for (let i = 0; i < xs.length; i++) {
      if (ys[i] == null || (chart.log && ys[i] <= 0)) continue;
      const x = plot.valToPos(xs[i], 'x', true), y = plot.valToPos(ys[i], 'y', true);
      if (begun) path.lineTo(x, y);
      else path.moveTo(x, y);
      begun = true;
      last = [x, y];
    }
    // A single epoch makes no line.
    if (begun && xs.length === 1) path.lineTo(last[0] + 4 * devicePixelRatio, last[1]);
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
  ctx.clip();
  ctx.strokeStyle = style('--rest');
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke(path);
  ctx.restore();
}

/** Lines over epochs. `best` have a name and a colour and are told apart, `rest` are there for the picture. */
export function Curves({ best, rest = [], label, log = false }) {
  const place = useRef(), drawn = useRef(null), told = useRef();
  const shape = `${log}|${label}|${best.map(line => line.name + line.colour).join('|')}`;
  const chart = useRef({});
  Object.assign(chart.current, { best, rest, label, log, onPoint: plot => {
    const { idx, top, left } = plot.cursor;
    const near = idx == null || left < 0 ? null : chart.current.best
      .map((line, i) => [line, plot.data[i + 1]?.[idx]]).filter(([, y]) => y != null)
      .sort((a, b) => Math.abs(plot.valToPos(a[1], 'y') - top) - Math.abs(plot.valToPos(b[1], 'y') - top))[0];
    told.current.textContent = near ? `${near[0].name}: ${number(near[1])} at epoch ${plot.data[0][idx]}` : HINT;
  } });

  useEffect(() => {
    const draw = () => {
      drawn.current?.destroy();
      drawn.current = make(place.current, chart.current);
    };
    draw();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    const sized = new ResizeObserver(() => {
      const width = place.current.clientWidth;
      if (width && Math.abs(width - drawn.current.width) > 1) drawn.current.setSize({ width, height: HEIGHT });
    });
    sized.observe(place.current);
    return () => { scheme.removeEventListener('change', draw); sized.disconnect(); drawn.current.destroy(); drawn.current = null; };
  }, [shape]);

  useEffect(() => {
    const plot = drawn.current;
    if (!plot) return;
    plot.setData(columns(best), false);
    fit(plot, chart.current);
  });

  return html`<div class="plot"><div ref=${place} role="img" aria-label=${`${label} by epoch of ${best.length + rest.length} trials; the table below has the figures`}></div>
    <p class="told" ref=${told} aria-hidden="true">${HINT}</p>
    <ul class="legend">${best.map(line => html`<li key=${line.name}><span class="swatch" style=${{ background: line.colour }}></span>${line.name}</li>`)}
      ${rest.length > 0 && html`<li><span class="swatch" style=${{ background: 'var(--rest)' }}></span>${count(rest.length, 'other')}</li>`}</ul></div>`;
}
