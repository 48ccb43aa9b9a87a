// A sweep while it runs and after: curves, trials, what can be done, and its report.
import { html } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { useAsk } from '../lib/api.js';
import { Curves, PALETTE } from '../lib/curves.js';
import { ago, capital, duration, number, percent, when, words } from '../lib/format.js';
import { isOpen, nameOf, OBJECTIVES, scoreBy, useSweep, valueOf, varied } from '../lib/sweep.js';
import { Download, Fault, Loading, State, Title } from '../lib/ui.js';
import { Actions } from './sweep-actions.js';
import { Report } from './report.js';
import { Progress, pointText, Tags, titleOf } from './sweeps.js';
import { Trials } from './sweep-trials.js';

const metrics = [['val_accuracy', 'Validation accuracy'], ['val_loss', 'Validation loss'], ['val_balanced_accuracy', 'Validation balanced accuracy'], ['val_macro_f1', 'Validation macro F1'], ['accuracy', 'Training accuracy'], ['loss', 'Training loss']];

const MOST = [3, 5, 8];

function Picture({ trials, curves, names, defaults, objective, state }) {
  const [figure, setMetric] = useChoice('figure', OBJECTIVES[objective]);
  const [colours, setMost] = useChoice('best', '5');
  const [scale, setScale] = useChoice('scale');
  const [metric, label] = metrics.find(([name]) => name === figure) ?? metrics[0];
  const most = MOST.find(n => String(n) === colours) ?? 5, log = scale === 'log';
  const score = scoreBy(objective);
  const drawn = trials.filter(trial => curves.get(trial.id)?.epochs.length > 0)
    .sort((a, b) => (score(b) ?? -Infinity) - (score(a) ?? -Infinity));
  const line = (trial, i) => ({ name: nameOf(trial, names, defaults, number), colour: PALETTE[i % PALETTE.length], xs: curves.get(trial.id).epochs, ys: curves.get(trial.id)[metric] });
  return html`<section><h2>Curves</h2>
    <div class="controls">
      <label>Figure <select value=${metric} onChange=${event => setMetric(event.target.value)}>${metrics.map(([name, text]) => html`<option value=${name}>${text}</option>`)}</select></label>
      <label>In colour <select value=${most} onChange=${event => setMost(event.target.value)}>${MOST.map(n => html`<option value=${n}>the best ${n}</option>`)}</select></label>
      <label class="check"><input type="checkbox" checked=${log} onChange=${event => setScale(event.target.checked ? 'log' : '')} /> Log scale</label></div>
    ${drawn.length ? html`<${Curves} label=${label} log=${log} best=${drawn.slice(0, most).map(line)} rest=${drawn.slice(most).map(line)} />`
      : html`<p class="quiet">${state === 'failed' ? 'Curves come with the report, and this sweep has none.' : isOpen(state) || state === 'paused' ? 'No trial has done an epoch yet.' : 'No trial has done an epoch.'}</p>`}
    ${drawn.length > 0 && names.length > 0 && html`<p class="quiet">Trials are named by ${names.map(words).join(' · ')}.</p>`}</section>`;
}

const HALTS = { pause: 'and about to pause', stop: 'and about to stop', cancel: 'and about to end' };

function Facts({ sweep, names, defaults }) {
  const left = sweep.estimatedEnd && isOpen(sweep.state) ? (new Date(sweep.estimatedEnd) - Date.now()) / 1000 : null;
  const took = sweep.finishedAt && sweep.startedAt ? (new Date(sweep.finishedAt) - new Date(sweep.startedAt)) / 1000 : null;
  const facts = [
    ['State', html`<${State} of=${sweep.state} />${isOpen(sweep.state) && sweep.halt ? html`, ${HALTS[sweep.halt]}` : ''}`],
    ['Data set', html`<a href=${`#/datasets/${encodeURIComponent(sweep.dataset)}`}>${sweep.dataset}</a> <span class="quiet">${sweep.datasetVersion}</span>`],
    ['Asked for', html`<span title=${when(sweep.createdAt)}>${ago(sweep.createdAt)}</span>`],
    left != null && ['Left', left > 0 ? `about ${duration(left)}` : 'a moment'],
    took != null && ['Took', duration(took)],
    sweep.request?.objective && ['Best by', words(sweep.request.objective)],
    sweep.best && ['Best', html`<strong>${percent(sweep.best.validationAccuracy)}</strong> ${names.length ? names.map(name => `${words(name)} ${number(valueOf(sweep.best, name, defaults))}`).join(', ') : pointText(sweep.best.parameters)}`],
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
  const objective = sweep.request?.objective ?? 'accuracy', { name, notes, tags } = sweep.request ?? {};
  return html`<${Title} name=${name ?? id} aside=${html`<${Actions} sweep=${sweep} onDone=${again} />`}>${titleOf({ id, name })}<//>
    ${(name || tags?.length > 0) && html`<p>${name && html`<code class="quiet">${id}</code> `}<${Tags} of=${tags} /></p>`}
    ${notes && html`<p class="written">${notes}</p>`}
    <${Fault} problem=${problem} />
    ${sweep.error && html`<p class="fault">${capital(sweep.error)}</p>`}
    ${sweep.note && html`<p class="notice">${sweep.note}</p>`}
    <${Facts} sweep=${sweep} names=${names} defaults=${defaults} />
    <${Progress} counts=${sweep.counts} state=${sweep.state} />
    <p class="buttons"><a class="button" href=${`#/new?like=${encodeURIComponent(id)}`}>A sweep like this</a>
      ${over && html`${sweep.best && html`<a class="button" href=${`#/classify?model=${encodeURIComponent(id)}`}>Classify with it</a>
        <${Download} path=${`${path}/best.onnx`} name=${`${id}-best.onnx`}>best.onnx<//>`}
      <${Download} path=${`${path}/trials.csv`} name=${`${id}-trials.csv`}>trials.csv<//>
      <${Download} path=${`${path}/histories.csv`} name=${`${id}-histories.csv`}>histories.csv<//>
      <${Download} path=${`${path}/report.html`} name=${`${id}-report.html`}>report.html<//>`}</p>
    ${all.length > 0 || isOpen(sweep.state) ? html`<${Picture} trials=${all} curves=${curves} names=${names} defaults=${defaults} objective=${objective} state=${sweep.state} />
      <${Trials} trials=${all} names=${names} defaults=${defaults} objective=${objective} best=${sweep.best?.trialId} />` : html`<p class="quiet">It was not planned, so it has no trials.</p>`}
    ${over && html`<${Report} id=${id} key=${`${id}-${sweep.finishedAt}`} />`}`;
}
