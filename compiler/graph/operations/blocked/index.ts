import type { Operation } from '../../operation.ts';
import { blockedBiasAddOperation } from './blocked-bias-add.ts';
import { blockedBiasGradientOperation } from './blocked-bias-gradient.ts';
import { blockedConv2dOperation } from './blocked-conv2d.ts';
import { blockedFilterGradientOperation } from './blocked-filter-gradient.ts';
import { blockedMapTapsOperation } from './blocked-map-taps.ts';
import { blockedMaxPool2dOperation } from './blocked-max-pool2d.ts';
import { blockedMaxPool2dGradientOperation } from './blocked-max-pool2d-gradient.ts';
import { blockedUpsampleNearestOperation } from './blocked-upsample-nearest.ts';
import { blockedUpsampleNearestGradientOperation } from './blocked-upsample-nearest-gradient.ts';
import { interleaveOperation } from './interleave.ts';
import { packFilterOperation } from './pack-filter.ts';
import { packImageOperation } from './pack-image.ts';
import { packVectorOperation } from './pack-vector.ts';
import { reblockImageOperation } from './reblock-image.ts';
import { selectTapsOperation } from './select-taps.ts';
import { unpackFilterOperation } from './unpack-filter.ts';
import { unpackImageOperation } from './unpack-image.ts';
import { unpackVectorOperation } from './unpack-vector.ts';

/** The operations that only the layout pass of the native engine introduces, by name. */
export const blockedOperations: Readonly<Record<string, Operation>> = Object.fromEntries(
  [
    blockedBiasAddOperation,
    blockedBiasGradientOperation,
    blockedConv2dOperation,
    blockedFilterGradientOperation,
    blockedMapTapsOperation,
    blockedMaxPool2dGradientOperation,
    blockedMaxPool2dOperation,
    blockedUpsampleNearestGradientOperation,
    blockedUpsampleNearestOperation,
    interleaveOperation,
    packFilterOperation,
    packImageOperation,
    packVectorOperation,
    reblockImageOperation,
    selectTapsOperation,
    unpackFilterOperation,
    unpackImageOperation,
    unpackVectorOperation,
  ].map((operation) => [operation.name, operation]),
);
