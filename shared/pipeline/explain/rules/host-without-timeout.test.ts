import { describeRule } from '#test/support/explain/describe-rule.ts';
import { hostWithoutTimeout } from './host-without-timeout.ts';

describeRule(hostWithoutTimeout, {
  fires: {
    'work on a host': 'stages: { build: { run: make, runs-on: { ssh: build-1 } } }\n',
    'a host of the defaults': 'defaults: { runs-on: { ssh: build-1 } }\nstages: { build: { run: make } }\n',
    'a step without a limit beside one that has one':
      'stages:\n  a:\n    runs-on: { ssh: build-1 }\n    steps: [{ run: make, timeout: 1m }, { run: make test }]\n',
  },
  quiet: {
    'a stage with a limit': 'stages: { build: { run: make, runs-on: { ssh: build-1 }, timeout: 10m } }\n',
    'a limit of the run': 'timeout: 1h\nstages: { build: { run: make, runs-on: { ssh: build-1 } } }\n',
    'limits of all steps':
      'stages: { a: { runs-on: { ssh: build-1 }, steps: [{ run: make, timeout: 1m }] } }\n',
    'what is told of its network already': 'stages: { a: { run: npm ci, runs-on: { ssh: build-1 } } }\n',
    'this machine': 'stages: { build: { run: make } }\n',
    'a container': 'stages: { build: { run: make, container: "gcc:14" } }\n',
    'someone who is asked':
      'defaults: { runs-on: { ssh: build-1 } }\nstages: { ask: { approval: { message: Sure? } } }\n',
  },
});
