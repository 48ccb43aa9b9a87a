// Asks for a sweep, and says beforehand what it comes to.
import { html, useEffect, useState } from '../vendor/preact.js';
import { ask, useAsk } from '../lib/api.js';
import { capital, count, duration, words } from '../lib/format.js';
import { blank, fieldOf, formOf, requestOf } from '../lib/request.js';
import { Empty, Fault, Loading, Title } from '../lib/ui.js';
import { Field, NumberField, PolicyField, RangeField, TextField } from './new-fields.js';

const PAUSE = 350;
const COUNTED = ['learningRate', 'hiddenUnits'];

/** What the host says of the request, a moment after it was changed last. */
function usePlan(request) {
  const [state, set] = useState({ plan: null, problem: null, of: '' });
  const text = request ? JSON.stringify(request) : '';
  useEffect(() => {
    if (!text) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => ask('/api/plan', { method: 'POST', json: JSON.parse(text), signal: stop.signal })
      .then(plan => set({ plan, problem: null, of: text }), problem => stop.signal.aborted || set({ plan: null, problem, of: text })), PAUSE);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [text]);
  return { ...state, isFresh: state.of === text };
}

function Space({ form, set, vocabulary, wrong }) {
  return html`<p class="quiet">Fill in what is to vary; what is left empty stays at its default.</p>
    ${vocabulary.hyperParameters.map(parameter => html`<${RangeField} key=${parameter.name} parameter=${parameter} ranges=${vocabulary.ranges} wrong=${wrong}
      range=${form.space[parameter.name] ?? {}} onChange=${range => set({ space: { ...form.space, [parameter.name]: range } })} />`)}
    <${PolicyField} name="sampler" label="Sampler: how points are chosen" policy=${form.sampler} all=${vocabulary.samplers} wrong=${wrong} onChange=${sampler => set({ sampler })} />`;
}

function More({ form, set, vocabulary, wrong }) {
  const toggle = (name, on) => set({ baselines: vocabulary.baselines.filter(each => each === name ? on : form.baselines.includes(each)) });
  return html`<details open=${Boolean(form.pruner.kind || form.baselines.length || form.repeats || form.validation || form.objective || Object.keys(form.stop).length)}><summary>Objective, pruning, validation, repeats, baselines, stop conditions</summary>
    <${Field} name="objective" label="Best by" hint="of the validation rows; the pruner, the sampler and the report follow it" wrong=${wrong}>${bad => html`<select value=${form.objective} aria-invalid=${bad} onChange=${event => set({ objective: event.target.value })}>
      ${vocabulary.objectives.map((each, i) => html`<option key=${each} value=${i ? each : ''}>${words(each)}</option>`)}</select>`}<//>
    <${PolicyField} name="pruner" label="Pruner: what ends trials early" policy=${form.pruner} all=${vocabulary.pruners} wrong=${wrong} onChange=${pruner => set({ pruner })} />
    <fieldset><legend>Validation</legend><${Field} name="validation" label="Trials are compared on" wrong=${wrong}>${bad => html`<select value=${form.validation} aria-invalid=${bad} onChange=${event => set({ validation: event.target.value })}>
        <option value="">the usual rows (a preset: the test set, others: a fifth of the training set)</option><option value="test">the test set, as the lab does</option><option value="share">a share of the training set</option><option value="folds">folds of the training set in turn</option></select>`}<//>
      ${form.validation === 'share' && html`<${NumberField} name="share" label="Share" value=${form.share} onChange=${share => set({ share })} />`}
      ${form.validation === 'folds' && html`<${NumberField} name="folds" label="Folds" value=${form.folds} onChange=${folds => set({ folds })} />`}
      <${NumberField} name="repeats" label="Repeats" hint="each point with so many seeds" placeholder="1" value=${form.repeats} wrong=${wrong} onChange=${repeats => set({ repeats })} /></fieldset>
    <fieldset><legend>Baselines to compare with</legend>${vocabulary.baselines.map(name => html`<label class="check" key=${name}><input type="checkbox" checked=${form.baselines.includes(name)} onChange=${event => toggle(name, event.target.checked)} /> ${name}</label>`)}</fieldset>
    <fieldset><legend>End it early at</legend>${vocabulary.stop.map(name => html`<${NumberField} key=${name} name=${`stop-${name}`} label=${capital(words(name))} value=${form.stop[name] ?? ''} placeholder="no limit" onChange=${value => set({ stop: { ...form.stop, [name]: value } })} />`)}
      ${wrong?.field === 'stop' && html`<p class="wrong" role="alert">${wrong.message}</p>`}</fieldset></details>`;
}

