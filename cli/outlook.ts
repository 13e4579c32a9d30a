import type { Experiment, Sweep } from '../compiler/experiment.ts';
import type { Registry } from '../compiler/registry.ts';
import type { NetworkCost } from '../runtime/network-cost.ts';
import { type Outlook, openOutlooks } from '../runtime/trainer/outlook.ts';
import { bytes, integer } from './units.ts';

/**
 * What running an experiment or a sweep comes to, in words for the head of its declaration; `undefined` where nobody can
 * say, for want of data.
 */
export function outlookTexts(
  registry: Registry,
): (subject: Experiment | Sweep, root: string) => Promise<string | undefined> {
  const outlook = openOutlooks(registry);
  return async (subject, root) => {
    if (!('arms' in subject)) {
      const found = await outlook(subject, root);
      return found && experimentText(found);
    }
    const found: Outlook[] = [];
    for (const { experiment } of subject.arms) {
      const one = await outlook(experiment, root, 'runs');
      if (!one) return undefined;
      found.push(one);
    }
    const runs = found.reduce((total, { folds, seeds }) => total + folds * seeds, 0);
    const steps = found.reduce((total, each) => total + each.folds * each.seeds * each.steps, 0);
    return `${count(found.length, 'arm')}, ${count(runs, 'run')}, ${count(steps, 'step')}`;
  };
}

function experimentText(outlook: Outlook): string {
  const { network, steps } = outlook;
  const runs = `${runsText(outlook)} of ${count(steps, 'step')}`;
  return network ? `${runs}; ${networkText(network)}` : runs;
}

/** `3 folds × 2 seeds = 6 runs`, without the parts that are one. */
function runsText({ folds, seeds }: Outlook): string {
  const runs = count(folds * seeds, 'run');
  return folds > 1 && seeds > 1 ? `${count(folds, 'fold')} × ${count(seeds, 'seed')} = ${runs}` : runs;
}

const networkText = ({ parameters, peakBytes }: NetworkCost): string =>
  `${count(parameters, 'parameter')}, ${bytes(peakBytes.train)} of tensors a step`;

const count = (n: number, noun: string) => `${integer(n)} ${noun}${n === 1 ? '' : 's'}`;
