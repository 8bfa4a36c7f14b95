import type { WorkerRequest, WorkerResponse } from './analysis-protocol.ts';
import { analyse } from './analyse.ts';
import { createEditText } from './edit-text.ts';

const editText = createEditText();

self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  self.postMessage(answer(data));
});

function answer(request: WorkerRequest): WorkerResponse {
  const { id } = request;
  try {
    const result =
      request.type === 'analyse' ? analyse(request.request) : editText(request.text, request.operations);
    return { id, ok: true, answer: result };
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
