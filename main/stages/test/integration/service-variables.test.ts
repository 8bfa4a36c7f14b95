import { expect, test } from 'vitest';
import { serviceVariables } from './service-variables.ts';

test('services are told as variables, unless the stage says them itself', () => {
  const services = {
    'my-db': { host: '127.0.0.1', ports: { '5432': 40_001 } },
    cache: { host: 'cache', ports: {} },
  };
  expect(serviceVariables(services, { CACHE_HOST: 'mine' })).toEqual({
    MY_DB_HOST: '127.0.0.1',
    MY_DB_PORT: '40001',
    MY_DB_PORT_5432: '40001',
  });
});