function Outlook({ state: { plan, problem }, request, wrong }) {
  const left = plan && plan.onRecord != null ? plan.trials - plan.onRecord : null;
  return html`<aside class="outlook" aria-label="What it comes to"><h2>What it comes to</h2>
    <div aria-live="polite">${plan ? html`<p><strong>${count(plan.trials, 'trial')}</strong>${plan.onRecord > 0 ? `, ${plan.onRecord} of them on record` : ''} on ${plan.dataset}.</p>
        ${left !== 0 && plan.seconds != null && html`<p>About <strong>${duration(plan.seconds)}</strong>, when nothing else runs.</p>`}
        ${plan.state && html`<p>It was asked for before: <a href=${`#/sweeps/${encodeURIComponent(plan.id)}`}>${plan.id}</a> is ${plan.state}.</p>`}
        ${plan.note && html`<p class="notice">${plan.note}</p>`}`
      : problem ? (wrong ? html`<p class="quiet">Something is wrong in the field that is marked.</p>` : html`<${Fault} problem=${problem} />`) : html`<${Loading} what="Counting" />`}</div>
    <details><summary>The same as JSON</summary><pre tabindex="0">${JSON.stringify(request, null, 2)}</pre></details>
    ${plan && html`<details><summary>The same on the command line</summary><pre tabindex="0">./run ${plan.command}</pre></details>`}</aside>`;
}

function Form({ start, vocabulary, datasets }) {
  const [form, setForm] = useState(start);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(null);
  const set = part => { setRefused(null); setForm(before => ({ ...before, ...part })); };
  const isEmpty = form.mode === 'space' && !COUNTED.some(name => form.space[name]) && Object.keys(form.space).length === 0;
  const request = requestOf(form, vocabulary);
  const state = usePlan(isEmpty ? null : request);
  const problem = refused ?? state.problem;
  const field = problem && fieldOf(problem.message, vocabulary);
  const wrong = field ? { field, message: problem.message } : null;
  const submit = async event => {
    event.preventDefault();
    setBusy(true);
    try {
      const started = await ask('/api/sweeps', { method: 'POST', json: request });
      location.hash = `#/sweeps/${encodeURIComponent(started.id)}`;
    } catch (error) {
      setRefused(error);
      setBusy(false);
    }
  };
  return html`<form class="new" onSubmit=${submit}><div class="parts">
      <${Field} name="dataset" label="Data set" wrong=${wrong}>${bad => html`<select value=${form.dataset} aria-invalid=${bad} onChange=${event => set({ dataset: event.target.value })}>${datasets.map(each => html`<option key=${each.name} value=${each.name}>${each.name} (${count(each.train.rows, 'row')})</option>`)}</select>`}<//>
      <div class="controls" role="radiogroup" aria-label="What is trained">
        <label class="check"><input type="radio" name="mode" checked=${form.mode === 'preset'} onChange=${() => set({ mode: 'preset' })} /> A preset of the lab</label>
        <label class="check"><input type="radio" name="mode" checked=${form.mode === 'space'} onChange=${() => set({ mode: 'space' })} /> A space of my own</label></div>
      ${form.mode === 'preset' ? html`<${Field} name="preset" label="Preset" wrong=${wrong}>${bad => html`<select value=${form.preset} aria-invalid=${bad} onChange=${event => set({ preset: event.target.value })}>${vocabulary.presets.map(each => html`<option key=${each.name} value=${each.name}>${each.name} (${count(each.trials, 'trial')})</option>`)}</select>`}<//>
          <${NumberField} name="epochs" label="Epochs" placeholder="as the preset has them" value=${form.epochs} wrong=${wrong} onChange=${epochs => set({ epochs })} />`
        : html`<${Space} form=${form} set=${set} vocabulary=${vocabulary} wrong=${wrong} />`}
      <${More} form=${form} set=${set} vocabulary=${vocabulary} wrong=${wrong} />
      <details open=${Boolean(form.name || form.notes || form.tags)}><summary>Name, tags, notes</summary>
        <${TextField} name="name" label="Name" placeholder="such as Depth on strings" value=${form.name} wrong=${wrong} onChange=${name => set({ name })} />
        <${TextField} name="tags" label="Tags" hint="with commas between them, to find it by" value=${form.tags} wrong=${wrong} onChange=${tags => set({ tags })} />
        <${Field} name="notes" label="Notes" wrong=${wrong}>${bad => html`<textarea rows="3" value=${form.notes} aria-invalid=${bad} onInput=${event => set({ notes: event.target.value })}></textarea>`}<//></details></div>
    <div class="side">${isEmpty ? html`<p class="quiet">Fill in at least one hyper-parameter.</p>` : html`<${Outlook} state=${state} request=${request} wrong=${wrong} />`}
      <p><button class="main" disabled=${busy || isEmpty || !state.plan || !state.isFresh}>Start the sweep</button></p></div></form>`;
}

export function New({ query }) {
  const vocabulary = useAsk('/api/vocabulary'), datasets = useAsk('/api/datasets');
  const like = query.get('like');
  const sweep = useAsk(like ? `/api/sweeps/${encodeURIComponent(like)}?take=0` : null);
  const isReady = vocabulary.data && datasets.data && (!like || sweep.data);
  const problem = vocabulary.problem ?? datasets.problem ?? sweep.problem;
  const start = () => {
    const form = like ? formOf(sweep.data.request) : blank();
    const dataset = query.get('dataset') ?? (form.dataset || datasets.data[0]?.name);
    return { ...form, dataset, ...(query.get('preset') ? { preset: query.get('preset') } : {}) };
  };
  return html`<${Title} name="New sweep">New sweep<//><${Fault} problem=${problem} />${!isReady && !problem && html`<${Loading} />`}
    ${isReady && (datasets.data.length ? html`<${Form} start=${start} vocabulary=${vocabulary.data} datasets=${datasets.data} />`
      : html`<${Empty}>A sweep needs a data set, and there is none yet. <a href="#/datasets">Drop its four arrays.</a><//>`)}`;
}
