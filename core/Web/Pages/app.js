// The shell: which view is shown, by the part of the address behind #.
import { html, render, useErrorBoundary, useLayoutEffect, useState } from './vendor/preact.js';
import { read } from './lib/address.js';
import { giveKey, useConnection } from './lib/api.js';
import { Classify } from './views/classify.js';
import { Collection } from './views/collections.js';
import { Compare } from './views/compare.js';
import { Dataset, Datasets } from './views/datasets.js';
import { Home } from './views/home.js';
import { New } from './views/new.js';
import { Recording } from './views/recording.js';
import { Recordings } from './views/recordings.js';
import { Sweeps } from './views/sweeps.js';
import { Sweep } from './views/sweep.js';
import { System } from './views/system.js';

const views = [
  { path: '', name: 'Home', view: Home },
  { path: 'recordings', name: 'Recordings', view: Recordings, one: Recording },
  { path: 'datasets', name: 'Data sets', view: Datasets, one: Dataset },
  { path: 'sweeps', name: 'Sweeps', view: Sweeps, one: Sweep },
  { path: 'collections', view: Recordings, one: Collection, under: 'recordings' },
  { path: 'new', view: New, under: 'sweeps' },
  { path: 'compare', name: 'Compare', view: Compare },
  { path: 'classify', name: 'Classify', view: Classify },
  { path: 'system', name: 'System', view: System },
];

function useAddress() {
  const [address, set] = useState(read);
  useLayoutEffect(() => {
    const moved = () => {
      set(before => {
        const next = read();
        if (next.first !== before.first || next.rest.join('/') !== before.rest.join('/')) {
          window.scrollTo(0, 0);
          setTimeout(() => document.querySelector('h1')?.focus({ preventScroll: true }), 0);
        }
        return next;
      });
    };
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  return address;
}

function Key({ isRefused }) {
  const submit = event => {
    event.preventDefault();
    const key = new FormData(event.target).get('key');
    if (key.trim()) giveKey(key);
  };
  return html`<main id="content"><h1>This host asks for a key</h1>
    <form class="narrow" onSubmit=${submit}>
      ${isRefused && html`<p class="fault" role="alert"><strong>The host does not take this key.</strong> It is wrong, or it is not valid any more.</p>`}
      <p>It is a function key of the Functions app, as in the Azure portal under <em>App keys</em>. It is kept in this tab alone, until the tab is closed.</p>
      <label>Function key <input name="key" type="password" autocomplete="off" required /></label>
      <button class="main">Open</button>
    </form></main>`;
}

/** Says that a view broke, where it would be an empty page. */
function Guard({ children }) {
  const [error] = useErrorBoundary(console.error);
  return error ? html`<h1 tabindex="-1">This view broke</h1><p class="fault" role="alert">${error.message}</p><p><button onClick=${() => location.reload()}>Load it again</button></p>` : children;
}

function App() {
  const { first, rest, query } = useAddress();
  const { state, isRefused } = useConnection();
  const at = views.find(view => view.path === first);
  const View = rest.length > 0 ? at?.one : at?.view;
  return html`
    <a class="skip" href="#content" onClick=${event => { event.preventDefault(); document.getElementById('content')?.focus(); }}>To the content</a>
    <header><a class="brand" href="#/">MusicPipeline</a>
      <nav aria-label="Views">${views.filter(view => view.name && view.path).map(view => html`
        <a href="#/${view.path}" aria-current=${view.path === (at?.under ?? first) ? 'page' : undefined}>${view.name}</a>`)}</nav></header>
    <div role="status">${state === 'lost' && html`<p class="banner">The host does not answer. This page tries again every two seconds, and goes on where it was.</p>`}
      ${state === 'away' && html`<p class="banner">The sign-in has ended. <button onClick=${() => location.reload()}>Sign in again</button></p>`}</div>
    ${state === 'locked' ? html`<${Key} isRefused=${isRefused} />` : html`<main id="content" tabindex="-1">${View
      ? html`<${Guard} key=${`${first}/${rest.join('/')}`}><${View} id=${rest.join('/')} query=${query} /><//>`
      : html`<h1 tabindex="-1">There is nothing here</h1><p>The page has no view at <code>${location.hash}</code>. <a href="#/">Home</a> says what there is.</p>`}</main>`}`;
}

// What is dropped beside the place for it would be opened in place of the page.
for (const name of ['dragover', 'drop']) window.addEventListener(name, event => { if (!event.defaultPrevented && event.dataTransfer.types.includes('Files')) { event.dataTransfer.dropEffect = 'none'; event.preventDefault(); } });

const place = document.getElementById('page');
place.replaceChildren();
render(html`<${App} />`, place);
