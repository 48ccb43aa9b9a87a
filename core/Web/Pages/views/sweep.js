// A sweep while it runs and after: curves, trials, what can be done, and its report.
import { html, useState } from '../vendor/preact.js';
import { useAsk } from '../lib/api.js';
import { Curves, PALETTE } from '../lib/curves.js';
import { ago, duration, number, percent, when } from '../lib/format.js';
import { isOpen, nameOf, score, useSweep, varied } from '../lib/sweep.js';
import { Download, Fault, Loading, State, Title } from '../lib/ui.js';
import { Actions } from './sweep-actions.js';
import { Report } from './report.js';
import { Progress, pointText } from './sweeps.js';
import { Trials } from './sweep-trials.js';

const metrics = [['val_accuracy', 'Validation accuracy'], ['val_loss', 'Validation loss'], ['accuracy', 'Training accuracy'], ['loss', 'Training loss']];

function Picture({ trials, curves, names, defaults }) {
  const [metric, setMetric] = useState('val_accuracy');
  const [most, setMost] = useState(5);
  const [log, setLog] = useState(false);
  const [, label] = metrics.find(([name]) => name === metric);
  const drawn = trials.filter(trial => curves.get(trial.id)?.epochs.length > 0)
    .sort((a, b) => (score(b) ?? -1) - (score(a) ?? -1));
  const line = (trial, i) => ({ name: nameOf(trial, names, defaults, number), colour: PALETTE[i % PALETTE.length], xs: curves.get(trial.id).epochs, ys: curves.get(trial.id)[metric] });
  return html`<section><h2>Curves</h2>
    <div class="controls">
      <label>Figure <select value=${metric} onChange=${event => setMetric(event.target.value)}>${metrics.map(([name, text]) => html`<option value=${name}>${text}</option>`)}</select></label>
      <label>In colour <select value=${most} onChange=${event => setMost(Number(event.target.value))}>${[3, 5, 8].map(n => html`<option value=${n}>the best ${n}</option>`)}</select></label>
      <label class="check"><input type="checkbox" checked=${log} onChange=${event => setLog(event.target.checked)} /> Log scale</label></div>
    ${drawn.length ? html`<${Curves} label=${label} log=${log} best=${drawn.slice(0, most).map(line)} rest=${drawn.slice(most).map(line)} />`
      : html`<p class="quiet">No trial has done an epoch yet.</p>`}</section>`;
}

function Facts({ sweep }) {
  const left = sweep.estimatedEnd && isOpen(sweep.state) ? (new Date(sweep.estimatedEnd) - Date.now()) / 1000 : null;
  const took = sweep.finishedAt && sweep.startedAt ? (new Date(sweep.finishedAt) - new Date(sweep.startedAt)) / 1000 : null;
  const facts = [
    ['State', html`<${State} of=${sweep.state} />`],
    ['Data set', html`<a href=${`#/datasets/${encodeURIComponent(sweep.dataset)}`}>${sweep.dataset}</a> <span class="quiet">${sweep.datasetVersion}</span>`],
    ['Asked for', html`<span title=${when(sweep.createdAt)}>${ago(sweep.createdAt)}</span>`],
    left != null && ['Left', left > 0 ? `about ${duration(left)}` : 'a moment'],
    took != null && ['Took', duration(took)],
    sweep.best && ['Best', html`<strong>${percent(sweep.best.validationAccuracy)}</strong> ${pointText(sweep.best.parameters)}`],
    sweep.stopCause && ['Ended by', `the condition on ${sweep.stopCause}`],
  ];
  return html`<dl class="facts-list">${facts.filter(Boolean).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function Sweep({ id }) {
  const { sweep, trials, curves, problem, again } = useSweep(id);
  const vocabulary = useAsk('/api/vocabulary');
  if (!sweep) return html`<${Title} name=${id}>${id}<//><${Fault} problem=${problem} />${!problem && html`<${Loading} />`}`;
  const all = [...trials.values()];
  const names = varied(all);
  const defaults = Object.fromEntries(vocabulary.data?.hyperParameters.map(each => [each.name, each.default]) ?? []);
  const path = `/api/sweeps/${encodeURIComponent(id)}`;
  const over = !isOpen(sweep.state) && sweep.state !== 'paused' && sweep.state !== 'failed';
  return html`<${Title} name=${id} aside=${html`<${Actions} sweep=${sweep} onDone=${again} />`}>${id}<//>
    <${Fault} problem=${problem} />
    ${sweep.error && html`<p class="fault">${sweep.error}</p>`}
    ${sweep.note && html`<p class="notice">${sweep.note}</p>`}
    <${Facts} sweep=${sweep} />
    <${Progress} counts=${sweep.counts} />
    ${over && html`<p class="buttons">
      <a class="button" href=${`#/new?like=${encodeURIComponent(id)}`}>A sweep like this</a>
      ${sweep.best && html`<a class="button" href=${`#/classify?model=${encodeURIComponent(id)}`}>Classify with it</a>
        <${Download} path=${`${path}/best.onnx`} name=${`${id}-best.onnx`}>best.onnx<//>`}
      <${Download} path=${`${path}/trials.csv`} name=${`${id}-trials.csv`}>trials.csv<//>
      <${Download} path=${`${path}/histories.csv`} name=${`${id}-histories.csv`}>histories.csv<//>
      <${Download} path=${`${path}/report.html`} name=${`${id}-report.html`}>report.html<//></p>`}
    <${Picture} trials=${all} curves=${curves} names=${names} defaults=${defaults} />
    <${Trials} trials=${all} names=${names} defaults=${defaults} best=${sweep.best?.trialId} />
    ${over && html`<${Report} id=${id} key=${`${id}-${sweep.finishedAt}`} />`}`;
}
