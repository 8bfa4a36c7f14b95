import { describe, expect, it } from 'vitest';
import { evaluateCondition, usesStatusFunction } from './evaluate-condition.ts';
import { ExpressionFailure } from './expression-failure.ts';

const good = { success: true, failure: false, cancelled: false };
const bad = { success: false, failure: true, cancelled: false };
const cancelled = { success: false, failure: false, cancelled: true };
const contexts = {
  inputs: { target: 'production', text: 'no JSON' },
  secrets: { TOKEN: 'hush-hush' },
  env: { COPY: 'is hush-hush' },
};

describe('usesStatusFunction', () => {
  it.each([
    ["inputs.x == 'success()'", 'none'],
    ['success', 'none'],
    ['not ( grammar', 'none'],
    ['${{ Success() && true }}', 'success-or-failure'],
    ['inputs.x || failure()', 'success-or-failure'],
    ['always()', 'always-or-cancelled'],
    ['!cancelled() && failure()', 'always-or-cancelled'],
  ])('finds in %j: %s', (source, expected) => {
    expect(usesStatusFunction(source)).toBe(expected);
    expect(usesStatusFunction(source)).toBe(expected);
  });
});

describe('evaluateCondition', () => {
  it.each([
    ["inputs.target == 'production'", good, true],
    ["${{ inputs.target == 'production' }}", good, true],
    ["inputs.target == 'production'", bad, false],
    ["inputs.target == 'staging'", good, false],
    ['success()', good, true],
    ['success()', bad, false],
    ['failure()', good, false],
    ['failure()', bad, true],
    ['always()', bad, true],
    ['always()', cancelled, true],
    ['cancelled()', cancelled, true],
    ['!cancelled()', bad, true],
    ["failure() && inputs.target == 'staging'", bad, false],
    ['true', good, true],
    ['true', cancelled, false],
    ['false', good, false],
    ['inputs', good, true],
    ['inputs.none', good, false],
    ['0', good, false],
    ["''", good, false],
    ["'0'", good, true],
    ["hashFiles('a', 'b') == 'a+b'", good, true],
  ])('answers %j after %j with %s', (source, status, expected) => {
    const hashFiles = (patterns: string[]) => patterns.join('+');
    expect(evaluateCondition(source, contexts, status, { hashFiles }).result).toBe(expected);
  });

  it('gives the value that the condition came to', () => {
    expect(evaluateCondition('inputs.target', contexts, good)).toEqual({ result: true, value: 'production' });
    expect(evaluateCondition("fromJSON('[1]')", contexts, good)).toEqual({ result: true, value: [1] });
  });

  it.each([
    ['fromJSON(inputs.text)', 'inputs.text = "no JSON"'],
    ['fromJSON(secrets.TOKEN)', 'secrets.TOKEN = ***'],
    ['fromJSON(env.COPY)', 'env.COPY = ***'],
    ["format(format('{0}', env.COPY), fromJSON('{'), inputs.none)", 'inputs.none = nothing'],
    ["format(format('{0} {{1}', env.COPY))", 'env.COPY = ***'],
    ['success(1)', 'The function `success` takes no parameters'],
    ['hashFiles(1)', 'There is no function `hashFiles`'],
    ['nope()', 'There is no function `nope`'],
  ])('says of %j what was wrong and what it read, but no secret', (source, expected) => {
    const evaluate = () => evaluateCondition(source, contexts, good);
    expect(evaluate).toThrow(ExpressionFailure);
    expect(evaluate).toThrow(expected);
    expect(evaluate).not.toThrow('hush');
  });
});
