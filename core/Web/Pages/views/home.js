// What there is, and what to do next.
import { html } from '../vendor/preact.js';
import { useAsk } from '../lib/api.js';
import { ago, count } from '../lib/format.js';
import { isOpen } from '../lib/sweep.js';
import { Fault, Loading, Title } from '../lib/ui.js';
import { SweepCards } from './sweeps.js';

function Next({ datasets, sweeps }) {
  if (!datasets?.length) {
    return html`<section class="next"><h2>Begin here</h2>
      <p>A data set makes a sweep possible. There is none yet.</p>
      <ol><li><a href="#/recordings">Drop recordings or arrays</a> on this page: AIFF or WAV files to look at and to listen to, four <code>.npy</code> arrays for a data set.</li>
        <li>Or take the samples that come along, on the command line: <code>./run upload samples/*.npy samples/*.aiff</code></li></ol></section>`;
  }
  if (!sweeps?.length) {
    return html`<section class="next"><h2>Next: the first sweep</h2>
      <p>${count(datasets.length, 'data set')} ${datasets.length === 1 ? 'is' : 'are'} ready. The lab compares learning rates and hidden sizes on it in a few minutes.</p>
      <p><a class="button main" href="#/new?preset=lab">Start the lab</a> <a class="button" href="#/new">Ask for something else</a></p></section>`;
  }
  return null;
}

function Rejected({ rejected }) {
  if (!rejected?.length) return null;
  return html`<section><h2>Rejected uploads</h2>
    <ul class="cards">${rejected.map(each => html`<li class="card" key=${each.upload}>
      <h3>${each.upload}</h3><p>${each.problem}</p><p><strong>What to do:</strong> ${each.remedy}</p><p class="quiet">${ago(each.rejectedAt)}</p></li>`)}</ul></section>`;
}

export function Home() {
  const sweeps = useAsk('/api/sweeps', 5), datasets = useAsk('/api/datasets', 10), rejected = useAsk('/api/rejected', 10);
  const running = sweeps.data?.filter(sweep => isOpen(sweep.state) || sweep.state === 'paused') ?? [];
  const ended = sweeps.data?.filter(sweep => !running.includes(sweep)).slice(0, 6) ?? [];
  return html`<${Title} name="Home">Instrument classifiers, compared<//>
    <${Fault} problem=${sweeps.problem ?? datasets.problem} />
    ${!sweeps.data && !sweeps.problem && html`<${Loading} />`}
    ${sweeps.data && datasets.data && html`
      <p class="facts"><a href="#/datasets">${count(datasets.data.length, 'data set')}</a> <a href="#/sweeps">${count(sweeps.data.length, 'sweep')}</a></p>
      <${Next} datasets=${datasets.data} sweeps=${sweeps.data} />`}
    ${running.length > 0 && html`<section><h2>Running</h2><${SweepCards} sweeps=${running} live=${true} /></section>`}
    <${Rejected} rejected=${rejected.data} />
    ${ended.length > 0 && html`<section><h2>Latest results</h2><${SweepCards} sweeps=${ended} /></section>`}`;
}
