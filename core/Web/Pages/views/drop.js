// Where files are dropped, and what became of each.
import { html, useState } from '../vendor/preact.js';
import { useAsk } from '../lib/api.js';
import { bytes, count } from '../lib/format.js';
import { Button, Fault, Outcome, useChange } from '../lib/ui.js';
import { add, again, chosen, clear, dropped, isOver, useUploads } from '../lib/uploads.js';

const names = { queued: 'waiting', sending: 'sending', waiting: 'being looked at', waitingForOthers: 'waiting for others', processed: 'done', rejected: 'rejected', refused: 'not taken', failed: 'broken off' };
const looks = { processed: 'done', rejected: 'rejected', refused: 'rejected', failed: 'failed', sending: 'running', waiting: 'running' };

function Item({ item }) {
  return html`<li class="upload"><span class=${`state ${looks[item.state] ?? ''}`}>${names[item.state]}</span>
    <strong>${item.name}</strong> <span class="quiet">${bytes(item.size)}</span>
    ${item.state === 'sending' && html`<progress max=${item.size} value=${item.sent} aria-label=${`Sent of ${item.name}`}></progress>`}
    <span class="said">${item.message}</span>
    ${item.state === 'failed' && html`<button onClick=${() => again(item)}>Send it again</button>`}</li>`;
}

/** The samples that come along, as a button beside others. */
function Samples({ children }) {
  const state = useChange();
  const [done, setDone] = useState(null);
  const upload = () => { setDone(null); state.change('/api/samples', { method: 'POST' }, setDone); };
  return html`<p class="buttons">${children}<${Button} off=${state.busy} onClick=${upload}>${state.busy ? 'Uploading the samples …' : 'Take the samples'}<//></p>
    <${Outcome} of=${state} />
    ${done && html`<p role="status">${count(done.files, 'sample')} are there: recordings to <a href="#/recordings">listen to</a>, the data set <a href=${`#/datasets/${done.dataset}`}>${done.dataset}</a>,
      and labelled recordings in the collection <a href=${`#/collections/${done.collection}`}>${done.collection}</a>. They are looked at now.</p>`}`;
}

export function Drop({ collects = false }) {
  const [collection, setCollection] = useState('');
  const items = useUploads();
  const limit = useAsk('/api/system').data?.uploadMegabytes;
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState(null);
  const take = async files => {
    try {
      add(await files, limit, collects ? collection.trim() : '');
      setProblem(null);
    } catch (error) {
      setProblem({ title: 'Not readable', message: error.message });
    }
  };
  const counts = Object.entries(names).map(([state, name]) => [items.filter(item => item.state === state).length, name]).filter(([n]) => n);
  const pick = event => { take(chosen(event.target)); event.target.value = ''; };
  return html`<section class=${`drop ${over ? 'over' : ''}`} aria-label="Upload"
      onDragOver=${event => { event.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)}
      onDrop=${event => { event.preventDefault(); setOver(false); take(dropped(event.dataTransfer)); }}>
      <p><strong>Drop files or folders here</strong>: recordings (.aiff, .aifc, .wav, .mp3, .ogg), or the four arrays of a data set (.npy). What was uploaded before under the same name is replaced.</p>
      ${collects && html`<p><label>Collection <input value=${collection} placeholder="none" onInput=${event => setCollection(event.target.value)} /></label>${" "}
        <span class="quiet">With a name here, such as strings, recordings in folders go to that collection, each folder a label: violin, cello.</span></p>`}
      <${Samples}><label class="button">Choose files <input class="unseen" type="file" multiple accept=".aif,.aiff,.aifc,.wav,.mp3,.ogg,.oga,.npy" onChange=${pick} /></label>
        <label class="button">Choose a folder <input class="unseen" type="file" webkitdirectory onChange=${pick} /></label><//></section>
    <${Fault} problem=${problem} />
    ${items.length > 0 && html`<section aria-label="Files of this visit">
      <p class="buttons"><span role="status">${counts.map(([n, name]) => `${n} ${name}`).join(', ')}</span>
        ${items.some(isOver) && html`<button onClick=${clear}>Clear what is over</button>`}</p>
      <ul class="uploads">${items.slice(0, 200).map(item => html`<${Item} key=${item.id} item=${item} />`)}</ul>
      ${items.length > 200 && html`<p class="quiet">and ${items.length - 200} more</p>`}</section>`}`;
}
