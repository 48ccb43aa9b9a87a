// One recording.
import { html } from '../vendor/preact.js';
import { useAsk } from '../lib/api.js';
import { duration, escapePath, number } from '../lib/format.js';
import { Download, Fault, Loading, Title } from '../lib/ui.js';
import { Player } from './player.js';

function facts({ recording: sound, mel }) {
  const { text } = sound;
  return [
    ['Format', sound.format + (sound.compression && sound.compression !== 'NONE' ? ` (${sound.compression})` : '')], ['Duration', duration(sound.seconds)],
    ['Channels', sound.channels], ['Sample rate', `${number(sound.sampleRate)} Hz`], ['Resolution', `${sound.bitsPerSample} bits`],
    ['Spectrogram', `${mel.bands} bands, ${number(mel.frames)} frames`], ['Title', text.name], ['Author', text.author], ['Copyright', text.copyright], ['Comment', text.annotation],
  ].filter(([, value]) => value != null && value !== '');
}

export function Recording({ id }) {
  const path = `/api/audio/${escapePath(id)}`;
  const { data, problem } = useAsk(path);
  const file = id.split('/').at(-1);
  return html`<${Title} name=${id}>${id}<//>
    <p><a href="#/recordings">All recordings</a></p>
    <${Fault} problem=${problem} />${!data && !problem && html`<${Loading} />`}
    ${data && html`<${Player} path=${path} name=${id} />
      ${data.recording.warnings.length > 0 && html`<div class="notice"><strong>What is odd about it</strong><ul>${data.recording.warnings.map(each => html`<li>${each}</li>`)}</ul></div>`}
      <dl class="facts-list">${facts(data).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <p class="buttons"><${Download} path=${`${path}/audio.wav`} name=${`${file}.wav`}>audio.wav<//><${Download} path=${`${path}/mel.npy`} name=${`${file}-mel.npy`}>mel.npy<//>
        <${Download} path=${`${path}/mel.png`} name=${`${file}-mel.png`}>mel.png<//></p>`}`;
}
