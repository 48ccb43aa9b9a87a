// Points of several classes on a plane.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { PALETTE } from './curves.js';
import { number } from './format.js';

const HEIGHT = 420;
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const axis = label => ({ label, stroke: style('--text'), font: '12px system-ui, sans-serif', labelFont: '13px system-ui, sans-serif', size: 56, grid: { stroke: style('--line'), width: 1 }, ticks: { stroke: style('--line'), width: 1 }, values: (_, splits) => splits.map(number) });

function ends(values) {
  const low = Math.min(...values), high = Math.max(...values), air = (high - low || 1) * 0.05;
  return [low - air, high + air];
}

/** `groups` are the names, `of` the group of each point. */
export function Scatter({ x, y, of, groups, labels, name }) {
  const place = useRef();
  const [hidden, hide] = useState(new Set());
  useEffect(() => {
    let plot;
    const order = x.map((_, i) => i).sort((a, b) => x[a] - x[b]);
    const draw = () => {
      plot?.destroy();
      plot = new window.uPlot({
        width: Math.max(240, place.current.clientWidth), height: HEIGHT, legend: { show: false },
        cursor: { points: { show: false }, drag: { x: true, y: true, uni: 20 } },
        scales: { x: { time: false, range: (_, from, to) => from === x[order[0]] && to === x[order.at(-1)] ? ends(x) : [from, to] }, y: {} },
        axes: labels.map(axis),
        series: [{}, ...groups.map((group, g) => ({
          label: group, stroke: PALETTE[g % PALETTE.length], paths: () => null, show: !hidden.has(g),
          points: { show: true, space: 0, size: 6, width: 1, stroke: PALETTE[g % PALETTE.length], fill: `${PALETTE[g % PALETTE.length]}99` },
        }))],
      }, [order.map(i => x[i]), ...groups.map((_, g) => order.map(i => of[i] === g ? y[i] : null))], place.current);
    };
    draw();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    const sized = new ResizeObserver(() => { if (Math.abs(place.current.clientWidth - plot.width) > 1) plot.setSize({ width: place.current.clientWidth, height: HEIGHT }); });
    sized.observe(place.current);
    return () => { scheme.removeEventListener('change', draw); sized.disconnect(); plot.destroy(); };
  }, [x, y, of, hidden]);
  const toggle = g => hide(before => {
    const next = new Set(before);
    if (!next.delete(g)) next.add(g);
    return next;
  });
  return html`<div class="plot"><div ref=${place} role="img" aria-label=${name}></div>
    <div class="legend" role="group" aria-label="Classes that are shown">${groups.map((group, g) => html`
      <button key=${group} aria-pressed=${!hidden.has(g)} onClick=${() => toggle(g)}><span class="swatch" style=${{ background: PALETTE[g % PALETTE.length] }}></span>${group}</button>`)}</div></div>`;
}
