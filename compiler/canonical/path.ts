/** Whether a file is in the canonical form, from its name. */
export const isCanonical = (path: string): boolean => /\.ya?ml$/i.test(path);
