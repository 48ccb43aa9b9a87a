// A sweep request, from what the form holds and back.
const filled = object => Object.keys(object).length ? object : undefined;
const isSet = value => value !== '' && value != null;

/** What the form begins with. */
export const blank = () => ({
  mode: 'preset', preset: 'lab', dataset: '', space: {}, epochs: '', sampler: { kind: '' }, pruner: { kind: '' }, stop: {},
  repeats: '', validation: '', share: '0.2', folds: '5', baselines: [], objective: '', seed: '', batchSize: '', maxParallel: '', priority: '', device: '', restoreBest: false, datasetVersion: '', points: '', name: '', notes: '', tags: '',
});

/** A range of the form as JSON says it; null where nothing is filled in. */
function rangeOf({ kind, values, from, to, step, names }, choices, number) {
  if (choices) return names?.length ? names : null;
  if (kind === 'list') return values?.trim() ? values.trim().split(/[\s,;]+/).filter(Boolean).map(number) : null;
  if (!isSet(from) && !isSet(to)) return null;
  const ends = { from: number(from), to: number(to) };
  return kind === 'steps' ? { ...ends, step: number(step) } : { [kind]: ends };
}

function policyOf(policy, words, number, field) {
  if (!policy.kind) return undefined;
  const known = words.find(each => each.kind === policy.kind);
  const result = { kind: policy.kind };
  for (const parameter of known?.parameters ?? []) {
    const value = policy[parameter.name];
    if (parameter.type === 'policy') { if (value?.kind) result[parameter.name] = policyOf(value, words, number, `${field}.${parameter.name}`); }
    else if (isSet(value)) result[parameter.name] = parameter.type === 'choice' ? value : number(value, `${field}.${parameter.name}`);
  }
  return result;
}

/** Points as the form holds them, a line each: learningRate 0.01, activation relu. */
const pointsOf = text => text.split('\n').filter(line => line.trim()).map(line => Object.fromEntries(line.split(',').filter(part => part.trim()).map(part => {
  const [name, value = ''] = part.trim().split(/[\s:=]+/);
  return [name, value === '' || Number.isNaN(Number(value)) ? value : Number(value)];
})));

const linesOf = points => points.map(point => Object.entries(point).map(([name, value]) => `${name} ${value}`).join(', ')).join('\n');

/** The body of POST /api/sweeps. What is no number is told to `faults`: { field, message }. */
export function requestOf(form, vocabulary, faults = []) {
  const request = {};
  const number = (text, field) => {
    const value = isSet(text) ? Number(text) : NaN;
    if (Number.isNaN(value)) faults.push({ field, message: isSet(text) ? `${text} is no number.` : 'A number is missing here.' });
    return value;
  };
  const put = (name, value) => { if (value !== undefined && value !== null && value !== '') request[name] = value; };
  put('dataset', form.dataset);
  put('datasetVersion', form.datasetVersion);
  if (form.mode === 'preset') put('preset', form.preset);
  else {
    const space = {}, single = {};
    for (const { name, choices } of vocabulary.hyperParameters) {
      const range = form.space[name] && rangeOf(form.space[name], choices, text => number(text, name));
      if (!range) continue;
      // Lists of the first two go where they went before there were spaces, and single values of others likewise.
      if (Array.isArray(range) && (name === 'learningRate' || name === 'hiddenUnits')) put(name === 'learningRate' ? 'learningRates' : name, range);
      else if (Array.isArray(range) && range.length === 1 && ['epochs', 'batchSize', 'seed'].includes(name)) single[name] = range;
      else space[name] = range;
    }
    // Alone they are a space: beside nothing else the API takes them for how the lab is to train.
    if (request.learningRates || request.hiddenUnits || filled(space)) for (const [name, [value]] of Object.entries(single)) put(name, value);
    else Object.assign(space, single);
    put('space', filled(space));
    put('sampler', policyOf(form.sampler, vocabulary.samplers, number, 'sampler'));
    if (form.points.trim()) put('points', pointsOf(form.points));
  }
  // Those that a space has fields for are in it.
  for (const name of form.mode === 'preset' ? ['epochs', 'batchSize', 'seed', 'repeats', 'maxParallel', 'priority'] : ['repeats', 'maxParallel', 'priority']) if (isSet(form[name])) put(name, number(form[name], name));
  put('pruner', policyOf(form.pruner, vocabulary.pruners, number, 'pruner'));
  put('stop', filled(Object.fromEntries(Object.entries(form.stop).filter(([, value]) => isSet(value)).map(([name, value]) => [name, number(value, `stop.${name}`)]))));
  if (form.validation === 'share') put('validation', number(form.share, 'validation'));
  else put('validation', { test: 'test', folds: `${form.folds}-fold` }[form.validation]);
  if (form.baselines.length) put('baselines', form.baselines);
  put('objective', form.objective);
  put('device', form.device);
  if (form.restoreBest) put('restoreBest', true);
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

/** The form of a request: one that was sent before, or one that an address holds. */
export function formOf(request) {
  const form = blank();
  const space = Object.fromEntries(Object.entries(request.space ?? {}).map(([name, range]) => [name, formRange(range)]));
  if (request.learningRates) space.learningRate = formRange(request.learningRates);
  if (request.hiddenUnits) space.hiddenUnits = formRange(request.hiddenUnits);
  const isSpace = Object.keys(space).length > 0;
  for (const name of isSpace ? ['epochs', 'batchSize', 'seed'] : []) if (request[name] != null) space[name] = formRange([request[name]]);
  Object.assign(form, { mode: isSpace ? 'space' : 'preset', space, dataset: request.dataset ?? '', baselines: request.baselines ?? [] });
  for (const name of ['preset', 'epochs', 'batchSize', 'seed', 'repeats', 'maxParallel', 'sampler', 'pruner', 'stop', 'objective', 'priority', 'device', 'restoreBest', 'datasetVersion']) if (request[name] != null) form[name] = request[name];
  if (request.points) form.points = linesOf(request.points);
  for (const name of ['name', 'notes']) form[name] = request[name] ?? '';
  form.tags = request.tags?.join(', ') ?? '';
  const rule = request.validation == null ? '' : String(request.validation);
  if (rule === 'test') form.validation = 'test';
  else if (rule.endsWith('-fold')) Object.assign(form, { validation: 'folds', folds: rule.replace('-fold', '') });
  else if (rule) Object.assign(form, { validation: 'share', share: rule });
  return form;
}

/** The field of the form for a property that a problem names. */
export function fieldOf(property) {
  if (!property) return null;
  const [first] = property.split('.'), other = { learningRates: 'learningRate', datasetVersion: 'dataset', points: 'points' }[first];
  if (other) return other;
  return property.replace(/^space\./, '').replace(/\.kind$/, '');
}
