// What there is, and what to do next.
import { html } from '../vendor/preact.js';
import { useAsk, useLast } from '../lib/api.js';
import { ago, capital, count } from '../lib/format.js';
import { isOpen } from '../lib/sweep.js';
import { Fault, Loading, Title } from '../lib/ui.js';
import { useUploads } from '../lib/uploads.js';
import { Drop } from './drop.js';
import { SweepCards, titleOf } from './sweeps.js';

/** What is there decides what is worth doing next; the last step comes first. */
function steps({ recordings, collections, datasets, sweeps }) {
  const open = collections.find(each => each.state === 'uploaded'), best = sweeps.find(sweep => sweep.best && sweep.state !== 'running');
  const unswept = datasets.find(each => !sweeps.some(sweep => sweep.dataset === each.name));
  return [
    open && { text: html`The recordings of <strong>${open.name}</strong> are labelled, and no data set has been made of their notes yet.`, link: `#/collections/${encodeURIComponent(open.name)}`, name: `Look at ${open.name}` },
    unswept && { text: html`Nothing has been trained on <strong>${unswept.name}</strong> yet (${count(unswept.train.rows, 'row')}, ${count(unswept.classes.length, 'class', 'classes')}). The lab compares learning rates and hidden sizes on it.`,
      link: `#/new?preset=lab&dataset=${encodeURIComponent(unswept.name)}`, name: 'Start the lab', other: [`#/new?dataset=${encodeURIComponent(unswept.name)}`, 'Ask for something else'] },
    best && { text: html`<strong>${titleOf(best)}</strong> has a model. Hand it rows or a recording that it has not heard.`, link: `#/classify?model=${encodeURIComponent(best.id)}`, name: 'Classify with it' },
    best && recordings.total > 0 && { text: html`${count(recordings.total, 'recording')} can be looked at, listened to, and labelled.`, link: '#/recordings', name: 'Listen to recordings' },
    sweeps.filter(sweep => sweep.best).length > 1 && { text: 'Is one sweep better than another, or was it chance?', link: '#/compare', name: 'Compare sweeps' },
  ].filter(Boolean);
}

function Next(all) {
  const next = steps(all);
  if (!all.recordings.total && !all.collections.length && !all.datasets.length) {
    return html`<section class="next"><h2>Begin here</h2>
      <p>Recordings or arrays become data sets, a sweep trains classifiers on one and compares them, and the best one says which instrument plays.</p>
      <p>Drop files of your own below, or take the samples that come along: ten recordings, the arrays of the lab, and labelled recordings of nine instruments.</p></section>`;
  }
  return next.length > 0 && html`<section class="next"><h2>What to do next</h2><ul class="steps">${next.map((step, i) => html`<li key=${step.name}><span>${step.text}</span>
    <span class="buttons"><a class=${`button ${i ? '' : 'main'}`} href=${step.link}>${step.name}</a>${step.other && html`<a class="button" href=${step.other[0]}>${step.other[1]}</a>`}</span></li>`)}</ul></section>`;
}

function Rejected({ rejected }) {
  if (!rejected?.length) return null;
  return html`<section><h2>Rejected uploads</h2>
    <ul class="cards">${rejected.map(each => html`<li class="card" key=${each.upload}>
      <h3>${each.upload}</h3><p>${capital(each.problem)}.</p><p><strong>What to do:</strong> ${each.remedy}.</p><p class="quiet">${ago(each.rejectedAt)}</p></li>`)}</ul></section>`;
}

export function Home() {
  const done = useUploads().filter(item => item.state === 'processed').length;
  const sweeps = useAsk('/api/sweeps', 5), rejected = useAsk('/api/rejected', 10);
  const recordings = useAsk(`/api/recordings?take=1&after=${done}`, 20), collections = useAsk(`/api/collections?after=${done}`, 20), datasets = useAsk(`/api/datasets?after=${done}`, 20);
  const running = sweeps.data?.filter(sweep => isOpen(sweep.state) || sweep.state === 'paused') ?? [];
  const ended = sweeps.data?.filter(sweep => !running.includes(sweep)).slice(0, 6) ?? [];
  const all = { recordings: useLast(recordings.data), collections: useLast(collections.data), datasets: useLast(datasets.data), sweeps: sweeps.data };
  const isRead = Object.values(all).every(Boolean);
  const problem = [sweeps, recordings, collections, datasets].find(each => each.problem)?.problem;
  return html`<${Title} name="Home">Which instrument plays?<//>
    <${Fault} problem=${problem} />
    ${!isRead && !problem && html`<${Loading} />`}
    ${isRead && html`<p class="facts"><a href="#/recordings">${count(all.recordings.total, 'recording')}</a> <a href="#/recordings">${count(all.collections.length, 'collection')}</a> <a href="#/datasets">${count(all.datasets.length, 'data set')}</a> <a href="#/sweeps">${count(all.sweeps.length, 'sweep')}</a></p>`}
    ${running.length > 0 && html`<section><h2>Running${running.some(sweep => sweep.state === 'paused') ? ' or paused' : ''}</h2><${SweepCards} sweeps=${running} live=${true} /></section>`}
    ${isRead && html`<${Next} ...${all} />`}
    <${Drop} collects=${true} />
    <${Rejected} rejected=${rejected.data} />
    ${ended.length > 0 && html`<section><h2>Latest results</h2><${SweepCards} sweeps=${ended} /></section>`}`;
}
