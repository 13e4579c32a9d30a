import { defineConfig } from 'vitest/config';

const report = process.env.DML_TEST_REPORT;

/** What computes with values alone shares its modules: loading them takes longer than most of these tests. */
const values = [
  'test/{compiler,docs,grammar}/**/*.test.ts',
  'test/editors/!(server|vscode).test.ts',
  'test/runtime/{arrays,folds,labels,metrics,models,prediction,reports,statistics,transforms}/**/*.test.ts',
];

/** Left out by `npm test`, which everybody waits for. */
const slow = '**/*.slow.test.ts';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'values', include: values, exclude: [slow], isolate: false } },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['test/{action,cli,editors,examples,runtime}/**/*.test.ts'],
          exclude: [...values, slow],
        },
      },
      { extends: true, test: { name: 'slow', include: [`test/${slow}`], testTimeout: 120_000 } },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Native libraries live in processes of their own, so that a crash names its file.
    pool: 'forks',
    maxWorkers: 2,
    // Each engine computes on one thread, but where a test asks for more: idle ones would take time from other tests.
    env: { DML_THREADS: '1' },
    alias: [{ find: /^(\.\.\/)+thread\.ts$/, replacement: `${import.meta.dirname}/test/support/thread.ts` }],
    // The bundle is loaded as it is.
    server: { deps: { external: [/\/dist\//] } },
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
  },
});
