import { describe, expect, test } from 'vitest';
import { checkText, codesOf, experimentOf, prelude, withoutSpans } from './support.ts';

const others = `
experiment big extends base { labels: mean  fold: all  seed: 0 .. 2 }
dataset more { source: phantom(seed: 7) }
dataset cut extends shapes { folds: shuffled }
dataset three extends more { classes: (background: 0, organ: 1, tumour: 2) }
experiment whole extends base { data: more  labels: mean  fold: none  seed: 4 }
experiment organs extends base { data: three  labels: mean  fold: all }
`;
const startOf = (start: string, fields = '') =>
  experimentOf(`${others} experiment a extends base { labels: mean  ${fields}  start: ${start} }`).start;

test.each([
  ['random', 'random'],
  ['none', 'random'],
  ['weights("nets/unet.safetensors")', { kind: 'weights', file: 'nets/unet.safetensors', parts: 'all' }],
  ['weights(file: "a", parts: encoder)', { kind: 'weights', file: 'a', parts: { only: ['encoder'] } }],
])('start: %s', (start, expected) => {
  expect(startOf(start)).toEqual(expected);
});

describe('The parts that are taken', () => {
  test.each([
    ['all', 'all'],
    ['encoder', { only: ['encoder'] }],
    ['[head, encoder]', { only: ['encoder', 'head'] }],
    ['[encoder, decoder, head]', 'all'],
    ['all - head', { only: ['encoder', 'decoder'] }],
    ['all - [head, decoder]', { only: ['encoder'] }],
    ['all - head - decoder', { only: ['encoder'] }],
    ['body', { only: ['encoder', 'decoder'] }],
  ])('parts: %s', (parts, expected) => {
    const start = experimentOf(
      `${parts === 'body' ? 'let body = [encoder, decoder]' : ''} experiment a extends base { labels: mean  start: weights("a", parts: ${parts}) }`,
    ).start;
    expect(start).toMatchObject({ parts: expected });
  });

  test.each([
    ['all - conv3', { but: ['conv3'] }],
    ['[conv2, conv1]', { only: ['conv1', 'conv2'] }],
  ])('of numbered ones: %s', (parts, expected) => {
    expect(startOf(`weights("a", parts: ${parts})`, 'model: layers')).toMatchObject({ parts: expected });
  });

  test('a model that says nothing of its parts may have any', () => {
    expect(startOf('weights("a", parts: stem)', 'model: twin')).toMatchObject({ parts: { only: ['stem'] } });
  });
});

describe('Another experiment', () => {
  test.each([
    ['its own fold and seed', 'trained(big)', '', { pick: 'same', fold: 'same', parts: 'all' }],
    ['the best seed', 'trained(big, pick: best(dice))', '', { pick: { best: 'dice' }, fold: 'same' }],
    [
      'the only network there is, on other data',
      'trained(whole)',
      'fold: all',
      { pick: { seed: 4 }, fold: 'none' },
    ],
    ['all but the head, of other classes', 'trained(organs, parts: all - head)', '', { fold: 'same' }],
  ])('%s', (_, start, fields, expected) => {
    expect(startOf(start, fields)).toMatchObject({ kind: 'trained', ...expected });
  });

  test('is changed by paths', () => {
    const { start } = experimentOf(`${others}
      experiment a extends base { labels: mean  start: trained(big) }
      experiment b extends a { start.trained.parts: encoder  start.trained.pick: seed(2) }`);
    expect(withoutSpans(start)).toMatchObject({ parts: { only: ['encoder'] }, pick: { seed: 2 } });
  });
});

test.each([
  ['start: weights(3)', ['DML1310']],
  ['start: weights("")', ['DML1310']],
  ['start: weights()', ['DML1220']],
  ['start: weight("a")', ['DML1201']],
  ['start: randm', ['DML1201']],
  ['start: 3', ['DML1301']],
  ['start: trained(base)', ['DML1225']],
  ['start: trained(bgi)', ['DML1203']],
  ['start: trained(big, temperature: 2)', ['DML1218']],
  ['start: trained(big, pick: best(dise))', ['DML1365']],
  ['start: trained(big, parts: [encodr, decoder])', ['DML1366']],
  ['start: trained(big, parts: encoder - head)', ['DML1310']],
  ['start: trained(big, parts: [])', ['DML1310']],
  ['model: layers  start: weights("a", parts: conv0)', ['DML1366']],
  ['seed: 3  start: trained(big)', ['DML1363']],
  ['model.width: 8  start: trained(big)', ['DML1367']],
  ['model.width: 8  start: trained(big, parts: encoder)', ['DML1367']],
  ['model: layers  start: trained(big)', ['DML1367']],
  ['model: branched(aux: true)  start: trained(big, parts: aux)', ['DML1367']],
  ['start: trained(organs)', ['DML1367']],
  ['data: cut  start: trained(big)', ['DML1367']],
  ['fold: none  start: trained(big)', ['DML1362']],
  ['data: more  start: trained(big)  fold: none', ['DML1368']],
  ['start.weights.file: "a"', ['DML1215']],
])('%s', (fields, codes) => {
  expect(codesOf(`${others} experiment a extends base { labels: mean ${fields} }`)).toEqual(codes);
});

test('it says what differs, and what can be taken', () => {
  const { diagnostics } = checkText(
    `${prelude}${others} experiment a extends base { labels: mean  start: trained(organs) }`,
  );
  expect(diagnostics[0]).toMatchObject({
    message:
      '`a` cannot begin with the weights of `organs`: they differ in the number of classes (3 there, 2 here).',
    help: '`parts: all - head` leaves out what hangs on the number of classes.',
  });
});

test('two experiments that wait for one another are an error', () => {
  const circle = `experiment a extends base { labels: mean  start: trained(b) }
    experiment b extends base { labels: mean  teacher: distill(a) }`;
  expect(codesOf(circle)).toEqual(['DML1208']);
});

test('other data are scored without training by an experiment that starts from the trained one', () => {
  expect(
    codesOf(`${others} experiment a extends base { labels: mean }
    experiment b extends a { data: more  fold: all  train: none  start: trained(a) }`),
  ).toEqual([]);
});
