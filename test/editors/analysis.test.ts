import { expect, test } from 'vitest';
import { rememberLaws } from '../../compiler/laws/term.ts';
import { analyse, type Told } from '../../editors/server/analysis.ts';
import type { Analysis } from '../../editors/server/services.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { witnessOf } from '../../runtime/witness.ts';
import { tiny } from '../support/dml.ts';

const services: Analysis = {
  registry,
  witness: witnessOf(registry),
  laws: rememberLaws(),
  read: () => undefined,
  list: () => [],
  components: () => undefined,
  outlook: async ({ name }) => `what ${name} comes to`,
};
const documents = [
  { uri: 'file:///study/a.dml', text: tiny({ loss: '0.25 ce + 0.75 sdl' }) },
  { uri: 'file:///study/b.dml', text: tiny({ loss: 'nonsense' }) },
];
const files = ['/study/a.dml', '/study/b.dml'];
const round = { number: 1, documents, folders: [], files };

test('a round tells the findings of every file first, then what running its experiments comes to', async () => {
  const told: Told[] = [];
  await analyse(
    round,
    services,
    () => false,
    (each) => told.push(each),
  );
  const shown = told.map((each) =>
    'findings' in each
      ? [each.file, each.findings.found.map(({ code }) => code)]
      : [each.file, each.outlooks],
  );
  expect(shown).toEqual([
    ['/study/a.dml', expect.arrayContaining(['DML3101'])],
    ['/study/b.dml', ['DML1203']],
    ['/study/a.dml', { tiny: 'what tiny comes to' }],
    ['/study/b.dml', {}],
  ]);
});

test('a round that is overtaken ends at the next question, whichever that is', async () => {
  const asked: string[] = [];
  const counting: Analysis = {
    ...services,
    laws: (...question) => {
      asked.push('laws');
      return services.laws(...question);
    },
    outlook: async () => {
      asked.push('outlook');
      return undefined;
    },
  };
  const overtakenAfter = async (questions: number) => {
    asked.length = 0;
    const told: Told[] = [];
    await analyse(
      round,
      counting,
      () => asked.length >= questions,
      (each) => told.push(each),
    );
    return told.length;
  };
  expect(await overtakenAfter(Number.POSITIVE_INFINITY)).toBe(4);
  const all = [...asked];
  expect(all).toContain('laws');
  for (let questions = 0; questions < all.length; questions++) {
    await overtakenAfter(questions);
    expect(asked).toEqual(all.slice(0, questions));
  }
});
