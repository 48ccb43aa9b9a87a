// Every sweep on record.
import { html } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { useAsk } from '../lib/api.js';
import { ago, count, number, percent, when, words } from '../lib/format.js';
import { isOpen } from '../lib/sweep.js';
import { Empty, Fault, Loading, State, Table, Title } from '../lib/ui.js';

/** What people call a sweep, or its id. */
export const titleOf = sweep => sweep.name ?? sweep.id;

export const Tags = ({ of }) => of?.length ? html`<span class="tags">${of.map(tag => html`<a key=${tag} class="tag" href=${`#/sweeps?tag=${encodeURIComponent(tag)}`}>${tag}</a>`)}</span>` : null;

const link = sweep => `#/sweeps/${encodeURIComponent(sweep.id)}`;

export const pointText = parameters => ['learningRate', 'hiddenUnits', 'epochs']
  .filter(name => parameters?.[name] != null).map(name => `${words(name)} ${number(parameters[name])}`).join(', ');

/** How far a sweep is, as a bar with its figures beside it. */
export function Progress({ counts, state }) {
  if (!counts) return isOpen(state) ? html`<p class="quiet">Being planned …</p>` : null;
  const { total, running } = counts;
  const done = total - counts.waiting - running - (counts.preempted ?? 0);
  const parts = [[running, 'running'], [counts.pruned ?? 0, 'pruned'], [counts.diverged, 'diverged'], [counts.failed, 'failed'], [counts.cancelled, 'cancelled'], [counts.reused, 'on record before']];
  return html`<div class="progress"><progress max=${Math.max(1, total)} value=${done} aria-label="Trials that have ended"></progress>
    <span>${number(done)} of ${count(total, 'trial')}${parts.filter(([n]) => n > 0).map(([n, name]) => `, ${number(n)} ${name}`).join('')}</span></div>`;
}

function Live({ sweep }) {
  const { data } = useAsk(`/api/sweeps/${encodeURIComponent(sweep.id)}?take=0`, 2);
  return html`<${Progress} counts=${data?.counts} state=${data?.state ?? sweep.state} />${data?.best && html`<p class="quiet">Best so far: ${percent(data.best.validationAccuracy)}</p>`}`;
}

export const SweepCards = ({ sweeps, live = false }) => html`<ul class="cards">${sweeps.map(sweep => html`
  <li class="card" key=${sweep.id}><h3><a href=${link(sweep)}>${titleOf(sweep)}</a></h3>
    <p><${State} of=${sweep.state} /> <span class="quiet">on ${sweep.dataset}, ${ago(sweep.finishedAt ?? sweep.createdAt)}</span></p>
    ${live && html`<${Live} sweep=${sweep} />`}
    ${!live && sweep.best && html`<p><strong>${percent(sweep.best.validationAccuracy)}</strong> <span class="quiet">${pointText(sweep.best.parameters)}</span></p>`}
    ${!live && !sweep.best && html`<p class="quiet">No trial has a result.</p>`}
    <${Tags} of=${sweep.tags} />
  </li>`)}</ul>`;

const columns = [
  { key: 'id', name: 'sweep', wraps: true, value: titleOf, cell: sweep => html`<a href=${link(sweep)}>${titleOf(sweep)}</a>${sweep.name && html` <code class="quiet">${sweep.id}</code>`} <${Tags} of=${sweep.tags} />` },
  { key: 'state', name: 'state', value: sweep => sweep.state, cell: sweep => html`<${State} of=${sweep.state} />` },
  { key: 'dataset', name: 'data set', value: sweep => sweep.dataset },
  { key: 'best', name: 'validation accuracy', number: true, value: sweep => sweep.best?.validationAccuracy, cell: sweep => percent(sweep.best?.validationAccuracy) },
  { key: 'point', name: 'best point', value: sweep => pointText(sweep.best?.parameters) },
  { key: 'created', name: 'asked for', value: sweep => sweep.createdAt, cell: sweep => when(sweep.createdAt) },
];

export function Sweeps() {
  const { data, problem } = useAsk('/api/sweeps', 5);
  const [state, setState] = useChoice('state');
  const [text, setText] = useChoice('filter');
  const [tag, setTag] = useChoice('tag');
  const wanted = text.trim().toLowerCase();
  const rows = data?.filter(sweep => (!state || sweep.state === state) && (!tag || sweep.tags?.includes(tag))
    && (!wanted || `${sweep.id} ${sweep.name ?? ''} ${sweep.dataset} ${sweep.tags?.join(' ') ?? ''}`.toLowerCase().includes(wanted)));
  const tags = [...new Set(data?.flatMap(sweep => sweep.tags ?? []))].sort(), states = [...new Set([...data?.map(sweep => sweep.state) ?? [], ...(state ? [state] : [])])].sort();
  return html`<${Title} name="Sweeps" aside=${html`<a class="button main" href="#/new">New sweep</a>`}>Sweeps<//>
    <${Fault} problem=${problem} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && (data.length
      ? html`<p class="quiet">A sweep trains many classifiers on one data set and finds the best. ${data.filter(sweep => isOpen(sweep.state)).length} of ${data.length} running.</p>
        <div class="controls">
          <label>State <select value=${state} onChange=${event => setState(event.target.value)}><option value="">all</option>${states.map(each => html`<option key=${each} value=${each}>${each}</option>`)}</select></label>
          ${(tags.length > 0 || tag) && html`<label>Tag <select value=${tag} onChange=${event => setTag(event.target.value)}>
            <option value="">all</option>${[...new Set([...tags, ...(tag ? [tag] : [])])].map(each => html`<option key=${each} value=${each}>${each}</option>`)}</select></label>`}
          <label>Filter <input type="search" value=${text} placeholder="such as a data set" onInput=${event => setText(event.target.value)} /></label></div>
        <${Table} name="Sweeps" rows=${rows} columns=${columns} sorted="created" kept />
        ${rows.length === 0 && html`<p class="quiet">None of them is like that. <button onClick=${() => { setState(''); setText(''); setTag(''); }}>Show all</button></p>`}`
      : html`<${Empty}>No sweep has been asked for yet. <a href="#/new">Ask for the first one.</a><//>`)}`;
}
