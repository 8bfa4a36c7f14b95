import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthorizer } from './authorize.ts';

let server: http.Server;
let origin: string;
let asked: { url: string; authorization: string | undefined }[];
let answer: (response: http.ServerResponse) => void;
beforeEach(async () => {
  asked = [];
  answer = (response) => response.end(JSON.stringify({ token: 'a-token' }));
  server = http.createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const peer = {
  name: 'the registry',
  context: { signal: new AbortController().signal, say: () => Promise.resolve() },
  retries: 0,
};
const ann = { username: 'ann', password: 'secret', token: '' };
const challenge = (header: string) =>
  new Response(null, { status: 401, headers: { 'www-authenticate': header } });
const SCOPE = 'repository:team/shop:pull,push';

describe('signing in to a container registry', () => {
  it('gets a token for the scope where the registry asks for one', async () => {
    const authorizer = createAuthorizer(peer, origin, ann, SCOPE);
    expect(authorizer.header()).toEqual({});
    const header = `Bearer realm="${origin}/token",service="registry"`;
    expect(await authorizer.challenge(challenge(header))).toBe(true);
    expect(authorizer.header()).toEqual({ authorization: 'Bearer a-token' });
    expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from('ann:secret').toString('base64')}`);
    expect(new URL(asked[0]?.url ?? '', origin).searchParams.get('scope')).toBe(SCOPE);
    // The same token once more would be refused once more.
    expect(await authorizer.challenge(challenge(header))).toBe(false);
  });

  it('shows the password where the registry asks for it, once', async () => {
    const authorizer = createAuthorizer(peer, origin, ann, SCOPE);
    expect(await authorizer.challenge(challenge('Basic realm="x"'))).toBe(true);
    expect(await authorizer.challenge(challenge('Basic realm="x"'))).toBe(false);
    const nobody = createAuthorizer(peer, origin, { username: '', password: '', token: '' }, SCOPE);
    expect(await nobody.challenge(challenge('Basic realm="x"'))).toBe(false);
  });

  it('says who the token server refuses, and asks none that is less safe than the registry', async () => {
    answer = (response) => response.writeHead(401).end();
    const header = `Bearer realm="${origin}/token"`;
    const authorizer = createAuthorizer(peer, origin, ann, SCOPE);
    await expect(authorizer.challenge(challenge(header))).rejects.toThrow(
      /^The token server .* refused to sign in: 401/,
    );
    const safe = createAuthorizer(peer, 'https://registry.example', ann, SCOPE);
    await expect(safe.challenge(challenge(header))).rejects.toThrow(/a server that cannot be used/);
    expect(asked).toHaveLength(1);
  });
});
