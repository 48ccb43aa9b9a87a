// Every sweep on record.
import { html } from '../vendor/preact.js';
import { useAsk } from '../lib/api.js';
import { ago, number, percent, when, words } from '../lib/format.js';
import { isOpen } from '../lib/sweep.js';
import { Empty, Fault, Loading, State, Table, Title } from '../lib/ui.js';

const link = sweep => `#/sweeps/${encodeURIComponent(sweep.id)}`;

export const pointText = parameters => ['learningRate', 'hiddenUnits', 'epochs']
  .filter(name => parameters?.[name] != null).map(name => `${words(name)} ${number(parameters[name])}`).join(', ');

/** How far a sweep is, as a bar with its figures beside it. */
export function Progress({ counts }) {
  if (!counts) return html`<p class="quiet">Being planned …</p>`;
  const { total, running } = counts;
  const done = total - counts.waiting - running - (counts.preempted ?? 0);
  const parts = [[running, 'running'], [counts.pruned ?? 0, 'pruned'], [counts.diverged, 'diverged'], [counts.failed, 'failed'], [counts.cancelled, 'cancelled'], [counts.reused, 'on record before']];
  return html`<div class="progress"><progress max=${Math.max(1, total)} value=${done} aria-label="Trials that have ended"></progress>
    <span>${done} of ${total} trials${parts.filter(([n]) => n > 0).map(([n, name]) => `, ${n} ${name}`).join('')}</span></div>`;
}

function Live({ sweep }) {
  const { data } = useAsk(`/api/sweeps/${encodeURIComponent(sweep.id)}?take=0`, 2);
  return html`<${Progress} counts=${data?.counts} />${data?.best && html`<p class="quiet">Best so far: ${percent(data.best.validationAccuracy)}</p>`}`;
}

export const SweepCards = ({ sweeps, live = false }) => html`<ul class="cards">${sweeps.map(sweep => html`
  <li class="card" key=${sweep.id}><h3><a href=${link(sweep)}>${sweep.id}</a></h3>
    <p><${State} of=${sweep.state} /> <span class="quiet">on ${sweep.dataset}, ${ago(sweep.finishedAt ?? sweep.createdAt)}</span></p>
    ${live && html`<${Live} sweep=${sweep} />`}
    ${!live && sweep.best && html`<p><strong>${percent(sweep.best.validationAccuracy)}</strong> <span class="quiet">${pointText(sweep.best.parameters)}</span></p>`}
  </li>`)}</ul>`;

const columns = [
  { key: 'id', name: 'sweep', value: sweep => sweep.id, cell: sweep => html`<a href=${link(sweep)}>${sweep.id}</a>` },
  { key: 'state', name: 'state', value: sweep => sweep.state, cell: sweep => html`<${State} of=${sweep.state} />` },
  { key: 'dataset', name: 'data set', value: sweep => sweep.dataset },
  { key: 'best', name: 'validation accuracy', number: true, value: sweep => sweep.best?.validationAccuracy, cell: sweep => percent(sweep.best?.validationAccuracy) },
  { key: 'point', name: 'best point', value: sweep => pointText(sweep.best?.parameters) },
  { key: 'created', name: 'asked for', value: sweep => sweep.createdAt, cell: sweep => when(sweep.createdAt) },
];

export function Sweeps() {
  const { data, problem } = useAsk('/api/sweeps', 5);
  return html`<${Title} name="Sweeps" aside=${html`<a class="button main" href="#/new">New sweep</a>`}>Sweeps<//>
    <${Fault} problem=${problem} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && (data.length
      ? html`<p class="quiet">${data.filter(sweep => isOpen(sweep.state)).length} of ${data.length} running.</p><${Table} name="Sweeps" rows=${data} columns=${columns} sorted="created" />`
      : html`<${Empty}>No sweep has been asked for yet. <a href="#/new">Ask for the first one.</a><//>`)}`;
}
