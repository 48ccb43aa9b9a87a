// One recording.
import { html, useState } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { ask, request, useAsk } from '../lib/api.js';
import { duration, escapePath, heard, number, percent } from '../lib/format.js';
import { Button, Download, Fault, Loading, Outcome, Title, useChange } from '../lib/ui.js';
import { Model, useModels } from './classify.js';
import { Player } from './player.js';

function facts({ recording: sound, mel }) {
  const { text } = sound;
  return [
    ['Format', sound.format + (sound.compression && sound.compression !== 'NONE' ? ` (${sound.compression})` : '')], ['Duration', duration(sound.seconds)],
    ['Channels', sound.channels], ['Sample rate', `${number(sound.sampleRate)} Hz`], ['Resolution', `${sound.bitsPerSample} bits`],
    ['Spectrogram', `${mel.bands} bands, ${number(mel.frames)} frames`], ['Title', text.name], ['Author', text.author], ['Copyright', text.copyright], ['Comment', text.annotation],
  ].filter(([, value]) => value != null && value !== '');
}

const partsOf = labels => labels?.notes.map(heard).map(note => ({ from: note.start, to: note.end, name: note.label, said: percent(note.probability, 0) })) ?? [];

/** Which instrument plays, by a model that the reader chooses. */
function Ask({ path, onLabels }) {
  const { models } = useModels();
  const [model, setModel] = useChoice('model');
  const state = useChange();
  const chosen = model || models?.[0]?.id;
  if (!chosen) return null;
  const classify = () => state.run(async signal => {
    const sound = await (await request(`${path}/audio.wav`, { signal })).blob();
    return ask(`/api/classify?model=${encodeURIComponent(chosen)}`, { method: 'POST', body: sound, type: 'application/octet-stream', signal });
  }, onLabels);
  return html`<div class="controls"><${Model} models=${models} chosen=${chosen} onChange=${setModel} /><${Button} off=${state.busy} onClick=${classify}>Say which instrument plays<//></div><${Outcome} of=${state} />`;
}

export function Recording({ id }) {
  const [asked, setAsked] = useState(null);
  const path = `/api/audio/${escapePath(id)}`;
  const { data, problem } = useAsk(path);
  const file = id.split('/').at(-1);
  const labels = asked ?? data?.labels;
  return html`<${Title} name=${id}>${id}<//>
    <p><a href="#/recordings">All recordings</a></p>
    <${Fault} problem=${problem} />${!data && !problem && html`<${Loading} />`}
    ${data && html`<${Player} path=${path} name=${id} parts=${partsOf(labels)} />
      ${labels && html`<p class="sentence"><strong>${labels.sentence}</strong> <span class="quiet">by ${labels.model}</span></p>`}
      <${Ask} path=${path} onLabels=${setAsked} />
      ${data.recording.warnings.length > 0 && html`<div class="notice"><strong>What is odd about it</strong><ul>${data.recording.warnings.map(each => html`<li>${each}</li>`)}</ul></div>`}
      <dl class="facts-list">${facts(data).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <p class="buttons"><${Download} path=${`${path}/audio.wav`} name=${`${file}.wav`}>audio.wav<//><${Download} path=${`${path}/mel.npy`} name=${`${file}-mel.npy`}>mel.npy<//>
        <${Download} path=${`${path}/mel.png`} name=${`${file}-mel.png`}>mel.png<//></p>`}`;
}
