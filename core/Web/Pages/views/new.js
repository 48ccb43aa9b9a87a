// Asks for a sweep, and says beforehand what it comes to.
import { html, useEffect, useLayoutEffect, useState } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { ask, insist, useAsk, useConnection } from '../lib/api.js';
import { capital, count, duration, words } from '../lib/format.js';
import { blank, fieldOf, formOf, requestOf } from '../lib/request.js';
import { Details, Empty, Fault, Loading, Outcome, Title, useChange } from '../lib/ui.js';
import { Field, NumberField, PolicyField, RangeField, TextField } from './new-fields.js';

const PAUSE = 350;
const DEVICES = { auto: 'a GPU where there is one', cpu: 'the processor', cuda: 'the GPU' };
// What a request of a space has at least one of; one with none of them would ask for the lab.
const VARIED = ['space', 'learningRates', 'hiddenUnits', 'points'];
const within = (wrong, field, name) => wrong?.field === field ? { ...wrong, field: name } : null;

/** What the host says of the request, a moment after it was changed last. */
function usePlan(request) {
  const [state, set] = useState({ plan: null, problem: null, of: '' });
  const text = request ? JSON.stringify(request) : '';
  const { times } = useConnection();
  useEffect(() => {
    if (!text) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => insist(() => ask('/api/plan', { method: 'POST', json: JSON.parse(text), signal: stop.signal }), stop.signal)
      .then(plan => set({ plan, problem: null, of: text }), problem => stop.signal.aborted || set({ plan: null, problem, of: text })), PAUSE);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [text, times]);
  return { ...state, isFresh: state.of === text };
}

function Space({ form, set, vocabulary, wrong }) {
  return html`<p class="quiet">Fill in what is to vary; what is left empty stays at its default.</p>
    ${vocabulary.hyperParameters.map(parameter => html`<${RangeField} key=${parameter.name} parameter=${parameter} ranges=${vocabulary.ranges} wrong=${wrong}
      range=${form.space[parameter.name] ?? {}} onChange=${range => set({ space: { ...form.space, [parameter.name]: range } })} />`)}
    <${PolicyField} name="sampler" label="Sampler: how points are chosen" policy=${form.sampler} all=${vocabulary.samplers} wrong=${wrong} onChange=${sampler => set({ sampler })} />
    <${Field} name="points" label="Points to try first" hint="one a line, such as: learningRate 0.01, activation relu" wrong=${wrong}>${bad => html`<textarea rows="2" value=${form.points} aria-invalid=${bad} onInput=${event => set({ points: event.target.value })}></textarea>`}<//>`;
}

