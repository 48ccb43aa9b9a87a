// Plays a recording under its spectrogram; the cursor is a slider over the data.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { insist, request, useConnection, useFile } from '../lib/api.js';
import { Fetching } from '../lib/ui.js';

/** Where in the picture the data lies, as the recording's own page says. */
async function placeOf(path, signal) {
  const text = await (await insist(() => request(`${path}/index.html`, { signal }), signal)).text();
  const found = /left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%[^>]*aria-valuemax="([\d.]+)"/.exec(text);
  if (!found) return null;
  const [left, top, width, height] = found.slice(1, 5).map(each => `${each}%`);
  return { style: { left, top, width, height }, seconds: Number(found[5]) };
}

/** `parts` are spans of time with a name, drawn over the data: { from, to, name, share }. */
export function Player({ path, name, parts = [] }) {
  const [share, setShare] = useState(0);
  const sound = useFile(`${path}/audio.wav`, setShare), picture = useFile(`${path}/mel.png`);
  const [place, setPlace] = useState(null);
  const [time, setTime] = useState(0);
  const audio = useRef(), until = useRef(null), dragging = useRef(false);
  const { times } = useConnection();
  useEffect(() => {
    const stop = new AbortController();
    placeOf(path, stop.signal).then(setPlace, () => {});
    return () => stop.abort();
  }, [path, times]);
  useEffect(() => {
    const it = audio.current;
    if (!it) return undefined;
    let frame = 0;
    const tick = () => {
      // One at a time, however many events there are.
      cancelAnimationFrame(frame);
      setTime(it.currentTime);
      if (until.current != null && it.currentTime >= until.current) { it.pause(); until.current = null; }
      if (!it.paused && !it.ended) frame = requestAnimationFrame(tick);
    };
    for (const each of ['play', 'seeked', 'timeupdate', 'loadedmetadata']) it.addEventListener(each, tick);
    return () => { cancelAnimationFrame(frame); for (const each of ['play', 'seeked', 'timeupdate', 'loadedmetadata']) it.removeEventListener(each, tick); };
  }, [sound]);

  const seconds = place?.seconds ?? 0;
  const seek = to => {
    until.current = null;
    const it = audio.current;
    // Of a sound that has not come yet it is where it will begin.
    if (it) it.currentTime = Math.min(Math.max(0, to), it.duration || seconds);
    setTime(Math.min(Math.max(0, to), seconds));
  };
  const play = (from, to) => { seek(from); until.current = to; audio.current?.play().catch(() => {}); };
  const point = event => {
    const box = event.currentTarget.getBoundingClientRect();
    seek((event.clientX - box.left) / box.width * seconds);
  };
  const keys = event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? Math.max(1, seconds / 10) : Math.max(0.05, seconds / 100);
    const to = { ArrowRight: time + step, ArrowUp: time + step, ArrowLeft: time - step, ArrowDown: time - step, Home: 0, End: seconds }[event.key];
    if (event.key === ' ') { if (audio.current?.paused) audio.current.play().catch(() => {}); else audio.current?.pause(); }
    else if (to === undefined) return;
    else seek(to);
    event.preventDefault();
  };
  return html`<div class="player"><div class="spectrum">
      ${picture && html`<img src=${picture} alt=${`Mel spectrogram of ${name}: time from left to right, frequency from bottom to top, louder is brighter`} />`}
      ${place && html`<div class="data" style=${place.style} tabindex="0" role="slider" aria-label="Position in the recording" aria-valuemin="0" aria-valuemax=${seconds.toFixed(2)} aria-valuenow=${time.toFixed(2)} aria-valuetext=${`${time.toFixed(2)} seconds`}
          onKeyDown=${keys} onPointerDown=${event => { if (event.button) return; dragging.current = true; event.currentTarget.setPointerCapture(event.pointerId); point(event); }}
          onPointerMove=${event => dragging.current && point(event)} onPointerUp=${() => { dragging.current = false; }} onPointerCancel=${() => { dragging.current = false; }}>
        ${parts.map(part => html`<span class="part" key=${part.from} style=${{ left: `${part.from / seconds * 100}%`, width: `${(part.to - part.from) / seconds * 100}%` }}><span>${part.name}</span></span>`)}
        <div class="cursor" style=${{ left: `${seconds ? Math.min(1, time / seconds) * 100 : 0}%` }}></div></div>`}
    </div>
    ${sound ? html`<audio ref=${audio} src=${sound} controls preload="auto"></audio>` : html`<${Fetching} share=${share} />`}
    <p class="quiet">Click or drag on the picture to move. With the keyboard: space plays and pauses, the arrows step, with Shift further.</p>
    ${parts.length > 0 && html`<ol class="parts">${parts.map(part => html`<li key=${part.from}><button aria-label=${`Play ${part.name}, ${part.from.toFixed(2)} to ${part.to.toFixed(2)} seconds`} onClick=${() => play(part.from, part.to)}>Play</button>
      ${part.from.toFixed(2)} to ${part.to.toFixed(2)} s: <strong>${part.name}</strong>${part.said ? ` ${part.said}` : ''}</li>`)}</ol>`}</div>`;
}
