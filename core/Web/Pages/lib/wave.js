// The head of a WAV file.

/** Of so many channels, at so many samples a second of so many bits each, before so many bytes of samples. */
export function header(channels, rate, bits, length) {
  const view = new DataView(new ArrayBuffer(44)), frame = channels * bits / 8;
  const text = (at, letters) => [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + length, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * frame, true);
  view.setUint16(32, frame, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, length, true);
  return view.buffer;
}
