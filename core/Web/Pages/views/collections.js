// Collections: labelled recordings, and the data sets of their notes.
import { html, useEffect, useState } from '../vendor/preact.js';
import { useAsk, useFile, useLast } from '../lib/api.js';
import { count, duration, escapePath } from '../lib/format.js';
import { Button, Dialog, Download, Fault, Fetching, Loading, Outcome, Table, Title, useChange } from '../lib/ui.js';

const link = name => `#/collections/${encodeURIComponent(name)}`;
const looks = { collected: 'done', collecting: 'running', refused: 'rejected' };
const CollectionState = ({ of }) => html`<span class=${`state ${looks[of] ?? ''}`}>${of}</span>`;

/** All of them, as cards. */
export function CollectionCards() {
  const { data } = useAsk('/api/collections', 10);
  if (!data?.length) return null;
  return html`<h2>Collections</h2><ul class="cards">${data.map(each => html`<li class="card" key=${each.name}>
    <h3><a href=${link(each.name)}>${each.name}</a></h3><p><${CollectionState} of=${each.state} /></p>
    ${each.results && html`<p class="quiet">${count(each.results.labels.length, 'label')}, ${count(each.results.labels.reduce((sum, label) => sum + label.notes, 0), 'note')}</p>`}</li>`)}</ul>`;
}

const part = name => [
  { key: 'name', name, value: row => row.name }, { key: 'recordings', name: 'recordings', number: true, value: row => row.recordings }, { key: 'notes', name: 'notes', number: true, value: row => row.notes },
  { key: 'seconds', name: 'sound', number: true, value: row => row.seconds, cell: row => duration(row.seconds) }, { key: 'testRecordings', name: 'recordings to test', number: true, value: row => row.testRecordings }, { key: 'testNotes', name: 'notes to test', number: true, value: row => row.testNotes },
];

function Results({ id, results }) {
  const path = `/api/collections/${encodeURIComponent(id)}`;
  return html`${results.problem && html`<p class="fault">${results.problem}</p>`}
    <${Table} name="Labels" rows=${results.labels} columns=${part('label')} keyOf=${row => row.name} />
    ${results.remarks.length > 0 && html`<h2>Remarks</h2><ul>${results.remarks.map(each => html`<li key=${each}>${each}</li>`)}</ul>`}
    ${results.leftOut.length > 0 && html`<h2>Left out</h2><${Table} name="Left out" rows=${results.leftOut} keyOf=${row => row.file} columns=${[{ key: 'file', name: 'recording', value: row => row.file }, { key: 'reason', name: 'why', value: row => row.reason }]} />`}
    ${results.sources.length > 0 && html`<h2>Sources</h2><${Table} name="Sources" rows=${results.sources} columns=${part('source')} keyOf=${row => row.name} />`}
    <p class="buttons">${results.version && html`<a class="button main" href=${`#/new?dataset=${encodeURIComponent(id)}`}>Sweep on it</a><a class="button" href=${`#/datasets/${encodeURIComponent(id)}`}>The data set</a>`}
      <${Download} path=${`${path}/report.html`} name=${`${id}-report.html`}>report.html<//></p>`;
}

/** Gives a recording another label; it is moved into that label's folder. */
function Relabel({ id, recording, labels, onDone, onClose }) {
  const state = useChange();
  // Held here: an input that keeps its own text is set back whenever the view around it is drawn again.
  const [label, setLabel] = useState(recording.split('/')[0]);
  const submit = event => {
    event.preventDefault();
    const json = { recording, label: label.trim() };
    state.change(`/api/collections/${encodeURIComponent(id)}/label`, { method: 'POST', json }, now => onDone(recording, now));
  };
  return html`<${Dialog} title=${`What plays in ${recording}?`} onClose=${onClose}><form onSubmit=${submit}>
    <p>The recording is moved to the other label. The data set follows when it is made again.</p>
    <div class="fields"><label>Label <input name="label" list="labels" value=${label} onInput=${event => setLabel(event.target.value)} required autocomplete="off" /></label>
      <datalist id="labels">${labels.map(each => html`<option key=${each} value=${each}></option>`)}</datalist></div>
    <${Outcome} of=${state} />
    <p class="buttons"><${Button} class="main" off=${state.busy}>Give it this label<//> <button type="button" onClick=${onClose}>Leave it as it is</button></p></form><//>`;
}