function More({ form, set, vocabulary, wrong }) {
  const toggle = (name, on) => set({ baselines: vocabulary.baselines.filter(each => each === name ? on : form.baselines.includes(each)) });
  return html`<${Details} summary="Objective, pruning, validation, repeats, baselines, stop conditions"
      open=${Boolean(form.pruner.kind || form.baselines.length || form.repeats || form.validation || form.objective || form.restoreBest || Object.keys(form.stop).length)}>
    <${Field} name="objective" label="Best by" hint="of the validation rows; the pruner, the sampler and the report follow it" wrong=${wrong}>${bad => html`<select value=${form.objective} aria-invalid=${bad} onChange=${event => set({ objective: event.target.value })}>
      ${vocabulary.objectives.map((each, i) => html`<option key=${each} value=${i ? each : ''}>${words(each)}</option>`)}</select>`}<//>
    <p><label class="check"><input type="checkbox" checked=${form.restoreBest} onChange=${event => set({ restoreBest: event.target.checked })} /> Keep the weights of each trial's best epoch, not those of its last</label></p>
    <${PolicyField} name="pruner" label="Pruner: what ends trials early" policy=${form.pruner} all=${vocabulary.pruners} wrong=${wrong} onChange=${pruner => set({ pruner })} />
    <fieldset><legend>Validation</legend><${Field} name="validation" label="Trials are compared on" wrong=${form.validation === 'share' || form.validation === 'folds' ? null : wrong}>${bad => html`<select value=${form.validation} aria-invalid=${bad} onChange=${event => set({ validation: event.target.value })}>
        <option value="">the usual rows (a preset: the test set, others: a fifth of the training set)</option><option value="test">the test set, as the lab does</option><option value="share">a share of the training set</option><option value="folds">folds of the training set in turn</option></select>`}<//>
      ${form.validation === 'share' && html`<${NumberField} name="share" label="Share" value=${form.share} wrong=${within(wrong, 'validation', 'share')} onChange=${share => set({ share })} />`}
      ${form.validation === 'folds' && html`<${NumberField} name="folds" label="Folds" value=${form.folds} wrong=${within(wrong, 'validation', 'folds')} onChange=${folds => set({ folds })} />`}
      <${NumberField} name="repeats" label="Repeats" hint="each point with so many seeds" placeholder="1" value=${form.repeats} wrong=${wrong} onChange=${repeats => set({ repeats })} /></fieldset>
    <fieldset><legend>Baselines to compare with</legend>${vocabulary.baselines.map(name => html`<label class="check" key=${name}><input type="checkbox" checked=${form.baselines.includes(name)} onChange=${event => toggle(name, event.target.checked)} /> ${name}</label>`)}
      ${wrong?.field === 'baselines' && html`<p class="wrong" role="alert">${wrong.message}</p>`}</fieldset>
    <fieldset><legend>End it early at</legend>${vocabulary.stop.map(name => html`<${NumberField} key=${name} name=${`stop.${name}`} label=${capital(words(name))} value=${form.stop[name] ?? ''} placeholder="no limit" wrong=${wrong} onChange=${value => set({ stop: { ...form.stop, [name]: value } })} />`)}
      ${wrong?.field === 'stop' && html`<p class="wrong" role="alert">${wrong.message}</p>`}</fieldset><//>
    <${Details} summary="Where and when it runs" open=${Boolean(form.maxParallel || form.priority || form.device)}>
      <${Field} name="device" label="Trains on" wrong=${wrong}>${bad => html`<select value=${form.device} aria-invalid=${bad} onChange=${event => set({ device: event.target.value })}>
        <option value="">what the host is set up with</option>${Object.entries(DEVICES).map(([each, text]) => html`<option key=${each} value=${each}>${text}</option>`)}</select>`}<//>
      <${NumberField} name="maxParallel" label="Trials at once" placeholder="as many as the host lets it" value=${form.maxParallel} wrong=${wrong} onChange=${maxParallel => set({ maxParallel })} />
      <${NumberField} name="priority" label="Priority" hint="of sweeps that run at once the higher comes first, -10 to 10" placeholder="0" value=${form.priority} wrong=${wrong} onChange=${priority => set({ priority })} /><//>`;
}

