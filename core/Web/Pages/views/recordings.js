// Recordings: to drop, to look at, to listen to.
import { html } from '../vendor/preact.js';
import { useChoice } from '../lib/address.js';
import { useAsk, useFile, useLast } from '../lib/api.js';
import { count, duration, escapePath, number } from '../lib/format.js';
import { Button, Empty, Fault, Loading, Title } from '../lib/ui.js';
import { useUploads } from '../lib/uploads.js';
import { CollectionCards } from './collections.js';
import { Drop } from './drop.js';

const SIZE = 24;

function Thumbnail({ recording }) {
  const { name, recording: sound } = recording;
  const picture = useFile(`/api/audio/${escapePath(name)}/mel.png`);
  return html`<li class="card"><a class="thumb" href=${`#/recordings/${escapePath(name)}`}>
      <span class="picture">${picture && html`<img src=${picture} alt="" loading="lazy" />`}</span><span class="name">${name}</span></a>
    <p class="quiet">${duration(sound.seconds)}, ${sound.format}, ${number(sound.sampleRate)} Hz, ${count(sound.channels, 'channel')}${sound.warnings.length ? `, ${count(sound.warnings.length, 'warning')}` : ''}</p></li>`;
}

export function Recordings() {
  const [text, setPage] = useChoice('page', '1');
  const page = Math.max(0, (Number(text) || 1) - 1);
  const done = useUploads().filter(item => item.state === 'processed').length;
  const { data: own, problem } = useAsk(`/api/recordings?skip=${page * SIZE}&take=${SIZE}&after=${done}`, 15);
  const data = useLast(own);
  const last = data ? Math.max(0, Math.ceil(data.total / SIZE) - 1) : 0;
  return html`<${Title} name="Recordings">Recordings<//>
    <${Drop} collects=${true} />
    <${CollectionCards} />
    <h2>Converted${data ? ` (${data.total.toLocaleString('en')})` : ''}</h2>
    <${Fault} problem=${problem} />
    ${!data && !problem && html`<${Loading} />`}
    ${data && (data.total
      ? html`<ul class="cards">${data.recordings.map(each => html`<${Thumbnail} key=${each.name + each.eTag} recording=${each} />`)}</ul>`
      : html`<${Empty}>No recording has been converted yet. Drop one above.<//>`)}
    ${last > 0 && html`<p class="pager"><${Button} off=${page === 0} onClick=${() => setPage(String(page))}>Before<//>
      <span>${page * SIZE + 1} to ${Math.min(data.total, (page + 1) * SIZE)} of ${data.total}</span>
      <${Button} off=${page === last} onClick=${() => setPage(String(page + 2))}>Next<//></p>`}`;
}