function Sound({ id, file }) {
  const [share, setShare] = useState(0);
  const sound = useFile(`/api/collections/${encodeURIComponent(id)}/recordings/${escapePath(file)}`, setShare);
  return html`<p class="quiet">${file}</p>${sound ? html`<audio src=${sound} controls autoplay aria-label=${`Sound of ${file}`}></audio>` : html`<${Fetching} share=${share} />`}`;
}

/** What each recording gave, when they were collected last. */
function Recordings({ id, version, labels }) {
  const [asked, setAsked] = useState(null);
  const [played, setPlayed] = useState(null);
  const [moved, setMoved] = useState(new Map());
  useEffect(() => setMoved(new Map()), [version]);
  // Those of the version before, until the next ones have come: what plays goes on, and what is typed stays.
  const data = useLast(useAsk(`/api/collections/${encodeURIComponent(id)}/recordings.json?of=${version ?? ''}`).data);
  const rows = data?.recordings.map(({ file, notes, seconds, leftOut }) => ({ id: file, label: file.split('/')[0], name: file.split('/').slice(1).join('/'), notes, seconds, leftOut }));
  return rows?.length > 0 && html`<h2>Recordings</h2>${played && html`<${Sound} key=${`${played.file} ${played.turn}`} id=${id} file=${played.file} />`}<${Table} name="Recordings" rows=${rows} size=${25} sorted="label" down=${false} kept columns=${[
    { key: 'label', name: 'label', value: row => row.label, cell: row => moved.has(row.id) ? html`${row.label} <span class="quiet">is now ${moved.get(row.id)}</span>`
      : html`${row.label} <button onClick=${() => setAsked(row.id)} aria-label=${`Change the label of ${row.id}`}>Change</button>` }, { key: 'name', name: 'recording', value: row => row.name, cell: row => html`<button onClick=${() => setPlayed(before => ({ file: moved.get(row.id) ?? row.id, turn: (before?.turn ?? 0) + 1 }))} aria-label=${`Play ${row.id}`}>Play</button> ${row.name}` },
    { key: 'notes', name: 'notes', number: true, value: row => row.notes }, { key: 'seconds', name: 'sound', number: true, value: row => row.seconds, cell: row => duration(row.seconds) },
    ...(rows.some(row => row.leftOut) ? [{ key: 'leftOut', name: 'why it is left out', value: row => row.leftOut }] : [])]} />
    ${moved.size > 0 && html`<p class="notice" role="status">${count(moved.size, 'recording')} ${moved.size === 1 ? 'has' : 'have'} another label now. Make the data set again, so that it learns of it.</p>`}
    ${asked && html`<${Relabel} id=${id} recording=${asked} labels=${labels} onClose=${() => setAsked(null)} onDone=${(from, now) => { setMoved(before => new Map(before).set(from, now.recording)); setAsked(null); }} />`}`;
}

export function Collection({ id }) {
  const path = `/api/collections/${encodeURIComponent(id)}`;
  const { data, problem, again } = useAsk(path, 2);
  const state = useChange();
  const [copies, setCopies] = useState('');
  const collect = () => state.change(`${path}/dataset${copies.trim() && copies.trim() !== '0' ? `?augment=${encodeURIComponent(copies.trim())}` : ''}`, { method: 'POST' }, again);
  const progress = data?.progress;
  return html`<${Title} name=${id} aside=${html`<${Button} class="main" off=${!data || state.busy || data.state === 'collecting'} onClick=${collect}>Make a data set of it<//>`}>${id}<//>
    <p class="quiet">Finds the notes in every recording, describes each by numbers, and makes a data set of them that sweeps train on. What was read before is not read again.</p>
    <div class="controls"><label>Altered copies of each training note <input inputmode="numeric" size="4" placeholder="0" value=${copies} onInput=${event => setCopies(event.target.value)} /></label>
      <span class="quiet">shortened, louder or softer, with noise: more to learn from, and never tested on</span></div>
    <${Outcome} of=${state} /><${Fault} problem=${problem} />${!data && !problem && html`<${Loading} />`}
    ${data && html`<p><${CollectionState} of=${data.state} /></p>
      ${progress && html`<div class="progress"><progress max=${Math.max(1, progress.recordings)} value=${progress.read} aria-label="Recordings that were read"></progress><span>${progress.read} of ${count(progress.recordings, 'recording')} read</span></div>`}
      ${data.results && html`<${Results} id=${id} results=${data.results} /><${Recordings} id=${id} version=${data.results.version} labels=${data.results.labels.map(label => label.name)} />`}`}`;
}
