(() => {
  'use strict';
  const ink = '#1f2328', quiet = '#57606a', grid = '#dfe3e8';
  const height = 470;
  const make = (name, text, parent, kind) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    parent.append(element);
    return element;
  };
  const written = value => value == null ? ''
    : value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6) ? value.toExponential(2)
    : String(Number(value.toPrecision(5)));

  // Lines of different abscissae on one: uPlot wants a value, or a gap, for each.
  const columns = (data, logX, logY) => {
    const at = line => line.xs ?? line.ys.map((_, i) => i + 1);
    const xs = [...new Set(data.lines.flatMap(at))].filter(x => !logX || x > 0).sort((a, b) => a - b);
    const place = new Map(xs.map((x, i) => [x, i]));
    return [xs, ...data.lines.map(line => {
      const column = new Array(xs.length).fill(null);
      at(line).forEach((x, i) => {
        const y = line.ys[i];
        if (place.has(x) && y != null && (!logY || y > 0)) column[place.get(x)] = y;
      });
      return column;
    })];
  };

  const show = figure => {
    const data = JSON.parse(figure.querySelector('script').textContent);
    const picture = figure.querySelector('img');
    const panel = document.createElement('div');
    panel.className = 'chart';
    picture.before(panel);
    make('strong', figure.dataset.title, panel, 'chart-title');
    const tools = make('div', '', panel, 'tools');
    const stage = make('div', '', panel, 'stage');
    const names = make('div', '', panel, 'names');
    const hidden = new Set();
    let logY = data.logY, drawn = null, focused = null;

    const plot = () => {
      drawn?.destroy();
      const tip = document.createElement('div');
      tip.className = 'tip';
      const values = columns(data, data.logX, logY);
      const few = values[0].length <= 16;
      const quietLines = data.lines.some(line => !line.name);
      const range = log => (_, low, high) => {
        if (low == null || high == null) return [log ? 0.1 : 0, 1];
        if (log) return [low / 1.15, high * 1.15];
        const air = (high - low || Math.abs(high) || 1) * 0.05;
        return [low - air, high + air];
      };
      const axis = (label, extra) => ({
        label, stroke: ink, labelFont: '15px system-ui, sans-serif', font: '13px system-ui, sans-serif',
        grid: { stroke: grid, width: 1 }, ticks: { stroke: quiet, width: 1 }, ...extra,
      });
      drawn = new uPlot({
        width: Math.max(300, stage.clientWidth), height,
        legend: { show: false },
        focus: { alpha: 0.25 },
        cursor: { points: { show: !quietLines, size: 9 }, drag: { x: true, y: true, uni: 20 } },
        scales: {
          x: { time: false, distr: data.logX ? 3 : 1, ...(data.logX ? { range: range(true) } : {}) },
          y: { distr: logY ? 3 : 1, range: range(logY) },
        },
        axes: [
          axis(data.x, { incrs: values[0].every(Number.isInteger) ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] : undefined, values: (_, splits) => splits.map(written), ...(few && data.logX ? { splits: () => values[0], filter: (_, splits) => splits } : {}) }),
          axis(data.y, { size: 76, values: (_, splits) => splits.map(written) }),
        ],
        series: [{}, ...data.lines.map((line, i) => ({
          label: line.name, stroke: line.colour, dash: line.dash ?? undefined, width: line.name ? 2 : 1,
          spanGaps: true, show: !hidden.has(i), points: { show: Boolean(line.name) && line.ys.length <= 30, size: 6 },
        }))],
        hooks: {
          ready: [each => each.over.append(tip)],
          setCursor: [each => {
            const { left, top, idx } = each.cursor;
            const near = data.lines.map((line, i) => i + 1)
              .filter(i => idx != null && each.series[i].show && data.lines[i - 1].name && each.data[i][idx] != null)
              .map(i => [i, Math.abs(each.valToPos(each.data[i][idx], 'y') - top)])
              .sort((a, b) => a[1] - b[1])[0];
            const focus = near && left >= 0 && near[1] < 24 ? near[0] : null;
            if (focus !== focused) each.setSeries(focused = focus, { focus: true });
            tip.style.display = near && left >= 0 ? 'block' : 'none';
            if (!near || left < 0) return;
            tip.textContent = `${data.lines[near[0] - 1].name}: ${written(each.data[near[0]][idx])} (${data.x.toLowerCase()} ${written(each.data[0][idx])})`;
            const right = left > each.over.clientWidth / 2;
            tip.style.left = right ? '' : `${left + 14}px`;
            tip.style.right = right ? `${each.over.clientWidth - left + 14}px` : '';
            tip.style.top = `${Math.max(0, top - 34)}px`;
          }],
        },
      }, values, stage);
    };

    const toggle = (indices, button) => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', on);
      for (const i of indices) {
        if (on) hidden.delete(i); else hidden.add(i);
        drawn.setSeries(i + 1, { show: on });
      }
    };
    if (data.heading) make('strong', `${data.heading}:`, names);
    const name = (text, colour, indices) => {
      const button = make('button', '', names);
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      make('span', '', button, 'swatch').style.background = colour;
      button.append(text);
      button.addEventListener('click', () => toggle(indices, button));
      if (indices.length > 1) return;
      button.addEventListener('pointerenter', () => drawn.setSeries(indices[0] + 1, { focus: true }));
      button.addEventListener('pointerleave', () => drawn.setSeries(null, { focus: true }));
    };
    data.lines.forEach((line, i) => { if (line.name) name(line.name, line.colour, [i]); });
    const others = data.lines.map((line, i) => line.name ? -1 : i).filter(i => i >= 0);
    if (others.length) name(`${others.length} others`, data.lines[others[0]].colour, others);

    const scale = make('button', '', tools);
    scale.type = 'button';
    const label = () => { scale.textContent = logY ? 'Even scale' : 'Log scale'; };
    scale.addEventListener('click', () => { logY = !logY; label(); plot(); });
    label();
    const swap = make('button', 'Picture', tools);
    swap.type = 'button';
    swap.addEventListener('click', () => {
      const still = figure.classList.toggle('still');
      swap.textContent = still ? 'Interactive' : 'Picture';
    });
    make('span', 'Point at a line, click a name to hide it, drag to zoom, double-click to go back.', tools, 'hint');

    figure.classList.add('live');
    plot();
    new ResizeObserver(() => {
      const width = stage.clientWidth;
      if (width && Math.abs(width - drawn.width) > 1) drawn.setSize({ width, height });
    }).observe(stage);
  };

  // Off the screen a chart costs nothing.
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      show(entry.target);
    }
  }, { rootMargin: '300px' });
  for (const figure of document.querySelectorAll('figure[data-title]')) seen.observe(figure);
})();
