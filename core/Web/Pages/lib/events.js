// Server-sent events by fetch: EventSource cannot send a key.
import { headers, check, lost } from './api.js';

/**
 * Follows a sweep until its end, over interruptions: each time from the last event that came.
 * Returns what stops it.
 */
export function follow(path, onEvent) {
  const stop = new AbortController();
  let lastId = null, retry = 2000, over = false;

  const take = block => {
    let name = 'message', data = '', id = null;
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon < 1) continue;
      const [field, value] = [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
      if (field === 'event') name = value;
      else if (field === 'data') data += value;
      else if (field === 'id') id = value;
      else if (field === 'retry') retry = Number(value) || retry;
    }
    if (id !== null) lastId = id;
    if (!data) return;
    if (name === 'end') over = true;
    onEvent(name, JSON.parse(data));
  };

  const once = async () => {
    const answer = await check(await fetch(path, {
      cache: 'no-store', redirect: 'manual', signal: stop.signal, headers: headers(lastId ? { 'Last-Event-ID': lastId } : {}),
    }));
    if (answer.status === 204) { over = true; return; }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(take);
    }
  };

  (async () => {
    while (!over && !stop.signal.aborted) {
      try {
        await once();
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error.status === 404) { onEvent('gone', null); return; }
        // What fetch itself throws has no status.
        if (error.status === undefined) lost();
      }
      if (!over) await new Promise(done => setTimeout(done, retry));
    }
  })();
  return () => stop.abort();
}
