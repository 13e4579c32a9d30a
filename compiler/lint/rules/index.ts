import type { LintRule } from '../rule.ts';
import { hardLossOnSoftLabels } from './hard-loss-on-soft-labels.ts';

/** All rules, in the order of their codes. A test compares this table with the folder. */
export const rules: readonly LintRule[] = [hardLossOnSoftLabels];
