// What a model makes of rows, of a recording, or of what the microphone hears.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { playable } from '../lib/aiff.js';
import { ask, Problem, useAsk } from '../lib/api.js';
import { PALETTE } from '../lib/curves.js';
import { count, heard, percent } from '../lib/format.js';
import { record } from '../lib/microphone.js';
import { Button, Empty, Fault, Loading, Outcome, Table, Title, useChange } from '../lib/ui.js';

/** A folder can be dropped, too, and a file may be gone by now; to send either would look as if the host did not answer. */
const readable = file => file.slice(0, 1).arrayBuffer().catch(() => { throw new Problem(undefined, 'Not readable', `The browser cannot read ${file.name}. Choose a file that is there, not a folder.`); });

const ARRAY = /\.npy$/i;

function Rows({ answer }) {
  const rows = answer.labels.map((label, id) => ({ id, label, share: Math.max(...answer.probabilities[id]) }));
  const found = answer.classes.map((label, id) => ({ id, label, rows: rows.filter(row => row.label === label).length })).filter(row => row.rows);
  return html`<p>${count(rows.length, 'row')}, by <a href=${`#/sweeps/${encodeURIComponent(answer.model)}`}>${answer.model}</a>.</p>
    <${Table} name="Classes found" rows=${found} sorted="rows" columns=${[{ key: 'label', name: 'class', value: row => row.label }, { key: 'rows', name: 'rows', number: true, value: row => row.rows }]} />
    <h2>Each row</h2><${Table} name="Rows" rows=${rows} size=${25}
      columns=${[{ key: 'id', name: 'row', number: true, value: row => row.id }, { key: 'label', name: 'class', value: row => row.label }, { key: 'share', name: 'probability', number: true, value: row => row.share, cell: row => percent(row.share) }]} />`;
}

/** The labels of a recording in words and note by note. */
export function Labels({ labels, onPlay }) {
  return html`<p class="sentence"><strong>${labels.sentence}</strong></p>
    <${Table} name="Notes" rows=${labels.notes.map((note, id) => ({ id, ...heard(note) }))} size=${25} columns=${[
      ...(onPlay ? [{ key: 'play', label: 'Play', name: '', cell: note => html`<button onClick=${() => onPlay(note)}>Play</button>` }] : []),
      { key: 'start', name: 'from', number: true, value: note => note.start, cell: note => `${note.start.toFixed(2)} s` }, { key: 'end', name: 'to', number: true, value: note => note.end, cell: note => `${note.end.toFixed(2)} s` },
      { key: 'label', name: 'instrument', value: note => note.label }, { key: 'probability', name: 'probability', number: true, value: note => note.probability, cell: note => percent(note.probability) }]} />
    <details><summary>All instruments</summary><${Table} name="Instruments" rows=${labels.classes.map((name, id) => ({ id, name, share: labels.probabilities[id] }))} sorted="share"
      columns=${[{ key: 'name', name: 'instrument', value: row => row.name }, { key: 'share', name: 'mean probability', number: true, value: row => row.share, cell: row => percent(row.share) }]} /></details>`;
}

const COLOURS = 10;

/** The notes in their places in time; each is a button that plays it. */
function Lane({ labels, time, onPlay }) {
  const notes = labels.notes.map(heard);
  const last = Math.max(...notes.map(note => note.end)) * 1.02;
  const names = [...new Set(notes.map(note => note.label))];
  const said = note => note.probability == null ? note.label : `${note.label}, ${percent(note.probability, 0)}`;
  return html`<div class="lane" role="group" aria-label="Notes in time">${notes.map(note => html`<button key=${note.start} disabled=${!onPlay} onClick=${() => onPlay(note)}
      title=${said(note)} aria-label=${`${said(note)}, from ${note.start.toFixed(2)} to ${note.end.toFixed(2)} seconds`}
      style=${{ left: `${note.start / last * 100}%`, width: `${(note.end - note.start) / last * 100}%`, background: PALETTE[names.indexOf(note.label) % COLOURS] }}><span>${note.label}</span></button>`)}
    ${onPlay && html`<span class="cursor" style=${{ left: `${Math.min(1, time / last) * 100}%` }}></span>`}</div>`;
}

function Sound({ file, labels }) {
  const audio = useRef(), until = useRef(null);
  const [url, setUrl] = useState(null);
  const [plays, setPlays] = useState(true);
  const [time, setTime] = useState(0);
  useEffect(() => {
    let made = null, gone = false;
    // What cannot be read any more cannot be played, either.
    playable(file).then(sound => { if (!gone) setUrl(made = URL.createObjectURL(sound)); }, () => setPlays(false));
    return () => { gone = true; if (made) URL.revokeObjectURL(made); };
  }, [file]);
  const play = note => {
    audio.current.currentTime = note.start;
    until.current = note.end;
    audio.current.play().catch(() => {});
  };
  // Not before there is something to play.
  const onPlay = url && plays ? play : null;
  const tick = () => { if (!audio.current) return; setTime(audio.current.currentTime); if (until.current != null && audio.current.currentTime >= until.current) { audio.current.pause(); until.current = null; } };
  return html`${url && plays && html`<audio ref=${audio} src=${url} controls onTimeUpdate=${tick} onError=${() => setPlays(false)}></audio>`}
    ${!plays && html`<p class="quiet">This browser cannot play the file as it is. Under <a href="#/recordings">Recordings</a> it becomes one that it can.</p>`}
    ${labels.notes.length > 0 && html`<${Lane} labels=${labels} time=${time} onPlay=${onPlay} />`}
    <${Labels} labels=${labels} onPlay=${onPlay} />`;
}

function Microphone({ onFile, onProblem }) {
  const [state, set] = useState('off');
  const { current: it } = useRef({ end: null, isLeft: false });
  // Who leaves the view is not listened to any more.
  useEffect(() => () => { it.isLeft = true; it.end?.(); }, []);
  const begin = async () => {
    set('asked');
    try {
      const end = await record();
      if (it.isLeft) { end(); return; }
      it.end = end;
      set('on');
    } catch (error) {
      set('off');
      onProblem(Object.assign(error, { title: 'No microphone' }));
    }
  };
  const finish = async () => {
    const { end } = it;
    it.end = null;
    set('off');
    onFile(await end());
  };
  return html`<${Button} class=${state === 'on' ? 'danger' : ''} off=${state === 'asked'} onClick=${state === 'on' ? finish : begin}>${state === 'on' ? 'Stop, and classify it' : 'Record with the microphone'}<//>`;
}

