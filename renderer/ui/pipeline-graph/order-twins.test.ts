import { describe, expect, it } from 'vitest';
import { orderTwins } from './order-twins.ts';

const stage = (id: string, needs: readonly string[] = []) => ({ id, name: id, kind: 'run', needs });

describe('orderTwins', () => {
  it('puts stages that could stand in any order into that of the file, and no others', () => {
    const stages = [
      stage('a'),
      stage('one', ['a']),
      stage('two', ['a']),
      stage('three', ['a']),
      stage('z', ['one', 'two']),
    ];
    const places = new Map([
      ['a', { x: 0, y: 50 }],
      ['one', { x: 200, y: 100 }],
      ['two', { x: 200, y: 0 }],
      ['three', { x: 200, y: 50 }],
      ['z', { x: 400, y: 50 }],
    ]);
    expect([...orderTwins(stages, places)]).toEqual([
      ['a', 'a'],
      ['one', 'two'],
      ['two', 'one'],
      ['three', 'three'],
      ['z', 'z'],
    ]);
  });
});
