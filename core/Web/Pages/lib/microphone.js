// Records from the microphone, and makes a WAV file of it (one channel, 16 bits).
import { header } from './wave.js';

const RECORDER = new URL('./recorder.js', import.meta.url);

function wave(blocks, rate) {
  const count = blocks.reduce((sum, block) => sum + block.length, 0), samples = new DataView(new ArrayBuffer(2 * count));
  let at = 0;
  for (const block of blocks)
    for (const sample of block) {
      samples.setInt16(at, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true);
      at += 2;
    }
  return new File([header(1, rate, 16, 2 * count), samples], `microphone-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.wav`, { type: 'audio/wav' });
}

/** Begins to record; the function that it gives ends it and hands the file out. */
export async function record() {
  if (!navigator.mediaDevices) throw new Error('This browser gives no microphone to a page that is not at localhost or behind https.');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  const off = () => { for (const track of stream.getTracks()) track.stop(); };
  try {
    const context = new AudioContext();
    await context.audioWorklet.addModule(RECORDER);
    const node = new AudioWorkletNode(context, 'recorder'), blocks = [];
    node.port.onmessage = event => blocks.push(event.data);
    context.createMediaStreamSource(stream).connect(node);
    return async () => {
      off();
      const rate = context.sampleRate;
      await context.close();
      return wave(blocks, rate);
    };
  } catch (error) {
    off();
    throw error;
  }
}
