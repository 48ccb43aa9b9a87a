// The trials of a sweep as a table: to sort, to filter, and to choose some of them to compare.
import { html } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { number, percent, words } from '../lib/format.js';
import { OBJECTIVES, valueOf } from '../lib/sweep.js';
import { Details, Download, State, Table } from '../lib/ui.js';

const MOST = 10, REASONS = 50;

/** Whether there is a record of it, so that it can be compared. */
const isOnRecord = trial => ['completed', 'diverged', 'pruned'].includes(trial.state);

const figure = (key, name, share) => ({
  key, name, number: true, value: trial => trial.metrics?.[key],
  cell: trial => share ? percent(trial.metrics?.[key]) : number(trial.metrics?.[key]),
});

const FIGURES = [['val_accuracy', 'validation accuracy', true], ['val_balanced_accuracy', 'validation balanced accuracy', true], ['val_macro_f1', 'validation macro F1', true], ['val_loss', 'validation loss'], ['accuracy', 'training accuracy', true], ['loss', 'training loss']];

export function Trials({ trials, names, defaults, best, objective }) {
  const [state, setState] = useChoice('state');
  const [text, setText] = useChoice('filter');
  const [ticked, tick] = useChoice('ticked');
  const chosen = new Set(ticked.split(',').filter(Boolean));
  const by = OBJECTIVES[objective];
  const states = [...new Set([...trials.map(trial => trial.state), ...(state ? [state] : [])])].sort();
  const wanted = text.trim().toLowerCase();
  const rows = trials.filter(trial => (!state || trial.state === state)
    && (!wanted || `${trial.id} ${trial.studies?.join(' ')} ${Object.entries(trial.parameters ?? {}).map(([name, value]) => `${words(name)} ${value}`).join(' ')}`.toLowerCase().includes(wanted)));
  const without = trials.filter(trial => trial.reason);
  const toggle = id => {
    if (!chosen.delete(id)) chosen.add(id);
    tick([...chosen].join(','));
  };
  const columns = [
    { key: 'chosen', label: 'To compare', name: '', cell: trial => html`<input type="checkbox" aria-label=${`Compare trial ${trial.id}`} checked=${chosen.has(trial.id)} disabled=${!chosen.has(trial.id) && (chosen.size >= MOST || !isOnRecord(trial))} onChange=${() => toggle(trial.id)} />` },
    ...names.map(name => ({ key: name, name: words(name), number: typeof trials.find(trial => trial.parameters?.[name] != null)?.parameters[name] === 'number', value: trial => valueOf(trial, name, defaults), cell: trial => number(valueOf(trial, name, defaults)) })),
    ...(trials.some(trial => trial.fold) ? [{ key: 'fold', name: 'fold', number: true, value: trial => trial.fold }] : []),
    { key: 'state', name: 'state', value: trial => trial.state, cell: trial => html`<span title=${trial.reason}><${State} of=${trial.state} /></span>` },
    { key: 'epoch', name: 'epoch', number: true, value: trial => trial.epoch, cell: trial => `${trial.epoch} of ${trial.parameters?.epochs ?? '?'}` },
    // What the sweep is about comes first; the two that are seldom asked for are there where they are.
    ...FIGURES.filter(([key]) => key === by || (key !== 'val_balanced_accuracy' && key !== 'val_macro_f1'))
      .sort((a, b) => (b[0] === by) - (a[0] === by)).map(each => figure(...each)),
    { key: 'id', name: 'trial', value: trial => trial.id, cell: trial => html`<code>${trial.id.slice(0, 10)}</code>` },
    { key: 'model', label: 'Model', name: '', cell: trial => trial.state === 'completed' && html`<${Download} path=${`/api/trials/${trial.id}/model.onnx`} name=${`${trial.id}-model.onnx`}>model.onnx<//>` },
  ];
  return html`<section><h2>Trials</h2>
    <div class="controls">
      <label>State <select value=${state} onChange=${event => setState(event.target.value)}><option value="">all</option>${states.map(each => html`<option value=${each}>${each}</option>`)}</select></label>
      <label>Filter <input type="search" size="24" value=${text} placeholder="such as hidden units 64" onInput=${event => setText(event.target.value)} /></label>
      ${chosen.size >= 2 ? html`<a class="button main" href=${`#/compare?trials=${[...chosen].join(',')}`}>Compare ${chosen.size} trials</a>`
        : trials.filter(isOnRecord).length >= 2 && html`<span class="quiet">Tick two to ten trials to compare them.</span>`}</div>
    <${Table} name="Trials" rows=${rows} columns=${columns} size=${20} sorted=${by} down=${objective !== 'loss'} best=${best} kept />
    ${trials.some(trial => trial.state === 'diverged') && html`<p class="quiet">A trial has diverged when its loss is no finite number any more; a lower learning rate helps.</p>`}
    ${without.length > 0 && html`<${Details} summary="Why trials have no result" open=${without.some(trial => trial.state === 'failed')}>
      <ul>${without.slice(0, REASONS).map(trial => html`<li key=${trial.id}><code>${trial.id.slice(0, 10)}</code> ${trial.reason}</li>`)}</ul>
      ${without.length > REASONS && html`<p class="quiet">and ${number(without.length - REASONS)} more, in trials.csv</p>`}<//>`}</section>`;
}
