// Records from the microphone, and makes a WAV file of it (one channel, 16 bits).
const RECORDER = new URL('./recorder.js', import.meta.url);

function wave(blocks, rate) {
  const count = blocks.reduce((sum, block) => sum + block.length, 0);
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  const text = (at, letters) => [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * count, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * count, true);
  let at = 44;
  for (const block of blocks)
    for (const sample of block) {
      view.setInt16(at, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true);
      at += 2;
    }
  return new File([view.buffer], `microphone-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.wav`, { type: 'audio/wav' });
}

/** Begins to record; the function that it gives ends it and hands the file out. */
export async function record() {
  if (!navigator.mediaDevices) throw new Error('This browser gives no microphone to a page that is not at localhost or behind https.');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  const context = new AudioContext();
  await context.audioWorklet.addModule(RECORDER);
  const node = new AudioWorkletNode(context, 'recorder'), blocks = [];
  node.port.onmessage = event => blocks.push(event.data);
  context.createMediaStreamSource(stream).connect(node);
  return async () => {
    for (const track of stream.getTracks()) track.stop();
    const rate = context.sampleRate;
    await context.close();
    return wave(blocks, rate);
  };
}
