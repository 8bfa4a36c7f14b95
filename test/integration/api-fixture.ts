import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Background, startBackground } from '#main/host/background.ts';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import { grantTrust } from '#main/host/trust.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

export interface ApiAnswer<Value> {
  readonly status: number;
  readonly body: Value;
}

/** What the contract answers with when it refuses. */
export interface ApiError {
  readonly message: string;
  readonly data: { readonly code: string; readonly hint: string | null };
}

/** A host that serves its API over HTTP, called as a tool would; with a project whose pipeline is trusted. */
export interface ApiFixture extends AsyncDisposable {
  readonly host: Host;
  readonly server: Server;
  readonly projectId: ProjectId;
  readonly projectDir: string;
  readonly file: 'pipewright.yml';
  write(file: string, text: string): void;
  call<Value>(method: string, pathname: string, body?: object): Promise<ApiAnswer<Value>>;
  /** The values of an event stream. Ends with it or on abort. */
  stream<Value>(pathname: string, signal: AbortSignal): AsyncGenerator<Value, void, undefined>;
}

export interface ApiFixtureOptions {
  /** As in a host that stays: with triggers, adoption and resumption. */
  readonly stays?: boolean;
}

export async function createApiFixture(
  pipeline: string,
  { stays = false }: ApiFixtureOptions = {},
): Promise<ApiFixture> {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-api-')));
  const [rendererDir, projectDir] = [path.join(dir, 'renderer'), path.join(dir, 'project')];
  mkdirSync(rendererDir);
  mkdirSync(projectDir);
  writeFileSync(path.join(rendererDir, 'index.html'), '<title>Pipewright</title>');
  const file = 'pipewright.yml';
  writeFileSync(path.join(projectDir, file), pipeline);
  const host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  host.store.settings.set('triggers', { webhookPort: 0 });
  const projectId = host.store.projects.add(projectDir).id;
  await grantTrust(host, { projectId, file }, 'asked');
  const server = await serve(host, { port: 0, rendererDir });
  const background: Background | null = stays ? startBackground(host) : null;
  const urlOf = (pathname: string): string => `http://127.0.0.1:${server.port}/api${pathname}`;
  const authorization = `Bearer ${server.token}`;

  return {
    ...{ host, server, projectId, projectDir, file },
    write(name, text) {
      mkdirSync(path.dirname(path.join(projectDir, name)), { recursive: true });
      writeFileSync(path.join(projectDir, name), text);
    },
    async call(method, pathname, body) {
      const response = await fetch(urlOf(pathname), {
        method,
        headers: { authorization, 'content-type': 'application/json', connection: 'close' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as never };
    },
    async *stream<Value>(pathname: string, signal: AbortSignal) {
      const response = await fetch(urlOf(pathname), { headers: { authorization }, signal });
      let text = '';
      try {
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
          text += chunk;
          const blocks = text.split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            if (!block.startsWith('event: message')) continue;
            yield JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as Value;
          }
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await background?.close();
      await server.close();
      await host.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
