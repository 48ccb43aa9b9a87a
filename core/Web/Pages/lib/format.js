// How figures and names are written, the same on every view.
export const percent = (share, digits = 2) => share == null ? '' : `${(share * 100).toFixed(digits)}%`;

export const number = value => value == null || value === '' ? ''
  : typeof value !== 'number' ? String(value)
  : value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7) ? value.toExponential(2).replace('e+', 'e')
  : Number.isInteger(value) ? value.toLocaleString('en')
  : String(Number(value.toPrecision(4)));

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const bytes = n => n < 1e3 ? `${n} B` : n < 1e6 ? `${(n / 1e3).toFixed(0)} kB` : n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`;

export const duration = seconds => {
  const s = Math.max(0, Math.round(seconds));
  return s === 0 && seconds > 0 ? 'under 1 s' : s < 60 ? `${s} s` : s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
};

const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute']];

/** How long ago a time is, in the largest unit that fits. */
export const ago = time => {
  const seconds = (Date.now() - new Date(time)) / 1000;
  const [size, name] = units.find(([each]) => seconds >= each) ?? [];
  return size ? `${count(Math.floor(seconds / size), name)} ago` : 'just now';
};

export const when = time => time ? new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }) : '';

/** A note as it is shown: what a model says of one without a pitch means nothing. */
export const heard = note => note.hasPitch === false ? { ...note, label: 'no pitch', probability: null } : note;

/** A name of the API in words: learningRate is the learning rate. */
export const words = name => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`).replace(/ f1\b/, ' F1');

export const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

/** The name of a file in a path: escaped, but for the slashes between folders. */
export const escapePath = name => name.split('/').map(encodeURIComponent).join('/');
