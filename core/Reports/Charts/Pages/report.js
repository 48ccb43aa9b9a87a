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

  // An axis that begins at 0.024623 reads worse than one that begins at 0.02.
  const floor = value => {
    const unit = 10 ** Math.floor(Math.log10(value));
    return Math.floor(value / unit) * unit;
  };

  // On a logarithmic axis: round values within its ends, as many as have room for their names.
  const logTicks = (low, high, most) => {
    const round = steps => {
      const values = [];
      for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
        for (const step of steps) {
          const value = Number(`${step}e${power}`);
          if (value >= low && value <= high) values.push(value);
        }
      return values;
    };
    const choices = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]].map(round);
    const fitting = choices.find(values => values.length <= most) ?? choices.at(-1).filter((_, i, all) => i % Math.ceil(all.length / most) === 0);
    return fitting.length >= 2 ? fitting : Array.from({ length: most }, (_, i) => Number((low * (high / low) ** (i / (most - 1))).toPrecision(2)));
  };

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

  const axis = (label, extra) => ({
    label, stroke: ink, labelFont: '15px system-ui, sans-serif', font: '13px system-ui, sans-serif',
    grid: { stroke: grid, width: 1 }, ticks: { stroke: quiet, width: 1 }, ...extra,
  });
  const even = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

  // Beside the pointer, on the side that has room.
  const place = (tip, text, over, left, top) => {
    tip.textContent = text;
    tip.style.display = text ? 'block' : 'none';
    const right = left > over.clientWidth / 2;
    tip.style.left = right ? '' : `${left + 14}px`;
    tip.style.right = right ? `${over.clientWidth - left + 14}px` : '';
    tip.style.top = `${Math.max(0, top - 34)}px`;
  };

  const button = (text, parent, act) => {
    const element = make('button', text, parent);
    element.type = 'button';
    element.addEventListener('click', () => act(element));
    return element;
  };

  // A name that hides and shows what it stands for.
  const name = (text, colour, parent, toggle) => {
    const element = button('', parent, each => {
      const on = each.getAttribute('aria-pressed') !== 'true';
      each.setAttribute('aria-pressed', on);
      toggle(on);
    });
    element.setAttribute('aria-pressed', 'true');
    make('span', '', element, 'swatch').style.background = colour;
    element.append(text);
    return element;
  };

  // How what is shown of a figure is taken down again: a plot listens to the window until then.
  const ends = new WeakMap();

  const show = figure => {
    const data = JSON.parse(figure.querySelector('script').textContent);
    const picture = figure.querySelector('img');
    const panel = document.createElement('div');
    panel.className = 'chart';
    picture.before(panel);
    make('strong', figure.dataset.title, panel, 'chart-title');
    const tools = make('div', '', panel, 'tools');
    const stage = make('div', '', panel, data.panels ? 'stage panels' : 'stage');
    const names = make('div', '', panel, 'names');
    figure.classList.add('live');
    const chart = (data.panels ? points : lines)(data, stage, names);
    if (chart.log != null) {
      const label = each => { each.textContent = chart.log ? 'Even scale' : 'Log scale'; };
      label(button('', tools, each => { chart.log = !chart.log; label(each); chart.plot(); }));
    }
    button('Picture', tools, each => {
      each.textContent = figure.classList.toggle('still') ? 'Interactive' : 'Picture';
    });
    make('span', `Point at a ${data.panels ? 'point' : 'line'}, click a name to hide it, drag to zoom, double-click to go back.`, tools, 'hint');
    chart.plot();
    const sized = new ResizeObserver(() => chart.resize());
    sized.observe(stage);
    ends.set(figure, () => { sized.disconnect(); chart.end(); });
  };

  const lines = (data, stage, names) => {
    const hidden = new Set();
    let drawn = null, focused = null;
    const chart = { log: data.places ? null : data.logY };
    // The names of its axes need room, and a narrow screen scrolls.
    const wide = () => Math.max(data.places ? data.places.length * 150 : 300, stage.clientWidth);
    const range = log => (_, low, high) => {
      if (low == null || high == null) return [log ? 0.1 : 0, 1];
      if (log) return [floor(low / 1.02), high * 1.15];
      const air = (high - low || Math.abs(high) || 1) * 0.05;
      return [low - air, high + air];
    };

    chart.plot = () => {
      drawn?.destroy();
      const tip = document.createElement('div');
      tip.className = data.places ? 'tip wide' : 'tip';
      const logY = Boolean(chart.log);
      const values = columns(data, data.logX, logY);
      const few = values[0].length <= 16;
      const quietLines = data.lines.some(line => !line.name);
      const abscissa = data.places
        ? { size: 64, splits: () => values[0], filter: (_, splits) => splits, values: (_, splits) => splits.map(x => data.places[x - 1]) }
        : { incrs: values[0].every(Number.isInteger) ? even : undefined, values: (_, splits) => splits.map(written), ...(few && data.logX ? { splits: () => values[0], filter: (_, splits) => splits } : {}) };
      drawn = new uPlot({
        width: wide(), height,
        legend: { show: false },
        focus: { alpha: data.places ? 0.1 : 0.25 },
        padding: data.places ? [16, 90, 0, 90] : undefined,
        cursor: { points: { show: !quietLines, size: 9 }, drag: { x: true, y: true, uni: 20 } },
        scales: {
          x: { time: false, distr: data.logX ? 3 : 1, ...(data.logX ? { range: range(true) } : {}) },
          y: { distr: logY ? 3 : 1, range: data.places ? [0, 1] : range(logY) },
        },
        axes: [axis(data.x || undefined, abscissa), axis(data.y, { show: !data.places, size: 76, values: (_, splits) => splits.map(written) })],
        series: [{}, ...data.lines.map((line, i) => ({
          label: line.name, stroke: line.colour, dash: line.dash ?? undefined, width: line.name ? 2 : 1,
          spanGaps: true, show: !hidden.has(i), points: { show: Boolean(line.name) && line.ys.length <= 30, size: 6 },
        }))],
        hooks: {
          ready: [each => each.over.append(tip)],
          setCursor: [each => {
            const { left, top, idx } = each.cursor;
            // Between two axes of parallel coordinates a line is where it is drawn.
            const at = i => {
              const ys = each.data[i];
              if (!data.places) return ys[idx];
              const x = Math.min(Math.max(each.posToVal(left, 'x'), 1), ys.length), whole = Math.floor(x);
              return ys[whole - 1] + ((ys[whole] ?? ys[whole - 1]) - ys[whole - 1]) * (x - whole);
            };
            const near = data.lines.map((line, i) => i + 1)
              .filter(i => idx != null && each.series[i].show && (data.lines[i - 1].name || data.lines[i - 1].tip) && each.data[i][idx] != null)
              .map(i => [i, Math.abs(each.valToPos(at(i), 'y') - top)])
              .sort((a, b) => a[1] - b[1])[0];
            const focus = near && left >= 0 && near[1] < 24 ? near[0] : null;
            if (focus !== focused) each.setSeries(focused = focus, { focus: true });
            const line = near && left >= 0 ? data.lines[near[0] - 1] : null;
            const text = !line ? '' : line.tip
              ?? `${line.name}: ${written(each.data[near[0]][idx])} (${data.x.toLowerCase()} ${written(each.data[0][idx])})`;
            place(tip, text, each.over, left, top);
          }],
        },
      }, values, stage);
    };

    chart.end = () => drawn.destroy();

    chart.resize = () => {
      if (stage.clientWidth && Math.abs(wide() - drawn.width) > 1) drawn.setSize({ width: wide(), height });
    };

    const add = (text, colour, indices) => {
      const element = name(text, colour, names, on => {
        for (const i of indices) {
          if (on) hidden.delete(i); else hidden.add(i);
          drawn.setSeries(i + 1, { show: on });
        }
      });
      if (indices.length > 1) return;
      element.addEventListener('pointerenter', () => drawn.setSeries(indices[0] + 1, { focus: true }));
      element.addEventListener('pointerleave', () => drawn.setSeries(null, { focus: true }));
    };
    if (data.heading) make('strong', `${data.heading}:`, names);
    data.lines.forEach((line, i) => { if (line.name) add(line.name, line.colour, [i]); });
    const others = data.lines.map((line, i) => line.name ? -1 : i).filter(i => i >= 0);
    if (others.length) add(`${others.length} ${others.length === 1 ? 'other' : 'others'}`, data.lines[others[0]].colour, others);
    return chart;
  };

  const points = (data, stage, names) => {
    const hidden = new Set(), drawn = [];
    const chart = { log: data.panels.some(panel => panel.logX) ? true : data.mayLogY ? false : null };
    const tall = data.panels.length > 1 ? 330 : height;

    // Of one trial in every panel.
    const point = (index, over, left, top) => {
      for (const { plot, panel, mark, tip, at } of drawn) {
        mark.style.display = index == null ? 'none' : 'block';
        place(tip, index != null && plot.over === over ? data.tips[index] : '', plot.over, left, top);
        if (index == null) continue;
        mark.style.left = `${plot.valToPos(panel.xs[index], 'x')}px`;
        mark.style.top = `${plot.valToPos(at(index), 'y')}px`;
      }
    };

    const add = panel => {
      const cell = make('div', '', stage, 'panel');
      const logX = Boolean(chart.log && panel.logX), logY = Boolean(chart.log && data.mayLogY);
      const low = logY ? Math.max(data.low, 0.8) : data.low;
      const at = i => Math.max(data.ys[i] ?? low, low);
      const order = panel.xs.map((_, i) => i).sort((a, b) => panel.xs[a] - panel.xs[b]);
      const xs = order.map(i => panel.xs[i]);
      const [first, last] = [xs[0], xs.at(-1)], few = [...new Set(xs)];
      const air = (last - first || Math.abs(last) || 1) * 0.05;
      const ends = panel.places ? [-0.5, panel.places.length - 0.5] : logX ? [first / 1.3, last * 1.3] : [first - air, last + air];
      const mark = document.createElement('div'), tip = document.createElement('div');
      [mark.className, tip.className] = ['mark', 'tip wide'];
      const plot = new uPlot({
        width: Math.max(240, cell.clientWidth), height: tall,
        legend: { show: false },
        cursor: { points: { show: false }, drag: { x: true, y: true, uni: 20 } },
        scales: {
          x: { time: false, distr: logX ? 3 : 1, range: (_, from, to) => from === first && to === last ? ends : [from, to] },
          y: { distr: logY ? 3 : 1, range: () => [low, logY ? data.high * 1.15 : data.high] },
        },
        axes: [
          axis(panel.x, {
            values: (_, splits) => splits.map(panel.places ? x => panel.places[x] ?? '' : written),
            ...(panel.places ? { splits: () => panel.places.map((_, i) => i) } : logX ? { splits: (each, _, from, to) => few.length <= 6 ? few : logTicks(from, to, 5), filter: (_, splits) => splits } : {}),
            incrs: xs.every(Number.isInteger) ? even : undefined,
          }),
          axis(data.y, { size: 70, values: (_, splits) => splits.map(written) }),
        ],
        series: [{}, ...data.names.map((group, g) => ({
          label: group.name, stroke: group.colour, paths: () => null, show: !hidden.has(g),
          points: { show: true, space: 0, size: 8, width: 1, stroke: group.colour, fill: `${group.colour}99` },
        }))],
        hooks: {
          ready: [each => each.over.append(mark, tip)],
          setCursor: [each => {
            const { left, top } = each.cursor;
            let near = null, least = 30 * 30;
            if (left >= 0) for (const i of order) {
              if (hidden.has(data.groups[i])) continue;
              const distance = (each.valToPos(panel.xs[i], 'x') - left) ** 2 + (each.valToPos(at(i), 'y') - top) ** 2;
              if (distance < least) [near, least] = [i, distance];
            }
            point(near, each.over, left, top);
          }],
        },
      }, [xs, ...data.names.map((_, g) => order.map(i => data.groups[i] === g ? at(i) : null))], cell);
      drawn.push({ plot, panel, mark, tip, at, cell });
    };

    chart.end = () => { for (const { plot } of drawn) plot.destroy(); };

    chart.plot = () => {
      chart.end();
      drawn.length = 0;
      stage.replaceChildren();
      data.panels.forEach(add);
    };
    chart.resize = () => {
      for (const { plot, cell } of drawn) {
        if (cell.clientWidth && Math.abs(cell.clientWidth - plot.width) > 1) plot.setSize({ width: cell.clientWidth, height: tall });
      }
    };
    data.names.forEach((group, g) => {
      if (!data.groups.includes(g)) return;
      name(group.name, group.colour, names, on => {
        if (on) hidden.delete(g); else hidden.add(g);
        for (const { plot } of drawn) plot.setSeries(g + 1, { show: on });
      });
    });
    return chart;
  };

  // Off the screen a chart costs nothing.
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      show(entry.target);
    }
  }, { rootMargin: '300px' });
  // Whoever puts a report into another document calls this of the place, and what it returns before the place goes.
  globalThis.showFigures = place => {
    const figures = [...place.querySelectorAll('figure[data-title]')];
    for (const figure of figures) seen.observe(figure);
    return () => {
      for (const figure of figures) {
        seen.unobserve(figure);
        ends.get(figure)?.();
      }
    };
  };
  globalThis.showFigures(document);
})();
