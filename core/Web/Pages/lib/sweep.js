// A sweep as it is known here: its document, its trials, and the curves that events bring.
import { useEffect, useRef, useState } from '../vendor/preact.js';
import { ask, insist, isPassing, PAUSE, request, useConnection } from './api.js';
import { follow } from './events.js';

const METRICS = ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'val_balanced_accuracy', 'val_macro_f1'];
const DRAW_EVERY = 200;

// A document and an event of a trial name the figures of validation otherwise than curves do.
const clean = trial => trial.metrics ? { ...trial, metrics: {
  loss: trial.metrics.loss, accuracy: trial.metrics.accuracy,
  val_loss: trial.metrics.validationLoss ?? trial.metrics.val_loss, val_accuracy: trial.metrics.validationAccuracy ?? trial.metrics.val_accuracy,
  val_balanced_accuracy: trial.metrics.validationBalancedAccuracy ?? trial.metrics.val_balanced_accuracy, val_macro_f1: trial.metrics.validationMacroF1 ?? trial.metrics.val_macro_f1,
} } : trial;

export const isOpen = state => state === 'waiting' || state === 'running';
export const hasEnded = trial => ['completed', 'diverged', 'pruned', 'failed', 'cancelled'].includes(trial.state);
/** What can be best by, and the figure that it is. */
export const OBJECTIVES = { accuracy: 'val_accuracy', balancedAccuracy: 'val_balanced_accuracy', macroF1: 'val_macro_f1', loss: 'val_loss' };

/** A trial's score by an objective: the higher, the better. */
export const scoreBy = objective => trial => {
  const figure = trial.metrics?.[OBJECTIVES[objective]];
  return typeof figure !== 'number' ? null : objective === 'loss' ? -figure : figure;
};

function grow(curves, id, epoch, values) {
  let curve = curves.get(id);
  if (!curve) curves.set(id, curve = { epochs: [], ...Object.fromEntries(METRICS.map(name => [name, []])) });
  const last = curve.epochs.at(-1) ?? 0;
  // Events may be told twice after an interruption.
  if (epoch <= last) return;
  curve.epochs.push(epoch);
  for (const name of METRICS) curve[name].push(typeof values[name] === 'number' ? values[name] : null);
}

/** The curves of all trials of a sweep that has ended, from its histories.csv. */
export async function readCurves(id, curves = new Map()) {
  const [head, ...lines] = (await (await insist(() => request(`/api/sweeps/${encodeURIComponent(id)}/histories.csv`))).text()).trim().split('\n');
  const names = head.trim().split(',');
  const [trial, epoch, ...columns] = ['trial', 'epoch', ...METRICS].map(name => names.indexOf(name));
  for (const line of lines) {
    const cells = line.trim().split(',');
    const values = Object.fromEntries(METRICS.map((name, i) => [name, cells[columns[i]] ? Number(cells[columns[i]]) : null]));
    grow(curves, cells[trial], Number(cells[epoch]), values);
  }
  return curves;
}

/** Reads a sweep and follows it; draws anew a few times a second, however much happens. */
export function useSweep(id) {
  const [, draw] = useState(0);
  const [problem, setProblem] = useState(null);
  const [turn, again] = useState(0);
  const state = useRef({ sweep: null, trials: new Map(), curves: new Map() });
  const { times } = useConnection();

  useEffect(() => {
    // What is known stays until it is read anew: a view that is emptied for a moment jumps, and closes what was opened in it.
    const it = state.current = { ...state.current };
    let stopped = false, isRead = false, stop = () => {}, timer = 0, reread = 0;
    const path = `/api/sweeps/${encodeURIComponent(id)}`;
    const changed = () => { timer ||= setTimeout(() => requestAnimationFrame(() => { timer = 0; if (!stopped) draw(n => n + 1); }), DRAW_EVERY); };

    const read = async () => {
      const sweep = await ask(`${path}?take=10000`);
      if (stopped) return null;
      const { trials, ...rest } = sweep;
      it.sweep = rest;
      // Those of a next run begin again.
      if (!isRead) it.trials = new Map();
      isRead = true;
      for (const trial of trials) {
        const known = it.trials.get(trial.id);
        if (!known || !hasEnded(known)) it.trials.set(trial.id, clean(trial));
      }
      setProblem(null);
      changed();
      return sweep;
    };

    const take = (name, data) => {
      if (stopped) return;
      if (name === 'gone') { setProblem({ status: 404, title: 'Not found', message: 'The sweep was deleted.' }); return; }
      if (name === 'epoch') {
        const trial = it.trials.get(data.trialId);
        grow(it.curves, data.trialId, data.epoch, data);
        if (!trial) reread ||= setTimeout(() => { reread = 0; read().catch(() => {}); }, 1000);
        else if (!hasEnded(trial) || data.epoch > trial.epoch) it.trials.set(trial.id, { ...trial, state: 'running', epoch: data.epoch, metrics: data });
      } else if (name === 'trial') it.trials.set(data.id, clean(data));
      else if (name === 'status' || name === 'end') {
        // What it was asked for it has come to.
        it.sweep = { ...it.sweep, ...(data.state !== it.sweep.state && { halt: undefined }), ...data };
        if (name === 'end') read().then(sweep => sweep && sweep.state !== 'failed' && readCurves(id, it.curves)).then(changed, () => {});
      }
      changed();
    };

    (async () => {
      try {
        const sweep = await read();
        if (!sweep) return;
        if (isOpen(sweep.state) || sweep.state === 'paused') stop = follow(`${path}/events`, take);
        // They are written with the report, and a sweep that failed has none.
        else if (sweep.state !== 'failed') await readCurves(id, it.curves).catch(() => {});
        changed();
      } catch (error) {
        if (stopped) return;
        setProblem(error);
        if (isPassing(error)) reread = setTimeout(() => again(n => n + 1), PAUSE);
      }
    })();
    return () => { stopped = true; stop(); clearTimeout(timer); clearTimeout(reread); };
  }, [id, turn, times]);
  return { ...state.current, problem, again: () => again(n => n + 1) };
}

/** Hyper-parameters that differ among trials, in the order in which a trial names them. */
export function varied(trials) {
  const values = new Map();
  for (const { parameters } of trials)
    for (const [name, value] of Object.entries(parameters ?? {})) {
      if (!values.has(name)) values.set(name, new Set());
      values.get(name).add(value);
    }
  const size = trials.length;
  const sparse = name => size > 0 && trials.some(trial => !(name in (trial.parameters ?? {})));
  return [...values].filter(([name, each]) => each.size > 1 || sparse(name)).map(([name]) => name);
}

/** A trial's value of a hyper-parameter; a trial does not name what is at its default. */
export const valueOf = (trial, name, defaults) => trial.parameters?.[name] ?? (trial.parameters ? defaults[name] : null);

/** A trial by what makes it differ from others. */
export const nameOf = (trial, names, defaults, write) => (names.length
  ? names.map(name => valueOf(trial, name, defaults)).filter(value => value != null).map(write).join(' · ') : trial.id.slice(0, 8))
  + (trial.fold ? ` · fold ${trial.fold}` : '');
