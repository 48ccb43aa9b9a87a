// What the page asks of its host. It knows whether the host answers, and asks for the key where one is needed.
import { useEffect, useLayoutEffect, useRef, useState } from '../vendor/preact.js';

const KEY = 'music-functions-key';
export const PAUSE = 2000;

/** What went wrong, in the words of the problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, title, detail, field) {
    super(detail || title);
    Object.assign(this, { status, title, field });
  }
}

/** Whether it is worth asking again: storage does not answer just now. */
export const isPassing = problem => problem.status === 503;

const listeners = new Set();
export const connection = { state: 'open', times: 0, isRefused: false };

function change(state) {
  if (connection.state === state) return;
  if (state === 'open') connection.times++;
  connection.state = state;
  for (const listener of listeners) listener();
  if (state === 'lost') setTimeout(probe, PAUSE);
}

async function probe() {
  if (connection.state !== 'lost') return;
  try {
    const answer = await fetch('/api/health', { cache: 'no-store', redirect: 'manual' });
    if (answer.status !== 502 && answer.status !== 504) return change('open');
  } catch { /* still away */ }
  setTimeout(probe, PAUSE);
}

/** The state of the connection: open, lost, locked until a key is given, or away behind a sign-in that has ended. */
export function useConnection() {
  const [, draw] = useState(0);
  useLayoutEffect(() => {
    const listener = () => draw(n => n + 1);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return connection;
}

export const hasKey = () => sessionStorage.getItem(KEY) !== null;

/** Keeps the key for this tab, and nowhere else. */
export function giveKey(key) {
  sessionStorage.setItem(KEY, key.trim());
  connection.isRefused = false;
  change('open');
}

export function forgetKey() {
  sessionStorage.removeItem(KEY);
  change('locked');
}

export function headers(more = {}) {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...more, 'x-functions-key': key } : more;
}

/** Takes an answer in: throws what it says is wrong. */
export async function check(answer) {
  // The API sends nobody elsewhere: what does so is a sign-in before it.
  if (answer.type === 'opaqueredirect') {
    change('away');
    throw new Problem(0, 'Signed out', 'The sign-in has ended.');
  }
  if (answer.status === 401) {
    if (hasKey()) connection.isRefused = true;
    sessionStorage.removeItem(KEY);
    change('locked');
    throw new Problem(401, 'Key needed', 'This host asks for a key.');
  }
  if (answer.status === 502 || answer.status === 504) throw lost();
  if (connection.state === 'lost' || connection.state === 'away') change('open');
  if (answer.ok) return answer;
  let problem = null;
  try { problem = await answer.json(); } catch { /* not a document of ours */ }
  throw new Problem(answer.status, problem?.title ?? `Answer ${answer.status}`, problem?.detail, problem?.field);
}

export function lost() {
  change('lost');
  return new Problem(0, 'No connection', 'The host does not answer.');
}

export async function request(path, { method = 'GET', json, body, type, signal } = {}) {
  const own = json !== undefined ? { 'Content-Type': 'application/json' } : type ? { 'Content-Type': type } : {};
  let answer;
  try {
    answer = await fetch(path, {
      method, signal, cache: 'no-cache', redirect: 'manual', headers: headers(own), body: json !== undefined ? JSON.stringify(json) : body,
    });
  } catch (error) {
    throw error.name === 'AbortError' ? error : lost();
  }
  return check(answer);
}

/** JSON of a path, or null of an answer without a body. */
export async function ask(path, options) {
  const answer = await request(path, options);
  if (answer.status === 204) return null;
  try {
    return await answer.json();
  } catch (error) {
    // Broken off in between.
    throw error.name === 'AbortError' ? error : lost();
  }
}

/** Calls, and calls again of itself while storage does not answer; `onWait` is told each time. */
export async function insist(call, signal, onWait = () => {}) {
  for (;;) {
    try {
      return await call();
    } catch (problem) {
      if (!isPassing(problem) || signal?.aborted) throw problem;
      onWait();
      await new Promise(done => setTimeout(done, PAUSE));
      signal?.throwIfAborted();
    }
  }
}

/** What a path answers, asked again every so many seconds, and when the connection is back. */
export function useAsk(path, seconds = 0) {
  const [state, set] = useState({ path: null, data: null, problem: null });
  const [turn, again] = useState(0);
  const { times } = useConnection();
  useEffect(() => {
    if (!path) return undefined;
    const stop = new AbortController();
    let timer;
    const once = async () => {
      let pause = seconds;
      try {
        const data = await ask(path, { signal: stop.signal });
        set({ path, data, problem: null });
      } catch (problem) {
        if (stop.signal.aborted) return;
        set(before => ({ path, data: before.path === path ? before.data : null, problem }));
        if (isPassing(problem)) pause ||= PAUSE / 1000;
      }
      if (pause && !stop.signal.aborted) timer = setTimeout(once, pause * 1000);
    };
    once();
    return () => { stop.abort(); clearTimeout(timer); };
  }, [path, seconds, turn, times]);
  const fresh = state.path === path ? state : { data: null, problem: null };
  return { ...fresh, again: () => again(n => n + 1) };
}

/** The last answer there was, while the next one is asked for at another address. */
export function useLast(data) {
  const last = useRef(null);
  if (data) last.current = data;
  return data ?? last.current;
}

/** The body of an answer; `onPart` is told which share of it has come. */
async function counted(answer, onPart) {
  const total = Number(answer.headers.get('content-length')), parts = [], reader = answer.body.getReader();
  let come = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    come += part.value.length;
    if (total) onPart(come / total);
  }
  return new Blob(parts, { type: answer.headers.get('content-type') ?? '' });
}

/** An address for a picture or a sound: its own, or a blob where only a key opens it; `onPart` is told which share of that has come. */
export function useFile(path, onPart = () => {}) {
  const [url, set] = useState(null);
  const made = useRef(null);
  const { times } = useConnection();
  useEffect(() => {
    // What has come is not asked for again when a connection is back: a sound would begin anew.
    if (!path || made.current) return undefined;
    if (!hasKey()) { set(path); return undefined; }
    const stop = new AbortController();
    insist(() => request(path, { signal: stop.signal }), stop.signal).then(answer => counted(answer, onPart)).then(blob => set(made.current = URL.createObjectURL(blob)), () => {});
    return () => stop.abort();
  }, [path, times]);
  useEffect(() => () => {
    if (made.current) URL.revokeObjectURL(made.current);
    made.current = null;
  }, [path]);
  return url;
}

/** Saves what a path answers under a name. */
export async function save(path, name) {
  const url = URL.createObjectURL(await (await request(path)).blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
