// The few parts that views are made of.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../vendor/preact.js';
import { useChoice } from './address.js';
import { ask, hasKey, insist, save } from './api.js';
import { capital, percent } from './format.js';

export const State = ({ of }) => html`<span class="state ${of}">${of}</span>`;

/** What went wrong, in the host's own sentence. That the host does not answer the page says above, and asks again of itself what it shows; not so what a click asked for. */
export const Fault = ({ problem, isOfClick = false }) => problem && problem.status !== 401 && (problem.status !== 0 || isOfClick)
  ? html`<p class="fault" role="alert"><strong>${problem.title}.</strong> ${problem.message}${problem.status === 0 ? ' Whether this was done is not known: try it again when the host answers.' : ''}</p>` : null;

/**
 * What a click asks for: `change` tells `onDone` the answer of a path, `run` that of a call, which is handed a signal; busy while it is on its
 * way, and asked again of itself where storage is slow. Of what was asked for before, the answer does not count any more.
 */
export function useChange() {
  const [state, set] = useState({ busy: false, waits: false, problem: null });
  const stop = useRef(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (call, onDone) => {
    stop.current?.abort();
    const { signal } = stop.current = new AbortController();
    set({ busy: true, waits: false, problem: null });
    try {
      const answer = await insist(() => call(signal), signal, () => set({ busy: true, waits: true, problem: null }));
      if (signal.aborted) return;
      set({ busy: false, waits: false, problem: null });
      onDone?.(answer);
    } catch (problem) {
      if (!signal.aborted) set({ busy: false, waits: false, problem });
    }
  };
  return { ...state, run, change: (path, options, onDone) => run(() => ask(path, options), onDone) };
}

/** What came of a change so far. */
export const Outcome = ({ of }) => of.waits
  ? html`<p class="notice" role="status">Storage does not answer just now. This is asked for again every two seconds, without another click.</p>` : html`<${Fault} problem=${of.problem} isOfClick />`;

/** A button that keeps the focus while it is off, so that who uses the keyboard stays where they are. */
export const Button = ({ off, onClick, children, ...rest }) => html`<button ...${rest} aria-disabled=${off ? 'true' : undefined}
  onClick=${event => { if (off) event.preventDefault(); else onClick?.(event); }}>${children}</button>`;

export const Loading = ({ what = 'Loading' }) => html`<p class="quiet" aria-busy="true">${what} …</p>`;

/** A sound that only a key opens, and that plays when all of it has come. */
export const Fetching = ({ share }) => share > 0 ? html`<p class="quiet">Fetching the sound … ${percent(share, 0)}</p>` : null;

/** What is opened on demand. Whether it begins open is decided once: it does not close under who types in it. */
export function Details({ summary, open = false, children }) {
  const [first] = useState(open);
  return html`<details open=${first}><summary>${summary}</summary>${children}</details>`;
}

export const Empty = ({ children }) => html`<div class="empty">${children}</div>`;

/** The heading of a view, which is read out when the view is opened. */
export function Title({ children, name, aside }) {
  const heading = useRef();
  const text = name ?? (Array.isArray(children) ? children.join('') : children);
  useEffect(() => { document.title = `${text} – MusicPipeline`; }, [text]);
  return html`<div class="title"><h1 ref=${heading} tabindex="-1">${children}</h1>${aside && html`<div class="aside">${aside}</div>`}</div>`;
}

/** A link that saves a file; with a key the file is fetched first. */
export function Download({ path, name, children }) {
  const [problem, set] = useState(null);
  const click = event => {
    if (!hasKey()) return;
    event.preventDefault();
    save(path, name).then(() => set(null), set);
  };
  return html`<a class="button" href=${path} download=${name} onClick=${click}>${children}</a><${Fault} problem=${problem} isOfClick />`;
}

/** A box over the page that is closed by its buttons and by Escape. */
export function Dialog({ title, children, onClose }) {
  const box = useRef();
  useEffect(() => {
    const it = box.current;
    it.showModal();
    return () => {
      // Gives the focus back to where it was; what was there may be gone by now.
      it.close();
      setTimeout(() => { if (document.activeElement === document.body) document.querySelector('h1')?.focus({ preventScroll: true }); }, 0);
    };
  }, []);
  return html`<dialog ref=${box} aria-labelledby="dialog-title" onClose=${onClose} onCancel=${onClose}>
    <h2 id="dialog-title">${title}</h2>${children}
  </dialog>`;
}

/** Keeps the focus within an element where drawing it anew moved what had it. */
function useFocusKept(place) {
  const had = document.activeElement;
  useLayoutEffect(() => { if (had !== document.activeElement && place.current?.contains(had)) had.focus({ preventScroll: true }); });
}

/**
 * Rows that are shown in pages, sorted by a click on a heading. Columns have key, name, value, and cell where it shows another thing.
 * Of the table that a view is about the address keeps order and page.
 */
export function Table({ rows, columns, name, size = 50, sorted = null, down = true, best = null, kept = false, keyOf = (row, i) => row.id ?? i }) {
  const [text, setOrder] = useChoice(kept && 'sort', `${down ? '-' : ''}${sorted ?? ''}`);
  const [page, setPage] = useChoice(kept && 'page', '1');
  const place = useRef();
  useFocusKept(place);
  const order = { key: text.replace(/^-/, ''), down: text.startsWith('-') };
  const column = columns.find(each => each.key === order.key && each.value);
  const shown = column ? [...rows].sort((a, b) => compare(column.value(a), column.value(b), order.down)) : rows;
  const last = Math.max(0, Math.ceil(shown.length / size) - 1);
  const at = Math.min(Math.max(0, (Number(page) || 1) - 1), last), to = next => setPage(String(next + 1));
  const turn = key => setOrder(`${(order.key === key ? !order.down : columns.find(each => each.key === key).number) ? '-' : ''}${key}`);
  return html`
    <div class="table" ref=${place} tabindex="0" role="region" aria-label=${name}>
      <table class="wide-table"><thead><tr>${columns.map(each => html`
        <th scope="col" class=${each.number ? 'number' : ''} aria-sort=${order.key === each.key ? (order.down ? 'descending' : 'ascending') : undefined}>
          ${each.value && each.name ? html`<button class="sort" onClick=${() => turn(each.key)}>${capital(each.name)}${order.key === each.key ? (order.down ? ' ↓' : ' ↑') : ''}</button>` : html`<span class=${each.name ? '' : 'unseen'}>${each.name || each.label}</span>`}
        </th>`)}</tr></thead>
        <tbody>${shown.slice(at * size, (at + 1) * size).map((row, i) => html`
          <tr key=${keyOf(row, i)} class=${best !== null && keyOf(row, i) === best ? 'best' : ''}>${columns.map(each => html`
            <td class=${each.number ? 'number' : each.wraps ? 'wraps' : ''}>${each.cell ? each.cell(row) : each.value(row)}</td>`)}</tr>`)}
        </tbody></table>
    </div>
    ${last > 0 && html`<p class="pager"><${Button} off=${at === 0} onClick=${() => to(at - 1)}>Before<//>
      <span>${at * size + 1} to ${Math.min(shown.length, (at + 1) * size)} of ${shown.length}</span>
      <${Button} off=${at === last} onClick=${() => to(at + 1)}>Next<//></p>`}`;
}

function compare(a, b, down) {
  // What has no value comes last, whichever way.
  if (a == null || a === '') return b == null || b === '' ? 0 : 1;
  if (b == null || b === '') return -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  return down ? -order : order;
}
