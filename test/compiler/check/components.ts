import type {
  Component,
  Family,
  OptionValue,
  Parameter,
  ParameterType,
  Registry,
} from '../../../compiler/registry.ts';

/**
 * A registry for tests of the checker, so that they do not change with the components. Nothing in it can be loaded:
 * checking, linting and formatting never do.
 */
const number: ParameterType = { kind: 'number', integer: false };
const positive: ParameterType = { kind: 'number', integer: false, exclusiveMinimum: 0 };
const fraction: ParameterType = { kind: 'number', integer: false, minimum: 0, maximum: 1 };
const atLeastZero: ParameterType = { kind: 'number', integer: false, minimum: 0 };
const count: ParameterType = { kind: 'number', integer: true, minimum: 1 };
const natural: ParameterType = { kind: 'number', integer: true, minimum: 0 };
const share: ParameterType = { kind: 'quantity', dimension: 'share' };
const duration: ParameterType = { kind: 'quantity', dimension: 'duration' };
const length: ParameterType = { kind: 'quantity', dimension: 'length' };
const range: ParameterType = { kind: 'range' };
const text: ParameterType = { kind: 'text' };
const boolean: ParameterType = { kind: 'boolean' };
const choice = (...values: string[]): ParameterType => ({ kind: 'choice', values });
const either = (...of: ParameterType[]): ParameterType => ({ kind: 'union', of });
const list = (of: ParameterType): ParameterType => ({ kind: 'list', of });

const option = (name: string, type: ParameterType, value?: OptionValue): Parameter => ({
  name,
  type,
  doc: `The ${name}.`,
  ...(value === undefined ? {} : { default: value }),
});

type Described = [tags: Record<string, string>, ...parameters: Parameter[]];

function family(name: Family, members: Readonly<Record<string, Described>>): Record<string, Component> {
  return Object.fromEntries(
    Object.entries(members).map(([component, [tags, ...parameters]]) => [
      component,
      {
        family: name,
        name: component,
        summary: `The ${component}.`,
        doc: `The ${component}.`,
        tags,
        parameters,
        file: `runtime/${name}/${component}.ts`,
        load: () => Promise.reject(new Error(`${component} must not be loaded here`)),
      },
    ]),
  );
}

const overlap: Parameter[] = [
  option('smooth', atLeastZero, 1e-3),
  option('reduction', choice('batch', 'image', 'class'), 'batch'),
  option('active', choice('auto', 'all', 'present'), 'auto'),
];

export const registry: Registry = {
  source: family('source', {
    phantom: [{}, option('cases', count, 60), option('raters', count, 4), option('seed', natural, 0)],
    folder: [
      {},
      option('path', text),
      option('images', text),
      option('raters', text, ''),
      option('except', list(text), []),
      option('soft', boolean, false),
    ],
  }),
  folds: family('folds', {
    contiguous: [{}, option('count', { kind: 'number', integer: true, minimum: 2 }, 5)],
    shuffled: [{}, option('count', count, 5), option('seed', natural, 0), option('by', text, '')],
    holdout: [{}, option('share', share, 0.2), option('by', text, '')],
  }),
  transform: family('transform', {
    scale: [{}, option('factor', range, { low: 0.5, high: 2 })],
    flip: [{}, option('axis', choice('horizontal', 'vertical'), 'horizontal')],
    shift: [{}, option('by', length)],
  }),
  label: family('label', {
    majority: [{ takes: 'raters', gives: 'hard', labels: 'hard' }],
    average: [
      { takes: 'raters', gives: 'soft', labels: 'soft' },
      { ...option('weights', either(list(positive), choice('equal', 'dice')), 'equal'), each: 'rater' },
    ],
    smooth: [{ takes: 'labels', gives: 'soft', labels: 'soft' }, option('epsilon', fraction, 0.1)],
    harden: [{ takes: 'labels', gives: 'hard', labels: 'soft' }],
    mirrored: [{ takes: 'labels', gives: 'same', labels: 'soft' }],
    drawn: [{ takes: 'raters', gives: 'hard', random: '' }],
    edges: [{ takes: 'labels', gives: 'soft', requires: 'hard' }, option('epsilon', fraction, 0.5)],
    kde: [{ takes: 'labels', gives: 'soft' }, option('bandwidth', either(positive, choice('auto')), 1e-3)],
  }),
  model: family('model', {
    unet: [
      { heads: 'main', parts: 'encoder, decoder, head', classes: 'head' },
      option('depth', count, 4),
      option('width', count, 16),
      option('norm', choice('none', 'batch'), 'none'),
    ],
    branched: [
      { parts: 'encoder, head', classes: 'head' },
      option('width', count, 16),
      { ...option('aux', boolean, false), head: 'aux' },
    ],
    layers: [{ parts: 'conv#', classes: 'conv#' }, option('width', count, 16)],
    twin: [{ heads: 'main aux' }, option('width', count, 16)],
  }),
  loss: family('loss', {
    ce: [{ labels: 'soft' }],
    sdl: [{ labels: 'hard' }, ...overlap],
    dml1: [{ labels: 'soft' }, ...overlap],
    dml2: [
      { labels: 'soft' },
      ...overlap,
      { ...option('weights', either(list(positive), choice('equal')), 'equal'), each: 'class' },
    ],
    focal: [{ labels: 'hard', requires: 'hard' }, option('gamma', atLeastZero, 2)],
  }),
  optimizer: family('optimizer', {
    sgd: [
      {},
      option('rate', positive),
      option('momentum', fraction, 0),
      option('decay', atLeastZero, 0),
      option('nesterov', boolean, false),
    ],
    adamw: [{}, option('rate', positive, 1e-3), option('betas', list(number), [0.9, 0.999])],
  }),
  schedule: family('schedule', {
    constant: [{}, option('duration', either(share, duration, choice('rest')), 'rest')],
    warmup: [{}, option('duration', either(share, duration), 0.01), option('from', atLeastZero, 1e-6)],
    poly: [{}, option('power', atLeastZero, 0.9)],
  }),
  metric: family('metric', {
    dice: [{}],
    bdice: [{ truth: 'soft' }, option('levels', count, 9)],
    ece: [{}, option('bins', count, 10)],
  }),
  prediction: family('prediction', {
    center: [{ windows: 'middle' }],
    sliding: [{ windows: 'image' }, option('stride', { ...positive, maximum: 1 }, 2 / 3)],
    flips: [{}, option('directions', choice('all', 'horizontal', 'vertical'), 'all')],
  }),
  statistic: family('statistic', {
    wilcoxon: [
      {},
      option('over', choice('cases', 'runs'), 'cases'),
      option('correction', choice('holm', 'none'), 'holm'),
    ],
    bootstrap: [{}, option('confidence', fraction, 0.95), option('over', choice('cases', 'runs'), 'cases')],
  }),
};
