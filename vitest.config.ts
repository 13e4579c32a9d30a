import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Native libraries live in processes of their own, so that a crash names its file.
    pool: 'forks',
    maxWorkers: 2,
    // Golden files: UPDATE_GOLDEN=1 writes what is read in review.
    update: process.env.UPDATE_GOLDEN === '1',
  },
});
