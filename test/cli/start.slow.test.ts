import { test } from 'vitest';
import { dml, temporaryFolder, tiny } from '../support/dml.ts';

test('the time that a start takes is told', async () => {
  const cwd = temporaryFolder({ 'a.dml': tiny() });
  for (const words of [['--version'], ['check', 'a.dml'], ['lint', 'a.dml'], ['fmt', '--check', 'a.dml']]) {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      await dml(words, { cwd });
      times.push(performance.now() - start);
    }
    console.info(`dml ${words.join(' ')}: ${Math.round(times.sort((a, b) => a - b)[1]!)} ms`);
  }
});
