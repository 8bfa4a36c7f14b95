/** The API of a host that serves the window. */
export interface HostApi {
  readonly origin: string;
  /** @throws an `Error` with what the host answered when that is a failure */
  call(route: string, body: unknown, method?: string): Promise<{ readonly id: string }>;
}

/** @param url of the host, with its token */
export function hostApi(url: string): HostApi {
  const { origin, searchParams } = new URL(url);
  return {
    origin,
    async call(route, body, method = 'POST') {
      const response = await fetch(`${origin}/api${route}`, {
        method,
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${searchParams.get('token') ?? ''}`,
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${route} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as { id: string };
    },
  };
}
