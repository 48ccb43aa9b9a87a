// Browsers play no AIFF; its samples are those of a WAV file in another order of bytes.
import { header } from './wave.js';

const text = (view, at) => String.fromCharCode(...new Uint8Array(view.buffer, at, 4));

/** The sample rate, which AIFF writes as an 80-bit float. */
const rateOf = (view, at) => (view.getUint32(at + 2) * 2 ** 32 + view.getUint32(at + 6)) * 2 ** ((view.getUint16(at) & 0x7fff) - 16383 - 63);

/** A file as browsers play it: uncompressed AIFF as WAV, all else as it is, and so is one whose head is cut off. */
export async function playable(file) {
  const view = new DataView(await file.arrayBuffer());
  if (view.byteLength < 12 || text(view, 0) !== 'FORM' || !/AIF[FC]/.test(text(view, 8))) return file;
  const namesCoding = text(view, 8) === 'AIFC', isThere = (at, length) => at + length <= view.byteLength;
  let common = null, sound = null;
  for (let at = 12; isThere(at, 8); at += 8 + view.getUint32(at + 4) + view.getUint32(at + 4) % 2) {
    if (text(view, at) === 'COMM' && isThere(at + 8, namesCoding ? 22 : 18)) common = at + 8;
    if (text(view, at) === 'SSND' && isThere(at + 8, 8)) sound = { at: at + 16 + view.getUint32(at + 8), end: Math.min(view.byteLength, at + 8 + view.getUint32(at + 4)) };
  }
  if (common === null || !sound) return file;
  const channels = view.getUint16(common), size = Math.ceil(view.getUint16(common + 6) / 8);
  const kind = namesCoding ? text(view, common + 18) : 'NONE';
  if (!['NONE', 'twos', 'sowt'].includes(kind)) return file;
  const bytes = new Uint8Array(view.buffer.slice(sound.at, sound.end));
  if (size === 1) bytes.forEach((byte, i) => { bytes[i] = byte ^ 0x80; });
  else if (kind !== 'sowt') for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return new Blob([header(channels, rateOf(view, common + 8), 8 * size, bytes.length), bytes], { type: 'audio/wav' });
}
