// What can be done with a sweep in its state, each with what it does.
import { html, useState } from '../vendor/preact.js';
import { Button, Dialog, Outcome, useChange } from '../lib/ui.js';
import { isOpen } from '../lib/sweep.js';

const actions = {
  pause: { name: 'Pause', does: 'Running trials are broken off at their last checkpoint, and nothing more starts. Resuming goes on from there.' },
  resume: { name: 'Resume', does: 'Goes on with what is left. Trials on record are used, others go on from their checkpoints.' },
  stop: { name: 'Stop', does: 'Running trials finish, no more are started, and the report is written.' },
  cancel: { name: 'Cancel', does: 'Running trials end within about a second, and the report covers what had finished. Nothing that has finished is lost.' },
  retry: { name: 'Retry', does: 'Runs what failed once more. Trials on record are used.' },
  extend: { name: 'Extend', does: 'Adds points or epochs. What is on record is used, and only the rest is trained. What is left empty stays as it is.' },
  delete: { name: 'Delete', does: 'Removes the sweep with its report. Its trials stay on record: other sweeps may share them, and the same request would use them again.' },
};

/** Of a running sweep: what is left to ask for after what it was asked for already. */
const running = { pause: ['resume', 'stop', 'cancel', 'extend'], stop: ['cancel'], cancel: [] };

const allowed = ({ state, counts, halt }) => isOpen(state) ? running[halt] ?? ['pause', 'stop', 'cancel', 'extend']
  : state === 'paused' ? ['resume', 'stop', 'cancel', 'extend', 'delete']
  : state === 'stopped' || state === 'cancelled' ? ['resume', 'extend', 'delete']
  : state === 'failed' || counts?.failed > 0 ? ['retry', 'extend', 'delete'] : ['extend', 'delete'];

// What is no number would be sent as none at all; the browser says so at the field.
const WHOLE = { inputmode: 'numeric', pattern: '\\s*-?[0-9]+\\s*', title: 'A whole number' };
const LIST = { pattern: '[\\-+.0-9eE,;\\s]*[0-9][\\-+.0-9eE,;\\s]*', title: 'Numbers, with commas between them' };

const list = text => text.split(/[\s,;]+/).filter(Boolean).map(Number);

function extension(form, sampler) {
  const body = {};
  if (form.get('epochs')) body.epochs = Number(form.get('epochs'));
  if (form.get('trials')) body.sampler = { ...sampler, trials: Number(form.get('trials')) };
  if (form.get('hiddenUnits')) body.hiddenUnits = list(form.get('hiddenUnits'));
  if (form.get('learningRates')) body.learningRates = list(form.get('learningRates'));
  for (const name of ['priority', 'maxParallel']) if (form.get(name)) body[name] = Number(form.get(name));
  return body;
}

function Ask({ sweep, action, onDone, onClose }) {
  const state = useChange();
  const { sampler } = sweep.request;
  const submit = event => {
    event.preventDefault();
    const path = `/api/sweeps/${encodeURIComponent(sweep.id)}`;
    if (action === 'delete') state.change(path, { method: 'DELETE' }, () => { location.hash = '#/sweeps'; });
    else state.change(`${path}/${action}`, { method: 'POST', json: action === 'extend' ? extension(new FormData(event.target), sampler) : undefined }, onDone);
  };
  return html`<${Dialog} title=${`${actions[action].name} ${sweep.request?.name ?? sweep.id}`} onClose=${onClose}>
    <form onSubmit=${submit}><p>${actions[action].does}</p>
      ${action === 'extend' && html`<div class="fields">
        <label>Epochs of every trial <input name="epochs" ...${WHOLE} placeholder="as they are" /></label>
        ${sampler?.trials && html`<label>Points in all (${sampler.trials} so far) <input name="trials" ...${WHOLE} placeholder=${sampler.trials} /></label>`}
        ${!sampler?.trials && html`<label>More hidden sizes <input name="hiddenUnits" ...${LIST} placeholder="such as 48, 96" /></label>
          <label>More learning rates <input name="learningRates" ...${LIST} placeholder="such as 0.003" /></label>`}
        <label>Trials at once <input name="maxParallel" ...${WHOLE} placeholder=${sweep.request.maxParallel ?? 'as many as the host lets it'} /></label>
        <label>Priority among sweeps, -10 to 10 <input name="priority" ...${WHOLE} placeholder=${sweep.request.priority ?? 0} /></label></div>`}
      <${Outcome} of=${state} />
      <p class="buttons"><${Button} class=${action === 'delete' || action === 'cancel' ? 'danger' : 'main'} off=${state.busy}>${actions[action].name}<//>
        <button type="button" onClick=${onClose}>Leave it as it is</button></p></form><//>`;
}

export function Actions({ sweep, onDone }) {
  const [action, set] = useState(null);
  return html`<div class="buttons" role="group" aria-label="What can be done with the sweep">${allowed(sweep).map(each => html`
      <button key=${each} title=${actions[each].does} onClick=${() => set(each)}>${actions[each].name}</button>`)}</div>
    ${action && html`<${Ask} sweep=${sweep} action=${action} onClose=${() => set(null)} onDone=${() => { set(null); onDone(); }} />`}`;
}
