// Rows of an array, classified by a model of a sweep.
import { html, useState } from '../vendor/preact.js';
import { ask, useAsk } from '../lib/api.js';
import { count, percent } from '../lib/format.js';
import { Empty, Fault, Loading, Table, Title } from '../lib/ui.js';

function Result({ answer, file }) {
  const counts = answer.classes.map(label => answer.labels.filter(each => each === label).length);
  const rows = answer.labels.map((label, id) => ({ id, label, share: Math.max(...answer.probabilities[id]) }));
  return html`<section aria-live="polite"><h2>${file}</h2>
    <p>${count(rows.length, 'row')}, by <a href=${`#/sweeps/${encodeURIComponent(answer.model)}`}>${answer.model}</a>.</p>
    <${Table} name="Classes found" rows=${answer.classes.map((label, id) => ({ id, label, rows: counts[id] })).filter(row => row.rows)} sorted="rows"
      columns=${[{ key: 'label', name: 'class', value: row => row.label }, { key: 'rows', name: 'rows', number: true, value: row => row.rows }]} />
    <h2>Each row</h2><${Table} name="Rows" rows=${rows} size=${25}
      columns=${[{ key: 'id', name: 'row', number: true, value: row => row.id }, { key: 'label', name: 'class', value: row => row.label }, { key: 'share', name: 'probability', number: true, value: row => row.share, cell: row => percent(row.share) }]} /></section>`;
}

export function Classify({ query }) {
  const sweeps = useAsk('/api/sweeps');
  const [model, setModel] = useState(query.get('model') ?? '');
  const [state, set] = useState({ busy: false, answer: null, problem: null, file: '' });
  const models = sweeps.data?.filter(sweep => sweep.best && sweep.state !== 'running') ?? [];
  const chosen = model || models[0]?.id;
  const take = async file => {
    if (!file) return;
    set({ busy: true, answer: null, problem: null, file: file.name });
    try {
      const answer = await ask(`/api/predict?model=${encodeURIComponent(chosen)}`, { method: 'POST', body: file, type: 'application/octet-stream' });
      set({ busy: false, answer, problem: null, file: file.name });
    } catch (problem) {
      set({ busy: false, answer: null, problem, file: file.name });
    }
  };
  if (!sweeps.data) return html`<${Title} name="Classify">Classify<//><${Fault} problem=${sweeps.problem} />${!sweeps.problem && html`<${Loading} />`}`;
  return html`<${Title} name="Classify">Classify<//>
    ${!models.length && !model ? html`<${Empty}>There is no model yet. <a href="#/new">A sweep makes one.</a><//>` : html`
    <div class="controls"><label>Model <select value=${chosen} onChange=${event => setModel(event.target.value)}>
      ${model && !models.some(each => each.id === model) && html`<option value=${model}>${model}</option>`}
      ${models.map(sweep => html`<option key=${sweep.id} value=${sweep.id}>${sweep.id} (${sweep.dataset}, ${percent(sweep.best.validationAccuracy)})</option>`)}</select></label></div>
    <section class="drop" aria-label="What to classify" onDragOver=${event => event.preventDefault()} onDrop=${event => { event.preventDefault(); take(event.dataTransfer.files[0]); }}>
      <p><strong>Drop an array here</strong>: a .npy file of rows with the features that the model was trained on, not standardized.</p>
      <p class="buttons"><label class="button">Choose a file <input class="unseen" type="file" accept=".npy" onChange=${event => { take(event.target.files[0]); event.target.value = ''; }} /></label></p></section>
    <${Fault} problem=${state.problem} />${state.busy && html`<${Loading} what="Classifying" />`}
    ${state.answer && html`<${Result} answer=${state.answer} file=${state.file} />`}`}`;
}
