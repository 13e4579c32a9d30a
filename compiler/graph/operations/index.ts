import type { Operation } from '../operation.ts';
import { absOperation } from './abs.ts';
import { addOperation } from './add.ts';
import { biasAddOperation } from './bias-add.ts';
import { biasGradientOperation } from './bias-gradient.ts';
import { broadcastOperation } from './broadcast.ts';
import { concatOperation } from './concat.ts';
import { conv2dOperation } from './conv2d.ts';
import { conv2dFilterGradientOperation } from './conv2d-filter-gradient.ts';
import { conv2dInputGradientOperation } from './conv2d-input-gradient.ts';
import { divOperation } from './div.ts';
import { expOperation } from './exp.ts';
import { greaterOperation } from './greater.ts';
import { constantOperation, inputOperation, variableOperation } from './leaves.ts';
import { logOperation } from './log.ts';
import { mapAxisOperation } from './map-axis.ts';
import { mapTapsOperation } from './map-taps.ts';
import { matmulOperation } from './matmul.ts';
import { maxOperation } from './max.ts';
import { maxPool2dOperation } from './max-pool2d.ts';
import { maxPool2dGradientOperation } from './max-pool2d-gradient.ts';
import { minOperation } from './min.ts';
import { mulOperation } from './mul.ts';
import { negOperation } from './neg.ts';
import { powOperation } from './pow.ts';
import { reluOperation } from './relu.ts';
import { reluGradientOperation } from './relu-gradient.ts';
import { reshapeOperation } from './reshape.ts';
import { signOperation } from './sign.ts';
import { sliceOperation } from './slice.ts';
import { sqrtOperation } from './sqrt.ts';
import { subOperation } from './sub.ts';
import { sumOperation } from './sum.ts';
import { transposeOperation } from './transpose.ts';
import { upsampleNearestOperation } from './upsample-nearest.ts';
import { upsampleNearestGradientOperation } from './upsample-nearest-gradient.ts';

/** All operations by name: what the test matrix runs and the reference lists. */
export const operations: Readonly<Record<string, Operation>> = Object.fromEntries(
  [
    absOperation,
    addOperation,
    biasAddOperation,
    biasGradientOperation,
    broadcastOperation,
    concatOperation,
    constantOperation,
    conv2dFilterGradientOperation,
    conv2dInputGradientOperation,
    conv2dOperation,
    divOperation,
    expOperation,
    greaterOperation,
    inputOperation,
    logOperation,
    mapAxisOperation,
    mapTapsOperation,
    matmulOperation,
    maxOperation,
    maxPool2dGradientOperation,
    maxPool2dOperation,
    minOperation,
    mulOperation,
    negOperation,
    powOperation,
    reluGradientOperation,
    reluOperation,
    reshapeOperation,
    signOperation,
    sliceOperation,
    sqrtOperation,
    subOperation,
    sumOperation,
    transposeOperation,
    upsampleNearestGradientOperation,
    upsampleNearestOperation,
    variableOperation,
  ].map((operation) => [operation.name, operation]),
);
