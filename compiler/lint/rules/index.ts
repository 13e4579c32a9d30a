import type { LintRule } from '../rule.ts';
import { bandwidthDoesNothing } from './bandwidth-does-nothing.ts';
import { batchNormOfFew } from './batch-norm-of-few.ts';
import { bdiceOnHardTruth } from './bdice-on-hard-truth.ts';
import { binsNeverFilled } from './bins-never-filled.ts';
import { ceAndKl } from './ce-and-kl.ts';
import { claimSaysNothing } from './claim-says-nothing.ts';
import { classWithoutWeight } from './class-without-weight.ts';
import { decayOvershoots } from './decay-overshoots.ts';
import { diceOnSoftTruth } from './dice-on-soft-truth.ts';
import { evenRaters } from './even-raters.ts';
import { hardLossOnSoftLabels } from './hard-loss-on-soft-labels.ts';
import { labelNotAlone } from './label-not-alone.ts';
import { labelSmoothedAway } from './label-smoothed-away.ts';
import { lowerThanLabel } from './lower-than-label.ts';
import { measuredTwice } from './measured-twice.ts';
import { momentumNeverFades } from './momentum-never-fades.ts';
import { oneRunAnArm } from './one-run-an-arm.ts';
import { randomRaterHardens } from './random-rater-hardens.ts';
import { raterOutOfRange } from './rater-out-of-range.ts';
import { scheduleLongerThanRun } from './schedule-longer-than-run.ts';
import { smoothingHidesClass } from './smoothing-hides-class.ts';
import { smoothingOfOneHalf } from './smoothing-of-one-half.ts';
import { stepDoesNothing } from './step-does-nothing.ts';
import { temperatureInOnePlace } from './temperature-in-one-place.ts';
import { termTwice } from './term-twice.ts';
import { tinyBatchSums } from './tiny-batch-sums.ts';
import { unequalArms } from './unequal-arms.ts';
import { warmupAboveRate } from './warmup-above-rate.ts';
import { weightsNotOne } from './weights-not-one.ts';

/** In the order of their codes. */
export const rules: readonly LintRule[] = [
  hardLossOnSoftLabels,
  weightsNotOne,
  termTwice,
  ceAndKl,
  smoothingOfOneHalf,
  stepDoesNothing,
  evenRaters,
  randomRaterHardens,
  raterOutOfRange,
  labelSmoothedAway,
  temperatureInOnePlace,
  bandwidthDoesNothing,
  classWithoutWeight,
  smoothingHidesClass,
  tinyBatchSums,
  lowerThanLabel,
  labelNotAlone,
  scheduleLongerThanRun,
  warmupAboveRate,
  momentumNeverFades,
  batchNormOfFew,
  decayOvershoots,
  diceOnSoftTruth,
  bdiceOnHardTruth,
  binsNeverFilled,
  oneRunAnArm,
  claimSaysNothing,
  measuredTwice,
  unequalArms,
];
