// Fields of the form for a new sweep, each from what the vocabulary says of it.
import { html } from '../vendor/preact.js';
import { capital, number, words } from '../lib/format.js';

const kinds = { list: 'these values', steps: 'from … to, in steps', powersOfTwo: 'powers of two', uniform: 'any number between', logUniform: 'any number, by its logarithm', integer: 'any whole number between', logInteger: 'any whole number, by its logarithm' };

/** A label with its field, and what is wrong with it. */
export function Field({ name, label, wrong, hint, children }) {
  const bad = wrong?.field === name;
  return html`<div class="field"><label>${label} ${children(bad)}</label>${hint && html`<span class="quiet">${hint}</span>`}
    ${bad && html`<p class="wrong" role="alert">${wrong.message}</p>`}</div>`;
}

export const TextField = ({ name, label, value, onChange, wrong, hint, placeholder, inputmode = 'text' }) => html`<${Field} name=${name} label=${label} wrong=${wrong} hint=${hint}>
  ${bad => html`<input inputmode=${inputmode} value=${value} placeholder=${placeholder} aria-invalid=${bad} onInput=${event => onChange(event.target.value)} />`}<//>`;

export const NumberField = field => html`<${TextField} ...${field} inputmode="decimal" />`;

/** Which values a hyper-parameter may take. */
export function RangeField({ parameter, range, ranges, onChange, wrong }) {
  const { name, choices, isInteger, bounds } = parameter;
  const label = capital(parameter.words);
  const bad = wrong?.field === name;
  const set = part => onChange({ ...range, ...part });
  if (choices) {
    const chosen = range.names ?? [];
    return html`<fieldset class="range"><legend>${label}</legend>${choices.map(choice => html`<label class="check" key=${choice}><input type="checkbox" checked=${chosen.includes(choice)}
      onChange=${event => set({ names: choices.filter(each => each === choice ? event.target.checked : chosen.includes(each)) })} /> ${choice}${choice === parameter.default ? ' (default)' : ''}</label>`)}
      ${bad && html`<p class="wrong" role="alert">${wrong.message}</p>`}</fieldset>`;
  }
  const kind = range.kind ?? 'list';
  const fitting = ranges.filter(each => each.isForIntegers == null || each.isForIntegers === isInteger);
  const input = (key, text, wide) => html`<input class=${wide ? 'wide-input' : ''} aria-label=${`${label}: ${text}`} placeholder=${text} value=${range[key] ?? ''} aria-invalid=${bad} onInput=${event => set({ kind, [key]: event.target.value })} />`;
  return html`<fieldset class="range"><legend title=${bounds}>${label}</legend>
    <select aria-label=${`${label}: how the values are given`} value=${kind} onChange=${event => set({ kind: event.target.value })}><option value="list">${kinds.list}</option>${fitting.map(each => html`<option key=${each.kind} value=${each.kind}>${kinds[each.kind] ?? words(each.kind)}</option>`)}</select>
    ${kind === 'list' ? input('values', `such as ${number(parameter.default)}`, true) : html`${input('from', 'from')}${input('to', 'to')}${kind === 'steps' && input('step', 'step')}`}
    ${bad && html`<p class="wrong" role="alert">${wrong.message}</p>`}</fieldset>`;
}

/** A sampler or a pruner with its parameters; one within another one likewise. */
export function PolicyField({ name, label, policy, all, onChange, wrong, within = false }) {
  const chosen = all.find(each => each.kind === policy.kind);
  return html`<fieldset class="policy"><legend>${label}</legend>
    <${Field} name=${name} label="Kind" wrong=${wrong}>${bad => html`<select value=${policy.kind} aria-invalid=${bad} onChange=${event => onChange({ kind: event.target.value })}>
      <option value="">${within ? 'none' : `${all[0].kind} (${all[0].words})`}</option>${all.slice(1).map(each => html`<option key=${each.kind} value=${each.kind}>${each.kind} (${each.words})</option>`)}</select>`}<//>
    ${chosen?.parameters.map(parameter => parameter.type === 'policy'
      ? html`<${PolicyField} key=${parameter.name} name=${`${name}.${parameter.name}`} label=${capital(words(parameter.name))} policy=${policy[parameter.name] ?? { kind: '' }} all=${all} within=${true} wrong=${wrong} onChange=${value => onChange({ ...policy, [parameter.name]: value })} />`
      : parameter.type === 'choice'
        ? html`<${Field} key=${parameter.name} name=${`${name}.${parameter.name}`} label=${capital(words(parameter.name))} hint=${parameter.description} wrong=${wrong}>${bad => html`<select value=${policy[parameter.name] ?? ''} aria-invalid=${bad} onChange=${event => onChange({ ...policy, [parameter.name]: event.target.value })}><option value="">default</option>${parameter.choices.map(each => html`<option key=${each} value=${each}>${each}</option>`)}</select>`}<//>`
        : html`<${NumberField} key=${parameter.name} name=${`${name}.${parameter.name}`} label=${capital(words(parameter.name))} hint=${parameter.description} placeholder=${parameter.default != null ? String(parameter.default) : 'needed'} value=${policy[parameter.name] ?? ''} wrong=${wrong} onChange=${value => onChange({ ...policy, [parameter.name]: value })} />`)}</fieldset>`;
}
