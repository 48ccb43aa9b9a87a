// What the part of the address behind # says: the view, what is shown on it, and the choices that were made there.
import { useLayoutEffect, useState } from '../vendor/preact.js';

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** The parts of the address: its view, what is shown on it, and how. */
export function read() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [first, ...rest] = path.split('/').map(decode);
  return { first, rest: rest.filter(Boolean), query: new URLSearchParams(query ?? '') };
}

// In place of what was there: a choice is no step to go back from.
function write(name, value) {
  const [path, query] = location.hash.split('?');
  const all = new URLSearchParams(query ?? '');
  if (value === null) all.delete(name);
  else all.set(name, value);
  const text = String(all);
  try { history.replaceState(history.state, '', `${path || '#/'}${text && `?${text}`}`); } catch { /* some browsers count how often */ }
}

/** A choice that the address holds, so that it can be sent to somebody and is there after a reload; of its own where it has no name. */
export function useChoice(name, usual = '') {
  const [value, set] = useState(() => (name ? read().query.get(name) : null) ?? usual);
  // Before anything else can change the address: an effect comes after the next picture.
  useLayoutEffect(() => {
    if (!name) return undefined;
    const moved = () => set(read().query.get(name) ?? usual);
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, [name, usual]);
  return [value, next => {
    set(next);
    if (name) write(name, next === usual ? null : next);
  }];
}
