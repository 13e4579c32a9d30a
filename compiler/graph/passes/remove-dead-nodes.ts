import { type Pass, rewrite } from './rewrite.ts';

/** Only what an output or an update needs stays; equal nodes become one. */
export const removeDeadNodes: Pass = (graph) => rewrite(graph, () => undefined);
