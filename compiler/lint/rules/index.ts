import type { LintRule } from '../rule.ts';
import { batchNormOfFew } from './batch-norm-of-few.ts';
import { bdiceOnHardTruth } from './bdice-on-hard-truth.ts';
import { binsNeverFilled } from './bins-never-filled.ts';
import { claimSaysNothing } from './claim-says-nothing.ts';
import { evenRaters } from './even-raters.ts';
import { hardLossOnSoftLabels } from './hard-loss-on-soft-labels.ts';
import { measuredTwice } from './measured-twice.ts';
import { momentumNeverFades } from './momentum-never-fades.ts';
import { oneRunAnArm } from './one-run-an-arm.ts';
import { scheduleLongerThanRun } from './schedule-longer-than-run.ts';
import { termTwice } from './term-twice.ts';
import { unequalArms } from './unequal-arms.ts';
import { warmupAboveRate } from './warmup-above-rate.ts';
import { weightsNotOne } from './weights-not-one.ts';

export const rules: readonly LintRule[] = [
  hardLossOnSoftLabels,
  weightsNotOne,
  termTwice,
  evenRaters,
  scheduleLongerThanRun,
  warmupAboveRate,
  momentumNeverFades,
  batchNormOfFew,
  bdiceOnHardTruth,
  binsNeverFilled,
  oneRunAnArm,
  claimSaysNothing,
  measuredTwice,
  unequalArms,
];
