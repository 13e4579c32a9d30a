/** Metrics that take the class of the largest value of a truth, hard or not. */
export const hardening: readonly string[] = ['dice', 'jaccard', 'accuracy'];
