// Data sets: what sweeps train on.
import { html } from '../vendor/preact.js';
import { useAsk, useLast } from '../lib/api.js';
import { count, number, percent } from '../lib/format.js';
import { Scatter } from '../lib/scatter.js';
import { Download, Empty, Fault, Loading, Table, Title } from '../lib/ui.js';
import { useUploads } from '../lib/uploads.js';
import { Drop } from './drop.js';

const FILES = ['dataset.json', 'scaler.json', 'train_data.npy', 'train_labels.npy', 'test_data.npy', 'test_labels.npy'];
const classNames = info => info.classNames ?? info.classes.map(String);

export function Datasets() {
  const done = useUploads().filter(item => item.state === 'processed').length;
  const { data: own, problem } = useAsk(`/api/datasets?after=${done}`, 15);
  const data = useLast(own);
  return html`<${Title} name="Data sets">Data sets<//>
    <${Drop} />
    <${Fault} problem=${problem} />${!data && !problem && html`<${Loading} />`}
    ${data && (data.length ? html`<h2>On record</h2><ul class="cards">${data.map(info => html`<li class="card" key=${info.name}>
        <h3><a href=${`#/datasets/${encodeURIComponent(info.name)}`}>${info.name}</a></h3>
        <p>${count(info.train.rows, 'training row')}, ${count(info.test.rows, 'test row')}</p>
        <p class="quiet">${count(info.features, 'feature')}, ${count(info.classes.length, 'class', 'classes')}</p>
        <p><a class="button" href=${`#/new?dataset=${encodeURIComponent(info.name)}`}>Sweep on it</a></p></li>`)}</ul>`
      : html`<${Empty}>No data set yet. Drop the four arrays above: NAME_train_data.npy, NAME_train_labels.npy, NAME_test_data.npy, NAME_test_labels.npy.<//>`)}`;
}

function Picture({ info }) {
  const { data, problem } = useAsk(`/api/datasets/${encodeURIComponent(info.name)}/${info.version}/picture.json`);
  if (problem) return html`<${Fault} problem=${problem} />`;
  if (!data) return html`<${Loading} what="Computing the picture" />`;
  const [first, second] = data.explained;
  return html`<p class="quiet">${count(data.x.length, 'training row')}${data.x.length < data.rows ? ` of ${number(data.rows)}` : ''} on the two axes along which they differ most (principal components): ${percent(first + second, 1)} of all differences show. Classes that lie on each other here may still be told apart by the other features.</p>
    <${Scatter} x=${data.x} y=${data.y} of=${data.classes} groups=${classNames(info)} labels=${[`First axis (${percent(first, 1)})`, `Second axis (${percent(second, 1)})`]} name=${`Classes of ${info.name} on two axes; the table has their rows`} />`;
}

export function Dataset({ id, query }) {
  const { data, problem } = useAsk(`/api/datasets/${encodeURIComponent(id)}`, 30);
  const all = data ? [data.current, ...data.others] : [];
  const info = all.find(each => each.version === query.get('version')) ?? data?.current;
  const path = info && `/api/datasets/${encodeURIComponent(id)}/${info.version}`;
  const names = info && classNames(info);
  return html`<${Title} name=${id} aside=${html`<a class="button main" href=${`#/new?dataset=${encodeURIComponent(id)}${info && info !== data.current ? `&version=${info.version}` : ''}`}>Sweep on it</a>`}>${id}<//>
    <${Fault} problem=${problem} />${!data && !problem && html`<${Loading} />`}
    ${info && html`
      <dl class="facts-list">${[['Version', `${info.version}${info === data.current ? ', the current one' : ''}`], ['Training rows', number(info.train.rows)], ['Test rows', number(info.test.rows)], ['Features', number(info.features)], ['Classes', names.length]].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${info.constantFeatures?.length > 0 && html`<p class="notice">${count(info.constantFeatures.length, 'feature')} ${info.constantFeatures.length === 1 ? 'has' : 'have'} one value in all training rows, so that nothing can be learned from ${info.constantFeatures.length === 1 ? 'it' : 'them'}: ${info.constantFeatures.slice(0, 20).join(', ')} (counted from 0).</p>`}
      <h2>Classes</h2><${Picture} key=${info.version} info=${info} />
      <${Table} name="Classes" rows=${names.map((name, i) => ({ id: i, name, train: info.train.rowsPerClass[i], test: info.test.rowsPerClass[i] }))}
        columns=${[{ key: 'name', name: 'class', value: row => row.name }, { key: 'train', name: 'training rows', number: true, value: row => row.train }, { key: 'test', name: 'test rows', number: true, value: row => row.test }]} />
      <h2>Files</h2><p class="buttons">${FILES.map(file => html`<${Download} key=${file} path=${`${path}/${file}`} name=${`${id}-${file}`}>${file}<//>`)}</p>
      ${all.length > 1 && html`<h2>Versions</h2><ul>${all.map(each => html`<li key=${each.version}><a href=${`#/datasets/${encodeURIComponent(id)}?version=${each.version}`}>${each.version}</a>: ${count(each.train.rows, 'training row')}${each === data.current ? ', the current one' : ''}</li>`)}</ul>`}
      <h2>Made from</h2>${info.recipe && html`<p>Each row is a note of a recording of the collection <a href=${`#/collections/${encodeURIComponent(id)}`}>${id}</a>, which says what each of its ${count(info.groups?.length ?? 0, 'recording')} gave; described by the recipe <code>${info.recipe}</code>.</p>`}
      ${!info.recipe && html`<ul>${info.sources.map(source => html`<li key=${source.file ?? source.name}><code>${source.file ?? source.name}</code></li>`)}</ul>`}`}`;
}