function Outlook({ state: { plan, problem }, request, wrong }) {
  const left = plan && plan.onRecord != null ? plan.trials - plan.onRecord : null;
  return html`<aside class="outlook" aria-label="What it comes to"><h2>What it comes to</h2>
    <div aria-live="polite">${plan ? html`<p><strong>${count(plan.trials, 'trial')}</strong> on ${plan.dataset}${plan.onRecord > 0 ? `, ${left === 0 ? 'all' : plan.onRecord} of them on record already` : ''}.</p>
        ${left !== 0 && plan.seconds != null && html`<p>About <strong>${duration(plan.seconds)}</strong>, when nothing else runs.</p>`}
        ${plan.state && html`<p>It was asked for before: <a href=${`#/sweeps/${encodeURIComponent(plan.id)}`}>${plan.id}</a> is ${plan.state}.</p>`}
        ${plan.note && html`<p class="notice">${plan.note}</p>`}`
      : problem ? (wrong ? html`<p class="quiet">It cannot be counted yet: ${problem.message}</p>` : html`<${Fault} problem=${problem} />`) : html`<${Loading} what="Counting" />`}</div>
    <details><summary>The same as JSON</summary><pre tabindex="0">${JSON.stringify(request, null, 2)}</pre></details>
    ${plan && html`<details><summary>The same on the command line</summary><pre tabindex="0">./run ${plan.command}</pre></details>`}</aside>`;
}

function Form({ start, vocabulary, datasets }) {
  const [form, setForm] = useState(start);
  const [, keep] = useChoice('request');
  const starting = useChange();
  const [sent, setSent] = useState('');
  const set = part => setForm(before => ({ ...before, ...part }));
  const faults = [];
  const request = requestOf(form, vocabulary, faults);
  const isEmpty = form.mode === 'space' && !VARIED.some(name => name in request);
  const state = usePlan(isEmpty || faults.length ? null : request);
  // So that a form that is half filled in can be sent to somebody, and is there after a reload.
  const text = JSON.stringify(request);
  const [first] = useState(text);
  useLayoutEffect(() => { if (text !== first) keep(text); }, [text]);
  const refused = sent === text ? starting.problem : null;
  const problem = refused ?? state.problem;
  const field = fieldOf(problem?.field);
  const wrong = faults[0] ?? (field ? { field, message: problem.message } : null);
  const submit = event => {
    event.preventDefault();
    setSent(text);
    starting.change('/api/sweeps', { method: 'POST', json: request }, started => { location.hash = `#/sweeps/${encodeURIComponent(started.id)}`; });
  };
  return html`<form class="new" onSubmit=${submit}><div class="parts">
      <${Field} name="dataset" label="Data set" hint=${form.datasetVersion && `its version ${form.datasetVersion}`} wrong=${wrong}>${bad => html`<select value=${form.dataset} aria-invalid=${bad} onChange=${event => set({ dataset: event.target.value, datasetVersion: '' })}>${datasets.map(each => html`<option key=${each.name} value=${each.name}>${each.name} (${count(each.train.rows, 'row')})</option>`)}</select>`}<//>
      <div class="controls" role="radiogroup" aria-label="What is trained">
        <label class="check"><input type="radio" name="mode" checked=${form.mode === 'preset'} onChange=${() => set({ mode: 'preset' })} /> A preset of the lab</label>
        <label class="check"><input type="radio" name="mode" checked=${form.mode === 'space'} onChange=${() => set({ mode: 'space' })} /> A space of my own</label></div>
      ${form.mode === 'preset' ? html`<${Field} name="preset" label="Preset" wrong=${wrong}>${bad => html`<select value=${form.preset} aria-invalid=${bad} onChange=${event => set({ preset: event.target.value })}>${vocabulary.presets.map(each => html`<option key=${each.name} value=${each.name}>${each.name} (${count(each.trials, 'trial')})</option>`)}</select>`}<//>
          <${NumberField} name="epochs" label="Epochs" placeholder="as the preset has them" value=${form.epochs} wrong=${wrong} onChange=${epochs => set({ epochs })} />`
        : html`<${Space} form=${form} set=${set} vocabulary=${vocabulary} wrong=${wrong} />`}
      <${More} form=${form} set=${set} vocabulary=${vocabulary} wrong=${wrong} />
      <${Details} summary="Name, tags, notes" open=${Boolean(form.name || form.notes || form.tags)}>
        <${TextField} name="name" label="Name" placeholder="such as Depth on strings" value=${form.name} wrong=${wrong} onChange=${name => set({ name })} />
        <${TextField} name="tags" label="Tags" hint="with commas between them, to find it by" value=${form.tags} wrong=${wrong} onChange=${tags => set({ tags })} />
        <${Field} name="notes" label="Notes" wrong=${wrong}>${bad => html`<textarea rows="3" value=${form.notes} aria-invalid=${bad} onInput=${event => set({ notes: event.target.value })}></textarea>`}<//><//></div>
    <div class="side">${isEmpty ? html`<p class="quiet">Fill in at least one hyper-parameter.</p>` : html`<${Outlook} state=${faults.length ? { problem: faults[0] } : state} request=${request} wrong=${wrong} />`}
      <p><button class="main" disabled=${starting.busy || isEmpty || faults.length > 0 || !state.plan || !state.isFresh}>Start the sweep</button></p>
      ${(starting.waits || refused) && html`<${Outcome} of=${starting} />`}</div></form>`;
}

/** The form of a request in the address; null where there is none that can be read. */
function parsed(text) {
  try { return text ? formOf(JSON.parse(text)) : null; } catch { return null; }
}

export function New({ query }) {
  const vocabulary = useAsk('/api/vocabulary'), datasets = useAsk('/api/datasets');
  const held = parsed(query.get('request')), like = held ? null : query.get('like');
  const sweep = useAsk(like ? `/api/sweeps/${encodeURIComponent(like)}?take=0` : null);
  const isReady = vocabulary.data && datasets.data && (!like || sweep.data);
  const problem = vocabulary.problem ?? datasets.problem ?? sweep.problem;
  const start = () => {
    // What was chosen in the form since says more than the address that it began with.
    if (held) return { ...held, dataset: held.dataset || datasets.data[0]?.name };
    const form = like ? { ...formOf(sweep.data.request), name: '', notes: '' } : blank();
    const dataset = query.get('dataset') ?? (form.dataset || datasets.data[0]?.name);
    return { ...form, dataset, datasetVersion: query.get('version') ?? form.datasetVersion, ...(query.get('preset') ? { preset: query.get('preset') } : {}) };
  };
  return html`<${Title} name="New sweep">New sweep<//><${Fault} problem=${problem} />${!isReady && !problem && html`<${Loading} />`}
    ${isReady && (datasets.data.length ? html`<${Form} key=${String(query)} start=${start} vocabulary=${vocabulary.data} datasets=${datasets.data} />`
      : html`<${Empty}>A sweep needs a data set, and there is none yet. <a href="#/datasets">Drop its four arrays.</a><//>`)}`;
}
