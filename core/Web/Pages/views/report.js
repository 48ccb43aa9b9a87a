// The report of a sweep within the page: its text, tables and charts as they are, drawn by its own code.
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { hasKey, insist, request, save, useConnection } from '../lib/api.js';
import { count } from '../lib/format.js';
import { Fault, Loading } from '../lib/ui.js';

const ROWS = 100;

/** Shows the first rows of a long table, and the others on demand: to lay out a thousand at once takes half a second. */
function shorten(table) {
  const rest = [...table.querySelectorAll('tbody tr')].slice(ROWS);
  if (!rest.length) return;
  for (const row of rest) row.hidden = true;
  const button = Object.assign(document.createElement('button'), { textContent: `Show ${count(rest.length, 'more row')}` });
  button.addEventListener('click', () => {
    for (const row of rest) row.hidden = false;
    // Who uses the keyboard goes on at the table.
    table.focus();
    button.remove();
  });
  table.after(button);
}

/** The body of a report's document, with links that work from here. A report's text is escaped where it is written. */
function bodyOf(text, base) {
  // Styles in a document are not taken by this page's policy; by a script they are. Quotes of anything else are escaped.
  const plain = text.slice(text.indexOf('<main>')).replaceAll(' style="', ' data-style="');
  const place = document.importNode(new DOMParser().parseFromString(plain, 'text/html').querySelector('main'), true);
  place.querySelector('h1')?.remove();
  for (const script of place.querySelectorAll('script:not([type="application/json"])')) script.remove();
  for (const element of place.querySelectorAll('[data-style]')) element.style.cssText = element.dataset.style;
  for (const link of place.querySelectorAll('a[href]')) link.href = new URL(link.getAttribute('href'), base).href;
  place.querySelectorAll('.table').forEach((table, i) => {
    table.setAttribute('aria-label', `Table ${i + 1} of the report`);
    shorten(table);
  });
  return [...place.childNodes];
}

export function Report({ id }) {
  const place = useRef();
  const [state, set] = useState({ busy: true, problem: null });
  const { times } = useConnection(), end = useRef(() => {});
  useEffect(() => () => end.current(), []);
  useEffect(() => {
    // Once it is read it stays as it is.
    if (place.current.firstChild) return undefined;
    const stop = new AbortController();
    const path = `/api/sweeps/${encodeURIComponent(id)}/report`;
    insist(() => request(path, { signal: stop.signal }), stop.signal).then(answer => answer.text()).then(text => {
      place.current.replaceChildren(...bodyOf(text, new URL(path, location.origin)));
      end.current = window.showFigures(place.current);
      set({ busy: false, problem: null });
    }, problem => stop.signal.aborted || set({ busy: false, problem }));
    return () => stop.abort();
  }, [id, times]);
  // With a key a link alone opens nothing.
  const click = event => {
    const link = event.target.closest('a[href]');
    if (!link || !hasKey() || !link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    save(link.pathname, link.pathname.split('/').slice(-2).join('-')).catch(problem => set({ busy: false, problem }));
  };
  return html`<section class="report" aria-label="Report"><h2>Report</h2>
    ${state.busy && html`<${Loading} what="Reading the report" />`}<${Fault} problem=${state.problem} /><div ref=${place} onClick=${click}></div></section>`;
}
