// A sweep request, from what the form holds and back.
const numbers = text => text.trim().split(/[\s,;]+/).filter(Boolean).map(Number);
const filled = object => Object.keys(object).length ? object : undefined;
const isSet = value => value !== '' && value != null;

/** What the form begins with. */
export const blank = () => ({
  mode: 'preset', preset: 'lab', dataset: '', space: {}, epochs: '', sampler: { kind: '' }, pruner: { kind: '' }, stop: {},
  repeats: '', validation: '', share: '0.2', folds: '5', baselines: [], objective: '', seed: '', batchSize: '', maxParallel: '', name: '', notes: '', tags: '',
});

/** A range of the form as JSON says it; null where nothing is filled in. */
function rangeOf({ kind, values, from, to, step, names }, choices) {
  if (choices) return names?.length ? names : null;
  if (kind === 'list') return values?.trim() ? numbers(values) : null;
  if (!isSet(from) && !isSet(to)) return null;
  const ends = { from: Number(from), to: Number(to) };
  return kind === 'steps' ? { ...ends, step: Number(step) } : { [kind]: ends };
}

function policyOf(policy, words) {
  if (!policy.kind) return undefined;
  const known = words.find(each => each.kind === policy.kind);
  const result = { kind: policy.kind };
  for (const parameter of known?.parameters ?? []) {
    const value = policy[parameter.name];
    if (parameter.type === 'policy') { if (value?.kind) result[parameter.name] = policyOf(value, words); }
    else if (isSet(value)) result[parameter.name] = parameter.type === 'choice' ? value : Number(value);
  }
  return result;
}

/** The body of POST /api/sweeps. */
export function requestOf(form, vocabulary) {
  const request = {};
  const put = (name, value) => { if (value !== undefined && value !== null && value !== '') request[name] = value; };
  put('dataset', form.dataset);
  if (form.mode === 'preset') put('preset', form.preset);
  else {
    const space = {};
    for (const { name, choices } of vocabulary.hyperParameters) {
      const range = form.space[name] && rangeOf(form.space[name], choices);
      if (!range) continue;
      // Lists of the first two go where they went before there were spaces, and single values of others likewise.
      if (Array.isArray(range) && (name === 'learningRate' || name === 'hiddenUnits')) put(name === 'learningRate' ? 'learningRates' : name, range);
      else if (Array.isArray(range) && range.length === 1 && ['epochs', 'batchSize', 'seed'].includes(name)) put(name, range[0]);
      else space[name] = range;
    }
    put('space', filled(space));
    put('sampler', policyOf(form.sampler, vocabulary.samplers));
  }
  // Those that a space has fields for are in it.
  for (const name of form.mode === 'preset' ? ['epochs', 'batchSize', 'seed', 'repeats', 'maxParallel'] : ['repeats', 'maxParallel']) if (isSet(form[name])) put(name, Number(form[name]));
  put('pruner', policyOf(form.pruner, vocabulary.pruners));
  put('stop', filled(Object.fromEntries(Object.entries(form.stop).filter(([, value]) => isSet(value)).map(([name, value]) => [name, Number(value)]))));
  put('validation', { test: 'test', share: Number(form.share), folds: `${form.folds}-fold` }[form.validation]);
  if (form.baselines.length) put('baselines', form.baselines);
  put('objective', form.objective);
  for (const name of ['name', 'notes']) put(name, form[name].trim());
  const tags = form.tags.split(',').map(tag => tag.trim()).filter(Boolean);
  if (tags.length) put('tags', tags);
  return request;
}

function formRange(range) {
  if (Array.isArray(range)) return typeof range[0] === 'string' ? { names: range } : { kind: 'list', values: range.join(' ') };
  if ('step' in range) return { kind: 'steps', ...range };
  const [kind, ends] = Object.entries(range)[0];
  return { kind, ...ends };
}

/** The form of a request that was sent before. */
export function formOf(request) {
  const form = blank();
  const space = Object.fromEntries(Object.entries(request.space ?? {}).map(([name, range]) => [name, formRange(range)]));
  if (request.learningRates) space.learningRate = formRange(request.learningRates);
  if (request.hiddenUnits) space.hiddenUnits = formRange(request.hiddenUnits);
  const isSpace = Object.keys(space).length > 0;
  for (const name of isSpace ? ['epochs', 'batchSize', 'seed'] : []) if (request[name] != null) space[name] = formRange([request[name]]);
  Object.assign(form, { mode: isSpace ? 'space' : 'preset', space, dataset: request.dataset ?? '', baselines: request.baselines ?? [] });
  for (const name of ['preset', 'epochs', 'batchSize', 'seed', 'repeats', 'maxParallel', 'sampler', 'pruner', 'stop', 'objective']) if (request[name] != null) form[name] = request[name];
  // The name is that of the sweep before; what it was about may well be the same.
  form.tags = request.tags?.join(', ') ?? '';
  const rule = request.validation == null ? '' : String(request.validation);
  if (rule === 'test') form.validation = 'test';
  else if (rule.endsWith('-fold')) Object.assign(form, { validation: 'folds', folds: rule.replace('-fold', '') });
  else if (rule) Object.assign(form, { validation: 'share', share: rule });
  return form;
}

/** The field that a problem is about: the one whose name, as JSON or as words, its sentence names first. */
export function fieldOf(detail, vocabulary) {
  if (!detail) return null;
  const names = ['dataset', 'preset', 'learningRates', ...vocabulary.hyperParameters.map(each => each.name), 'sampler', 'pruner', 'stop', 'repeats', 'validation', 'baselines', 'maxParallel', 'objective', 'tags', ...['samplers', 'pruners'].flatMap(kind => vocabulary[kind].flatMap(each => each.parameters.map(parameter => parameter.name)))];
  const text = detail.toLowerCase();
  const places = [...new Set(names)].map(name => {
    const spoken = name.replace(/[A-Z]/g, letter => ` ${letter}`).toLowerCase();
    const found = [name.toLowerCase(), spoken, spoken.replace(/s$/, ''), name === 'dataset' ? 'data set' : name.toLowerCase()].map(each => text.indexOf(each)).filter(at => at >= 0);
    return [name === 'learningRates' ? 'learningRate' : name, found.length ? Math.min(...found) : Infinity];
  });
  const [name, at] = places.sort((a, b) => a[1] - b[1])[0];
  return at === Infinity ? null : name;
}
