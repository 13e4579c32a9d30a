import type { LintRule } from '../rule.ts';
import { adaptiveStepTooLong } from './adaptive-step-too-long.ts';
import { averageNeverMoves } from './average-never-moves.ts';
import { averageOfOne } from './average-of-one.ts';
import { backgroundInOverlap } from './background-in-overlap.ts';
import { bandwidthDoesNothing } from './bandwidth-does-nothing.ts';
import { bandwidthOfOneKey } from './bandwidth-of-one-key.ts';
import { batchNormOfFew } from './batch-norm-of-few.ts';
import { batchNormOfOneImage } from './batch-norm-of-one-image.ts';
import { bdiceOfOneLevel } from './bdice-of-one-level.ts';
import { bdiceOnHardTruth } from './bdice-on-hard-truth.ts';
import { bestOfOne } from './best-of-one.ts';
import { binsNeverFilled } from './bins-never-filled.ts';
import { boundaryEverywhere } from './boundary-everywhere.ts';
import { ceAndKl } from './ce-and-kl.ts';
import { checkpointByScoredCases } from './checkpoint-by-scored-cases.ts';
import { claimImplied } from './claim-implied.ts';
import { claimMetByChance } from './claim-met-by-chance.ts';
import { claimSaysNothing } from './claim-says-nothing.ts';
import { claimsContradict } from './claims-contradict.ts';
import { classWeightsAlike } from './class-weights-alike.ts';
import { classWithoutWeight } from './class-without-weight.ts';
import { comparedClaimSaysNothing } from './compared-claim-says-nothing.ts';
import { cropAboveImage } from './crop-above-image.ts';
import { dataOutsideRoot } from './data-outside-root.ts';
import { decayOfPower0 } from './decay-of-power-0.ts';
import { decayOvershoots } from './decay-overshoots.ts';
import { declaredAlike } from './declared-alike.ts';
import { descentStepTooLong } from './descent-step-too-long.ts';
import { diceOnSoftTruth } from './dice-on-soft-truth.ts';
import { equalOnHardLabels } from './equal-on-hard-labels.ts';
import { evenRaters } from './even-raters.ts';
import { everythingExtreme } from './everything-extreme.ts';
import { fittedOnScoredCases } from './fitted-on-scored-cases.ts';
import { flipsNeverTrained } from './flips-never-trained.ts';
import { foldOutOfRange } from './fold-out-of-range.ts';
import { gradientWithoutBound } from './gradient-without-bound.ts';
import { hardLossOnSoftLabels } from './hard-loss-on-soft-labels.ts';
import { hardenOfHard } from './harden-of-hard.ts';
import { hardenedAverage } from './hardened-average.ts';
import { hardenedAway } from './hardened-away.ts';
import { hiddenName } from './hidden-name.ts';
import { inputNotHalved } from './input-not-halved.ts';
import { kdeOfScoredCases } from './kde-of-scored-cases.ts';
import { kdeWithoutTeacher } from './kde-without-teacher.ts';
import { keysAbovePixels } from './keys-above-pixels.ts';
import { labelNotAlone } from './label-not-alone.ts';
import { labelSmoothedAway } from './label-smoothed-away.ts';
import { levelOfOnePixel } from './level-of-one-pixel.ts';
import { lossOfNothing } from './loss-of-nothing.ts';
import { lowerThanLabel } from './lower-than-label.ts';
import { meanSlowerThanSquare } from './mean-slower-than-square.ts';
import { measuredTwice } from './measured-twice.ts';
import { momentumNeverFades } from './momentum-never-fades.ts';
import { mostlyPadding } from './mostly-padding.ts';
import { nesterovWithoutMomentum } from './nesterov-without-momentum.ts';
import { noClassPresent } from './no-class-present.ts';
import { oneRunAnArm } from './one-run-an-arm.ts';
import { randomRaterHardens } from './random-rater-hardens.ts';
import { raterOutOfRange } from './rater-out-of-range.ts';
import { ratersWithoutWeight } from './raters-without-weight.ts';
import { repeatsParent } from './repeats-parent.ts';
import { runOutlivesSchedule } from './run-outlives-schedule.ts';
import { sameOnHardLabels } from './same-on-hard-labels.ts';
import { scaleToNothing } from './scale-to-nothing.ts';
import { scheduleLongerThanRun } from './schedule-longer-than-run.ts';
import { scoredInPart } from './scored-in-part.ts';
import { scoresChooseTeacher } from './scores-choose-teacher.ts';
import { smoothedTwice } from './smoothed-twice.ts';
import { smoothingHidesClass } from './smoothing-hides-class.ts';
import { smoothingOfOneHalf } from './smoothing-of-one-half.ts';
import { stepDoesNothing } from './step-does-nothing.ts';
import { teacherWithoutTerm } from './teacher-without-term.ts';
import { temperatureInOnePlace } from './temperature-in-one-place.ts';
import { termTwice } from './term-twice.ts';
import { termWithoutWeight } from './term-without-weight.ts';
import { testNeverSignificant } from './test-never-significant.ts';
import { tinyBatchSums } from './tiny-batch-sums.ts';
import { transformTwice } from './transform-twice.ts';
import { truthIsATeacher } from './truth-is-a-teacher.ts';
import { truthIsSmoothed } from './truth-is-smoothed.ts';
import { twoRunsAnArm } from './two-runs-an-arm.ts';
import { unequalArms } from './unequal-arms.ts';
import { untrainedNetwork } from './untrained-network.ts';
import { unusedFile } from './unused-file.ts';
import { unusedName } from './unused-name.ts';
import { warmupAboveRate } from './warmup-above-rate.ts';
import { warmupNotFirst } from './warmup-not-first.ts';
import { warmupOfNoStep } from './warmup-of-no-step.ts';
import { weightsNotOne } from './weights-not-one.ts';
import { windowsOfWholeImage } from './windows-of-whole-image.ts';

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
  gradientWithoutBound,
  termWithoutWeight,
  teacherWithoutTerm,
  sameOnHardLabels,
  noClassPresent,
  classWeightsAlike,
  smoothedTwice,
  hardenedAway,
  hardenOfHard,
  hardenedAverage,
  ratersWithoutWeight,
  averageOfOne,
  bandwidthOfOneKey,
  kdeWithoutTeacher,
  boundaryEverywhere,
  bestOfOne,
  lossOfNothing,
  keysAbovePixels,
  scheduleLongerThanRun,
  runOutlivesSchedule,
  warmupAboveRate,
  warmupOfNoStep,
  momentumNeverFades,
  batchNormOfFew,
  batchNormOfOneImage,
  warmupNotFirst,
  decayOfPower0,
  inputNotHalved,
  levelOfOnePixel,
  nesterovWithoutMomentum,
  decayOvershoots,
  adaptiveStepTooLong,
  averageNeverMoves,
  meanSlowerThanSquare,
  untrainedNetwork,
  scaleToNothing,
  mostlyPadding,
  transformTwice,
  foldOutOfRange,
  cropAboveImage,
  descentStepTooLong,
  checkpointByScoredCases,
  diceOnSoftTruth,
  bdiceOnHardTruth,
  binsNeverFilled,
  oneRunAnArm,
  claimSaysNothing,
  measuredTwice,
  truthIsSmoothed,
  truthIsATeacher,
  backgroundInOverlap,
  everythingExtreme,
  bdiceOfOneLevel,
  claimsContradict,
  claimImplied,
  claimMetByChance,
  scoresChooseTeacher,
  fittedOnScoredCases,
  scoredInPart,
  flipsNeverTrained,
  windowsOfWholeImage,
  kdeOfScoredCases,
  unequalArms,
  equalOnHardLabels,
  twoRunsAnArm,
  testNeverSignificant,
  comparedClaimSaysNothing,
  unusedName,
  unusedFile,
  hiddenName,
  repeatsParent,
  declaredAlike,
  dataOutsideRoot,
];
