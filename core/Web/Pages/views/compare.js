// Two to ten trials or sweeps side by side: only what differs, and whether it is more than chance.
import { html, useEffect, useState } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { ask, insist, useAsk, useConnection } from '../lib/api.js';
import { Curves, PALETTE } from '../lib/curves.js';
import { capital, duration, number, percent, words } from '../lib/format.js';
import { Empty, Fault, Loading, State, Title } from '../lib/ui.js';

const MOST = 10;

function Choose({ of, sweeps }) {
  const [chosen, choose] = useState(new Set(of));
  const ended = sweeps?.filter(sweep => sweep.best) ?? [];
  const toggle = id => choose(before => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  if (!sweeps) return null;
  // Of what is compared, trials and what was deleted have no box to untick.
  const ticked = ended.map(sweep => sweep.id).filter(id => chosen.has(id));
  if (!ended.length) return html`<${Empty}>Nothing to compare yet: no sweep has a result.<//>`;
  return html`${of.length < 2 && html`<p class="quiet">What differs, the curves over each other, and whether one is better by more than chance.</p>`}
    <details open=${of.length < 2}><summary>Choose sweeps</summary>
    <ul class="choices">${ended.map(sweep => html`<li key=${sweep.id}><label><input type="checkbox" checked=${chosen.has(sweep.id)} disabled=${!chosen.has(sweep.id) && ticked.length >= MOST} onChange=${() => toggle(sweep.id)} />
      ${sweep.name ?? sweep.id}</label> <span class="quiet">${sweep.dataset}, ${percent(sweep.best.validationAccuracy)}</span></li>`)}</ul>
    <p>${ticked.length >= 2 ? html`<a class="button main" href=${`#/compare?of=${ticked.map(encodeURIComponent).join(',')}`}>Compare ${ticked.length}</a>` : html`<span class="quiet">Tick two to ten. Trials of one sweep are chosen in its table.</span>`}</p></details>`;
}

function useHistories(trials) {
  const [histories, set] = useState(new Map());
  const ids = trials.map(trial => trial.trialId).join(','), { times } = useConnection();
  useEffect(() => {
    const stop = new AbortController();
    Promise.all(trials.map(async trial => [trial.trialId, await insist(() => ask(`/api/trials/${trial.trialId}/history.json`, { signal: stop.signal }), stop.signal).catch(() => null)]))
      .then(all => { if (!stop.signal.aborted) set(new Map(all.filter(([, history]) => history))); });
    return () => stop.abort();
  }, [ids, times]);
  return histories;
}

const fields = trial => ({
  ...Object.fromEntries(Object.entries(trial.parameters).map(([name, value]) => [words(name), number(value)])),
  'data set': trial.dataset, version: trial.datasetVersion, validation: String(trial.validation), epochs_done: number(trial.epoch),
  'trained parameters': number(trial.parameterCount), device: trial.device,
});

function Differences({ trials, onlyDifferent }) {
  const all = trials.map(fields);
  const names = [...new Set(all.flatMap(Object.keys))]
    .filter(name => !onlyDifferent || new Set(all.map(each => each[name] ?? 'default')).size > 1);
  const rows = [
    ['state', trial => trial.state, trial => html`<${State} of=${trial.state} />`], ['validation accuracy', trial => percent(trial.metrics?.validationAccuracy)],
    ['95% interval', trial => trial.interval ? `${percent(trial.interval[0])} to ${percent(trial.interval[1])}` : ''],
    ['validation loss', trial => number(trial.metrics?.validationLoss)], ['training accuracy', trial => percent(trial.metrics?.accuracy)],
    ['time in training', trial => duration(trial.seconds)],
  ].filter(([, value]) => !onlyDifferent || new Set(trials.map(value)).size > 1);
  return html`<div class="table" tabindex="0" role="region" aria-label="Side by side"><table><thead><tr><th scope="col"><span class="unseen">What</span></th>${trials.map((trial, i) => html`<th scope="col" key=${trial.name}><span class="swatch" style=${{ background: PALETTE[i % PALETTE.length] }}></span>${trial.name}</th>`)}</tr></thead><tbody>
    ${rows.map(([name, value, cell = value]) => html`<tr key=${name}><th scope="row">${capital(name)}</th>${trials.map(trial => html`<td class="number" key=${trial.name}>${cell(trial)}</td>`)}</tr>`)}
    ${names.map(name => html`<tr key=${name}><th scope="row">${capital(name.replace('_', ' '))}</th>${all.map((each, i) => html`<td class="number" key=${i}>${each[name] ?? 'default'}</td>`)}</tr>`)}</tbody></table></div>`;
}

const metrics = [['val_accuracy', 'Validation accuracy'], ['val_loss', 'Validation loss'], ['accuracy', 'Training accuracy'], ['loss', 'Training loss']];

function Side({ data: { findings, trials }, nameOf }) {
  const data = { findings: findings.map(nameOf), trials: trials.map(trial => ({ ...trial, name: nameOf(trial.name) })) };
  const [rows, setRows] = useChoice('rows');
  const different = rows !== 'all';
  const [figure, setMetric] = useChoice('figure', 'val_accuracy');
  const [metric, label] = metrics.find(([name]) => name === figure) ?? metrics[0];
  const histories = useHistories(data.trials);
  const lines = data.trials.map((trial, i) => ({ name: trial.name, colour: PALETTE[i % PALETTE.length], ys: histories.get(trial.trialId)?.[metric] ?? [] }))
    .map(line => ({ ...line, xs: line.ys.map((_, i) => i + 1) })).filter(line => line.xs.length);
  return html`<section><h2>What they say</h2><ul>${data.findings.map(each => html`<li key=${each}>${each}</li>`)}</ul></section>
    <section><h2>Side by side</h2><div class="controls"><label class="check"><input type="checkbox" checked=${different} onChange=${event => setRows(event.target.checked ? '' : 'all')} /> Only what differs</label></div>
      <${Differences} trials=${data.trials} onlyDifferent=${different} /></section>
    ${lines.length > 0 && html`<section><h2>Curves</h2><div class="controls"><label>Figure <select value=${metric} onChange=${event => setMetric(event.target.value)}>${metrics.map(([name, text]) => html`<option value=${name}>${text}</option>`)}</select></label></div>
      <${Curves} best=${lines} label=${label} /></section>`}`;
}

export function Compare({ query }) {
  const of = (query.get('of') ?? query.get('trials') ?? '').split(',').filter(Boolean);
  const { data, problem } = useAsk(of.length >= 2 ? `/api/compare?of=${of.map(encodeURIComponent).join(',')}` : null);
  const sweeps = useAsk('/api/sweeps').data;
  // By what people call them, where that tells them apart.
  const named = (sweeps ?? []).filter(sweep => sweep.name && of.includes(sweep.id));
  const nameOf = text => named.reduce((said, { id, name }) => said.replaceAll(id, () => named.filter(each => each.name === name).length > 1 ? `${name} (${id})` : name), text);
  return html`<${Title} name="Compare">Compare<//>
    <${Choose} key=${of.join()} of=${of} sweeps=${sweeps} /><${Fault} problem=${problem} />
    ${of.length >= 2 && !data && !problem && html`<${Loading} />`}
    ${data && html`<${Side} key=${of.join()} data=${data} nameOf=${nameOf} />`}`;
}