/** The models that there are, by their sweeps. */
export function useModels() {
  const { data, problem } = useAsk('/api/sweeps');
  return { models: data?.filter(sweep => sweep.best && sweep.state !== 'running') ?? null, problem };
}

export const Model = ({ models, chosen, onChange }) => html`<label>Model <select value=${chosen} onChange=${event => onChange(event.target.value)}>
  ${!models.some(each => each.id === chosen) && html`<option value=${chosen}>${chosen}</option>`}
  ${models.map(sweep => html`<option key=${sweep.id} value=${sweep.id}>${sweep.name ?? sweep.id} (${sweep.dataset}, ${percent(sweep.best.validationAccuracy)})</option>`)}</select></label>`;

export function Classify() {
  const { models, problem } = useModels();
  const [model, setModel] = useChoice('model');
  const state = useChange();
  const [found, setFound] = useState(null);
  if (!models) return html`<${Title} name="Classify">Classify<//><${Fault} problem=${problem} />${!problem && html`<${Loading} />`}`;
  const chosen = model || models[0]?.id;
  const take = file => {
    if (!file) return;
    setFound(null);
    state.run(async signal => {
      await readable(file);
      return ask(`/api/${ARRAY.test(file.name) ? 'predict' : 'classify'}?model=${encodeURIComponent(chosen)}`, { method: 'POST', body: file, type: 'application/octet-stream', signal });
    }, answer => setFound({ file, answer }));
  };
  return html`<${Title} name="Classify">Classify<//>
    ${!chosen ? html`<${Empty}>There is no model yet. <a href="#/new">A sweep makes one.</a><//>` : html`
    <div class="controls"><${Model} models=${models} chosen=${chosen} onChange=${setModel} /></div>
    <section class="drop" aria-label="What to classify" onDragOver=${event => event.preventDefault()} onDrop=${event => { event.preventDefault(); take(event.dataTransfer.files[0]); }}>
      <p><strong>Drop a recording or an array here</strong>: a recording (.aiff, .aifc, .wav, .mp3, .ogg) for a model that learned from notes, or a .npy file of rows with the features that the model was trained on, not standardized.</p>
      <p class="buttons"><label class="button">Choose a file <input class="unseen" type="file" accept=".npy,.aif,.aiff,.aifc,.wav,.mp3,.ogg,.oga" onChange=${event => { take(event.target.files[0]); event.target.value = ''; }} /></label>
        <${Microphone} onFile=${take} onProblem=${error => state.run(() => Promise.reject(error))} /></p></section>
    <${Outcome} of=${state} />${state.busy && html`<${Loading} what="Classifying" />`}
    ${found && html`<section aria-live="polite"><h2>${found.file.name}</h2>
      ${found.answer.notes ? html`<${Sound} key=${found.file} file=${found.file} labels=${found.answer} />` : html`<${Rows} answer=${found.answer} />`}</section>`}`}`;
}
