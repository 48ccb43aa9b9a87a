// Files on their way into storage. They go on while other views are looked at.
import { useLayoutEffect, useState } from '../vendor/preact.js';
import { ask, check, headers, isPassing, PAUSE, Problem } from './api.js';
import { bytes, escapePath } from './format.js';

const AT_ONCE = 3;
const TRIES = 3;
const SOUND = /\.(aiff?|aifc|wav|mp3|ogg|oga)$/i, ARRAY = /\.npy$/i;

const items = [];
const listeners = new Set();
let next = 1, sending = 0, timer = 0, watching = 0;

/** The files of this visit, the last one first. */
export function useUploads() {
  const [, draw] = useState(0);
  useLayoutEffect(() => {
    const listener = () => draw(n => n + 1);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return items;
}

function told() {
  timer ||= setTimeout(() => { timer = 0; for (const listener of listeners) listener(); }, 60);
}

export const isOver = item => ['processed', 'rejected', 'refused', 'failed'].includes(item.state);

/** Forgets what is over; what was uploaded stays uploaded. */
export function clear() {
  for (let i = items.length - 1; i >= 0; i--) if (isOver(items[i])) items.splice(i, 1);
  told();
}

/** Where a file goes, and under which name: in a collection the folder that it is in is its label. */
function place(path, collection) {
  if (ARRAY.test(path)) return ['dataset-uploads', path.split('/').at(-1)];
  if (!SOUND.test(path)) return [null, path];
  const [label, file] = path.split('/').slice(-2);
  return collection && file ? ['recordings', `${collection}/${label}/${file}`] : ['audio-uploads', path];
}

/** Puts files in the queue: [{ file, path }], the path with the folders that a file was dropped in. */
export function add(files, limitMegabytes, collection = '') {
  for (const { file, path } of files) {
    const [container, name] = place(path, collection);
    const item = { id: next++, file, name, container, size: file.size, sent: 0, tries: 0, round: 0, state: 'queued', message: 'Waits for its turn.' };
    if (!container) Object.assign(item, { state: 'refused', message: 'It is neither a recording (.aiff, .aifc, .wav, .mp3, .ogg) nor an array (.npy), so it was not sent.' });
    else if (file.size === 0) Object.assign(item, { state: 'refused', message: 'It is empty, so it was not sent.' });
    else if (limitMegabytes && file.size > limitMegabytes * 1e6) Object.assign(item, { state: 'refused', message:
      `It has ${bytes(file.size)}, and this host takes ${limitMegabytes} MB over HTTP. Upload it to storage itself: az storage blob upload --container-name ${container} --name '${name}' --file FILE` });
    items.unshift(item);
  }
  told();
  pump();
}

/** Sends one again that broke off. */
export function again(item) {
  Object.assign(item, { state: 'queued', sent: 0, tries: 0, message: 'Waits for its turn.' });
  told();
  pump();
}

function pump() {
  for (const item of [...items].reverse()) {
    if (sending >= AT_ONCE) return;
    if (item.state !== 'queued') continue;
    sending++;
    item.state = 'sending';
    send(item).catch(problem => {
      // After a break the file is sent again: nothing of it was kept.
      const isBroken = problem.status === 0 || isPassing(problem);
      if (isBroken && ++item.tries < TRIES) {
        item.message = 'Broken off; it is sent again in a moment.';
        setTimeout(() => { item.state = 'queued'; pump(); }, PAUSE * item.tries);
      } else Object.assign(item, { state: isBroken || problem.status === 401 ? 'failed' : 'refused', message: problem.message });
    }).finally(() => { sending--; told(); pump(); });
  }
}

// By XMLHttpRequest: fetch does not tell how far it is.
function send(item) {
  return new Promise((done, fail) => {
    const call = new XMLHttpRequest();
    const path = `/api/uploads/${item.container}/${escapePath(item.name)}`;
    call.open('PUT', path);
    for (const [name, value] of Object.entries(headers({ 'Content-Type': 'application/octet-stream' }))) call.setRequestHeader(name, value);
    call.upload.onprogress = event => {
      item.sent = event.loaded;
      item.message = `${bytes(event.loaded)} of ${bytes(item.size)} sent.`;
      told();
    };
    call.onerror = () => fail(new Problem(0, 'Broken off', 'The connection broke off. Nothing of the file was kept; send it again.'));
    call.onload = () => check(new Response(call.status === 204 ? null : call.responseText, { status: call.status })).then(() => {
      Object.assign(item, { state: 'waiting', sent: item.size, message: 'It is in storage, and will be looked at.' });
      watch();
      done();
    }, fail);
    call.send(item.file);
  });
}

// What became of them is asked for until it is known; a data set may wait long for its other arrays.
function watch() {
  if (watching) return;
  watching = setTimeout(async () => {
    watching = 0;
    // In turn: some that wait long for others are not to keep the rest from being asked about.
    const open = items.filter(item => item.state === 'waiting' || item.state === 'waitingForOthers').sort((a, b) => a.round - b.round).slice(0, 24);
    for (const item of open) item.round++;
    await Promise.all(open.map(async item => {
      try {
        const status = await ask(`/api/uploads/${item.container}/${escapePath(item.name)}`);
        Object.assign(item, { state: status.state, message: status.message });
      } catch (problem) {
        // Storage that is slow for a moment is asked again with the next round.
        if (problem.status && !isPassing(problem)) item.message = problem.message;
      }
    }));
    told();
    if (items.some(item => item.state === 'waiting' || item.state === 'waitingForOthers')) watch();
  }, 1200);
}

/** The files of a drop, those in folders with their path. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map(file => ({ file, path: file.name }));
  const found = [];
  const walk = async (entry, before) => {
    const path = before ? `${before}/${entry.name}` : entry.name;
    if (entry.isFile) { found.push({ file: await new Promise((done, fail) => entry.file(done, fail)), path }); return; }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return;
      for (const each of some) await walk(each, path);
    }
  };
  for (const entry of entries) await walk(entry, '');
  // Of a folder, what the system keeps in it for itself is not meant.
  return found.filter(({ path }) => !path.split('/').some(part => part.startsWith('.')));
}

/** The files of an input, with the folder that was chosen. */
export const chosen = input => [...input.files].map(file => ({ file, path: file.webkitRelativePath || file.name }));
