import type {
  AnalyseAnswer,
  AnalyseRequest,
  Analyser,
  WorkerRequest,
  WorkerResponse,
} from './analysis-protocol.ts';
import type { EditAnswer } from './analysis.ts';

/** The part of a `Worker` that is used. */
export interface WorkerPort {
  postMessage(message: WorkerRequest): void;
  onmessage: ((event: MessageEvent<WorkerResponse>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

type Unnumbered = WorkerRequest extends infer Request
  ? Request extends WorkerRequest
    ? Omit<Request, 'id'>
    : never
  : never;

interface Waiting {
  readonly request: AnalyseRequest;
  readonly resolve: (answer: AnalyseAnswer | null) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Asks a worker, which is started by `prepare` or with the first question, and anew after it failed. Requests are answered by id; of the
 * texts of one document one is under way and at most one waits.
 */
export function createWorkerAnalyser(start: () => WorkerPort): Analyser & { readonly prepare: () => void } {
  let worker: WorkerPort | null = null;
  let lastId = 0;
  const open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  const underWay = new Set<string>();
  const waiting = new Map<string, Waiting>();

  function running(): WorkerPort {
    if (worker !== null) return worker;
    const started = start();
    worker = started;
    started.onmessage = ({ data }) => {
      const request = open.get(data.id);
      open.delete(data.id);
      if (data.ok) request?.resolve(data.answer as never);
      else request?.reject(new Error(data.message));
    };
    started.onerror = (event) => {
      started.terminate();
      worker = null;
      const failed = [...open.values()];
      open.clear();
      const error = new Error(event.message === '' ? 'The worker for texts failed.' : event.message);
      for (const request of failed) request.reject(error);
    };
    return started;
  }

  function ask<Answer>(request: Unnumbered): Promise<Answer> {
    lastId += 1;
    const id = lastId;
    return new Promise<Answer>((resolve, reject) => {
      open.set(id, { resolve, reject });
      running().postMessage({ ...request, id });
    });
  }

  async function analyseNow(request: AnalyseRequest): Promise<AnalyseAnswer> {
    underWay.add(request.key);
    try {
      return await ask<AnalyseAnswer>({ type: 'analyse', request });
    } finally {
      underWay.delete(request.key);
      const next = waiting.get(request.key);
      waiting.delete(request.key);
      if (next !== undefined) analyseNow(next.request).then(next.resolve, next.reject);
    }
  }

  return {
    prepare: () => void running(),
    analyse(request) {
      if (!underWay.has(request.key)) return analyseNow(request);
      waiting.get(request.key)?.resolve(null);
      return new Promise((resolve, reject) => waiting.set(request.key, { request, resolve, reject }));
    },
    edit: (text, operations) => ask<EditAnswer>({ type: 'edit', text, operations }),
  };
}
