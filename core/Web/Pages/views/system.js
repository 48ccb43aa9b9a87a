// The host: whether it works, and what it is.
import { html } from '../vendor/preact.js';
import { forgetKey, hasKey, useAsk } from '../lib/api.js';
import { bytes, count } from '../lib/format.js';
import { Download, Fault, Loading, Title } from '../lib/ui.js';

export function System() {
  const health = useAsk('/api/health', 5), system = useAsk('/api/system');
  const { data } = system;
  const facts = [
    ['Health', health.problem ? html`<span class="state failed">${health.problem.message}</span>` : health.data ? html`<span class="state done">storage ${health.data.storage}</span>` : 'is asked for'],
    ...(data ? [['Version', html`<span title=${data.version}>${data.version.replace(/(\+.{10}).*/, '$1')}</span>`], ['Trains on', data.device], ['At once', `${count(data.parallelTrials, 'trial')} of a sweep`], ['Worker', `${count(data.cores, 'core')}, ${bytes(data.memoryBytes)} of memory`], ['Uploads', `files of up to ${data.uploadMegabytes} MB`], ['Platform', data.platform]] : []),
  ];
  return html`<${Title} name="System">System<//><${Fault} problem=${system.problem} />${!data && !system.problem && html`<${Loading} />`}
    <dl class="facts-list tall">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <p>The API is described in <${Download} path="/api/openapi.json" name="openapi.json">openapi.json<//></p>
    ${hasKey() && html`<p><button onClick=${forgetKey}>Forget the function key</button></p>`}`;
}
