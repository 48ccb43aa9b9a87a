// The microphone's samples, block by block; runs beside the page's own thread.
registerProcessor('recorder', class extends AudioWorkletProcessor {
  process([input]) {
    if (input.length) this.port.postMessage(input[0].slice());
    return true;
  }
});
